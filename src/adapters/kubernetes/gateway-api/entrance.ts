/** Where the doors of a Gateway stand: its class, its annotations and its addresses say so (R41). */
import type { KubernetesObject } from '../../../assemble/kubernetes/object.ts';
import type { DoorFact, Place } from '../../../graph/fragment.ts';
import { at, entryOf, itemsOf, textOf, type Unknown, unknown, type Value } from '../../../source/value.ts';
import { isPrivateAddress, sourcesOf, toldInternal } from '../balancer.ts';
import { type Annotation, annotationsOf, lineOf } from '../field.ts';
import { CLUSTER } from '../segment.ts';

/** The group of the API. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** What the doors of one Gateway have in common. */
export interface GatewayEntrance {
  readonly place: Place;
  /** A port of the nodes is picked by the cluster, whatever the listener says. */
  readonly picked: boolean;
  readonly common: Pick<DoorFact, 'by' | 'sources'>;
}

/**
 * Classes by name, and whether their load balancers stand inside the network. Controllers that run in the cluster make,
 * or come with, a Service of type LoadBalancer, which is public like any other unless it is told otherwise (R36).
 */
const CLASSES: ReadonlyMap<string, boolean> = new Map([
  ['gke-l7-global-external-managed', false],
  ['gke-l7-global-external-managed-mc', false],
  ['gke-l7-regional-external-managed', false],
  ['gke-l7-regional-external-managed-mc', false],
  ['gke-l7-gxlb', false],
  ['gke-l7-gxlb-mc', false],
  ['gke-l7-rilb', true],
  ['gke-l7-rilb-mc', true],
  ['gke-l7-cross-regional-internal-managed-mc', true],
  ['amazon-vpc-lattice', true],
  ['azure-alb-external', false],
  ['azure-alb-internal', true],
  ['cilium', false],
  ['contour', false],
  ['eg', false],
  ['envoy', false],
  ['envoy-gateway', false],
  ['haproxy', false],
  ['istio', false],
  ['istio-remote', false],
  ['kong', false],
  ['nginx', false],
  ['traefik', false],
]);

/** The same for classes that the code gives another name, by their controller. */
const CONTROLLERS: ReadonlyMap<string, boolean> = new Map([
  ['istio.io/gateway-controller', false],
  ['istio.io/unmanaged-gateway', false],
  ['gateway.envoyproxy.io/gatewayclass-controller', false],
  ['gateway.nginx.org/nginx-gateway-controller', false],
  ['projectcontour.io/gateway-controller', false],
  ['traefik.io/gateway-controller', false],
  ['konghq.com/kic-gateway-controller', false],
  ['io.cilium/gateway-controller', false],
  ['application-networking.k8s.aws/gateway-api-controller', true],
]);

/** The controller that makes a Deployment and a Service for every Gateway, and its classes where nothing defines them. */
const ISTIO_CONTROLLER = 'istio.io/gateway-controller';
const ISTIO_CLASSES: ReadonlySet<string> = new Set(['istio', 'istio-remote']);
/** A class for the traffic between workloads: callers are workloads, and its address is one of the cluster. */
const WAYPOINT = 'istio-waypoint';
const SERVICE_TYPE = 'networking.istio.io/service-type';
/** What every in-cluster Gateway puts on the workloads that it is made of. */
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/**
 * The entrance of a Gateway.
 *
 * @param controllers the controllers of the classes that the unit defines, by name of the class
 */
export function gatewayEntrance(object: KubernetesObject, controllers: ReadonlyMap<string, string>): GatewayEntrance {
  const spec = at(object.root, 'spec');
  const named = entryOf(spec, 'gatewayClassName');
  const name = textOf(named?.value) ?? null;
  const annotations = new Map<string, Annotation>([
    ...annotationsOf(at(object.root, 'metadata')),
    ...annotationsOf(at(spec, 'infrastructure')),
  ]);
  const controller = name === null ? undefined : controllers.get(name);
  const own = controller === ISTIO_CONTROLLER || (controller === undefined && ISTIO_CLASSES.has(name ?? ''));
  const sources = sourcesOf(undefined, annotations);
  const by = {
    namespace: object.namespace,
    requirements: [{ key: GATEWAY_NAME, operator: 'in' as const, values: [object.name] }],
    origin: object.origin,
  };
  const common = { ...(own ? { by } : {}), ...(sources ? { sources } : {}) };
  const type = annotations.get(SERVICE_TYPE)?.text;
  if (name === WAYPOINT || type === 'ClusterIP') {
    return { place: { kind: 'segment', segment: CLUSTER }, picked: false, common };
  }
  if (type === 'NodePort') return { place: { kind: 'nodes' }, picked: true, common };
  const origin = named ? lineOf(named) : object.origin;
  const internal =
    toldInternal(annotations) ??
    byAddress(spec) ??
    (controller === undefined ? CLASSES.get(name ?? '') : (CONTROLLERS.get(controller) ?? CLASSES.get(name ?? ''))) ??
    unknown(`where the Gateways of class ${name ?? '(none)'} stand is not in the code`, origin);
  return { place: { kind: 'proxy', class: name, internal }, picked: false, common };
}

/** What the addresses say that a Gateway asks for: internal where all of them are private. */
function byAddress(spec: Value | undefined): boolean | Unknown | undefined {
  const told = itemsOf(at(spec, 'addresses')).map((address) =>
    (textOf(at(address, 'type')) ?? 'IPAddress') === 'IPAddress'
      ? isPrivateAddress(textOf(at(address, 'value')) ?? '')
      : undefined,
  );
  if (told.includes(false)) return false;
  return told.length > 0 && told.every((each) => each === true) ? true : undefined;
}

/** The controllers of the classes that a unit defines, by name of the class. */
export function controllersOf(objects: readonly KubernetesObject[]): ReadonlyMap<string, string> {
  const controllers = new Map<string, string>();
  for (const { kind, group, name, root } of objects) {
    const controller = textOf(at(root, 'spec', 'controllerName'));
    if (kind === 'GatewayClass' && group === GATEWAY_GROUP && controller) controllers.set(name, controller);
  }
  return controllers;
}
