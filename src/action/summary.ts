import type { Difference } from '../policy/difference/view.ts';
import type { Report } from '../policy/finding.ts';
import { differenceMarkdown } from '../reporters/difference-markdown.ts';
import { differenceMermaid } from '../reporters/difference-mermaid.ts';
import { cell, markdownTable } from '../reporters/markdown.ts';
import { address } from '../reporters/place.ts';
import type { Context } from '../reporters/reporter.ts';
import { scanMarkdown } from '../reporters/scan-markdown.ts';
import { NOTICES } from '../source/notice.ts';

/** More notices than this nobody reads in a summary. */
const MOST_NOTICES = 50;

/**
 * What a run of a workflow tells a person: what the change opens and closes, drawn and as a table, then all findings, then
 * what could not be checked.
 *
 * @param missing why nothing is compared although something should be, and what to do
 */
export function summaryOf(
  report: Report,
  difference: Difference | null,
  missing: string | null,
  context: Context,
): string {
  const drawing = difference ? differenceMermaid(difference) : '';
  const parts = [
    '## Portolan',
    ...(missing === null
      ? []
      : [`> Nothing is compared: ${cell(missing)}. All findings are listed, whether new or not.`]),
    ...(difference ? ['### What this change opens and closes', differenceMarkdown(difference, context).trim()] : []),
    ...(drawing === '' ? [] : [`\`\`\`mermaid\n${drawing}\`\`\``]),
    difference
      ? `<details><summary>All findings</summary>\n\n${scanMarkdown(report, context).trim()}\n\n</details>`
      : scanMarkdown(report, context).trim(),
    noticesOf(report, context),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function noticesOf({ notices }: Report, { lines }: Context): string {
  const rows = notices
    .filter(({ code }) => NOTICES[code] !== 'note')
    .map(({ code, message, origin }) => [NOTICES[code], cell(address(origin, lines)), cell(message)]);
  if (rows.length === 0) return '';
  const left = rows.length - MOST_NOTICES;
  const more = left > 0 ? `\n\nAnd ${left} more.` : '';
  return `### What could not be checked\n\n${markdownTable(['', 'At', ''], rows.slice(0, MOST_NOTICES))}${more}`;
}
