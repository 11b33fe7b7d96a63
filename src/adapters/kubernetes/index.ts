/** Kubernetes manifests as facts of the graph. */
import { digestOf } from '../../assemble/kubernetes/digest.ts';
import { bears, groupedKind, type KubernetesObject, keyOf, objectOf } from '../../assemble/kubernetes/object.ts';
import type { KubernetesUnit } from '../../assemble/unit.ts';
import type { ConfigFact, Fragment, GatewayFact, GuardFact, NeedFact } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import { adminPolicyFact } from './admin-policy.ts';
import { configMapFact, secretFact } from './config.ts';
import { ingressFact } from './ingress.ts';
import { networkPolicyFact } from './network-policy.ts';
import { readPods } from './pods.ts';
import { segmentsOf } from './segment.ts';
import { serviceReading } from './service.ts';

/** What objects without pods say, while it is gathered. */
interface Facts {
  readonly gateways: GatewayFact[];
  readonly guards: GuardFact[];
  readonly needs: NeedFact[];
  readonly configs: ConfigFact[];
  readonly notices: Notice[];
}

type Reader = (object: KubernetesObject, facts: Facts) => void;

const readIngress: Reader = (object, facts) => facts.gateways.push(ingressFact(object, facts.notices));
const readPolicy: Reader = (object, facts) => keep(facts.guards, networkPolicyFact(object, facts.notices));
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
]);

function keep<T>(facts: T[], fact: T | undefined): void {
  if (fact) facts.push(fact);
}

function readService(object: KubernetesObject, facts: Facts): void {
  const { gateway, needs } = serviceReading(object, facts.notices);
  facts.gateways.push(gateway);
  facts.needs.push(...needs);
}

/** The facts of one unit of manifests. */
export function kubernetesFragment(unit: KubernetesUnit): Result<Fragment> {
  const objects = unit.objects.flatMap((root) => objectOf(root) ?? []);
  const notices: Notice[] = unreadKinds(objects);
  const bearing = objects.filter(bears).filter((object) => isNamed(object, notices));
  const facts: Facts = { gateways: [], guards: [], needs: [], configs: [], notices };
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

/** Groups whose objects open or close ways in a cluster, and which are not read. */
const UNREAD =
  /^(gateway\.networking\.k8s\.io|policy\.networking\.k8s\.io|(networking|security)\.istio\.io|cilium\.io|(crd\.)?projectcalico\.org|route\.openshift\.io|traefik\.(io|containo\.us)|projectcontour\.io|getambassador\.io|configuration\.konghq\.com)$/;

/** One note for each kind that says who reaches what and is not read, where it first stands. */
function unreadKinds(objects: readonly KubernetesObject[]): Notice[] {
  const first = new Map<string, KubernetesObject>();
  for (const object of objects) {
    const kind = groupedKind(object);
    if (UNREAD.test(object.group) && !READERS.has(kind) && !first.has(kind)) first.set(kind, object);
  }
  return [...first.values()].map(({ kind, group, origin }) => {
    const message = `${kind} of ${group} is not read: what it opens or closes is not seen.`;
    return notice('unsupported-construct', message, origin);
  });
}
