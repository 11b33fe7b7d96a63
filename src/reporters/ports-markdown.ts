import type { Inventory } from '../graph/inventory.ts';
import { type PortLine, portTables, reachText } from './ports.ts';
import type { Context } from './reporter.ts';
import { printable } from './style.ts';

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
  return [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |\n`)
    .join('');
}

/** Text of the scanned tree: nothing in it may end the cell, or become a link, markup or HTML. */
export function cell(text: string): string {
  return printable(text.replaceAll(/[\r\n\t]+/g, ' ')).replaceAll(
    /[\\`*_{}[\]()#+!|<>~@&]/g,
    (character) => `\\${character}`,
  );
}
