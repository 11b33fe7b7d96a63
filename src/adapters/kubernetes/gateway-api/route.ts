/** Routes of the Gateway API: what the listeners of Gateways lead to Services (R41). */
import type { KubernetesObject } from '../../../assemble/kubernetes/object.ts';
import type { DoorFact, GatewayFact, Place } from '../../../graph/fragment.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { at, textOf, unknown, type Value } from '../../../source/value.ts';
import { isUnknown, listAt } from '../fault.ts';
import { firstLineOf, lineAt, textsOf } from '../field.ts';
import { portNumber } from '../network-policy-rule.ts';
import { GATEWAY_GROUP } from './entrance.ts';
import { type Lead, leadsOf } from './rule.ts';

/** More doors than this are nobody's route: the API allows 32 parents, 16 rules and 64 matches. */
const MOST_DOORS = 4096;

/** Routes that look at nothing that callers send. */
const RELAYS: ReadonlySet<string> = new Set(['TCPRoute', 'UDPRoute']);

/**
 * A route, with a door for every match and backend at every Gateway that it asks for. Undefined for one that is only for
 * the traffic between workloads (its parents are Services): callers come in by the Service, as without it.
 */
export function routeFact(object: KubernetesObject, notices: Notice[]): GatewayFact | undefined {
  const places = placesOf(object, notices);
  if (places.length === 0) return undefined;
  // One more than fits, so that it shows.
  const leads = leadsOf(object, MOST_DOORS + 1, notices);
  const spec = at(object.root, 'spec');
  const hosts = textsOf(at(spec, 'hostnames')).map(({ text }) => text.toLowerCase());
  const doors: DoorFact[] = [];
  for (const place of places)
    for (const lead of leads.slice(0, MOST_DOORS - doors.length)) doors.push(doorOf(object, place, lead, hosts));
  if (places.length * leads.length > MOST_DOORS) {
    const message = 'This route leads to more than is followed: the later parts of it are left out.';
    notices.push(notice('expansion-limit', message, object.origin));
  }
  return {
    id: `route/${object.kind.toLowerCase()}/${object.namespace}/${object.name}`,
    kind: RELAYS.has(object.kind) ? 'relay' : 'route',
    name: object.name,
    namespace: object.namespace,
    names: [],
    doors,
    origin: object.origin,
  };
}

function doorOf(
  object: KubernetesObject,
  place: Place,
  { target, http, origin }: Lead,
  hosts: readonly string[],
): DoorFact {
  const protocol = object.kind === 'UDPRoute' ? 'udp' : 'tcp';
  const routed = RELAYS.has(object.kind) ? {} : { http: { hosts, ...http } };
  return { place, protocol, ports: null, target, implicit: false, ...routed, origin };
}

/** The Gateways that the route asks to be taken in by; nowhere, where it asks for none. */
function placesOf(object: KubernetesObject, notices: Notice[]): readonly Place[] {
  const spec = at(object.root, 'spec');
  const parents = listAt(spec, 'parentRefs', []);
  if (isUnknown(parents)) return [{ kind: 'proxy', class: null, internal: parents }];
  if (parents.length === 0) {
    return [{ kind: 'nowhere', because: 'it names no Gateway', origin: object.origin }];
  }
  return parents.flatMap((parent) => placeOf(object, parent, notices) ?? []);
}

function placeOf(object: KubernetesObject, parent: Value, notices: Notice[]): Place | undefined {
  const group = textOf(at(parent, 'group')) ?? GATEWAY_GROUP;
  const kind = textOf(at(parent, 'kind')) ?? 'Gateway';
  const name = at(parent, 'name');
  const origin = lineAt(parent, 'name', firstLineOf(parent));
  const hidden = [parent, name, at(parent, 'namespace')].find((part) => part?.kind === 'unknown');
  if (hidden)
    return { kind: 'proxy', class: null, internal: unknown('which Gateway it asks for is not in the code', origin) };
  if (group === '' && kind === 'Service') return undefined;
  if (group !== GATEWAY_GROUP || kind !== 'Gateway') {
    const message = `A parent of kind ${kind} is not followed: what it takes in is not seen.`;
    notices.push(notice('unsupported-construct', message, origin));
    return { kind: 'proxy', class: null, internal: unknown(`a parent of kind ${kind} is not followed`, origin) };
  }
  return {
    kind: 'behind',
    gateway: 'gateway',
    namespace: textOf(at(parent, 'namespace')) ?? object.namespace,
    name: textOf(name) ?? '',
    door: textOf(at(parent, 'sectionName')) ?? null,
    port: portNumber(at(parent, 'port')) ?? null,
    route: object.kind,
    origin,
  };
}
