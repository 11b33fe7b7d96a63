import type { Connections } from '../graph/connections/view.ts';
import { becauseText, connectionTables } from './connections.ts';
import { csvOf } from './csv.ts';

const HEAD = 'environment,source,destination,connections,verdict,because';

/** A row for each line of the text report; what a name in braces stands for, in rows of their own with no destination. */
export function connectionsCsv(connections: Connections): string {
  const rows = connectionTables(connections).flatMap(({ environment, lines, names }) => [
    ...names.flatMap(({ name, of }) => of.map((member) => [environment, name, '', '', 'member', member])),
    ...lines.map(({ source, target, ports, verdict, because }) => [
      environment,
      source,
      target,
      ports,
      verdict,
      becauseText(because),
    ]),
  ]);
  return csvOf(HEAD, rows);
}
