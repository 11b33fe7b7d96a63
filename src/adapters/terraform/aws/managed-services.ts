/** How one type of resource says it. A path of two names leads into a block. */
export interface Service {
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

export const SERVICES: Readonly<Record<string, Service>> = {
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
