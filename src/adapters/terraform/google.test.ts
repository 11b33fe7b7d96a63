import { describe, expect, test } from 'vitest';
import { facts } from './facts.fixture.ts';

/** The traits of a workload, and what their origins cover. */
async function traits(address: string, code: string): Promise<readonly string[]> {
  const { workload, quote } = await facts(code);
  return (workload(address).traits ?? []).map(
    ({ trait, unknown, origin }) => `${trait}${unknown ? ' perhaps' : ''}: ${quote(origin).split('\n')[0]}`,
  );
}

const cluster = (inside: string) =>
  traits('google_container_cluster.c', `resource "google_container_cluster" "c" {\n${inside}\n}`);
const HEADER = 'resource "google_container_cluster" "c"';

describe('clusters', () => {
  test('nobody says anything: nodes are public, policies are not kept, pods may have addresses of routes', async () => {
    const told = await cluster('name = "c"');
    expect(told.map((each) => each.split(':')[0])).toEqual(['public-nodes', 'policies-unenforced', 'legacy perhaps']);
    for (const each of told) expect(each).toContain(HEADER);
  });

  test('an engine needs its addon too', async () => {
    const native = 'ip_allocation_policy {}\nprivate_cluster_config {\n  enable_private_nodes = true\n}';
    expect(await cluster(`${native}\nnetwork_policy {\n  enabled = true\n}`)).toHaveLength(1);
    const addon = 'addons_config {\n  network_policy_config {\n    disabled = false\n  }\n}';
    expect(await cluster(`${native}\nnetwork_policy {\n  enabled = true\n}\n${addon}`)).toEqual([]);
    expect(await cluster(`${native}\nenable_autopilot = true`)).toEqual([]);
  });

  test('nodes of pools that are all private are so', async () => {
    const code = `
      resource "google_container_cluster" "c" {
        remove_default_node_pool = true
        enable_autopilot         = true
      }
      resource "google_container_node_pool" "p" {
        cluster = google_container_cluster.c.id
        network_config {
          enable_private_nodes = true
        }
      }`;
    expect(await traits('google_container_cluster.c', code)).toEqual([]);
  });
});

describe('networks', () => {
  test('subnets that nobody made are said where they are asked for, and where others are made beside them', async () => {
    const { segments } = await facts(`
      resource "google_compute_network" "asked" { auto_create_subnetworks = true }
      resource "google_compute_network" "forgotten" {}
      resource "google_compute_subnetwork" "own" {
        network                  = google_compute_network.forgotten.id
        private_ip_google_access = true
      }
      resource "google_compute_network" "plain" {}`);
    const made = segments.filter(({ traits: has = [] }) => has.some(({ trait }) => trait === 'auto-created'));
    expect(made.map(({ name }) => name)).toEqual(['google_compute_network.asked', 'google_compute_network.forgotten']);
  });

  test('private access is asked of subnets with machines, in each family of addresses', async () => {
    const { segments } = await facts(`
      resource "google_compute_subnetwork" "proxies" { purpose = "REGIONAL_MANAGED_PROXY" }
      resource "google_compute_subnetwork" "both" {
        private_ip_google_access = true
        stack_type               = "IPV4_IPV6"
      }`);
    const without = segments.filter(({ traits: has = [] }) => has.some(({ trait }) => trait === 'no-private-access'));
    expect(without.map(({ name }) => name)).toEqual(['google_compute_subnetwork.both']);
  });

  test('the default network of a project is one, unless it is taken away', async () => {
    const { segments } = await facts(`
      resource "google_project" "a" { auto_create_network = false }
      resource "google_project" "b" { name = "b" }`);
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ isDefault: true, traits: [{ trait: 'auto-created' }] });
  });
});

describe('load balancers', () => {
  const behind = `
    resource "google_compute_instance" "m" {
      network_interface { network = "shop" }
    }
    resource "google_compute_instance_group" "g" { instances = [google_compute_instance.m.self_link] }
    resource "google_compute_region_backend_service" "b" {
      backend { group = google_compute_instance_group.g.id }
    }`;

  test('without a proxy packets come to the machines of the group', async () => {
    const { gateways } = await facts(`${behind}
      resource "google_compute_forwarding_rule" "f" {
        load_balancing_scheme = "INTERNAL"
        backend_service       = google_compute_region_backend_service.b.id
        ports                 = ["80", "8000-8010"]
      }`);
    expect(gateways.flatMap(({ doors }) => doors)).toMatchObject([
      { place: { internal: true }, ports: { from: 80, to: 80 }, target: { workload: 'google_compute_instance.m' } },
      { ports: { from: 8000, to: 8010 } },
    ]);
  });

  test('a proxy without a policy takes what the oldest clients speak; a policy says the oldest version', async () => {
    const front = (proxy: string) => `
      resource "google_compute_ssl_policy" "p" {
        profile         = "RESTRICTED"
        min_tls_version = "TLS_1_1"
      }
      resource "google_compute_target_https_proxy" "t" { ${proxy} }
      resource "google_compute_global_forwarding_rule" "f" {
        target     = google_compute_target_https_proxy.t.id
        port_range = "443"
      }`;
    const tls = async (proxy: string) => {
      const { workload } = await facts(front(proxy));
      return workload('google_compute_global_forwarding_rule.f').containers[0]?.provides?.[0]?.tls;
    };
    expect(await tls('url_map = "u"')).toMatchObject({ minimum: 'TLSv1.0', brokenCipher: 'COMPATIBLE' });
    expect(await tls('ssl_policy = google_compute_ssl_policy.p.id')).toMatchObject({ minimum: 'TLSv1.2' });
  });
});

test('who may call is said by permissions; who may only look does not call', async () => {
  const { workloads } = await facts(`
    resource "google_cloud_run_service_iam_member" "open" {
      service = "elsewhere"
      role    = "roles/run.invoker"
      member  = "allUsers"
    }
    resource "google_cloud_run_service_iam_member" "seen" {
      service = "elsewhere"
      role    = "roles/run.viewer"
      member  = "allUsers"
    }`);
  expect(workloads.map(({ id }) => id)).toEqual(['google_cloud_run_service_iam_member.open']);
});

test('rules of a hierarchical policy may hold for each network of the code', async () => {
  const { guards, rules } = await facts(`
    resource "google_compute_network" "n" { auto_create_subnetworks = false }
    resource "google_compute_firewall_policy" "p" { parent = "organizations/1" }
    resource "google_compute_firewall_policy_association" "a" {
      firewall_policy   = google_compute_firewall_policy.p.id
      attachment_target = "organizations/1"
    }
    resource "google_compute_firewall_policy_rule" "r" {
      firewall_policy = google_compute_firewall_policy.p.id
      priority        = 10
      action          = "goto_next"
      direction       = "INGRESS"
      match {
        src_ip_ranges = ["10.0.0.0/8"]
        layer4_configs { ip_protocol = "all" }
      }
    }`);
  expect(guards.find(({ id }) => id.endsWith('.r'))).toMatchObject({ tier: -2, priority: 10 });
  expect(rules('google_compute_firewall_policy_rule.r')).toEqual(['ingress pass 10.0.0.0/8 everything perhaps']);
});

test('what a machine is told as it starts says whom it calls', async () => {
  const { needs } = await facts(`
    resource "google_redis_instance" "r" { name = "r" }
    resource "google_compute_instance" "script" {
      metadata_startup_script = "redis-cli -h \${google_redis_instance.r.host}"
      network_interface {}
    }
    resource "google_compute_instance" "metadata" {
      metadata = { startup-script = "redis-cli -h \${google_redis_instance.r.host}" }
      network_interface {}
    }`);
  expect(needs.map(({ from, to }) => [from, to])).toEqual(
    ['metadata', 'script'].map((name) => [
      { kind: 'workload', workload: `google_compute_instance.${name}` },
      { kind: 'workload', workload: 'google_redis_instance.r' },
    ]),
  );
});

describe('caches', () => {
  const asked = async (type: string, body: string) => {
    const { workload } = await facts(`variable "some" {}\nresource "${type}" "c" {\n${body}\n}`);
    const [port] = workload(`${type}.c`).containers[0]?.provides ?? [];
    return [port?.transport, port?.authentication];
  };

  test.each([
    ['', 'plaintext', 'none'],
    ['transit_encryption_mode = "SERVER_AUTHENTICATION"\nauth_enabled = true', 'tls', undefined],
    ['transit_encryption_mode = "DISABLED"\nauth_enabled = false', 'plaintext', 'none'],
    ['transit_encryption_mode = var.some\nauth_enabled = var.some', undefined, undefined],
  ])('of Redis with "%s" take %s, and ask for %s', async (body, transport, authentication) => {
    expect(await asked('google_redis_instance', body)).toEqual([transport, authentication]);
  });

  test('of Memcached have no such switches', async () => {
    expect(await asked('google_memcache_instance', '')).toEqual([undefined, undefined]);
  });
});
