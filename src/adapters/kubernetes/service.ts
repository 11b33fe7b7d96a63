/** Services: names and addresses that lead to pods. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { DoorFact, GatewayFact, NeedFact, Place, Selector, Target } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, booleanOf, entryOf, integerOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import { endsTls, isInternal, schemeOrigins, sourcesOf } from './balancer.ts';
import type { EndpointAddress, Endpoints } from './endpoints.ts';
import { type Annotation, annotationsOf, firstLineOf, lineAt, lineOf, textsOf } from './field.ts';
import { numberOrName, onePort, protocolOf } from './port.ts';
import { scrapeNeeds } from './scrape.ts';
import { CLUSTER, serviceNames } from './segment.ts';
import { equalities } from './selector.ts';

/** What the doors of one Service have in common. */
interface Service {
  readonly object: KubernetesObject;
  readonly spec: Value | undefined;
  readonly type: string;
  /** The line that says the type; the Service's name where nothing does. */
  readonly typeOrigin: Origin;
  readonly headless: boolean;
  /** The pods that it picks; null where somebody else says what answers. */
  readonly selector: Selector | null;
  readonly annotations: ReadonlyMap<string, Annotation>;
  /** What answers where it picks no pods, as far as somebody wrote it down. */
  readonly answering: readonly EndpointAddress[];
  /** What a cloud makes for it; null where it asks for nothing. */
  readonly balancer: { readonly place: Place; readonly sources: DoorFact['sources'] } | null;
  /** Addresses that every node answers for. */
  readonly addresses: readonly { readonly text: string; readonly origin: Origin }[];
  readonly rewritesSource: boolean;
}

/** One entry of `ports`. */
interface ServicePort {
  readonly number: number;
  readonly name: string | undefined;
  readonly targetPort: number | string;
  readonly entry: Value;
  readonly origin: Origin;
  /** What every door of this port says of it. */
  readonly common: Pick<DoorFact, 'name' | 'protocol' | 'tls' | 'target'>;
}

/** What a Service comes to. */
export interface ServiceReading {
  readonly gateway: GatewayFact;
  readonly needs: readonly NeedFact[];
}

/** A Service as a gateway (R32–R38), and the scraping that its annotations ask for. */
export function serviceReading(object: KubernetesObject, endpoints: Endpoints, notices: Notice[]): ServiceReading {
  const service = serviceOf(object, endpoints, notices);
  const ports = itemsOf(at(service.spec, 'ports')).flatMap((entry) => portsOf(service, entry, notices));
  const gateway: GatewayFact = {
    id: `service/${object.namespace}/${object.name}`,
    kind: 'service',
    name: object.name,
    namespace: object.namespace,
    ...(textOf(at(object.root, 'metadata', 'namespace')) ? {} : { floating: true }),
    names: serviceNames(object.name, object.namespace, service.headless),
    doors:
      service.type === 'ExternalName' ? outsideDoors(service, ports) : ports.flatMap((port) => doorsOf(service, port)),
    ...(/^(NodePort|LoadBalancer)$/.test(service.type)
      ? { opening: [service.typeOrigin, ...schemeOrigins(service.annotations)] }
      : {}),
    origin: object.origin,
  };
  const targets = ports.map(({ targetPort }) => targetPort);
  const { selector } = service;
  const needs = selector ? scrapeNeeds(at(object.root, 'metadata'), { kind: 'selector', selector }, targets) : [];
  return { gateway, needs };
}

function serviceOf(object: KubernetesObject, endpoints: Endpoints, notices: Notice[]): Service {
  const spec = at(object.root, 'spec');
  const type = entryOf(spec, 'type');
  const selector = entryOf(spec, 'selector');
  const requirements = equalities(selector?.value);
  const annotations = annotationsOf(at(object.root, 'metadata'));
  return {
    object,
    spec,
    type: textOf(type?.value) ?? 'ClusterIP',
    typeOrigin: type ? lineOf(type) : object.origin,
    headless: (textOf(at(spec, 'clusterIP')) ?? textsOf(at(spec, 'clusterIPs'))[0]?.text) === 'None',
    selector:
      selector && requirements.length > 0
        ? { namespace: object.namespace, requirements, origin: selector.keyOrigin }
        : null,
    annotations,
    answering: requirements.length > 0 ? [] : limited(endpoints(object.namespace, object.name), spec, notices),
    balancer:
      textOf(type?.value) === 'LoadBalancer'
        ? {
            place: { kind: 'balancer', internal: isInternal(spec, annotations) },
            sources: sourcesOf(spec, annotations),
          }
        : null,
    addresses: externalAddresses(spec, notices),
    rewritesSource: textOf(at(spec, 'externalTrafficPolicy')) !== 'Local',
  };
}

/** More addresses and ports together than this are nobody's Service. */
const MOST_DOORS = 4096;

function externalAddresses(spec: Value | undefined, notices: Notice[]): Service['addresses'] {
  return limited(textsOf(at(spec, 'externalIPs')), spec, notices);
}

function limited(
  addresses: readonly EndpointAddress[],
  spec: Value | undefined,
  notices: Notice[],
): readonly EndpointAddress[] {
  const most = Math.floor(MOST_DOORS / Math.max(1, itemsOf(at(spec, 'ports')).length));
  const first = addresses[most];
  if (!first) return addresses;
  const message = 'This Service has more addresses than are followed: this one and the later ones are left out.';
  notices.push(notice('expansion-limit', message, first.origin));
  return addresses.slice(0, most);
}

/** A port entry, once for everything that answers; its targetPort is its port where it names none (R33). */
function portsOf(service: Service, entry: Value, notices: Notice[]): readonly ServicePort[] {
  const number = integerOf(at(entry, 'port'));
  const protocol = protocolOf(entry, notices);
  if (number === undefined) {
    const message = 'A port of a Service needs a number as its port: this one is left out.';
    notices.push(notice('invalid-value', message, firstLineOf(entry)));
    return [];
  }
  if (!protocol) return [];
  const name = textOf(at(entry, 'name'));
  const origin = lineAt(entry, 'port', entry.origin);
  const written = numberOrName(at(entry, 'targetPort'));
  const targetPort = written || number;
  // The API server reads 0 as the port itself; who writes it means that nothing listens.
  const doubt = written === 0 ? { doubt: 'its target port is written as 0, which is no port' } : {};
  const targets: readonly Target[] = service.selector
    ? [
        {
          kind: 'selector',
          selector: service.selector,
          port: targetPort,
          ...doubt,
          origin: lineAt(entry, 'targetPort', origin),
        },
      ]
    : outsideTargets(service, origin);
  const tls = speaksTls(textOf(at(entry, 'appProtocol')), name);
  const common = { protocol, ...(name ? { name } : {}), ...(tls === undefined ? {} : { tls }) };
  return targets.map((target) => ({ number, name, targetPort, entry, origin, common: { ...common, target } }));
}

/** The addresses that somebody wrote for it; one that nobody knows where there are none. */
function outsideTargets({ answering }: Service, origin: Origin): readonly Target[] {
  if (answering.length === 0) return [{ kind: 'outside', name: null, origin }];
  return answering.map((address) => ({ kind: 'outside', name: address.text, origin: address.origin }));
}

/** What a port's `appProtocol` or its name, which go by the same habits, tell of TLS. */
function speaksTls(appProtocol: string | undefined, name: string | undefined): boolean | undefined {
  const told = (appProtocol ?? name ?? '').toLowerCase();
  if (/^(https|tls|wss|kubernetes\.io\/wss)(-|$)/.test(told)) return true;
  return /^(http|http2|h2c|ws|kubernetes\.io\/(h2c|ws))(-|$)/.test(told) ? false : undefined;
}

/** A door inside the cluster, and one for each way that leads in from outside. */
function doorsOf(service: Service, port: ServicePort): DoorFact[] {
  const inside = { ...port.common, ports: onePort(port.number), implicit: false, origin: port.origin };
  const cluster: Place = { kind: 'segment', segment: CLUSTER };
  if (service.headless) {
    // Its names lead to the pods themselves: callers dial the pods' port. One that goes by name is as a rule the same.
    const dialled = typeof port.targetPort === 'number' ? port.targetPort : port.number;
    return [{ ...inside, place: cluster, ports: onePort(dialled) }];
  }
  const outside = { ...inside, rewritesSource: service.rewritesSource, portOrigin: port.origin };
  const addresses = service.addresses.map(
    ({ text, origin }): DoorFact => ({ ...outside, place: { kind: 'address', address: text }, origin }),
  );
  return [
    { ...inside, place: cluster },
    ...balancerDoors(service, port, outside),
    ...nodeDoors(service, port, outside),
    ...addresses,
  ];
}

function balancerDoors(service: Service, port: ServicePort, outside: Omit<DoorFact, 'place'>): DoorFact[] {
  if (!service.balancer) return [];
  const { place, sources } = service.balancer;
  return [
    {
      ...outside,
      place,
      origin: service.typeOrigin,
      ...(sources ? { sources } : {}),
      ...(endsTls(service.annotations, port.number, port.name) ? { tls: true } : {}),
    },
  ];
}

/** The ports of the nodes: asked for, or brought along by a load balancer that could do without (R35, S3). */
function nodeDoors(service: Service, port: ServicePort, outside: Omit<DoorFact, 'place'>): DoorFact[] {
  if (service.type !== 'NodePort' && service.type !== 'LoadBalancer') return [];
  const written = entryOf(port.entry, 'nodePort');
  const nodePort = integerOf(written?.value) || undefined;
  const allocated = booleanOf(at(service.spec, 'allocateLoadBalancerNodePorts')) !== false;
  if (service.type === 'LoadBalancer' && !allocated && nodePort === undefined) return [];
  return [
    {
      ...outside,
      place: { kind: 'nodes' },
      ports: nodePort === undefined ? null : onePort(nodePort),
      implicit: service.type === 'LoadBalancer' && allocated,
      origin: written && nodePort !== undefined ? lineOf(written) : service.typeOrigin,
    },
  ];
}

/** An ExternalName is an alias: whatever port is dialled goes out, listed or not. */
function outsideDoors(service: Service, ports: readonly ServicePort[]): DoorFact[] {
  const entry = entryOf(service.spec, 'externalName');
  const origin = entry ? lineOf(entry) : service.typeOrigin;
  const target: Target = { kind: 'outside', name: textOf(entry?.value) ?? null, origin };
  const door = { place: { kind: 'segment', segment: CLUSTER }, target, implicit: false, origin } as const;
  if (ports.length === 0) return [{ ...door, protocol: 'tcp', ports: { from: 1, to: 65535 } }];
  return ports.map(({ common, number }) => ({ ...common, ...door, ports: onePort(number) }));
}
