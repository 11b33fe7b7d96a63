/** Where the doors stand that others take in: routes at the gateways that they ask for (R41), Ingresses at proxies (R40). */
import { append } from '../../source/multimap.ts';
import { notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { DoorFact } from '../fragment.ts';
import type { Hop } from '../vocabulary.ts';
import { admissions } from './admission.ts';
import { gatewaysByName, type PlacedGateway } from './forward.ts';
import { permission } from './permit.ts';
import { proxyEntrances } from './proxy.ts';
import type { StandInput, StandingDoor } from './standing-door.ts';

/** The gateways with their doors where they stand: at no `behind` any more. */
export interface Standing {
  readonly gateways: readonly PlacedGateway[];
  /** By a door of a gateway the doors of routes that it takes in. */
  readonly takenIn: ReadonlyMap<DoorFact, readonly DoorFact[]>;
}

/** More doors than this are nobody's environment: thousands of routes at a gateway with thousands of doors. */
const MOST_DOORS = 100_000;

/** Finds the gateways that take routes in and the proxies that serve them; a door may come to stand at several of them. */
export function standGateways(input: StandInput): Result<Standing> {
  const byName = gatewaysByName(input.gateways);
  const permitted = permission(input.permits, byName);
  const takeIn = admissions(byName, input.namespaces);
  const enter = proxyEntrances(input);
  const takenIn = new Map<DoorFact, DoorFact[]>();
  let count = 0;
  let left: DoorFact | undefined;
  const stand = ({ fact }: PlacedGateway, written: DoorFact): readonly StandingDoor[] => {
    if (count > MOST_DOORS) {
      left ??= written;
      return [];
    }
    const standing = takeIn(fact, permitted(written)).flatMap(enter);
    count += standing.length;
    return standing;
  };
  const gateways = input.gateways.map((gateway): PlacedGateway => {
    const before = new Map<DoorFact, readonly Hop[]>();
    const written = gateway.fact.doors;
    const doors = written.flatMap((door) => stand(gateway, door));
    if (doors.length === written.length && doors.every(({ door }, i) => door === written[i])) return gateway;
    for (const { door, hops, at } of doors) {
      if (hops.length > 0) before.set(door, hops);
      if (at) append(takenIn, at, door);
    }
    return { ...gateway, fact: { ...gateway.fact, doors: doors.map(({ door }) => door) }, before };
  });
  const value = { gateways, takenIn };
  if (!left) return { value, notices: [] };
  const message = 'Routes stand at more doors of gateways than are followed: this one and the later ones are left out.';
  return { value, notices: [notice('expansion-limit', message, left.origin)] };
}
