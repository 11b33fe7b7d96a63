/** Kubernetes manifests as facts of the graph. */
import { digestOf } from '../../assemble/kubernetes/digest.ts';
import { bears, groupedKind, type KubernetesObject, keyOf, objectOf } from '../../assemble/kubernetes/object.ts';
import { podTemplateOf } from '../../assemble/kubernetes/pod-template.ts';
import type { KubernetesUnit } from '../../assemble/unit.ts';
import type {
  ConfigFact,
  Definition,
  Fragment,
  GatewayFact,
  GuardFact,
  NeedFact,
  WorkloadFact,
} from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import { configMapFact, secretFact } from './config.ts';
import { ingressFact } from './ingress.ts';
import { knativeGateway } from './knative.ts';
import { networkPolicyFact } from './network-policy.ts';
import { scrapeNeeds } from './scrape.ts';
import { segmentsOf } from './segment.ts';
import { serviceReading } from './service.ts';
import { workloadOf } from './workload.ts';

/** The facts of a unit while they are gathered. */
interface Facts {
  readonly workloads: WorkloadFact[];
  readonly gateways: GatewayFact[];
  readonly guards: GuardFact[];
  readonly needs: NeedFact[];
  readonly configs: ConfigFact[];
  readonly definitions: Definition[];
  readonly notices: Notice[];
  /** How often an id was wanted: objects that the API server names may share the part of the name that is written. */
  readonly ids: Map<string, number>;
}

type Reader = (object: KubernetesObject, facts: Facts) => void;

const readIngress: Reader = (object, facts) => facts.gateways.push(ingressFact(object, facts.notices));
const readPolicy: Reader = (object, facts) => facts.guards.push(networkPolicyFact(object, facts.notices));

/** By group and kind; what is not here is read as a workload. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['Service', readService],
  ['ConfigMap', (object, facts) => facts.configs.push(configMapFact(object))],
  ['Secret', (object, facts) => facts.configs.push(secretFact(object))],
  ['networking.k8s.io/Ingress', readIngress],
  ['extensions/Ingress', readIngress],
  ['networking.k8s.io/NetworkPolicy', readPolicy],
  ['extensions/NetworkPolicy', readPolicy],
]);

/** The facts of one unit of manifests. */
export function kubernetesFragment(unit: KubernetesUnit): Result<Fragment> {
  const facts: Facts = {
    workloads: [],
    gateways: [],
    guards: [],
    needs: [],
    configs: [],
    definitions: [],
    notices: [],
    ids: new Map(),
  };
  const objects = unit.objects.flatMap((root) => objectOf(root) ?? []);
  for (const object of objects) read(object, facts);
  facts.notices.push(...unreadKinds(objects));
  const { notices, ids: _ids, ...rest } = facts;
  return { value: { unit: identityOf(unit), segments: segmentsOf(objects), images: [], ...rest }, notices };
}

function identityOf({ id, technology, root, variant, files }: KubernetesUnit): Fragment['unit'] {
  return { id, technology, root, variant, files };
}

function read(object: KubernetesObject, facts: Facts): void {
  if (!bears(object)) return;
  if (object.name === '') {
    const message = `This ${object.kind} has no metadata.name: no cluster takes it, and it is left out.`;
    facts.notices.push(notice('invalid-value', message, object.origin));
    return;
  }
  if (!object.generated) facts.definitions.push({ key: keyOf(object), digest: digestOf(object.root) });
  const reader = READERS.get(groupedKind(object));
  if (reader) reader(object, facts);
  else readWorkload(object, facts);
}

function readService(object: KubernetesObject, facts: Facts): void {
  const { gateway, needs } = serviceReading(object, facts.notices);
  facts.gateways.push(gateway);
  facts.needs.push(...needs);
}

/** Everything that has a pod template, whatever its kind is called. */
function readWorkload(object: KubernetesObject, facts: Facts): void {
  const template = podTemplateOf(object.root);
  if (!template) return;
  const knative = object.group === 'serving.knative.dev' && object.kind === 'Service';
  const kind = knative ? 'knative-service' : object.kind.toLowerCase();
  const id = freeId(`${kind}/${object.namespace}/${object.name}`, facts.ids);
  const { workload, hostPorts } = workloadOf(object, template, id, kind, facts.notices);
  facts.workloads.push(workload);
  facts.gateways.push(...hostPorts);
  if (knative) facts.gateways.push(knativeGateway(object, workload));
  facts.needs.push(...scrapeNeeds(template.metadata, { kind: 'workload', workload: id }, []));
}

function freeId(wanted: string, taken: Map<string, number>): string {
  const times = (taken.get(wanted) ?? 0) + 1;
  taken.set(wanted, times);
  return times === 1 ? wanted : `${wanted}~${times}`;
}

/** Groups whose objects open or close ways in a cluster, and which are not read. */
const UNREAD =
  /^(gateway\.networking\.k8s\.io|policy\.networking\.k8s\.io|(networking|security)\.istio\.io|cilium\.io|(crd\.)?projectcalico\.org|route\.openshift\.io|traefik\.(io|containo\.us)|projectcontour\.io|getambassador\.io|configuration\.konghq\.com)$/;

/** One note for each kind that says who reaches what and is not read, where it first stands. */
function unreadKinds(objects: readonly KubernetesObject[]): Notice[] {
  const first = new Map<string, KubernetesObject>();
  for (const object of objects) {
    if (UNREAD.test(object.group) && !first.has(groupedKind(object))) first.set(groupedKind(object), object);
  }
  return [...first.values()].map((object) =>
    notice(
      'unsupported-construct',
      `${object.kind} of ${object.group} is not read: what it opens or closes is not seen.`,
      object.origin,
    ),
  );
}
