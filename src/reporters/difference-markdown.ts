import { shownOf } from '../graph/difference/view.ts';
import type { Hop } from '../graph/vocabulary.ts';
import type { Difference, JudgedChange } from '../policy/difference/view.ts';
import type { Lines } from '../policy/finding.ts';
import { changeText, differenceSummary, listenerText } from './difference.ts';
import { cell, markdownTable } from './markdown.ts';
import { hopText } from './path-drawing.ts';
import { place } from './place.ts';
import type { Context } from './reporter.ts';

/** More rows than this nobody reads in a pull request. */
const MOST_ROWS = 50;

/** The difference as GitHub-flavoured Markdown: a table of exposures, then ports and findings. */
export function differenceMarkdown(view: Difference, context: Context): string {
  const { exposures, fresh, fixed, ports, policyFiles, base } = view;
  const { lines } = context;
  const parts = [
    cell(differenceSummary(view)),
    table(
      ['', 'Port', 'From', 'Way in', 'Granted at'],
      exposures.map((change) => exposureRow(change, change.after ? lines : base.lines)),
    ),
    table(
      ['Ports', '', 'Said at'],
      ports.map(({ kind, listener }) => [
        kind,
        cell(listenerText(listener)),
        listener.origins[0] ? where(listener.origins[0], kind === 'gone' ? base.lines : lines) : '',
      ]),
    ),
    table(
      ['New findings', 'Rule', 'At', ''],
      fresh.map(({ finding, suppressed }) => [
        finding.severity + (finding.verdict === 'undecided' ? ' (undecided)' : ''),
        cell(finding.ruleId),
        where(finding.location, lines),
        cell(
          finding.message +
            (finding.because.length === 0 ? '' : ` Undecided, because ${finding.because.join('; ')}.`) +
            (suppressed === null ? '' : ` (A comment that comes with it suppresses it: ${suppressed})`),
        ),
      ]),
    ),
    table(
      ['Fixed', 'Rule', 'Was at'],
      fixed.map(({ severity, ruleId, location }) => [severity, cell(ruleId), where(location, base.lines)]),
    ),
    policyFiles.length === 0
      ? ''
      : `Changes of the policy, which take effect once they are merged: ${policyFiles.map(cell).join(', ')}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function exposureRow(change: JudgedChange, lines: Lines): readonly string[] {
  const { listener, path, grant } = shownOf(change);
  return [
    change.kind,
    cell(listenerText(listener)),
    cell(changeText(change)),
    path.map((hop) => cell(hopText(hop))).join(' → '),
    where(grant, lines),
  ];
}

function where(origin: Hop['origin'], lines: Lines): string {
  const { file, line } = place(origin, lines);
  return cell(`${file}:${line}`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const left = rows.length - MOST_ROWS;
  const all = markdownTable(head, rows.slice(0, MOST_ROWS));
  return left > 0 ? `${all}\n\nAnd ${left} more.` : all;
}
