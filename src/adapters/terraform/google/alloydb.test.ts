import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const INSTANCE = 'google_alloydb_instance.i';
const database = (instance = '', cluster = 'network_config {\n network = google_compute_network.n.id\n}') =>
  facts(`
    resource "google_compute_network" "n" { name = "n" }
    resource "google_alloydb_cluster" "c" {
      cluster_id = "c"
      ${cluster}
    }
    resource "google_alloydb_instance" "i" {
      cluster       = google_alloydb_cluster.c.name
      instance_type = "PRIMARY"
      ${instance}
    }`);

describe('an instance', () => {
  test('stands in the network of its cluster, at no address of the internet, and takes TLS alone', async () => {
    const { workload, guards } = await database();
    expect(workload(INSTANCE)).toMatchObject({
      memberships: [{ segment: 'virtual-network:google_compute_network.n' }],
      unreached: { because: 'it has no public address' },
      containers: [{ provides: [{ service: 'postgresql', ports: { from: 5432, to: 5432 }, transport: 'tls' }] }],
    });
    expect(guards).toEqual([]);
    expect((await database('', 'network = google_compute_network.n.id')).workload(INSTANCE).memberships).toHaveLength(
      1,
    );
    expect((await database('', 'psc_config {\n psc_enabled = true\n}')).workload(INSTANCE).memberships).toEqual([]);
  });

  test('lets in whom it is told of at a public address, and its network beside', async () => {
    const { workload, guard } = await database(`network_config {
      enable_public_ip = true
      authorized_external_networks {
        cidr_range = "203.0.113.0/24"
      }
    }`);
    expect(workload(INSTANCE).publicAddresses).toHaveLength(1);
    const { grants, isolates } = guard(`${INSTANCE}/allowed addresses`);
    expect(isolates).toEqual(['ingress']);
    expect(grants.map(({ peers, implicit }) => [peers[0]?.kind, implicit ?? false])).toEqual([
      ['addresses', false],
      ['workloads', true],
    ]);
  });

  test.each([
    [
      'client_connection_config {\n ssl_config {\n ssl_mode = "ALLOW_UNENCRYPTED_AND_ENCRYPTED"\n}\n}',
      'plaintext',
      undefined,
    ],
    ['client_connection_config {\n ssl_config {\n ssl_mode = "ENCRYPTED_ONLY"\n}\n}', 'tls', undefined],
    ['client_connection_config {\n require_connectors = true\n}', 'mtls', 'iam'],
  ])('%s', async (written, transport, authentication) => {
    const [port] = (await database(written)).workload(INSTANCE).containers[0]?.provides ?? [];
    expect([port?.transport, port?.authentication]).toEqual([transport, authentication]);
  });

  test('is reached by private links of the projects that it names', async () => {
    const { gateways } = await database('psc_instance_config {\n allowed_consumer_projects = ["123456"]\n}');
    expect(gateways.map(({ doors }) => doors[0]?.place)).toEqual([{ kind: 'private-link', consumers: ['123456'] }]);
    expect((await database()).gateways).toEqual([]);
  });
});

test('Spanner is called by the API of the platform, which asks who one is', async () => {
  const { workload } = await facts('resource "google_spanner_instance" "s" { name = "s" }');
  expect(workload('google_spanner_instance.s')).toMatchObject({
    kind: 'managed-service',
    containers: [{ provides: [{ service: 'https', transport: 'tls', authentication: 'iam' }] }],
  });
});
