import type { Inventory } from '../graph/inventory.ts';
import { portTables } from './ports.ts';
import type { Context } from './reporter.ts';
import { printable } from './style.ts';

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
  return [HEAD, ...rows.map((row) => row.map(field).join(','))].map((row) => `${row}\r\n`).join('');
}

/** The tree may be hostile: what a spreadsheet would take for a formula gets a quote in front, and a row is one line. */
function field(text: string): string {
  const shown = printable(text);
  const safe = /^[=+\-@\s\ufffd]/.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
