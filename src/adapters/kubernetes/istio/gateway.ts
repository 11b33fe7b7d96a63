/** Gateways of Istio: ports of the proxies that a selector picks, which virtual services lead on (R52). */
import type { KubernetesObject } from '../../../assemble/kubernetes/object.ts';
import type { Admission, DoorFact, GatewayFact, Place, Requirement, Selector } from '../../../graph/fragment.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { at, booleanOf, entryOf, textOf, type Unknown, unknown, type Value } from '../../../source/value.ts';
import { isUnknown, listAt } from '../fault.ts';
import { firstLineOf, lineAt, textsOf } from '../field.ts';
import { portNumber } from '../network-policy-rule.ts';
import { onePort } from '../port.ts';
import { CLUSTER } from '../segment.ts';
import { equalities } from '../selector.ts';

/** As many doors as nobody's Gateway has. */
const MOST_DOORS = 1024;

/** A Gateway, with a door for every server and every namespace whose virtual services its hosts are for. */
export function istioGatewayFact(object: KubernetesObject, notices: Notice[]): GatewayFact {
  const spec = at(object.root, 'spec');
  const servers = listAt(spec, 'servers', []);
  const { place, by } = proxiesOf(object);
  const doors = isUnknown(servers)
    ? [hiddenDoor(place, by, servers)]
    : servers.flatMap((server) => doorsOf(server, place, by, notices));
  const beyond = doors[MOST_DOORS];
  if (beyond) {
    const message = 'This Gateway has more servers and hosts than are followed: the later ones are left out.';
    notices.push(notice('expansion-limit', message, beyond.origin));
  }
  return {
    id: `mesh-gateway/${object.namespace}/${object.name}`,
    kind: 'mesh-gateway',
    name: object.name,
    namespace: object.namespace,
    names: [],
    doors: doors.slice(0, MOST_DOORS),
    origin: object.origin,
  };
}

/** What the proxies of a plain installation are labelled: they have a Service of type LoadBalancer, public as such (R36). */
const PLAIN_INSTALLATION = 'ingressgateway';

/**
 * The proxies that the Gateway is for, in whichever namespace they run, and where they stand: that is the matter of their
 * own Service, so that without it only their name tells.
 */
function proxiesOf(object: KubernetesObject): { readonly place: Place; readonly by: Selector } {
  const selector = entryOf(at(object.root, 'spec'), 'selector');
  const origin = selector?.keyOrigin ?? object.origin;
  const requirements = equalities(selector?.value);
  const by: Selector = { namespace: null, namespaces: [], requirements, origin };
  const called = requirements.flatMap(({ values }) => values).join(' ');
  // What leaves the mesh is called by its members alone.
  if (/egress/i.test(called)) return { place: { kind: 'segment', segment: CLUSTER }, by };
  const internal = /internal|private|intranet/i.test(called)
    ? true
    : called === PLAIN_INSTALLATION || /external|public|internet/i.test(called)
      ? false
      : unknown(`how far the proxies ${described(requirements)} are seen is not in the code`, origin);
  return { place: { kind: 'proxy', class: null, internal }, by };
}

function described(requirements: readonly Requirement[]): string {
  const [first] = requirements;
  return first ? `${first.key}=${first.values[0] ?? ''}` : 'of the mesh';
}

function hiddenDoor(place: Place, by: Selector, hidden: Unknown): DoorFact {
  const { origin } = hidden;
  const admits: Admission = { routes: null, namespaces: 'all', hosts: [] };
  const target = { kind: 'routes', origin } as const;
  return { place, by, protocol: 'tcp', ports: null, target, implicit: false, admits, unknown: hidden, origin };
}

/** Protocols that carry TLS to the proxy, and those that do not. */
const SECURE: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);
const PLAIN: ReadonlySet<string> = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB']);

function doorsOf(server: Value, place: Place, by: Selector, notices: Notice[]): readonly DoorFact[] {
  if (server.kind === 'unknown') return [hiddenDoor(place, by, server)];
  const port = at(server, 'port');
  const origin = lineAt(port, 'number', firstLineOf(server));
  const written = at(port, 'number');
  const number = portNumber(written);
  if (number === undefined && written?.kind !== 'unknown') {
    notices.push(notice('invalid-value', 'A server needs a port from 1 to 65535: this one is left out.', origin));
    return [];
  }
  const tls = at(server, 'tls');
  // One that only sends callers on to the port with TLS is no way in.
  if (booleanOf(at(tls, 'httpsRedirect')) === true) return [];
  const protocol = (textOf(at(port, 'protocol')) ?? '').toUpperCase();
  const secured = SECURE.has(protocol) || textOf(at(tls, 'mode')) !== undefined;
  const name = textOf(at(port, 'name'));
  return admissionsOf(server).map((admits) => ({
    place,
    by,
    ...(name ? { name } : {}),
    protocol: 'tcp',
    ports: number === undefined ? null : onePort(number),
    target: { kind: 'routes', origin },
    implicit: false,
    ...(secured ? { tls: true } : PLAIN.has(protocol) ? { tls: false } : {}),
    admits,
    ...(number === undefined ? { unknown: unknown('its port is not in the code', origin) } : {}),
    origin,
  }));
}

/** `shop/a.example`, `./a.example`, `*` and `a.example`: the namespaces whose virtual services may have the host. */
function admissionsOf(server: Value): readonly Admission[] {
  const byNamespace = new Map<string, string[]>();
  for (const { text } of textsOf(at(server, 'hosts'))) {
    const slash = text.indexOf('/');
    const namespace = slash < 0 ? '*' : text.slice(0, slash);
    const host = text.slice(slash + 1).toLowerCase();
    const hosts = byNamespace.get(namespace);
    if (hosts) hosts.push(host);
    else byNamespace.set(namespace, [host]);
  }
  return [...byNamespace].map(([namespace, hosts]) => ({
    routes: null,
    namespaces: namespace === '*' ? 'all' : namespace === '.' ? 'same' : [named(namespace)],
    hosts: hosts.includes('*') ? [] : hosts,
  }));
}

/** The label that every namespace has (R19). */
function named(namespace: string): Requirement {
  return { key: 'kubernetes.io/metadata.name', operator: 'in', values: [namespace] };
}
