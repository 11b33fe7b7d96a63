/** Kubernetes manifests as facts of the graph. */
import { digestOf } from '../../assemble/kubernetes/digest.ts';
import { bears, groupedKind, type KubernetesObject, keyOf, objectOf } from '../../assemble/kubernetes/object.ts';
import type { KubernetesUnit } from '../../assemble/unit.ts';
import type { Fragment } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import { configMapFact, secretFact } from './config.ts';
import { endpointsOf } from './endpoints.ts';
import { ingressFact } from './ingress.ts';
import { readPods } from './pods.ts';
import { proxiesOf } from './proxy.ts';
import type { Facts, Reader, Readers } from './reader.ts';
import { segmentsOf } from './segment.ts';
import { serviceReading } from './service.ts';

const readIngress: Reader = (object, facts) => facts.gateways.push(ingressFact(object, facts.notices));

/** The readers of kinds that most trees have. */
const commonReaders: Readers = (objects) => {
  const endpoints = endpointsOf(objects);
  const readService: Reader = (object, facts) => {
    const { gateway, needs } = serviceReading(object, endpoints, facts.notices);
    facts.gateways.push(gateway);
    facts.needs.push(...needs);
  };
  return new Map<string, Reader>([
    ['Service', readService],
    ['ConfigMap', (object, facts) => facts.configs.push(configMapFact(object))],
    ['Secret', (object, facts) => facts.configs.push(secretFact(object))],
    ['networking.k8s.io/Ingress', readIngress],
    ['extensions/Ingress', readIngress],
  ]);
};

/** Groups whose objects open or close ways in a cluster: kinds of theirs that are not read are told. */
const WAYS: ReadonlySet<string> = new Set([
  ...['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io', 'policy.networking.k8s.io'],
  ...['networking.istio.io', 'security.istio.io', 'cilium.io', 'projectcalico.org', 'crd.projectcalico.org'],
  ...['route.openshift.io', 'traefik.io', 'traefik.containo.us', 'projectcontour.io', 'getambassador.io'],
  'configuration.konghq.com',
]);

/** What makes fragments of `units`; the readers of what few trees have are loaded only where a unit has such objects. */
export async function kubernetesAdapter(
  units: readonly KubernetesUnit[],
): Promise<(unit: KubernetesUnit) => Result<Fragment>> {
  const objects = units.flatMap((unit) => unit.objects.flatMap((root) => objectOf(root) ?? []));
  const seldom = objects.some(({ kind, group }) => kind === 'NetworkPolicy' || WAYS.has(group));
  const load = async () => (await import('./seldom.ts')).seldomReaders;
  const more = seldom ? [await load()] : [];
  return (unit) => kubernetesFragment(unit, ...more);
}

/** The facts of one unit of manifests, read by the common readers and by `more`, or for the pods of what has none. */
export function kubernetesFragment(unit: KubernetesUnit, ...more: readonly Readers[]): Result<Fragment> {
  const objects = unit.objects.flatMap((root) => objectOf(root) ?? []);
  const readers = new Map([commonReaders, ...more].flatMap((table) => [...table(objects)]));
  const notices: Notice[] = unreadKinds(objects, readers);
  const bearing = objects.filter(bears).filter((object) => isNamed(object, notices));
  const facts: Facts = { gateways: [], guards: [], needs: [], configs: [], permits: [], notices };
  for (const object of bearing) readers.get(groupedKind(object))?.(object, facts);
  const pods = readPods(
    bearing.filter((object) => !readers.has(groupedKind(object))),
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

/** Read for what they say of others. */
const READ_BESIDE: ReadonlySet<string> = new Set(['gateway.networking.k8s.io/GatewayClass']);

/** One note for each kind that says who reaches what and is not read, where it first stands. */
function unreadKinds(objects: readonly KubernetesObject[], readers: ReadonlyMap<string, Reader>): Notice[] {
  const first = new Map<string, KubernetesObject>();
  for (const object of objects) {
    const kind = groupedKind(object);
    if (readers.has(kind) || READ_BESIDE.has(kind) || first.has(kind)) continue;
    if (WAYS.has(object.group)) first.set(kind, object);
  }
  return [...first.values()].map(({ kind, group, origin }) => {
    const message = `${kind} of ${group} is not read: what it opens or closes is not seen.`;
    return notice('unsupported-construct', message, origin);
  });
}
