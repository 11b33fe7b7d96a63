/** Which doors of a gateway take a route in: by name, port, kind, namespace and host names (R41). */
import { unknown } from '../../source/value.ts';
import type { Admission, DoorFact, GatewayFact, Place } from '../fragment.ts';
import { labelsIn, meetsAll } from '../reach/labels.ts';
import type { Labelled } from '../reach/relation.ts';
import { gatewayKey, type PlacedGateway } from './forward.ts';
import { commonHosts } from './host-name.ts';
import type { StandingDoor } from './standing-door.ts';

type Behind = Extract<Place, { readonly kind: 'behind' }>;

/** What a door of a gateway says to a route: why not, or for which hosts, and what nobody can be sure of. */
type Answer = { readonly refusal: Refusal } | { readonly hosts: readonly string[]; readonly doubt: string | null };

/** From the first thing that is asked to the last: of several doors the one that came closest tells. */
const REFUSALS = ['door', 'none', 'kind', 'namespace', 'host'] as const;
type Refusal = (typeof REFUSALS)[number];

const BECAUSE: Readonly<Record<Refusal, (place: Behind) => string>> = {
  door: ({ name }) => `${name} has no door of the name or port that it asks for`,
  none: ({ name }) => `${name} takes in no routes`,
  kind: ({ name, route }) => `${name} takes in no ${route}`,
  namespace: ({ name }) => `${name} takes in no routes of its namespace`,
  host: ({ name }) => `no host name of it is one of ${name}`,
};

/**
 * Answers where a door of a gateway stands: at every door of another gateway that takes it in, nowhere where none does,
 * somewhere unknown where that gateway is not here. A door that asks for nobody stands where it says.
 */
export function admissions(
  byName: ReadonlyMap<string, PlacedGateway>,
  namespaces: ReadonlyMap<string, Labelled>,
): (own: GatewayFact, door: DoorFact) => readonly StandingDoor[] {
  return (own, door) => {
    const { place } = door;
    if (place.kind !== 'behind') return [{ door, hops: [], at: null }];
    const asked = byName.get(gatewayKey(place.gateway, place.namespace, place.name));
    if (!asked) return [{ door: elsewhere(door, place), hops: [], at: null }];
    let closest = 0;
    const found: StandingDoor[] = [];
    for (const at of asked.fact.doors) {
      const answer = ask(at, asked.fact, place, door.http?.hosts ?? [], own.namespace, namespaces);
      if ('refusal' in answer) closest = Math.max(closest, REFUSALS.indexOf(answer.refusal));
      else {
        const hops = [{ kind: asked.fact.kind, name: asked.fact.name, origin: at.origin }];
        found.push({ door: standingAt(door, at, answer.hosts, answer.doubt), hops, at });
      }
    }
    if (found.length > 0) return found;
    const because = BECAUSE[REFUSALS[closest] ?? 'door'](place);
    return [{ door: { ...door, place: { kind: 'nowhere', because, origin: place.origin } }, hops: [], at: null }];
  };
}

/** The gateway may be anywhere, and so may its doors. */
function elsewhere(door: DoorFact, { name, origin }: Behind): DoorFact {
  const internal = unknown(`the gateway ${name} that it asks for is not in the code`, origin);
  return { ...door, place: { kind: 'proxy', class: null, internal }, ports: null };
}

function ask(
  at: DoorFact,
  gateway: GatewayFact,
  place: Behind,
  hosts: readonly string[],
  from: string | null,
  known: ReadonlyMap<string, Labelled>,
): Answer {
  const { admits, ports } = at;
  const named = place.door === null || at.name === undefined || at.name === place.door;
  const there = place.port === null || ports === null || (ports.from <= place.port && place.port <= ports.to);
  if (!named || !there) return { refusal: 'door' };
  if (!admits) return { refusal: 'none' };
  if (admits.routes !== null && !admits.routes.includes(place.route)) return { refusal: 'kind' };
  const welcome = fromNamespace(admits.namespaces, gateway.namespace, from, known);
  if (welcome === false) return { refusal: 'namespace' };
  const common = commonHosts(admits.hosts, hosts);
  if (!common) return { refusal: 'host' };
  return {
    hosts: common,
    doubt: welcome === 'unknown' ? `what labels the namespace ${from} has is not in the code` : null,
  };
}

/** Whether routes of a namespace are welcome; unknown where it may have labels that the code does not show. */
function fromNamespace(
  wanted: Admission['namespaces'],
  own: string | null,
  from: string | null,
  known: ReadonlyMap<string, Labelled>,
): boolean | 'unknown' {
  if (wanted === 'all') return true;
  if (wanted === 'same') return own === from;
  const { must, may } = meetsAll(labelsIn(known, from ?? ''), wanted);
  return may && !must ? 'unknown' : must;
}

/** The route's door as callers find it: at the place, port and encryption of the door that takes it in. */
function standingAt(door: DoorFact, at: DoorFact, hosts: readonly string[], doubt: string | null): DoorFact {
  const { place, protocol, ports, tls, sources, by } = at;
  const doubtful =
    at.unknown ??
    (doubt === null ? door.unknown : unknown(doubt, door.place.kind === 'behind' ? door.place.origin : door.origin));
  const http = door.http ?? { hosts: [], paths: [] };
  return {
    ...door,
    place,
    protocol,
    ports,
    ...(tls === undefined ? {} : { tls }),
    ...(sources ? { sources } : {}),
    ...(by ? { by } : {}),
    ...(door.http || hosts.length > 0 ? { http: { ...http, hosts } } : {}),
    ...(doubtful ? { unknown: doubtful } : {}),
  };
}
