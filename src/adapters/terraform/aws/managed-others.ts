/** The rows of `managed-services.ts` for search, brokers, files, notebooks and what else has interfaces in a network. */
import type { Service, Switch } from './managed-service.ts';
import { TLS_POLICIES } from './tls-policy.ts';

const DOMAIN: Omit<Service, 'service'> = {
  kind: 'database',
  ports: [
    { ports: [443], transport: 'tls' },
    {
      ports: [80],
      transport: 'plaintext',
      where: {
        attribute: 'domain_endpoint_options.enforce_https',
        yes: ['false'],
        otherwise: false,
        withoutBlock: true,
      },
    },
  ],
  groups: 'vpc_options.security_group_ids',
  subnets: 'vpc_options.subnet_ids',
  apart: true,
  policy: { attribute: 'domain_endpoint_options.tls_security_policy', table: TLS_POLICIES.search },
};

export const SEARCH: Readonly<Record<string, Service>> = {
  aws_opensearch_domain: { ...DOMAIN, service: 'opensearch' },
  aws_elasticsearch_domain: { ...DOMAIN, service: 'elasticsearch' },
};

const CLIENT_BROKER = 'encryption_info.encryption_in_transit.client_broker';

const ENGINE = 'engine_type';
const ACTIVE: Switch = { attribute: ENGINE, yes: ['ActiveMQ', 'ACTIVEMQ'], otherwise: false };

export const BROKERS: Readonly<Record<string, Service>> = {
  aws_msk_cluster: {
    kind: 'message-broker',
    service: 'kafka',
    ports: [
      {
        ports: [9092],
        transport: 'plaintext',
        where: { attribute: CLIENT_BROKER, yes: ['PLAINTEXT', 'TLS_PLAINTEXT'], otherwise: false },
      },
      { ports: [9094, 9096, 9098], transport: 'tls' },
    ],
    groups: 'broker_node_group_info.security_groups',
    subnets: 'broker_node_group_info.client_subnets',
    public: {
      attribute: 'broker_node_group_info.connectivity_info.public_access.type',
      yes: ['SERVICE_PROVIDED_EIPS'],
      otherwise: false,
    },
    anonymous: { attribute: 'client_authentication.unauthenticated', otherwise: false },
  },
  aws_mq_broker: {
    kind: 'message-broker',
    service: { attribute: ENGINE },
    ports: [
      { ports: [5671], transport: 'tls' },
      { ports: [61617, 61614, 8883, 61619, 8162], transport: 'tls', where: ACTIVE },
      { ports: [443], transport: 'tls', where: { attribute: ENGINE, yes: ['RabbitMQ', 'RABBITMQ'], otherwise: false } },
    ],
    groups: 'security_groups',
    subnets: 'subnet_ids',
    public: { attribute: 'publicly_accessible', otherwise: false },
  },
};

export const OTHERS: Readonly<Record<string, Service>> = {
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
    kind: 'replication',
    service: 'none',
    ports: [],
    groups: 'vpc_security_group_ids',
    subnets: 'replication_subnet_group_id',
    subnetGroup: 'aws_dms_replication_subnet_group',
    public: { attribute: 'publicly_accessible', otherwise: false },
  },
  aws_sagemaker_notebook_instance: {
    kind: 'notebook',
    service: 'none',
    ports: [],
    groups: 'security_groups',
    subnets: 'subnet_id',
    past: { attribute: 'direct_internet_access', yes: ['Enabled'], otherwise: true },
  },
  aws_emr_cluster: {
    kind: 'data-cluster',
    service: 'none',
    ports: [],
    groups: 'ec2_attributes.emr_managed_master_security_group',
    subnets: 'ec2_attributes.subnet_id',
    otherSubnets: ['ec2_attributes.subnet_ids', 'subnet_id', 'subnet_ids'],
  },
  aws_mwaa_environment: {
    kind: 'workflow',
    service: 'https',
    ports: [{ ports: [443], transport: 'tls' }],
    groups: 'network_configuration.security_group_ids',
    subnets: 'network_configuration.subnet_ids',
    public: { attribute: 'webserver_access_mode', yes: ['PUBLIC_ONLY'], otherwise: false },
  },
};
