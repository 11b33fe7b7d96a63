import type { Connections } from '../graph/connections/view.ts';
import { becauseText, type ConnectionLine, type ConnectionTable, connectionTables } from './connections.ts';
import type { Context } from './reporter.ts';
import { printable } from './style.ts';

/**
 * The notation that network-policy tools share, one line a pair; environments have headings where there are several. What
 * is too much for that is told by groups, whose names in braces are explained above the lines.
 */
export function connectionsText(connections: Connections, { style }: Context): string {
  const tables = connectionTables(connections);
  const heading = ({ environment }: ConnectionTable) =>
    tables.length > 1 ? [style('bold', `# ${printable(environment)}`)] : [];
  const sections = tables.map((table) => [
    ...heading(table),
    ...table.names.flatMap(({ name, of }) => [`${name} = ${of.length} of`, ...of.map((each) => `  ${each}`)]),
    ...(table.left.length === 0 ? [] : ['# Too much tells these apart to list who reaches them:', ...table.left]),
    ...table.lines.map(lineText),
    ...(table.lines.length === 0 && table.left.length === 0 ? ['No connections.'] : []),
  ]);
  return sections.length === 0 ? 'No connections.\n' : sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function lineText({ source, target, ports, verdict, because }: ConnectionLine): string {
  const reasons = because.length === 0 ? '' : `: ${becauseText(because)}`;
  return `${source} => ${target} : ${ports}${verdict === 'possible' ? ` (possible${reasons})` : ''}`;
}
