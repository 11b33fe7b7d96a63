/** VirtualServices: what the Gateways of Istio lead to Services (R52). */
import type { KubernetesObject } from '../../../assemble/kubernetes/object.ts';
import type { DoorFact, GatewayFact, Place, Target } from '../../../graph/fragment.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import type { Origin } from '../../../source/span.ts';
import { at, entriesOf, integerOf, itemsOf, textOf, unknown, type Value } from '../../../source/value.ts';
import { isUnknown, listAt } from '../fault.ts';
import { firstLineOf, lineAt, textsOf } from '../field.ts';
import { portNumber } from '../network-policy-rule.ts';

/** The gateway of all sidecars: traffic between workloads, which comes in by Services as without it. */
const MESH = 'mesh';
/** More doors than this are nobody's virtual service. */
const MOST_DOORS = 4096;

/** A way through a virtual service: what it matches, where it leads, and the Gateways that it is limited to. */
interface Way {
  readonly target: Target;
  readonly paths: readonly string[];
  readonly methods: readonly string[];
  /** Server names of TLS, instead of the hosts of all. */
  readonly hosts: readonly string[] | null;
  /** Names of Gateways; null for all of the object. */
  readonly gateways: readonly string[] | null;
  readonly port: number | null;
  readonly origin: Origin;
}

/** A VirtualService of Gateways; undefined for one of sidecars alone. */
export function virtualServiceFact(object: KubernetesObject, notices: Notice[]): GatewayFact | undefined {
  const spec = at(object.root, 'spec');
  const gateways = listAt(spec, 'gateways', []);
  if (isUnknown(gateways)) return factOf(object, [shutDoor(object, gateways.because)]);
  const asked = textsOf(at(spec, 'gateways')).filter(({ text }) => text !== MESH);
  if (asked.length === 0) return undefined;
  const hosts = anyHost(textsOf(at(spec, 'hosts')).map(({ text }) => text.toLowerCase()));
  const ways = ['http', 'tls', 'tcp'].flatMap((field) => waysOf(object, field, notices));
  const doors: DoorFact[] = [];
  for (const { text, origin } of asked) {
    for (const way of ways) {
      if (way.gateways !== null && !way.gateways.includes(text)) continue;
      if (doors.length < MOST_DOORS) doors.push(doorOf(object, text, origin, way, hosts));
    }
  }
  if (asked.length * ways.length > MOST_DOORS) {
    const message = 'This VirtualService leads to more than is followed: the later parts of it are left out.';
    notices.push(notice('expansion-limit', message, object.origin));
  }
  return factOf(object, doors);
}

function factOf({ namespace, name, origin }: KubernetesObject, doors: readonly DoorFact[]): GatewayFact {
  const id = `route/virtualservice/${namespace}/${name}`;
  return { id, kind: 'route', name, namespace, names: [], doors, origin };
}

/** A door at Gateways that the code does not show. */
function shutDoor({ origin }: KubernetesObject, because: string): DoorFact {
  const place: Place = { kind: 'proxy', class: null, internal: unknown(because, origin) };
  const target: Target = { kind: 'outside', name: null, origin };
  return { place, protocol: 'tcp', ports: null, target, implicit: false, origin };
}

function anyHost(hosts: readonly string[]): readonly string[] {
  return hosts.includes('*') ? [] : hosts;
}

/** `frontend-gateway` of the own namespace, or `istio-system/frontend-gateway`. */
function doorOf(
  object: KubernetesObject,
  gateway: string,
  origin: Origin,
  way: Way,
  hosts: readonly string[],
): DoorFact {
  const slash = gateway.indexOf('/');
  const { paths, methods, target } = way;
  return {
    place: {
      kind: 'behind',
      gateway: 'mesh-gateway',
      namespace: slash < 0 ? object.namespace : gateway.slice(0, slash),
      name: gateway.slice(slash + 1),
      door: null,
      port: way.port,
      route: object.kind,
      origin,
    },
    protocol: 'tcp',
    ports: null,
    target,
    implicit: false,
    http: { hosts: way.hosts ?? hosts, paths, ...(methods.length > 0 ? { methods } : {}) },
    origin: way.origin,
  };
}

function waysOf(object: KubernetesObject, field: string, notices: Notice[]): readonly Way[] {
  return itemsOf(at(object.root, 'spec', field)).flatMap((route) => {
    if (at(route, 'delegate')) {
      const message = 'What a virtual service hands to another one is not followed.';
      notices.push(notice('unsupported-construct', message, lineAt(route, 'delegate', route.origin)));
    }
    const targets = destinationsOf(route).flatMap((destination) => targetOf(object, destination, notices) ?? []);
    const matches = itemsOf(at(route, 'match'));
    const common = { hosts: null, gateways: null, port: null, paths: [], methods: [] };
    if (matches.length === 0) return targets.map((target) => ({ ...common, target, origin: target.origin }));
    return matches.flatMap((match) => targets.map((target) => wayOf(match, target)));
  });
}

function wayOf(match: Value, target: Target): Way {
  const uri = at(match, 'uri');
  const names = textsOf(at(match, 'sniHosts')).map(({ text }) => text.toLowerCase());
  const gateways = textsOf(at(match, 'gateways')).map(({ text }) => text);
  return {
    target,
    paths: matched(uri),
    methods: matched(at(match, 'method')),
    hosts: names.length > 0 ? anyHost(names) : null,
    gateways: gateways.length > 0 ? gateways : null,
    port: portNumber(at(match, 'port')) ?? null,
    origin: uri ? firstLineOf(uri) : target.origin,
  };
}

/** The text that a StringMatch asks for: `exact`, `prefix` or `regex`. */
function matched(match: Value | undefined): readonly string[] {
  for (const { value } of entriesOf(match)) {
    const text = textOf(value);
    if (text) return [text];
  }
  return [];
}

/** Where requests and copies of them go; nowhere where callers are sent elsewhere, or answered at once. */
function destinationsOf(route: Value): readonly Value[] {
  const taken = itemsOf(at(route, 'route'))
    .filter((each) => integerOf(at(each, 'weight')) !== 0)
    .flatMap((each) => at(each, 'destination') ?? []);
  const copied = [at(route, 'mirror'), ...itemsOf(at(route, 'mirrors')).map((mirror) => at(mirror, 'destination'))];
  return [...taken, ...copied.flatMap((destination) => destination ?? [])];
}

/**
 * A Service by its short name in the namespace of the virtual service, or by its name in the cluster's DNS; any other
 * host is outside.
 */
function targetOf(object: KubernetesObject, destination: Value, notices: Notice[]): Target | undefined {
  const origin = lineAt(destination, 'host', firstLineOf(destination));
  const written = at(destination, 'host');
  if (destination.kind === 'unknown' || written?.kind === 'unknown') return { kind: 'outside', name: null, origin };
  const host = textOf(written)?.toLowerCase();
  if (!host) {
    notices.push(notice('invalid-value', 'A destination needs a host: this one is left out.', origin));
    return undefined;
  }
  const [name = '', namespace, service] = host.split('.', 4);
  const port = portNumber(at(destination, 'port', 'number')) ?? null;
  const there = namespace === undefined ? object.namespace : service === 'svc' ? namespace : undefined;
  if (there === undefined) return { kind: 'outside', name: host, origin };
  return { kind: 'gateway', gateway: 'service', namespace: there, name, port, origin };
}
