/**
 * How the Kubernetes provider names things (hashicorp/terraform-provider-kubernetes, docs/resources): as manifests do,
 * in snake case, a list of blocks under the name of one of them.
 */

/** What a type of resource makes. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

const KINDS: ReadonlyMap<string, Kind> = new Map(
  (
    [
      ['pod', 'v1', 'Pod'],
      ['replication_controller', 'v1', 'ReplicationController'],
      ['deployment', 'apps/v1', 'Deployment'],
      ['stateful_set', 'apps/v1', 'StatefulSet'],
      ['daemonset', 'apps/v1', 'DaemonSet'],
      ['daemon_set', 'apps/v1', 'DaemonSet'],
      ['job', 'batch/v1', 'Job'],
      ['cron_job', 'batch/v1', 'CronJob'],
      ['service', 'v1', 'Service'],
      ['endpoints', 'v1', 'Endpoints'],
      ['ingress', 'networking.k8s.io/v1', 'Ingress'],
      ['ingress_class', 'networking.k8s.io/v1', 'IngressClass'],
      ['network_policy', 'networking.k8s.io/v1', 'NetworkPolicy'],
      ['namespace', 'v1', 'Namespace'],
      ['config_map', 'v1', 'ConfigMap'],
      ['secret', 'v1', 'Secret'],
      ['service_account', 'v1', 'ServiceAccount'],
    ] as const
  ).map(([type, apiVersion, kind]) => [type, { apiVersion, kind }]),
);

/** What a resource of `type` makes; undefined where it makes nothing that says who reaches what. */
export function kindOf(type: string): Kind | undefined {
  const [, name, version] = /^kubernetes_(.+?)(_v\d(?:(?:alpha|beta)\d)?)?$/.exec(type) ?? [];
  const kind = KINDS.get(name ?? '');
  // The resource without a version in its name is of the first version of the API, whose backends are written otherwise.
  return kind?.kind === 'Ingress' && !version ? { ...kind, apiVersion: 'networking.k8s.io/v1beta1' } : kind;
}

/** Blocks that stand for the items of a list, by their name and, where the name has two meanings, what they stand in. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['container', 'containers'],
  ['init_container', 'initContainers'],
  ['env', 'env'],
  ['env_from', 'envFrom'],
  ['port', 'ports'],
  ['ports', 'ports'],
  ['volume', 'volumes'],
  ['volume_mount', 'volumeMounts'],
  ['volume_device', 'volumeDevices'],
  ['volume_claim_template', 'volumeClaimTemplates'],
  ['items', 'items'],
  ['sources', 'sources'],
  ['host_aliases', 'hostAliases'],
  ['image_pull_secrets', 'imagePullSecrets'],
  ['toleration', 'tolerations'],
  ['topology_spread_constraint', 'topologySpreadConstraints'],
  ['readiness_gate', 'readinessGates'],
  ['sysctl', 'sysctls'],
  ['http_header', 'httpHeaders'],
  ['match_expressions', 'matchExpressions'],
  ['match_fields', 'matchFields'],
  ['node_selector_term', 'nodeSelectorTerms'],
  ['preferred_during_scheduling_ignored_during_execution', 'preferredDuringSchedulingIgnoredDuringExecution'],
  [
    'pod_affinity/required_during_scheduling_ignored_during_execution',
    'requiredDuringSchedulingIgnoredDuringExecution',
  ],
  [
    'pod_anti_affinity/required_during_scheduling_ignored_during_execution',
    'requiredDuringSchedulingIgnoredDuringExecution',
  ],
  ['rule', 'rules'],
  ['path', 'paths'],
  ['tls', 'tls'],
  ['ingress', 'ingress'],
  ['egress', 'egress'],
  ['from', 'from'],
  ['to', 'to'],
  ['subset', 'subsets'],
  ['address', 'addresses'],
  ['not_ready_address', 'notReadyAddresses'],
]);

/** Blocks named like lists that stand for one thing where they stand. */
const SINGLE: ReadonlySet<string> = new Set(['service/port']);

/** The key of the list that the blocks `name` inside `parent` are the items of; undefined where they are one thing. */
export function listOf(parent: string, name: string): string | undefined {
  const inside = `${parent}/${name}`;
  return SINGLE.has(inside) ? undefined : (LISTS.get(inside) ?? LISTS.get(name));
}

/**
 * Maps, whose keys are the user's. Everything else that is a mapping is a block in the JSON syntax, where nothing but
 * the provider's schema tells one from the other.
 */
const MAPS: ReadonlySet<string> = new Set([
  'labels',
  'annotations',
  'match_labels',
  'selector',
  'node_selector',
  'data',
  'binary_data',
  'limits',
  'requests',
  'parameters',
  'volume_attributes',
]);

/** Whether the mapping under `name`, with these keys, is a map and no block. A controller's `selector` is a block. */
export function isMap(name: string, keys: ReadonlyMap<string, unknown>): boolean {
  return MAPS.has(name) && !(name === 'selector' && (keys.has('match_labels') || keys.has('match_expressions')));
}

/** Names whose parts a manifest writes in capitals. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['cluster_ip', 'clusterIP'],
  ['cluster_ips', 'clusterIPs'],
  ['external_ips', 'externalIPs'],
  ['load_balancer_ip', 'loadBalancerIP'],
  ['host_ip', 'hostIP'],
  ['host_ipc', 'hostIPC'],
  ['host_pid', 'hostPID'],
  ['downward_api', 'downwardAPI'],
]);

/** What a manifest calls the attribute `name`: `hostPort` of `host_port`. */
export function fieldName(name: string): string {
  return IRREGULAR.get(name) ?? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
