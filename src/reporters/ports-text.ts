import type { Inventory } from '../graph/inventory.ts';
import { type PortLine, portTables, reachText } from './ports.ts';
import type { Context } from './reporter.ts';
import { printable } from './style.ts';

const HEAD = ['WORKLOAD', 'PORT', 'ROLE', 'REACHED BY', 'NEEDED BY', 'SAID IN'] as const;

/** The inventory as a table an environment. */
export function portsText(inventory: Inventory, context: Context): string {
  const tables = portTables(inventory, context).map(({ environment, lines }) =>
    table(environment, lines.map(cells), context),
  );
  return tables.length === 0 ? 'No listeners.\n' : tables.join('\n');
}

function cells(line: PortLine): readonly string[] {
  const first = line.origins[0];
  return [
    line.workload,
    `${line.port}/${line.protocol}`,
    line.service === null ? line.role : `${line.role} (${line.service})`,
    reachText(line),
    line.neededBy.join(', ') || '-',
    first === undefined ? '-' : `${first.file}:${first.line}:${first.column}`,
  ].map(printable);
}

function table(title: string, rows: readonly (readonly string[])[], { style }: Context): string {
  const widths = HEAD.map((head, index) => Math.max(head.length, ...rows.map((row) => (row[index] as string).length)));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, index) => cell.padEnd(widths[index] as number)).join('  ')}`.trimEnd();
  return [style('bold', printable(title)), style('dim', line(HEAD)), ...rows.map(line)]
    .map((text) => `${text}\n`)
    .join('');
}
