/**
 * Managed services, each with the attributes that say where it stands, at which ports it answers, and what callers have to
 * speak (R69). A path of names leads into blocks: `vpc_options.subnet_ids`.
 */
import { BROKERS, OTHERS, SEARCH } from './managed-others.ts';
import type { Service, Switch } from './managed-service.ts';

const DATABASE: Omit<Service, 'service'> = {
  kind: 'database',
  port: 'port',
  groups: 'vpc_security_group_ids',
  subnets: 'db_subnet_group_name',
  subnetGroup: 'aws_db_subnet_group',
};

const PUBLIC: Switch = { attribute: 'publicly_accessible', otherwise: false };

const CACHE: Omit<Service, 'service'> = {
  kind: 'cache',
  port: 'port',
  groups: 'security_group_ids',
  subnets: 'subnet_group_name',
};

export const SERVICES: Readonly<Record<string, Service>> = {
  aws_db_instance: {
    ...DATABASE,
    service: { attribute: 'engine' },
    public: PUBLIC,
  },
  aws_rds_cluster: {
    ...DATABASE,
    service: { attribute: 'engine', otherwise: 'aurora-mysql' },
  },
  aws_rds_cluster_instance: {
    ...DATABASE,
    service: { attribute: 'engine', otherwise: 'aurora-mysql' },
    public: PUBLIC,
    memberOf: { attribute: 'cluster_identifier', types: ['aws_rds_cluster'] },
  },
  aws_docdb_cluster: {
    ...DATABASE,
    service: 'documentdb',
    subnetGroup: 'aws_docdb_subnet_group',
  },
  aws_neptune_cluster: {
    ...DATABASE,
    service: 'neptune',
    subnets: 'neptune_subnet_group_name',
    subnetGroup: 'aws_neptune_subnet_group',
  },
  aws_neptune_cluster_instance: {
    ...DATABASE,
    service: 'neptune',
    subnets: 'neptune_subnet_group_name',
    subnetGroup: 'aws_neptune_subnet_group',
    public: PUBLIC,
    memberOf: { attribute: 'cluster_identifier', types: ['aws_neptune_cluster'] },
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
  aws_redshiftserverless_workgroup: {
    kind: 'database',
    service: 'redshift',
    port: 'port',
    groups: 'security_group_ids',
    subnets: 'subnet_ids',
    public: PUBLIC,
  },
  aws_elasticache_cluster: {
    ...CACHE,
    service: { attribute: 'engine', otherwise: 'redis' },
    subnetGroup: 'aws_elasticache_subnet_group',
    encrypted: { attribute: 'transit_encryption_enabled', otherwise: false },
    memberOf: { attribute: 'replication_group_id', types: ['aws_elasticache_replication_group'] },
  },
  aws_elasticache_replication_group: {
    ...CACHE,
    service: { attribute: 'engine', otherwise: 'redis' },
    subnetGroup: 'aws_elasticache_subnet_group',
    encrypted: { attribute: 'transit_encryption_enabled', otherwise: false },
    asking: ['auth_token', 'user_group_ids'],
  },
  aws_elasticache_serverless_cache: {
    kind: 'cache',
    service: { attribute: 'engine' },
    groups: 'security_group_ids',
    subnets: 'subnet_ids',
  },
  aws_memorydb_cluster: {
    ...CACHE,
    service: 'redis',
    subnetGroup: 'aws_memorydb_subnet_group',
    encrypted: { attribute: 'tls_enabled', otherwise: true },
    anonymous: { attribute: 'acl_name', yes: ['open-access'], otherwise: false },
  },
  aws_dax_cluster: {
    kind: 'cache',
    service: 'dax',
    ports: [
      {
        ports: [8111],
        transport: 'plaintext',
        where: { attribute: 'cluster_endpoint_encryption_type', yes: ['NONE'], otherwise: true },
      },
      {
        ports: [9111],
        transport: 'tls',
        where: { attribute: 'cluster_endpoint_encryption_type', yes: ['TLS'], otherwise: false },
      },
    ],
    groups: 'security_group_ids',
    subnets: 'subnet_group_name',
    subnetGroup: 'aws_dax_subnet_group',
  },
  ...SEARCH,
  ...BROKERS,
  ...OTHERS,
};
