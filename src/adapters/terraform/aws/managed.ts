/**
 * Managed services with interfaces in a network (R69): which attributes name their groups and subnets, and what answers.
 * A service's own port is the one by which the port catalogue knows it, unless an attribute says another.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort, PublicAddress } from '../../../graph/fragment.ts';
import { unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { environmentOf } from '../environment.ts';
import { type Facts, NOTHING, type Reader, type Readers, workloadFact } from '../facts.ts';
import { type Block, firstBlock, get, isUnknown, knownText, originOf, truth, whole } from '../resource.ts';
import { groupsOf } from './security-group.ts';
import { isRouted, standingOf } from './vpc.ts';

/** How one type of resource says it. A path of two names leads into a block. */
interface Service {
  readonly kind: string;
  /** What answers, in the words of the port catalogue; the text of an attribute where it names one. */
  readonly service: string | { readonly attribute: string; readonly otherwise?: string };
  readonly port?: string;
  /** Where the service does not answer at the port of the catalogue. */
  readonly ports?: readonly number[];
  readonly groups: string;
  readonly subnets?: string;
  /** The type of the resource that lists the subnets. */
  readonly subnetGroup?: string;
  /** The switch that gives it an address of the internet, and what holds where it is not set. */
  readonly public?: { readonly attribute: string; readonly otherwise: boolean | string };
  readonly tls?: string;
  readonly environment?: string;
  /** The attributes whose presence makes it a member of something that is read by itself. */
  readonly memberOf?: { readonly attribute: string; readonly types: readonly string[] };
}

const DATABASE: Omit<Service, 'service'> = {
  kind: 'database',
  port: 'port',
  groups: 'vpc_security_group_ids',
  subnets: 'db_subnet_group_name',
  subnetGroup: 'aws_db_subnet_group',
};

const SERVICES: Readonly<Record<string, Service>> = {
  aws_db_instance: {
    ...DATABASE,
    service: { attribute: 'engine' },
    public: { attribute: 'publicly_accessible', otherwise: false },
  },
  aws_rds_cluster: { ...DATABASE, service: { attribute: 'engine', otherwise: 'aurora-mysql' } },
  aws_docdb_cluster: { ...DATABASE, service: 'documentdb', subnetGroup: 'aws_docdb_subnet_group' },
  aws_neptune_cluster: {
    ...DATABASE,
    service: 'neptune',
    subnets: 'neptune_subnet_group_name',
    subnetGroup: 'aws_neptune_subnet_group',
  },
  aws_redshift_cluster: {
    ...DATABASE,
    service: 'redshift',
    subnets: 'cluster_subnet_group_name',
    subnetGroup: 'aws_redshift_subnet_group',
    public: {
      attribute: 'publicly_accessible',
      otherwise: 'what redshift clusters get that do not say it depends on the version of the provider',
    },
  },
  aws_elasticache_cluster: {
    kind: 'cache',
    service: { attribute: 'engine', otherwise: 'redis' },
    port: 'port',
    groups: 'security_group_ids',
    subnets: 'subnet_group_name',
    subnetGroup: 'aws_elasticache_subnet_group',
    tls: 'transit_encryption_enabled',
    memberOf: { attribute: 'replication_group_id', types: ['aws_elasticache_replication_group'] },
  },
  aws_elasticache_replication_group: {
    kind: 'cache',
    service: { attribute: 'engine', otherwise: 'redis' },
    port: 'port',
    groups: 'security_group_ids',
    subnets: 'subnet_group_name',
    subnetGroup: 'aws_elasticache_subnet_group',
    tls: 'transit_encryption_enabled',
  },
  aws_elasticache_serverless_cache: {
    kind: 'cache',
    service: { attribute: 'engine' },
    groups: 'security_group_ids',
    subnets: 'subnet_ids',
  },
  aws_memorydb_cluster: {
    kind: 'cache',
    service: 'redis',
    port: 'port',
    groups: 'security_group_ids',
    subnets: 'subnet_group_name',
    subnetGroup: 'aws_memorydb_subnet_group',
    tls: 'tls_enabled',
  },
  aws_dax_cluster: { kind: 'cache', service: 'dax', ports: [8111], groups: 'security_group_ids' },
  aws_opensearch_domain: {
    kind: 'database',
    service: 'opensearch',
    ports: [443],
    groups: 'vpc_options.security_group_ids',
    subnets: 'vpc_options.subnet_ids',
  },
  aws_elasticsearch_domain: {
    kind: 'database',
    service: 'elasticsearch',
    ports: [443],
    groups: 'vpc_options.security_group_ids',
    subnets: 'vpc_options.subnet_ids',
  },
  aws_msk_cluster: {
    kind: 'message-broker',
    service: 'kafka',
    ports: [9092, 9094, 9096, 9098],
    groups: 'broker_node_group_info.security_groups',
    subnets: 'broker_node_group_info.client_subnets',
  },
  aws_mq_broker: {
    kind: 'message-broker',
    service: { attribute: 'engine_type' },
    groups: 'security_groups',
    subnets: 'subnet_ids',
    public: { attribute: 'publicly_accessible', otherwise: false },
  },
  aws_efs_mount_target: { kind: 'file-share', service: 'nfs', groups: 'security_groups', subnets: 'subnet_id' },
  aws_lambda_function: {
    kind: 'function',
    service: 'none',
    ports: [],
    groups: 'vpc_config.security_group_ids',
    subnets: 'vpc_config.subnet_ids',
    environment: 'environment.variables',
  },
  aws_dms_replication_instance: {
    kind: 'function',
    service: 'none',
    ports: [],
    groups: 'vpc_security_group_ids',
    public: { attribute: 'publicly_accessible', otherwise: false },
  },
};

const read =
  (service: Service): Reader =>
  (resource, context) =>
    managed(resource, service, context);

export const MANAGED_READERS: Readers = {
  ...Object.fromEntries(Object.entries(SERVICES).map(([type, service]) => [type, read(service)])),
  aws_db_subnet_group: () => NOTHING,
};

function managed(resource: Resource, service: Service, context: Context): Facts {
  const { memberOf } = service;
  if (memberOf && get(resource.body, memberOf.attribute) !== undefined) return NOTHING;
  const subnets = service.subnets ? at(resource.body, service.subnets) : undefined;
  const [group] = service.subnetGroup ? context.meaning(subnets, [service.subnetGroup]).meant : [];
  const listed = group ? get(group.resource.body, 'subnet_ids') : subnets;
  // A function or domain that names no network is in none.
  const inside = !service.subnets?.includes('.') || listed !== undefined;
  const standing = inside ? standingOf(resource, listed, undefined, context) : undefined;
  const held = standing && groupsOf(resource, [path(resource.body, service.groups)], standing, context);
  const environment = service.environment
    ? environmentOf(at(resource.body, service.environment), resource, context)
    : undefined;
  return {
    segments: standing?.segments ?? [],
    guards: held?.guards ?? [],
    needs: environment?.needs ?? [],
    workloads: [
      workloadFact(resource, {
        kind: service.kind,
        memberships: standing?.memberships ?? [],
        ranges: standing?.ranges ?? [],
        labels: new Map([...(standing?.labels ?? []), ...(held?.labels ?? [])]),
        provides: providedBy(resource, service),
        environment: environment?.variables ?? [],
        publicAddresses: standing ? publicAddresses(resource, service, isRouted(standing, context)) : [],
      }),
    ],
  };
}

function path(block: Block, name: string): readonly [Block | undefined, string] {
  const [outer, inner] = name.split('.') as [string, string | undefined];
  return inner === undefined ? [block, outer] : [firstBlock(block, outer), inner];
}

function at(block: Block, name: string): Value | undefined {
  return get(...path(block, name));
}

function providedBy({ body, origin }: Resource, { service, port, ports, tls }: Service): readonly ProvidedPort[] {
  const name =
    typeof service === 'string' ? service : engineOf(knownText(body, service.attribute) ?? service.otherwise);
  const asked = port ? whole(body, port) : undefined;
  const place = port ? originOf(body, port, engineOrigin(body, service, origin)) : origin;
  const encrypted = tls ? truth(body, tls, false) : undefined;
  const common = {
    service: name ?? null,
    protocol: 'tcp' as const,
    ...(encrypted === true ? { transport: 'tls' as const } : {}),
    origin: place,
  };
  if (ports) return ports.map((number) => ({ ...common, ports: { from: number, to: number } }));
  if (isUnknown(asked)) return [{ ...common, ports: null, doubt: asked.because }];
  return [{ ...common, ports: asked === undefined ? null : { from: asked, to: asked } }];
}

/** `aurora-postgresql`, `oracle-ee` and `sqlserver-ex` are the engines of that name with something around it. */
function engineOf(engine: string | undefined): string | undefined {
  return engine
    ?.toLowerCase()
    .replace(/^aurora-|-(ee|se\d?|ex|web)(-cdb)?$/g, '')
    .replace(/^aurora$/, 'mysql');
}

function engineOrigin(body: Block, service: Service['service'], origin: Resource['origin']) {
  return typeof service === 'string' ? origin : originOf(body, service.attribute, origin);
}

function publicAddresses(
  resource: Resource,
  service: Service,
  routed: ReturnType<typeof isRouted>,
): readonly PublicAddress[] {
  if (!service.public) return [];
  const { attribute, otherwise } = service.public;
  const place = originOf(resource.body, attribute, resource.origin);
  const asked =
    typeof otherwise === 'string' && get(resource.body, attribute) === undefined
      ? unknown(otherwise, place)
      : truth(resource.body, attribute, otherwise === true);
  if (asked === false || routed === false) return [];
  const doubt = isUnknown(asked) ? asked : isUnknown(routed) ? routed : undefined;
  return [{ address: null, origin: place, ...(doubt ? { unknown: doubt } : {}) }];
}
