/** Services of Knative: a workload, its Service and its route in one object. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { DoorFact, GatewayFact, WorkloadFact } from '../../graph/fragment.ts';
import { at, textOf } from '../../source/value.ts';
import { onePort } from './port.ts';
import { CLUSTER, serviceNames } from './segment.ts';

/** The port that Knative tells a container to listen on, where it declares none. */
const CONTAINER_PORT = 8080;
const VISIBILITY = 'networking.knative.dev/visibility';

/** What leads to a Knative Service: its name in the cluster, and a route through Knative's proxy unless it is kept inside. */
export function knativeGateway(object: KubernetesObject, workload: WorkloadFact): GatewayFact {
  const declared = workload.containers.flatMap(({ ports }) => ports)[0];
  const target = {
    kind: 'workload',
    workload: workload.id,
    ports: declared?.ports ?? onePort(CONTAINER_PORT),
    origin: declared?.origin ?? object.origin,
  } as const;
  const door = {
    protocol: 'tcp',
    ports: onePort(80),
    target,
    implicit: false,
    tls: false,
    origin: object.origin,
  } as const;
  const inside: DoorFact = { ...door, place: { kind: 'segment', segment: CLUSTER } };
  const route: DoorFact = { ...door, place: { kind: 'proxy', class: 'knative', internal: false } };
  const kept = textOf(at(object.root, 'metadata', 'labels', VISIBILITY)) === 'cluster-local';
  return {
    id: `service/${object.namespace}/${object.name}`,
    kind: 'service',
    name: object.name,
    namespace: object.namespace,
    names: serviceNames(object.name, object.namespace, false),
    doors: kept ? [inside] : [inside, route],
    origin: object.origin,
  };
}
