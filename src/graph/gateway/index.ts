/** Gateways, and which listeners stand behind each of their doors. */
import { once } from '../../source/once.ts';
import type { DoorFact, PortRange } from '../fragment.ts';
import { listenersByPort, workloadsByFact } from '../listener/relayed.ts';
import type { LinkedDoor, LinkedGateway, Route, RunningWorkload } from '../running.ts';
import type { Door, Gateway, Listener } from '../vocabulary.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { FollowedDoor, FollowedGateway } from './forward.ts';
import type { Standing } from './stand.ts';

/**
 * Joins the doors with the listeners behind them, and makes the gateways of the graph.
 *
 * @param takenIn the doors of routes by the door of a gateway that takes them in
 */
export function linkGateways(
  gateways: readonly FollowedGateway[],
  listeners: readonly Listener[],
  workloads: readonly RunningWorkload[],
  elsewhere: Elsewhere,
  takenIn: Standing['takenIn'],
): readonly LinkedGateway[] {
  const behind = listenersByPort(listeners, workloads);
  const byFact = once(() => workloadsByFact(workloads));
  const frontOf = ({ front, protocol, ports }: DoorFact, unit: string): Listener | null => {
    const workload = front === undefined ? undefined : byFact().get(`${unit} ${front}`);
    return (workload && ports && behind(workload.network, protocol, ports).found[0]?.owner) || null;
  };
  const linked = new Map<DoorFact, LinkedDoor>();
  const all = gateways.flatMap(({ gateway, doors }) => doors.map((each) => ({ ...each, unit: gateway.unit.id })));
  for (const { door, destinations, unseen, unit } of all) {
    const routes = destinations.flatMap(({ workload, protocol, ports, outside, hops }) =>
      behind(workload.network, protocol, ports).found.map(
        ({ owner, ports: reached }): Route => ({ listener: owner, ports: shifted(outside, ports, reached), hops }),
      ),
    );
    linked.set(door, {
      fact: door,
      routes,
      front: frontOf(door, unit),
      unseen: unseen !== null && !elsewhere.has(unseen),
    });
  }
  const reached = (door: DoorFact): readonly Listener[] => {
    const doors = door.target.kind === 'routes' ? (takenIn.get(door) ?? []) : [door];
    return [...new Set(doors.flatMap((each) => linked.get(each)?.routes.map(({ listener }) => listener) ?? []))];
  };
  return gateways.map(({ gateway: placed, doors: followed }) => {
    const { fact, id, unit } = placed;
    const doors = followed.map((each) => described(each, reached(each.door), takenIn.has(each.door), elsewhere));
    const gateway: Gateway = {
      id,
      kind: fact.kind,
      name: fact.name,
      namespace: fact.namespace,
      unit: unit.id,
      technology: unit.technology,
      targets: [...new Set(doors.flatMap(({ listeners: targets }) => targets))],
      doors,
      origins: [fact.origin, ...(fact.opening ?? [])],
    };
    return { fact, gateway, doors: followed.flatMap(({ door }) => linked.get(door) ?? []) };
  });
}

/** The part of the door's side that leads to `part` of the container's side, where both run side by side. */
function shifted(outside: PortRange | null, inside: PortRange, part: PortRange): PortRange | null {
  if (outside === null || outside.to - outside.from !== inside.to - inside.from) return outside;
  const shift = outside.from - inside.from;
  return { from: part.from + shift, to: part.to + shift };
}

/**
 * What is not here but in another environment is meant, as far as anybody can tell. A door that leads to one of another
 * gateway has done its part: where that one leads nowhere, it is told there.
 */
function described(
  { door, missing, handed }: FollowedDoor,
  listeners: readonly Listener[],
  takesIn: boolean,
  elsewhere: Elsewhere,
): Door {
  const { place, protocol, ports, implicit, target } = door;
  const away = target.kind === 'outside' || handed || takesIn || (missing && elsewhere.answers(target));
  const answer = listeners.length > 0 ? 'listeners' : away ? 'outside' : 'nothing';
  // Where a selector picks nothing, it is the selector that is wrong, not the port.
  const origin = missing && target.kind === 'selector' ? target.selector.origin : target.origin;
  const shut = place.kind === 'nowhere' ? { because: place.because, origin: place.origin } : null;
  return { place: place.kind, listeners, shut, protocol, ports, implicit, target: answer, origin, grant: door.origin };
}
