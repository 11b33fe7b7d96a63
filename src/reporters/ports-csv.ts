import type { Inventory } from '../graph/inventory.ts';
import { csvOf } from './csv.ts';
import { portTables } from './ports.ts';
import type { Context } from './reporter.ts';

const HEAD =
  'environment,workload,namespace,port,protocol,service,role,scope,possible scope,doors,neighbours,needed by,evidence,file,line';

/** The inventory as RFC 4180 has it: fields quoted where they must be, lines ended by CR LF. */
export function portsCsv(inventory: Inventory, context: Context): string {
  const rows = portTables(inventory, context)
    .flatMap(({ lines }) => lines)
    .map((line) => [
      line.environment,
      line.workload,
      line.namespace ?? '',
      line.port,
      line.protocol,
      line.service ?? '',
      line.role,
      line.scope ?? '',
      line.possibleScope ?? '',
      line.doors.join(' '),
      String(line.neighbours),
      line.neededBy.join(' '),
      line.evidence,
      line.origins[0]?.file ?? '',
      String(line.origins[0]?.line ?? ''),
    ]);
  return csvOf(HEAD, rows);
}
