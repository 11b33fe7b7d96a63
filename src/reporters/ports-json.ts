import type { Inventory } from '../graph/inventory.ts';
import { portTables } from './ports.ts';
import type { Context } from './reporter.ts';

/** The inventory as a list of plain objects, one a listener. */
export function portsJson(inventory: Inventory, context: Context): string {
  return `${JSON.stringify({ version: 1, ports: portTables(inventory, context).flatMap(({ lines }) => lines) }, null, 2)}\n`;
}
