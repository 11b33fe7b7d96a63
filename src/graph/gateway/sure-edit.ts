import { placeKey } from '../../source/span.ts';
import type { DoorFact, Fragment, GatewayFact } from '../fragment.ts';

/**
 * The fragments with those edits of doors alone that change one door and nothing else: none for a line that several
 * doors come from (an anchor, an extended service, one file in two projects), and none for a port that a service has from
 * two lines (a file and one that goes over it), where changing the one would bring back the other.
 */
export function withSureEdits(fragments: readonly Fragment[]): readonly Fragment[] {
  const offering = new Set(fragments.flatMap((fragment) => (offers(fragment) ? [fragment.unit.technology] : [])));
  const concerned = fragments.filter(({ unit }) => offering.has(unit.technology));
  const doorsAt = new Map<string, Set<string>>();
  const placesOf = new Map<string, Set<string>>();
  const note = (to: Map<string, Set<string>>, key: string, what: string) => {
    const known = to.get(key);
    if (known) known.add(what);
    else to.set(key, new Set([what]));
  };
  const each = (visit: (fragment: Fragment, door: DoorFact) => void) => {
    for (const fragment of concerned)
      for (const { doors } of fragment.gateways) for (const door of doors) visit(fragment, door);
  };
  each((fragment, door) => {
    note(doorsAt, placeKey(door.origin), `${identity(fragment, door)} ${door.loopback?.becomes ?? ''}`);
    note(placesOf, identity(fragment, door), placeKey(door.origin));
  });
  const isSure = (fragment: Fragment, door: DoorFact): boolean =>
    doorsAt.get(placeKey(door.origin))?.size === 1 && placesOf.get(identity(fragment, door))?.size === 1;
  const sure = (fragment: Fragment, gateway: GatewayFact): GatewayFact => {
    if (gateway.doors.every((door) => !door.loopback || isSure(fragment, door))) return gateway;
    return { ...gateway, doors: gateway.doors.map(({ loopback: _, ...door }) => door) };
  };
  return fragments.map((fragment) =>
    offers(fragment)
      ? { ...fragment, gateways: fragment.gateways.map((gateway) => sure(fragment, gateway)) }
      : fragment,
  );
}

function offers({ gateways }: Fragment): boolean {
  return gateways.some(({ doors }) => doors.some(({ loopback }) => loopback !== undefined));
}

/** The same for what is one door to the people who deploy it, in whichever variant. */
function identity({ unit }: Fragment, { target, protocol, ports }: DoorFact): string {
  const to = target.kind === 'workload' ? [target.workload, target.ports.from, target.ports.to] : [];
  return JSON.stringify([unit.technology, unit.root, protocol, ports?.from, ports?.to, ...to]);
}
