/**
 * Expectations that people write as comments into the files of an example or a test case, and what a run made of them.
 *
 *     # expect: rule-id                a finding of the rule on this line
 *     # expect: rule-id "some words"   … whose message holds these words
 *     # undecided: rule-id             … that says that the code does not show enough
 *     # ok: rule-id                    nothing of the rule on this line: a near miss
 *     # todo: rule-id                  a known miss; it fails when the finding appears
 *
 * `//` begins such a comment as well. On a line of its own a comment speaks for the next line that is no expectation;
 * several add up. Files without comments (JSON) have an `expect.txt` beside them with lines of `path:line rule-id` or
 * `path:line undecided: rule-id`, the path relative to its folder.
 */
import { type LineIndex, lineIndex } from '../source/line-index.ts';
import type { Finding } from './finding.ts';

export interface Expectation {
  readonly kind: 'expect' | 'undecided' | 'ok' | 'todo';
  readonly rule: string;
  /** Words that the message must hold; null where any message will do. */
  readonly words: string | null;
  readonly file: string;
  /** Counted from one. */
  readonly line: number;
}

const COMMENT = /(?:#|\/\/)\s{0,4}(expect|undecided|ok|todo):[ \t]+(\S.*)$/;
const ENTRY = /^([a-z][a-z0-9-]*)(?:[ \t]+"([^"]*)")?$/;
const SIDECAR = /^(\S+):(\d+)[ \t]+(?:(expect|undecided|ok|todo):[ \t]*)?(\S.*)$/;

/** The expectations written in `files` (path → text), in the order of the files. */
export function readExpectations(files: Readonly<Record<string, string>>): readonly Expectation[] {
  return Object.entries(files).flatMap(([file, text]) =>
    /(^|\/)expect\.txt$/.test(file) ? inSidecar(file, text) : inComments(file, text),
  );
}

function inComments(file: string, text: string): Expectation[] {
  const found: Expectation[] = [];
  let waiting: Omit<Expectation, 'line'>[] = [];
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const match = COMMENT.exec(line);
    const here = match ? entries(match[1] as Expectation['kind'], match[2] as string, file) : [];
    const alone = match !== null && line.slice(0, match.index).trim() === '';
    if (alone) {
      waiting.push(...here);
      return;
    }
    for (const expectation of [...waiting, ...here]) found.push({ ...expectation, line: index + 1 });
    waiting = [];
  });
  return found;
}

function inSidecar(file: string, text: string): Expectation[] {
  const folder = file.slice(0, file.length - 'expect.txt'.length);
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const match = SIDECAR.exec(line);
    if (!match) return [];
    const kind = (match[3] ?? 'expect') as Expectation['kind'];
    return entries(kind, match[4] as string, folder + match[1]).map((entry) => ({ ...entry, line: Number(match[2]) }));
  });
}

/** `rule-a, rule-b "words"`: one expectation each. What is no rule id ends the list: the rest is prose. */
function entries(kind: Expectation['kind'], text: string, file: string): Omit<Expectation, 'line'>[] {
  const found: Omit<Expectation, 'line'>[] = [];
  for (const part of text.split(',')) {
    const match = ENTRY.exec(part.trim());
    if (!match) break;
    found.push({ kind, rule: match[1] as string, words: match[2] ?? null, file });
  }
  return found;
}

/**
 * What differs between the expectations in `files` and the findings of a run over them, one sentence each with
 * file and line, sorted; empty when all is as expected. A finding without an expectation differs, and the reverse.
 * With `only`, expectations and findings of other rules do not count.
 */
export function compareExpectations(
  files: Readonly<Record<string, string>>,
  findings: readonly Finding[],
  only?: string,
): readonly string[] {
  const counts = (rule: string): boolean => only === undefined || rule === only;
  const indexes = new Map<string, LineIndex>();
  const lineOf = (finding: Finding): number => {
    const { file, start } = finding.location;
    const index = indexes.get(file) ?? lineIndex(files[file] ?? '');
    indexes.set(file, index);
    return index.position(start).line;
  };
  const left = findings
    .filter(({ ruleId }) => counts(ruleId))
    .map((finding) => ({ finding, line: lineOf(finding), met: false }));
  const problems: string[] = [];
  for (const expected of readExpectations(files).filter(({ rule }) => counts(rule))) {
    const place = `${expected.file}:${expected.line}`;
    const here = left.filter(
      ({ finding, line }) =>
        finding.ruleId === expected.rule && finding.location.file === expected.file && line === expected.line,
    );
    const wanted = expected.kind === 'undecided' ? 'undecided' : 'violation';
    const met = here.filter(
      ({ finding }) =>
        finding.verdict === wanted && (expected.words === null || finding.message.includes(expected.words)),
    );
    if (expected.kind === 'ok' || expected.kind === 'todo') {
      for (const entry of here) entry.met = true;
      if (here.length > 0 && expected.kind === 'ok') problems.push(`${place}: ${expected.rule} fires on a near miss`);
      if (here.length > 0 && expected.kind === 'todo') {
        problems.push(`${place}: ${expected.rule} fires now: write "expect" for "todo"`);
      }
    } else if (met.length === 0) {
      const verb = expected.kind === 'undecided' ? 'does not say that it cannot decide' : 'does not fire';
      const words = expected.words === null ? '' : ` with "${expected.words}"`;
      const instead = here[0] ? ` (it says, ${here[0].finding.verdict}: ${here[0].finding.message})` : '';
      problems.push(`${place}: ${expected.rule} ${verb}${words}${instead}`);
    } else for (const entry of met) entry.met = true;
  }
  for (const { finding, line, met } of left) {
    if (met) continue;
    problems.push(
      `${finding.location.file}:${line}: unexpected ${finding.ruleId} (${finding.verdict}): ${finding.message}`,
    );
  }
  return [...new Set(problems)].sort();
}
