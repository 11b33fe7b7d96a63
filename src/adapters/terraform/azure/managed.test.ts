import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';
import { SERVICES } from './service-table.ts';

const one = async (type: string, body = '', more = '') => {
  const found = await facts(`resource "${type}" "it" {\nname = "it"\n${body}\n}\n${more}`);
  const workload = found.workload(`${type}.it`);
  return { found, workload, ports: workload.containers[0]?.provides ?? [] };
};

describe('every managed service', () => {
  test.each(Object.entries(SERVICES))('%s has a public address, which its switch takes away', async (type, service) => {
    const [name = ''] = service.open;
    const written = await one(type);
    expect(written.workload.publicAddresses?.length ?? 0).toBe(service.closed ? 0 : 1);
    const off = await one(type, `${name} = false`);
    expect(off.workload.publicAddresses).toBeUndefined();
    const on = await one(type, `${name} = true`);
    expect(on.workload.publicAddresses).toMatchObject([{ address: null }]);
    expect(on.found.quote(on.workload.publicAddresses?.[0]?.origin)).toBe('true');
    const unknown = await facts(`variable "open" {}\nresource "${type}" "it" {\n${name} = var.open\n}`);
    expect(unknown.workload(`${type}.it`).publicAddresses?.[0]?.unknown).toBeDefined();
  });

  const ruled = Object.entries(SERVICES).filter(([, { rules }]) => rules);
  test.each(ruled)('%s lets in whom its rules name', async (type, { rules }) => {
    const range = (from: string, to: string) => `resource "${rules?.type}" "a" {
      name             = "a"
      ${rules?.of}     = ${type}.it.id
      start_ip_address = "${from}"
      end_ip_address   = "${to}"
    }`;
    const { found } = await one(type, '', range('203.0.113.0', '203.0.113.255'));
    expect(found.rules(`${type}.it/allowed addresses`)).toEqual(['ingress allow 203.0.113.0/24 everything']);
    const azure = await one(type, '', range('0.0.0.0', '0.0.0.0'));
    expect(azure.found.guard(`${type}.it/allowed addresses`).grants).toMatchObject([
      { traits: [{ trait: 'open-to-platform' }] },
    ]);
  });

  test.each(ruled)('%s that is not in the code has the port of its kind', async (type, { rules, ports }) => {
    const found = await facts(`resource "${rules?.type}" "a" {
      ${rules?.of}     = data.${type}.it.id
      start_ip_address = "203.0.113.0"
      end_ip_address   = "203.0.113.255"
    }`);
    const guard = found.guard(`${rules?.type}.a`);
    expect(guard.users).toMatchObject({ kind: 'unknown' });
    expect(found.rules(guard.id)).toEqual([`ingress allow 203.0.113.0/24 tcp/${ports[0]?.port}`]);
  });
});

describe('lists of addresses', () => {
  test.each([
    ['azurerm_storage_account', 'network_rules {\ndefault_action = "Deny"\nip_rules = ["203.0.113.7"]\n}'],
    ['azurerm_key_vault', 'network_acls {\ndefault_action = "Deny"\nip_rules = ["203.0.113.7"]\n}'],
    ['azurerm_iothub', 'network_rule_set {\nip_rule {\nname = "a"\nip_mask = "203.0.113.7"\n}\n}'],
    [
      'azurerm_container_registry',
      'network_rule_set {\ndefault_action = "Deny"\nip_rule {\nip_range = "203.0.113.7"\n}\n}',
    ],
    ['azurerm_cosmosdb_account', 'ip_range_filter = "203.0.113.7"'],
    ['azurerm_batch_account', 'network_profile {\naccount_access {\nip_rule {\nip_range = "203.0.113.7"\n}\n}\n}'],
    ['azurerm_search_service', 'allowed_ips = ["203.0.113.7"]'],
  ])('of %s keep everybody else out', async (type, body) => {
    const { found } = await one(type, body);
    expect(found.rules(`${type}.it/allowed addresses`)).toEqual(['ingress allow 203.0.113.7 everything']);
  });

  test('let in the subnets that a filter names, and nobody where it names none', async () => {
    const rule = 'virtual_network_rule {\nid = azurerm_subnet.app.id\n}';
    const subnet = 'resource "azurerm_subnet" "app" {\nname = "app"\n}';
    const list = 'azurerm_cosmosdb_account.it/allowed addresses';
    const on = await one('azurerm_cosmosdb_account', `is_virtual_network_filter_enabled = true\n${rule}`, subnet);
    expect(on.found.guard(list).grants).toMatchObject([{ peers: [{ kind: 'workloads' }] }]);
    const nobody = await one('azurerm_cosmosdb_account', 'is_virtual_network_filter_enabled = true');
    expect(nobody.found.guard(list).grants).toEqual([]);
    const unseen = await one(
      'azurerm_cosmosdb_account',
      'is_virtual_network_filter_enabled = var.filter',
      'variable "filter" {}',
    );
    expect(unseen.found.guard(list).grants).toMatchObject([{ peers: [{ kind: 'unknown' }] }]);
  });

  test('that let everybody in are the line to change', async () => {
    const { found, workload } = await one(
      'azurerm_storage_account',
      '',
      `resource "azurerm_storage_account_network_rules" "it" {
        storage_account_name = azurerm_storage_account.it.name
        default_action       = "Allow"
        ip_rules             = ["203.0.113.7"]
      }`,
    );
    expect(found.guardsOf('azurerm_storage_account.it')).toEqual([]);
    expect(found.quote(workload.publicAddresses?.[0]?.origin)).toBe('"Allow"');
  });

  test('belong to a service whose name nobody knows', async () => {
    const found = await facts(`
      resource "random_integer" "it" {}
      resource "azurerm_storage_account" "it" { name = "shop\${random_integer.it.result}" }
      resource "azurerm_storage_account_network_rules" "it" {
        storage_account_name = azurerm_storage_account.it.name
        default_action       = "Deny"
      }`);
    expect(found.guardsOf('azurerm_storage_account.it')).toEqual(['azurerm_storage_account.it/allowed addresses']);
  });

  test('let in subnets and private endpoints besides', async () => {
    const { found, workload } = await one(
      'azurerm_storage_account',
      'network_rules {\ndefault_action = "Deny"\nvirtual_network_subnet_ids = [azurerm_subnet.a.id]\n}',
      `resource "azurerm_subnet" "a" {
        name                 = "a"
        virtual_network_name = "main"
      }
      resource "azurerm_private_endpoint" "it" {
        subnet_id = azurerm_subnet.a.id
        private_service_connection {
          private_connection_resource_id = azurerm_storage_account.it.id
        }
      }`,
    );
    expect(found.rules('azurerm_storage_account.it/allowed addresses')).toEqual([
      'ingress allow azurerm virtual network everything',
      'ingress allow azurerm_subnet.a everything',
    ]);
    expect(workload.memberships.map(({ segment }) => segment)).toContain('subnet:azurerm_subnet.a');
  });

  test('that name 0.0.0.0 mean whatever runs in Azure', async () => {
    const { found } = await one('azurerm_cosmosdb_account', 'ip_range_filter = "0.0.0.0,203.0.113.7"');
    expect(found.guard('azurerm_cosmosdb_account.it/allowed addresses').grants).toMatchObject([
      { traits: [{ trait: 'open-to-platform' }] },
      { peers: [{ cidr: '203.0.113.7' }] },
    ]);
  });
});

describe('what callers speak', () => {
  test.each([
    ['azurerm_mysql_server', 'ssl_enforcement_enabled = false', 'plaintext', 'false'],
    ['azurerm_mysql_server', 'ssl_enforcement_enabled = true', 'tls', 'true'],
    ['azurerm_postgresql_server', 'ssl_enforcement = "Disabled"', 'plaintext', '"Disabled"'],
  ])('to %s with %s is %s', async (type, body, transport, line) => {
    const { found, ports } = await one(type, body);
    expect(ports[0]?.transport).toBe(transport);
    expect(found.quote(ports[0]?.transportOrigin)).toBe(line);
  });

  test('to a flexible server is a setting of its own', async () => {
    const { ports } = await one(
      'azurerm_mysql_flexible_server',
      '',
      `resource "azurerm_mysql_flexible_server_configuration" "tls" {
        server_name = azurerm_mysql_flexible_server.it.name
        name        = "require_secure_transport"
        value       = "OFF"
      }`,
    );
    expect(ports).toMatchObject([{ transport: 'plaintext' }]);
    expect((await one('azurerm_mysql_flexible_server')).ports).toMatchObject([{ transport: 'tls' }]);
  });

  test.each([
    ['non_ssl_port_enabled = true', [6380, 6379]],
    ['enable_non_ssl_port = false', [6380]],
    ['', [6380]],
  ])('to a cache with "%s" stands at its ports', async (body, numbers) => {
    const { ports } = await one('azurerm_redis_cache', body);
    expect(ports.map((port) => port.ports?.from)).toEqual(numbers);
  });

  test.each([
    ['azurerm_storage_account', 'min_tls_version = "TLS1_0"', 'TLSv1.0'],
    ['azurerm_storage_account', '', 'TLSv1.2'],
    ['azurerm_mssql_server', 'minimum_tls_version = "Disabled"', 'TLSv1.0'],
    ['azurerm_cosmosdb_account', 'minimal_tls_version = "Tls11"', 'TLSv1.1'],
    ['azurerm_redis_cache', 'minimum_tls_version = 1.1', 'TLSv1.1'],
    ['azurerm_eventhub_namespace', 'minimum_tls_version = "1.3"', 'TLSv1.3'],
  ])('to %s with "%s" starts at %3$s', async (type, body, oldest) => {
    expect((await one(type, body)).ports[0]?.tls?.minimum).toBe(oldest);
  });
});

describe('web applications', () => {
  const names = (ports: readonly { readonly service: string | null }[]) => ports.map(({ service }) => service);

  test('of the older kinds take files in the clear unless told otherwise', async () => {
    expect(names((await one('azurerm_app_service')).ports)).toEqual(['HTTPS', 'HTTP', 'ftp-deployment']);
    expect(names((await one('azurerm_linux_web_app', 'https_only = true')).ports)).toEqual(['HTTPS']);
    const off = await one('azurerm_function_app', 'https_only = true\nsite_config {\nftps_state = "FtpsOnly"\n}');
    expect(names(off.ports)).toEqual(['HTTPS']);
  });

  test('let in whom their restrictions name', async () => {
    const rule = (action: string) =>
      `site_config {\nip_restriction {\nip_address = "203.0.113.0/24"\naction = "${action}"\n}\n}`;
    const allowed = await one('azurerm_linux_web_app', rule('Allow'));
    expect(allowed.found.rules('azurerm_linux_web_app.it/allowed addresses')).toEqual([
      'ingress allow 203.0.113.0/24 everything',
    ]);
    const denied = await one('azurerm_linux_web_app', rule('Deny'));
    expect(denied.found.guardsOf('azurerm_linux_web_app.it')).toEqual([]);
    const shut = await one('azurerm_linux_web_app', 'site_config {\nip_restriction_default_action = "Deny"\n}');
    expect(shut.found.rules('azurerm_linux_web_app.it/allowed addresses')).toEqual([]);
  });
});

const KEPT = 'network_profile {\nnetwork_policy = "calico"\n}\n';

describe('clusters', () => {
  test.each([
    ['', ['policies-unenforced']],
    ['network_profile {\nnetwork_policy = "calico"\n}', []],
    ['network_profile {\nnetwork_policy = "none"\n}', ['policies-unenforced']],
    [
      'network_profile {\nnetwork_policy = "azure"\n}\naddon_profile {\nkube_dashboard {\nenabled = true\n}\n}',
      ['web-console'],
    ],
    [`${KEPT}default_node_pool {\nnode_public_ip_enabled = true\n}`, ['public-nodes']],
    [`${KEPT}default_node_pool {\nenable_node_public_ip = true\n}`, ['public-nodes']],
    [`${KEPT}default_node_pool {\nnode_public_ip_enabled = false\n}`, []],
  ])('with "%s" have the traits %j', async (body, traits) => {
    const { workload } = await one('azurerm_kubernetes_cluster', body);
    expect((workload.traits ?? []).map(({ trait }) => trait)).toEqual(traits);
  });

  test('of which a pool of its own gives its nodes public addresses', async () => {
    const pool = `resource "azurerm_kubernetes_cluster_node_pool" "it" {
      kubernetes_cluster_id  = azurerm_kubernetes_cluster.it.id
      node_public_ip_enabled = true
    }`;
    const { found, workload } = await one('azurerm_kubernetes_cluster', KEPT, pool);
    expect(workload.traits).toMatchObject([{ trait: 'public-nodes' }]);
    expect(found.quote(workload.traits?.[0]?.origin)).toBe('true');
  });
});
