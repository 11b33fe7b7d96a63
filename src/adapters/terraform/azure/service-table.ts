/**
 * Azure's managed services (R76): what each answers at, the switch that takes its public address away, and who else decides
 * who gets in. Every public address is there unless a switch says no; TLS starts at 1.2 where nothing is written, as the
 * fourth version of the provider documents both.
 */
import type { ProvidedPort } from '../../../graph/fragment.ts';

/** A port of a service. */
export interface ServicePort {
  /** In the words of the port catalogue. */
  readonly service: string;
  /** Left out for the one that the catalogue knows the service by. */
  readonly port?: number;
  readonly authentication?: ProvidedPort['authentication'];
  /** It is there only where the first of these attributes that is written says `on`; `otherwise` where none is. */
  readonly where?: { readonly names: readonly string[]; readonly on: boolean; readonly otherwise: boolean };
  /** `tls` where left out. */
  readonly transport?: 'plaintext';
}

/** Resources that each let a range of addresses in to a server, which nobody else gets in to. */
export interface RangeRules {
  readonly type: string;
  readonly of: string;
  /** Without any of them everybody gets in. */
  readonly openWithout?: true;
}

/** The addresses that a service lets in, in an attribute or a block of its own. */
export interface AddressList {
  /** The block that holds it, behind the names of the blocks around it. */
  readonly block?: string;
  /** The switch by which nobody gets in but those on it and the subnets that it names, even where it names nobody. */
  readonly filter?: string;
  /** Attributes of addresses, or blocks that each hold one. */
  readonly items: readonly string[];
  /** A resource that says the same in place of the block, and the attributes by which it may name the service. */
  readonly apart?: { readonly type: string; readonly of: readonly string[] };
  /** What befalls everybody else: by `default_action`, or by being on no list. */
  readonly otherwise: 'Allow' | 'Deny' | 'listed';
}

/** A managed service. */
export interface Service {
  readonly kind: 'database' | 'cache' | 'object-store' | 'secret-store' | 'registry' | 'managed-service' | 'api';
  readonly ports: readonly ServicePort[];
  /** Attributes that say whether it has a public address. */
  readonly open: readonly string[];
  /** It has one only where it is asked for. */
  readonly closed?: true;
  /** Attributes that put it into a network: it has no public address then. */
  readonly inside?: readonly string[];
  readonly rules?: RangeRules;
  readonly list?: AddressList;
  /** Attributes that say the oldest version of TLS. */
  readonly tls?: readonly string[];
  /** Attributes that let in who speaks TLS only; plaintext gets in where none is written. */
  readonly enforced?: readonly string[];
  /** Settings that are resources of their own, which turn that off. */
  readonly settings?: { readonly type: string; readonly of: string };
}

const ENABLED = ['public_network_access_enabled', 'public_network_access'];
const ACLS: AddressList = { block: 'network_acls', items: ['ip_rules'], otherwise: 'Allow' };
const HTTPS: ServicePort = { service: 'https', port: 443, authentication: 'iam' };

/** An API that asks everybody who they are. */
const api = (parts: Partial<Service> = {}): Service => ({
  kind: 'managed-service',
  ports: [HTTPS],
  open: ENABLED,
  ...parts,
});

const server = (service: string, port: number, type: string, of: string, parts: Partial<Service> = {}): Service => ({
  kind: 'database',
  ports: [{ service, port }],
  open: ENABLED,
  rules: { type, of },
  ...parts,
});

const SINGLE: Partial<Service> = {
  tls: ['ssl_minimal_tls_version_enforced'],
  enforced: ['ssl_enforcement_enabled', 'ssl_enforcement'],
};
const broker = (ports: readonly ServicePort[], list: AddressList): Service => ({
  kind: 'managed-service',
  ports,
  open: ENABLED,
  list,
  tls: ['minimum_tls_version'],
});

const DATABASES: Readonly<Record<string, Service>> = {
  azurerm_mssql_server: server('mssql', 1433, 'azurerm_mssql_firewall_rule', 'server_id', {
    tls: ['minimum_tls_version'],
  }),
  azurerm_sql_server: server('mssql', 1433, 'azurerm_sql_firewall_rule', 'server_name'),
  azurerm_mssql_managed_instance: {
    kind: 'database',
    ports: [{ service: 'mssql', port: 3342 }],
    open: ['public_data_endpoint_enabled'],
    closed: true,
    tls: ['minimum_tls_version'],
  },
  azurerm_postgresql_server: server('postgresql', 5432, 'azurerm_postgresql_firewall_rule', 'server_name', SINGLE),
  azurerm_mysql_server: server('mysql', 3306, 'azurerm_mysql_firewall_rule', 'server_name', SINGLE),
  azurerm_mariadb_server: server('mysql', 3306, 'azurerm_mariadb_firewall_rule', 'server_name', SINGLE),
  azurerm_postgresql_flexible_server: server(
    'postgresql',
    5432,
    'azurerm_postgresql_flexible_server_firewall_rule',
    'server_id',
    {
      inside: ['delegated_subnet_id'],
      settings: { type: 'azurerm_postgresql_flexible_server_configuration', of: 'server_id' },
    },
  ),
  azurerm_mysql_flexible_server: server('mysql', 3306, 'azurerm_mysql_flexible_server_firewall_rule', 'server_name', {
    inside: ['delegated_subnet_id'],
    settings: { type: 'azurerm_mysql_flexible_server_configuration', of: 'server_name' },
  }),
  azurerm_cosmosdb_postgresql_cluster: server(
    'postgresql',
    5432,
    'azurerm_cosmosdb_postgresql_firewall_rule',
    'cluster_id',
    { open: ['coordinator_public_ip_access_enabled'] },
  ),
  azurerm_mongo_cluster: server('mongodb', 10260, 'azurerm_mongo_cluster_firewall_rule', 'mongo_cluster_id', {}),
  azurerm_cosmosdb_account: {
    kind: 'managed-service',
    ports: [HTTPS],
    open: ENABLED,
    list: { items: ['ip_range_filter'], otherwise: 'listed', filter: 'is_virtual_network_filter_enabled' },
    tls: ['minimal_tls_version'],
  },
  azurerm_storage_sync: api({ open: ['incoming_traffic_policy'] }),
  azurerm_synapse_workspace: api({ rules: { type: 'azurerm_synapse_firewall_rule', of: 'synapse_workspace_id' } }),
  azurerm_redis_cache: {
    kind: 'cache',
    ports: [
      { service: 'redis-tls', port: 6380 },
      {
        service: 'redis',
        port: 6379,
        transport: 'plaintext',
        where: { names: ['non_ssl_port_enabled', 'enable_non_ssl_port'], on: true, otherwise: false },
      },
    ],
    open: ENABLED,
    inside: ['subnet_id'],
    rules: { type: 'azurerm_redis_firewall_rule', of: 'redis_cache_name', openWithout: true },
    tls: ['minimum_tls_version'],
  },
  azurerm_redis_enterprise_cluster: {
    kind: 'cache',
    ports: [{ service: 'redis-tls', port: 10000 }],
    open: ENABLED,
    tls: ['minimum_tls_version'],
  },
};

const AMQPS: ServicePort = { service: 'amqps', authentication: 'iam' };

const BROKERS: Readonly<Record<string, Service>> = {
  azurerm_eventhub_namespace: broker([HTTPS, AMQPS, { service: 'kafka', port: 9093, authentication: 'iam' }], {
    block: 'network_rulesets',
    items: ['ip_rule'],
    otherwise: 'Allow',
  }),
  azurerm_servicebus_namespace: broker([HTTPS, AMQPS], {
    block: 'network_rule_set',
    items: ['ip_rules'],
    otherwise: 'Allow',
  }),
  azurerm_eventgrid_topic: broker([HTTPS], { items: ['inbound_ip_rule'], otherwise: 'listed' }),
  azurerm_eventgrid_domain: broker([HTTPS], { items: ['inbound_ip_rule'], otherwise: 'listed' }),
  azurerm_iothub: {
    ...broker([HTTPS, { service: 'mqtts', authentication: 'iam' }, AMQPS], {
      block: 'network_rule_set',
      items: ['ip_rule'],
      otherwise: 'Deny',
    }),
    tls: ['min_tls_version'],
  },
  azurerm_iothub_dps: broker([HTTPS], { items: ['ip_filter_rule'], otherwise: 'listed' }),
};

const APIS: Readonly<Record<string, Service>> = {
  azurerm_storage_account: {
    kind: 'object-store',
    ports: [
      { service: 'object-storage', port: 443, authentication: 'iam' },
      {
        service: 'object-storage',
        port: 80,
        authentication: 'iam',
        transport: 'plaintext',
        where: { names: ['https_traffic_only_enabled', 'enable_https_traffic_only'], on: false, otherwise: true },
      },
    ],
    open: ENABLED,
    list: {
      block: 'network_rules',
      items: ['ip_rules'],
      apart: {
        type: 'azurerm_storage_account_network_rules',
        of: ['storage_account_id', 'storage_account_name'],
      },
      otherwise: 'Allow',
    },
    tls: ['min_tls_version'],
  },
  azurerm_key_vault: api({ kind: 'secret-store', list: ACLS }),
  azurerm_key_vault_managed_hardware_security_module: api({ kind: 'secret-store', list: { ...ACLS, items: [] } }),
  azurerm_container_registry: api({
    kind: 'registry',
    list: { block: 'network_rule_set', items: ['ip_rule'], otherwise: 'Allow' },
  }),
  azurerm_search_service: api({ list: { items: ['allowed_ips'], otherwise: 'listed' } }),
  azurerm_cognitive_account: api({ list: ACLS }),
  azurerm_ai_services: api({ list: ACLS }),
  azurerm_kusto_cluster: api({ list: { items: ['allowed_ip_ranges'], otherwise: 'listed' } }),
  azurerm_app_configuration: api(),
  azurerm_data_factory: api({ open: ['public_network_enabled'] }),
  azurerm_batch_account: api({
    list: { block: 'network_profile.account_access', items: ['ip_rule'], otherwise: 'Deny' },
  }),
  azurerm_machine_learning_workspace: api(),
  azurerm_automation_account: api(),
  azurerm_databricks_workspace: api(),
  azurerm_purview_account: api({ open: ['public_network_enabled'] }),
  azurerm_healthcare_service: api(),
  azurerm_signalr_service: api(),
  azurerm_web_pubsub: api(),
  azurerm_dashboard_grafana: api(),
  azurerm_recovery_services_vault: api(),
};

/** Services by type of resource. */
export const SERVICES: Readonly<Record<string, Service>> = { ...DATABASES, ...BROKERS, ...APIS };
