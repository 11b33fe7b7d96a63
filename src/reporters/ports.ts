import type { Inventory, InventoryEntry } from '../graph/inventory.ts';
import { type Exposure, rangeText } from '../graph/vocabulary.ts';
import type { Lines } from '../policy/finding.ts';
import { type Place, place } from './place.ts';
import type { Context } from './reporter.ts';

/** One line of the inventory in words, the same for every format. */
export interface PortLine {
  readonly environment: string;
  readonly workload: string;
  readonly namespace: string | null;
  /** `5432`, `8000-8010`. */
  readonly port: string;
  readonly protocol: string;
  readonly service: string | null;
  readonly role: string;
  /** The widest scope that can certainly reach it, null where only neighbours in its segments can. */
  readonly scope: string | null;
  /** A wider scope that can perhaps reach it, depending on what the code does not show. */
  readonly possibleScope: string | null;
  /** Where callers of that scope knock: `0.0.0.0:8080`. */
  readonly doors: readonly string[];
  readonly neighbours: number;
  readonly neededBy: readonly string[];
  readonly evidence: string;
  readonly origins: readonly Place[];
}

/** The lines of one environment, in the order of the view. */
export interface PortTable {
  readonly environment: string;
  readonly lines: readonly PortLine[];
}

/** The inventory line by line; environments without a listener are left out. */
export function portTables({ environments }: Inventory, { lines }: Context): readonly PortTable[] {
  return environments
    .filter(({ entries }) => entries.length > 0)
    .map(({ id, entries }) => ({ environment: id, lines: entries.map((entry) => lineOf(id, entry, lines)) }));
}

function lineOf(environment: string, entry: InventoryEntry, lines: Lines): PortLine {
  const { listener } = entry;
  return {
    environment,
    workload: listener.workload.name,
    namespace: listener.workload.namespace,
    port: rangeText(listener.ports),
    protocol: listener.protocol,
    service: listener.service,
    role: listener.roles[0]?.role ?? 'unknown',
    scope: entry.widest[0]?.scope ?? null,
    possibleScope: entry.possible?.scope ?? null,
    doors: doorsOf(entry.widest.length > 0 ? entry.widest : [entry.possible].filter((each) => each !== null)),
    neighbours: entry.neighbours,
    neededBy: entry.neededBy,
    evidence: listener.evidence,
    origins: listener.origins.map((origin) => place(origin, lines)),
  };
}

/** Who can reach it, in a few words: `network at 0.0.0.0:5432, perhaps internet`, `3 neighbours`, `nobody`. */
export function reachText({ scope, possibleScope, doors, neighbours }: PortLine): string {
  const where = doors.length === 0 ? '' : ` at ${doors.join(', ')}`;
  if (scope !== null) return `${scope}${where}${possibleScope === null ? '' : `, perhaps ${possibleScope}`}`;
  if (possibleScope !== null) return `perhaps ${possibleScope}${where}`;
  return neighbours === 0 ? 'nobody' : `${neighbours} neighbour${neighbours === 1 ? '' : 's'}`;
}

function doorsOf(exposures: readonly Exposure[]): readonly string[] {
  const doors = exposures.map(({ address, ports, http }) => {
    const port = ports === null ? '(any free port)' : rangeText(ports);
    const host = address ?? http.hosts[0] ?? '*';
    return `${host.includes(':') ? `[${host}]` : host}:${port}`;
  });
  return [...new Set(doors)];
}
