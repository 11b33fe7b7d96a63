import type { Inventory } from '../graph/inventory.ts';
import { cell, markdownTable } from './markdown.ts';
import { type PortLine, portTables, reachText } from './ports.ts';
import type { Context } from './reporter.ts';

/** The inventory as a GitHub-flavoured Markdown table an environment. */
export function portsMarkdown(inventory: Inventory, context: Context): string {
  const sections = portTables(inventory, context).map(
    ({ environment, lines }) => `## ${cell(environment)}\n\n${table(lines)}`,
  );
  return sections.length === 0 ? 'No listeners.\n' : sections.join('\n');
}

function table(lines: readonly PortLine[]): string {
  const rows = lines.map((line) => [
    line.workload,
    `${line.port}/${line.protocol}`,
    line.service === null ? line.role : `${line.role} (${line.service})`,
    reachText(line),
    line.neededBy.join(', ') || '–',
    line.origins[0] === undefined ? '–' : `${line.origins[0].file}:${line.origins[0].line}`,
  ]);
  const head = ['Workload', 'Port', 'Role', 'Reached by', 'Needed by', 'Said in'];
  return `${markdownTable(
    head,
    rows.map((row) => row.map(cell)),
  )}\n`;
}
