import type {
  Answer,
  AnswerWay,
  AskedEnd,
  EnvironmentExplanation,
  Explanation,
  Side,
} from '../graph/explanation/view.ts';
import type { Guard, Verdict } from '../graph/vocabulary.ts';
import type { Origin } from '../source/span.ts';
import { portsText, workloadText } from './connections.ts';
import { excerpt } from './excerpt.ts';
import { drawHops } from './path-drawing.ts';
import { address } from './place.ts';
import type { Context } from './reporter.ts';
import { plural, wrapped } from './scan-text.ts';
import { printable, type Tone } from './style.ts';

const TONES: Readonly<Record<Verdict | 'blocked', Tone>> = { reachable: 'green', possible: 'yellow', blocked: 'red' };

/** How many guards, grants and near misses of one end are told. */
const MOST = 10;

/** The answer for people: each port with its way, what the guards of each end say, and the least to change. */
export function explainText({ environments }: Explanation, context: Context): string {
  const sections = environments.flatMap((environment) => [
    ...(environments.length > 1 ? [[context.style('bold', `# ${printable(environment.id)}`)]] : []),
    ...environment.answers.map((answer) => block(environment, answer, context)),
    ...(environment.left === 0 ? [] : [[`${plural(environment.left, 'more port')}: ask for one to have it told.`]]),
  ]);
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function block({ from, to }: EnvironmentExplanation, answer: Answer, context: Context): readonly string[] {
  const { style } = context;
  const head = `${endText(from)} → ${endText(to)}${portText(answer)}`;
  const [first, ...others] = answer.ways;
  return [
    `${style('bold', head)}: ${style(TONES[answer.verdict], answer.verdict)}`,
    ...(answer.because.length === 0 ? [] : wrapped(`because ${answer.because.join('; ')}`, 2, context)),
    ...(answer.port === null || answer.listener || to.kind === 'addresses'
      ? []
      : ['  nothing in the code is known to listen there']),
    ...(first ? ['  the way', ...wayLines(from, first, context)] : []),
    ...others
      .slice(0, MOST)
      .flatMap((way) => [
        `  another way${way.verdict === 'possible' ? ', possible' : ''}`,
        ...wayLines(from, way, context),
      ]),
    ...answer.obstacles.flatMap(({ text, origin }) => [...wrapped(text, 2, context), ...quoted(origin, context)]),
    ...answer.sides.filter(({ guarded }) => guarded || first).flatMap((side) => sideLines(side, context)),
    ...changeLines(answer, context),
  ];
}

/** Hop by hop; addresses are not on the path, and begin it. */
function wayLines(from: AskedEnd, { path }: AnswerWay, context: Context): readonly string[] {
  const source = from.kind === 'addresses' ? [printable(from.text)] : [];
  return indented([...source, ...drawHops(path, context)], 4);
}

/** `shop/web[Deployment]`, or the addresses as they were asked for. */
export function endText(end: AskedEnd): string {
  if (end.kind === 'guard') return guardText(end.guard);
  return end.kind === 'workload' ? workloadText(end.workload) : printable(end.text);
}

function portText({ port, listener, granted }: Answer): string {
  if (port) return ` ${port.port}/${port.protocol}${listener?.service ? ` (${listener.service})` : ''}`;
  if (granted?.all) return ' on every port';
  return granted && granted.ranges.length > 0 ? ` on ${portsText(granted)}` : '';
}

const SAID: Readonly<Record<Side['verdict'], string>> = { allow: 'admitted', deny: 'blocked', unknown: 'not sure' };

function sideLines(side: Side, context: Context): readonly string[] {
  const { lines, style } = context;
  const who = `${side.direction} of ${workloadText(side.workload)}`;
  if (!side.guarded) return [`  ${who}: no guard has a say, everything is admitted`];
  const said =
    side.verdict === 'deny' && side.by.length > 1 ? `blocked by ${side.by.length} guards` : SAID[side.verdict];
  const grants = side.by.slice(0, MOST).flatMap(({ guard, grant, answers }, index) => {
    const origin = grant?.origin ?? originOf(guard);
    const also = side.verdict === 'allow' && index > 0 ? 'also granted by ' : '';
    const what = answers ? (side.verdict === 'deny' ? 'no answers let through by ' : 'answers let through by ') : also;
    return [
      `    ${what}${guardText(guard)}  ${style('cyan', printable(address(origin, lines)))}`,
      ...(grant && index === 0 ? indented(excerpt(origin, context), 6) : []),
    ];
  });
  const misses = side.misses
    .slice(0, MOST)
    .flatMap(({ guard, grant, text, answers }) => [
      ...wrapped(`comes near${answers ? ' for the answers' : ''}: ${guardText(guard)} ${text}`, 4, context),
      `      ${style('cyan', printable(address(grant.origin, lines)))}`,
      ...indented(excerpt(grant.origin, context), 6),
    ]);
  return [
    `  ${who}: ${said}`,
    ...(side.because.length === 0 ? [] : wrapped(`because ${side.because.join('; ')}`, 4, context)),
    ...grants,
    ...more(side.by.length, 'guard'),
    ...misses,
    ...more(side.misses.length, 'near miss', 'near misses'),
  ];
}

function more(count: number, one: string, several = `${one}s`): readonly string[] {
  const left = count - MOST;
  return left > 0 ? [`    and ${left} more ${left === 1 ? one : several} (--format json has all)`] : [];
}

function changeLines({ changes, verdict }: Answer, context: Context): readonly string[] {
  if (changes.length === 0) return [];
  const { lines, style } = context;
  const edits = changes.flatMap(({ text, origin }) => [
    `    ${style('cyan', printable(address(origin, lines)))}`,
    ...wrapped(text, 6, context),
    ...indented(excerpt(origin, context), 6),
  ]);
  const least = verdict === 'blocked' ? 'the least to change' : 'to be sure of it';
  return [`  ${least}: ${plural(changes.length, 'edit')}`, ...edits];
}

function quoted(origin: Origin, context: Context): readonly string[] {
  const { lines, style } = context;
  return [`    ${style('cyan', printable(address(origin, lines)))}`, ...indented(excerpt(origin, context), 6)];
}

/** `network policy shop/web`. */
function guardText({ kind, namespace, name }: Guard): string {
  return printable(`${kind.replaceAll('-', ' ')} ${namespace === null ? '' : `${namespace}/`}${name}`);
}

function originOf({ origins, subject }: Guard): Origin {
  return origins[0] ?? subject.origin;
}

function indented(lines: readonly string[], indent: number): readonly string[] {
  return lines.map((line) => ' '.repeat(indent) + line);
}
