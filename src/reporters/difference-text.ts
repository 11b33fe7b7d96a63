import { type ExposureChange, type PortChange, shownOf } from '../graph/difference/view.ts';
import type { Difference, JudgedChange, NewFinding } from '../policy/difference/view.ts';
import type { Finding, Lines } from '../policy/finding.ts';
import { changeText, differenceSummary, listenerText } from './difference.ts';
import { drawWay } from './path-drawing.ts';
import { address } from './place.ts';
import type { Context } from './reporter.ts';
import { wrapped } from './scan-text.ts';
import { printable, type Tone } from './style.ts';

const MARKS: Readonly<Record<ExposureChange['kind'], readonly [string, Tone]>> = {
  added: ['+', 'red'],
  widened: ['>', 'red'],
  narrowed: ['<', 'green'],
  removed: ['-', 'green'],
};

/** The difference for people: exposures with their ways in, then ports and findings. Nothing changed is one line. */
export function differenceText(view: Difference, context: Context): string {
  const { exposures, ports, fresh, fixed, policyFiles, base } = view;
  const blocks = [
    ...exposures.map((change) => exposureLines(change, change.after ? context.lines : base.lines, context)),
    ports.map((change) => portLine(change, change.kind === 'gone' ? base.lines : context.lines, context)),
    ...fresh.map((one) => freshLines(one, context)),
    fixed.map((finding) => fixedLine(finding, base.lines, context)),
    policyFiles.map((file) => `policy  ${printable(file)} changed: it takes effect once it is merged`),
    ...(context.quiet ? [] : [[printable(differenceSummary(view))]]),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function exposureLines(change: JudgedChange, lines: Lines, context: Context): readonly string[] {
  const { style } = context;
  const shown = shownOf(change);
  const [mark, tone] = MARKS[change.kind];
  const head = `${style(tone, `${mark} ${change.kind}`)}  ${style('bold', printable(listenerText(shown.listener)))}  ${printable(changeText(change))}`;
  if (change.kind === 'removed') return [head, `    was granted at ${printable(address(shown.grant, lines))}`];
  return [head, ...drawWay(shown.scope, shown.path, { ...context, lines }).map((line) => `    ${line}`)];
}

function portLine({ kind, listener }: PortChange, lines: Lines, { style }: Context): string {
  const [origin] = listener.origins;
  const place = origin ? `  ${style('cyan', printable(address(origin, lines)))}` : '';
  return `port ${kind}  ${printable(listenerText(listener))}${place}`;
}

function freshLines({ finding, suppressed }: NewFinding, context: Context): readonly string[] {
  const { lines, style } = context;
  const { severity, verdict, ruleId, location, message, because } = finding;
  const doubt = verdict === 'undecided' ? '  undecided' : '';
  return [
    `new ${severity}  ${style('bold', ruleId)}  ${style('cyan', printable(address(location, lines)))}${doubt}`,
    ...wrapped(message, 2, context),
    ...(because.length === 0 ? [] : wrapped(`because ${because.join('; ')}`, 2, context)),
    ...(suppressed === null ? [] : wrapped(`A comment that comes with it suppresses it: ${suppressed}`, 2, context)),
  ];
}

function fixedLine({ severity, ruleId, location }: Finding, lines: Lines, { style }: Context): string {
  return `${style('green', 'fixed')} ${severity}  ${ruleId}  was at ${printable(address(location, lines))}`;
}
