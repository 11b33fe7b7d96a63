/** What readers of resources say, and the plainest forms of it. */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type {
  ContainerFact,
  Fragment,
  Membership,
  NeedFact,
  ProvidedPort,
  PublicAddress,
  Purpose,
  SegmentFact,
  Unreached,
  VariableFact,
  WorkloadFact,
} from '../../graph/fragment.ts';
import type { TraitFact } from '../../graph/trait.ts';
import type { Notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import type { Context } from './context.ts';

/** The facts of one resource. */
export type Facts = Partial<
  Pick<Fragment, 'segments' | 'workloads' | 'gateways' | 'guards' | 'needs' | 'links' | 'sites'>
> & {
  readonly notices?: readonly Notice[];
};

/** Says what a resource of one type means. */
export type Reader = (resource: Resource, context: Context) => Facts;

/** Readers by type of resource. */
export type Readers = Readonly<Record<string, Reader>>;

/** Nothing: the resource is read with the one that it belongs to. */
export const NOTHING: Facts = {};

/** A workload behind a load balancer, and the port at which that calls it. */
export interface Destination {
  readonly workload: string;
  readonly port: number;
  readonly origin: Origin;
}

/** What is particular about a workload. */
export interface WorkloadParts {
  readonly kind: string;
  readonly memberships?: readonly Membership[];
  readonly labels?: ReadonlyMap<string, string>;
  readonly publicAddresses?: readonly PublicAddress[];
  /** Told where it has no public address. */
  readonly unreached?: Unreached | undefined;
  readonly machine?: boolean;
  readonly ranges?: readonly string[];
  readonly replicas?: number | null;
  readonly provides?: readonly ProvidedPort[];
  readonly environment?: readonly VariableFact[];
  readonly traits?: readonly TraitFact[];
  /** Instead of the one that a managed service stands for. */
  readonly containers?: readonly ContainerFact[];
}

/** What each kind of workload of a cloud is there for. */
const PURPOSE: Readonly<Record<string, Purpose>> = {
  'virtual-machine': 'machine',
  'machine-group': 'machine',
  'network-interface': 'machine',
  'container-service': 'machine',
  task: 'machine',
  notebook: 'machine',
  replication: 'machine',
  database: 'backend',
  cache: 'backend',
  'message-broker': 'backend',
  'file-share': 'backend',
  'file-transfer': 'backend',
  endpoint: 'backend',
  workflow: 'backend',
  'object-store': 'platform-service',
  'secret-store': 'platform-service',
  registry: 'platform-service',
  'managed-service': 'platform-service',
  api: 'front',
  distribution: 'front',
  'function-url': 'front',
  'load-balancer': 'front',
  bastion: 'front',
  'kubernetes-api': 'control-plane',
};

/** Of these what calls others by itself. */
const CALLING: ReadonlySet<string> = new Set(['workflow', 'load-balancer', 'bastion']);

/** A service of the cloud that calls nobody by itself. */
function answersOnly(kind: string): boolean {
  const purpose = PURPOSE[kind];
  return purpose !== undefined && purpose !== 'machine' && !CALLING.has(kind);
}

/** A resource as a workload; `naming.ts` says what people call it. */
export function workloadFact(resource: Resource, parts: WorkloadParts): WorkloadFact {
  const { address, type, origin, uncertain } = resource;
  const { publicAddresses = [] } = parts;
  const purpose = PURPOSE[parts.kind];
  return {
    id: address,
    name: address,
    namespace: null,
    kind: parts.kind,
    writtenKind: type,
    origin,
    memberships: parts.memberships ?? [],
    names: [],
    labels: parts.labels ?? new Map(),
    hostNetwork: null,
    optional: uncertain?.origin ?? null,
    replicas: parts.replicas ?? null,
    ...(publicAddresses.length === 0 ? {} : { publicAddresses }),
    ...(publicAddresses.length === 0 && parts.unreached ? { unreached: parts.unreached } : {}),
    ...(parts.ranges && parts.ranges.length > 0 ? { ranges: parts.ranges } : {}),
    ...(parts.machine ? { machine: true as const } : {}),
    ...(answersOnly(parts.kind) ? { answersOnly: true as const } : {}),
    ...(purpose ? { purpose } : {}),
    ...(parts.traits && parts.traits.length > 0 ? { traits: parts.traits } : {}),
    containers: parts.containers ?? [managedContainer(resource, parts)],
  };
}

/** What runs inside, of which the code shows no image. */
function managedContainer(
  { address, origin }: Resource,
  { provides = [], environment = [] }: WorkloadParts,
): ContainerFact {
  return {
    name: address,
    role: 'main',
    origin,
    image: { reference: null, origin },
    environment,
    configs: [],
    ports: [],
    ...(provides.length === 0 ? {} : { provides }),
    checks: [],
    mounts: [],
    capabilities: [],
  };
}

/** A network, or a part of one. */
export function segmentFact(
  kind: 'virtual-network' | 'subnet',
  { address, origin }: Pick<Resource, 'address' | 'origin'>,
): SegmentFact {
  // Whoever is in a network reaches what is in its subnets: a subnet is not open by itself.
  return {
    key: segmentKey(kind, address),
    name: address,
    kind,
    open: kind === 'virtual-network',
    internal: false,
    origin,
  };
}

/** A virtual network of a platform that the code names and that no resource of the unit makes. */
export function unseenNetwork(
  platform: 'aws' | 'azure' | 'google',
  place: Pick<Resource, 'address' | 'origin'>,
): SegmentFact {
  return { ...segmentFact('virtual-network', place), unseen: platform };
}

export function segmentKey(kind: 'virtual-network' | 'subnet', address: string): string {
  return `${kind}:${address}`;
}

/** Facts of several resources, or of several parts of one, together. */
export function together(list: readonly Facts[]): Required<Facts> {
  return {
    segments: distinct(list.flatMap(({ segments = [] }) => segments)),
    workloads: list.flatMap(({ workloads = [] }) => workloads),
    gateways: list.flatMap(({ gateways = [] }) => gateways),
    guards: [...new Map(list.flatMap(({ guards = [] }) => guards).map((guard) => [guard.id, guard])).values()],
    needs: list.flatMap(({ needs = [] }): readonly NeedFact[] => needs),
    links: list.flatMap(({ links = [] }) => links),
    sites: list.flatMap(({ sites = [] }) => sites),
    notices: list.flatMap(({ notices = [] }) => notices),
  };
}

/** Networks that nobody made stand with everybody who is in them, with the traits that any of these know of. */
function distinct(segments: readonly SegmentFact[]): readonly SegmentFact[] {
  const found = new Map<string, SegmentFact>();
  for (const segment of segments) {
    const known = found.get(segment.key);
    const traits = [...(known?.traits ?? []), ...(segment.traits ?? [])];
    found.set(segment.key, { ...(known ?? segment), ...(traits.length > 0 ? { traits } : {}) });
  }
  return [...found.values()];
}
