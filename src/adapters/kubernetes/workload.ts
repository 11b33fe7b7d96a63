/** Workloads: everything that runs pods, built in or custom. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { PodTemplate } from '../../assemble/kubernetes/pod-template.ts';
import type { GatewayFact, Place, WorkloadFact } from '../../graph/fragment.ts';
import type { Notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, booleanOf, entriesOf, entryOf, integerOf, textOf, type Value } from '../../source/value.ts';
import { type PodContainer, podContainers } from './container.ts';
import { lineAt, lineOf } from './field.ts';
import { type ContainerPort, onePort } from './port.ts';
import { memberships } from './segment.ts';
import { labelsOf } from './selector.ts';

/** What a pod template comes to. */
export interface WorkloadReading {
  readonly workload: WorkloadFact;
  /** The ports of the machine that lead to it. */
  readonly hostPorts: readonly GatewayFact[];
}

/** The workload that `object` makes of its pods; `id` is unique in the fragment, and `kinds` what people call it. */
export function workloadOf(
  object: KubernetesObject,
  template: PodTemplate,
  id: string,
  kinds: Pick<WorkloadFact, 'kind' | 'writtenKind'>,
  notices: Notice[],
): WorkloadReading {
  const { spec } = template;
  const containers = podContainers(spec, object.namespace, notices);
  const hostNetwork = entryOf(spec, 'hostNetwork');
  const onHost = booleanOf(hostNetwork?.value) === true;
  const workload: WorkloadFact = {
    id,
    name: object.name,
    namespace: object.namespace,
    ...kinds,
    origin: object.origin,
    memberships: memberships(object),
    names: [],
    labels: labelsOf(at(template.metadata, 'labels')),
    hostNetwork: onHost && hostNetwork ? lineOf(hostNetwork) : null,
    optional: null,
    ...(runsEverywhere(object, spec) ? { everyNode: true as const } : {}),
    replicas: replicasOf(object),
    containers: containers.map(({ fact }) => fact),
  };
  // On the host's network a hostPort only repeats the containerPort.
  return { workload, hostPorts: onHost ? [] : containers.flatMap((container) => hostPorts(workload, container)) };
}

/**
 * Whether a pod of it runs on every node (R16): a DaemonSet that no node has to have a label for. Taints keep it from
 * some nodes unless it tolerates them; which nodes have any is not in the code, and those for applications seldom do.
 */
function runsEverywhere({ kind }: KubernetesObject, spec: Value): boolean {
  if (kind !== 'DaemonSet' || at(spec, 'affinity', 'nodeAffinity')) return false;
  return [...entriesOf(at(spec, 'nodeSelector'))].length === 0;
}

/** How many pods the object asks for; a suspended Job or CronJob runs none. */
function replicasOf(object: KubernetesObject): number | null {
  const spec = at(object.root, 'spec');
  if (booleanOf(at(spec, 'suspend')) === true) return 0;
  return integerOf(at(spec, 'replicas')) ?? null;
}

function hostPorts(workload: WorkloadFact, { fact, ports }: PodContainer): GatewayFact[] {
  if (fact.role === 'init') return [];
  return ports.flatMap((port) => {
    const hostPort = integerOf(at(port.entry, 'hostPort'));
    return hostPort ? [hostPortGateway(workload, fact.name, port, hostPort)] : [];
  });
}

/** A port of the machines that run the pod (R39); callers come in through address translation (R10). */
function hostPortGateway(
  workload: WorkloadFact,
  container: string,
  port: ContainerPort,
  hostPort: number,
): GatewayFact {
  const origin: Origin = lineAt(port.entry, 'hostPort', port.origin);
  const protocol = port.protocol === 'tcp' ? '' : `/${port.protocol}`;
  return {
    id: `host-port/${workload.id}/${container}/${hostPort}${protocol}`,
    kind: 'host-port',
    name: `${hostPort}:${port.number}${protocol}`,
    namespace: workload.namespace,
    names: [],
    doors: [
      {
        place: placeOf(textOf(at(port.entry, 'hostIP'))),
        protocol: port.protocol,
        ports: onePort(hostPort),
        target: { kind: 'workload', workload: workload.id, ports: port.ports, origin: port.origin },
        implicit: false,
        rewritesSource: true,
        origin,
      },
    ],
    origin,
  };
}

function placeOf(address: string | undefined): Place {
  return !address || address === '0.0.0.0' || address === '::' ? { kind: 'nodes' } : { kind: 'host', address };
}
