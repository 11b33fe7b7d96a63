/** Kubernetes manifests as facts of the graph. */
import { digestOf } from '../../assemble/kubernetes/digest.ts';
import { bears, groupedKind, type KubernetesObject, keyOf, objectOf } from '../../assemble/kubernetes/object.ts';
import type { KubernetesUnit } from '../../assemble/unit.ts';
import type { ConfigFact, Fragment, GatewayFact, GuardFact, NeedFact, PermitFact } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import { adminPolicyFact } from './admin-policy.ts';
import { configMapFact, secretFact } from './config.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { controllersOf } from './gateway-api/entrance.ts';
import { gatewayFact } from './gateway-api/gateway.ts';
import { permitsOf } from './gateway-api/permit.ts';
import { routeFact } from './gateway-api/route.ts';
import { ingressFact } from './ingress.ts';
import { istioGatewayFact } from './istio/gateway.ts';
import { virtualServiceFact } from './istio/virtual-service.ts';
import { networkPolicyFact } from './network-policy.ts';
import { openshiftRouteFact } from './openshift-route.ts';
import { readPods } from './pods.ts';
import { proxiesOf } from './proxy.ts';
import { segmentsOf } from './segment.ts';
import { serviceReading } from './service.ts';

/** What objects without pods say, while it is gathered. */
interface Facts {
  readonly gateways: GatewayFact[];
  readonly guards: GuardFact[];
  readonly needs: NeedFact[];
  readonly configs: ConfigFact[];
  readonly permits: PermitFact[];
  readonly notices: Notice[];
  /** What other objects of the unit say that an object by itself does not. */
  readonly around: {
    readonly endpoints: Endpoints;
    /** The controllers of the classes of Gateways, by name of the class. */
    readonly controllers: ReadonlyMap<string, string>;
  };
}

type Reader = (object: KubernetesObject, facts: Facts) => void;

const readIngress: Reader = (object, facts) => facts.gateways.push(ingressFact(object, facts.notices));
const readPolicy: Reader = (object, facts) => keep(facts.guards, networkPolicyFact(object, facts.notices));
const readRoute: Reader = (object, facts) => keep(facts.gateways, routeFact(object, facts.notices));
const readAdminPolicy: Reader = (object, facts) => keep(facts.guards, adminPolicyFact(object, facts.notices));

/** By group and kind. What is not here is read for its pods, if it has any. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['Service', readService],
  ['ConfigMap', (object, facts) => facts.configs.push(configMapFact(object))],
  ['Secret', (object, facts) => facts.configs.push(secretFact(object))],
  ['networking.k8s.io/Ingress', readIngress],
  ['extensions/Ingress', readIngress],
  ['networking.k8s.io/NetworkPolicy', readPolicy],
  ['extensions/NetworkPolicy', readPolicy],
  ['policy.networking.k8s.io/AdminNetworkPolicy', readAdminPolicy],
  ['policy.networking.k8s.io/BaselineAdminNetworkPolicy', readAdminPolicy],
  ['policy.networking.k8s.io/ClusterNetworkPolicy', readAdminPolicy],
  [
    'gateway.networking.k8s.io/Gateway',
    (object, facts) => facts.gateways.push(gatewayFact(object, facts.around.controllers, facts.notices)),
  ],
  ['gateway.networking.k8s.io/HTTPRoute', readRoute],
  ['gateway.networking.k8s.io/GRPCRoute', readRoute],
  ['gateway.networking.k8s.io/TLSRoute', readRoute],
  ['gateway.networking.k8s.io/TCPRoute', readRoute],
  ['gateway.networking.k8s.io/UDPRoute', readRoute],
  [
    'gateway.networking.k8s.io/ReferenceGrant',
    (object, facts) => facts.permits.push(...permitsOf(object, facts.notices)),
  ],
  ['route.openshift.io/Route', (object, facts) => facts.gateways.push(openshiftRouteFact(object, facts.notices))],
  ['networking.istio.io/Gateway', (object, facts) => facts.gateways.push(istioGatewayFact(object, facts.notices))],
  [
    'networking.istio.io/VirtualService',
    (object, facts) => keep(facts.gateways, virtualServiceFact(object, facts.notices)),
  ],
]);

function keep<T>(facts: T[], fact: T | undefined): void {
  if (fact) facts.push(fact);
}

function readService(object: KubernetesObject, facts: Facts): void {
  const { gateway, needs } = serviceReading(object, facts.around.endpoints, facts.notices);
  facts.gateways.push(gateway);
  facts.needs.push(...needs);
}

/** The facts of one unit of manifests. */
export function kubernetesFragment(unit: KubernetesUnit): Result<Fragment> {
  const objects = unit.objects.flatMap((root) => objectOf(root) ?? []);
  const notices: Notice[] = unreadKinds(objects);
  const bearing = objects.filter(bears).filter((object) => isNamed(object, notices));
  const around = { endpoints: endpointsOf(objects), controllers: controllersOf(objects) };
  const facts: Facts = { gateways: [], guards: [], needs: [], configs: [], permits: [], notices, around };
  for (const object of bearing) READERS.get(groupedKind(object))?.(object, facts);
  const pods = readPods(
    bearing.filter((object) => !READERS.has(groupedKind(object))),
    notices,
  );
  const { id, technology, root, variant, files } = unit;
  const value: Fragment = {
    unit: { id, technology, root, variant, files },
    segments: segmentsOf(objects),
    workloads: pods.workloads,
    images: [],
    gateways: [...facts.gateways, ...pods.gateways],
    guards: facts.guards,
    needs: [...facts.needs, ...pods.needs],
    configs: facts.configs,
    proxies: proxiesOf(pods.workloads, objects),
    permits: facts.permits,
    definitions: bearing
      .filter(({ generated }) => !generated)
      .map((object) => ({ key: keyOf(object), digest: digestOf(object.root) })),
  };
  return { value, notices };
}

function isNamed({ kind, name, origin }: KubernetesObject, notices: Notice[]): boolean {
  if (name !== '') return true;
  const message = `This ${kind} has no metadata.name: no cluster takes it, and it is left out.`;
  notices.push(notice('invalid-value', message, origin));
  return false;
}

/** Groups whose objects open or close ways in a cluster: kinds of theirs that are not read are told. */
const UNREAD =
  /^(gateway\.networking\.(x-)?k8s\.io|policy\.networking\.k8s\.io|(networking|security)\.istio\.io|cilium\.io|(crd\.)?projectcalico\.org|route\.openshift\.io|traefik\.(io|containo\.us)|projectcontour\.io|getambassador\.io|configuration\.konghq\.com)$/;
/** Read for what they say of others. */
const READ_BESIDE: ReadonlySet<string> = new Set(['gateway.networking.k8s.io/GatewayClass']);

/** One note for each kind that says who reaches what and is not read, where it first stands. */
function unreadKinds(objects: readonly KubernetesObject[]): Notice[] {
  const first = new Map<string, KubernetesObject>();
  for (const object of objects) {
    const kind = groupedKind(object);
    if (READERS.has(kind) || READ_BESIDE.has(kind) || first.has(kind)) continue;
    if (UNREAD.test(object.group)) first.set(kind, object);
  }
  return [...first.values()].map(({ kind, group, origin }) => {
    const message = `${kind} of ${group} is not read: what it opens or closes is not seen.`;
    return notice('unsupported-construct', message, origin);
  });
}
