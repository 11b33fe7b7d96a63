import type { Answer, Explanation, Side } from '../graph/explanation/view.ts';
import type { GrantFact } from '../graph/fragment.ts';
import { type Guard, type Hop, rangeText } from '../graph/vocabulary.ts';
import type { Lines } from '../policy/finding.ts';
import { endText } from './explain-text.ts';
import { place } from './place.ts';
import type { Context } from './reporter.ts';

/** The whole explanation: every guard, grant and near miss. */
export function explainJson({ environments }: Explanation, { lines }: Context): string {
  const document = {
    version: 1,
    environments: environments.map(({ id, from, to, answers, left }) => ({
      id,
      from: endText(from),
      to: endText(to),
      answers: answers.map((answer) => answerOf(answer, lines)),
      left,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function answerOf(answer: Answer, lines: Lines) {
  const { port, granted, listener, verdict, because, ways, sides, obstacles, changes } = answer;
  return {
    port: port?.port ?? null,
    protocol: port?.protocol ?? null,
    granted:
      granted === null
        ? null
        : granted.all
          ? ['all']
          : granted.ranges.map(({ protocol, ports }) => `${protocol}/${rangeText(ports)}`),
    listener: listener?.id ?? null,
    verdict,
    because,
    ways: ways.map((way) => ({ ...way, path: way.path.map((hop) => hopOf(hop, lines)) })),
    sides: sides.map((side) => sideOf(side, lines)),
    obstacles: obstacles.map(({ text, change, origin }) => ({ text, change, origin: place(origin, lines) })),
    changes: changes.map(({ text, guard, origin }) => ({
      text,
      guard: guard?.id ?? null,
      origin: place(origin, lines),
    })),
  };
}

function hopOf({ kind, name, origin }: Hop, lines: Lines) {
  return { kind, name, origin: place(origin, lines) };
}

function sideOf({ workload, direction, verdict, guarded, because, by, misses }: Side, lines: Lines) {
  return {
    workload: workload.id,
    direction,
    verdict,
    guarded,
    because,
    by: by.map(({ guard, grant, answers }) => ({
      guard: guardOf(guard, lines),
      grant: grant && grantOf(grant, lines),
      ...(answers && { answers }),
    })),
    misses: misses.map(({ guard, grant, answers, differs, text }) => ({
      guard: guardOf(guard, lines),
      grant: grantOf(grant, lines),
      ...(answers && { answers }),
      differs,
      text,
    })),
  };
}

function guardOf({ id, kind, name, namespace, origins }: Guard, lines: Lines) {
  return { id, kind, name, namespace, origins: origins.map((origin) => place(origin, lines)) };
}

function grantOf({ id, name, origin }: GrantFact, lines: Lines) {
  return { id, name: name ?? null, origin: place(origin, lines) };
}
