import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const NETWORK = (said = '') => `
  resource "google_compute_network" "n" {
    name = "main"
    ${said}
  }
  resource "google_compute_subnetwork" "s" {
    name          = "app"
    region        = "europe-west1"
    ip_cidr_range = "10.1.0.0/24"
    network       = google_compute_network.n.id
    ${said}
  }`;

/** In which segments a machine stands whose interface says this, and what its network may be besides. */
async function standing(network: string, card: string, machine = '') {
  const { workload, links = [] } = await facts(`${network}
    resource "google_compute_instance" "m" {
      ${machine}
      network_interface { ${card} }
    }`);
  const segments = workload('google_compute_instance.m').memberships.map(({ segment }) => segment);
  const maybe = links.map(({ kind, receivers, unknown }) => {
    const ends = receivers.map(({ segment }) => segment.replace('virtual-network:', ''));
    return `${kind} ${ends.join(' ')}: ${unknown?.because}`;
  });
  return { segments, maybe };
}

const MADE = ['subnet:google_compute_subnetwork.s', 'virtual-network:google_compute_network.n'];
const HOST = 'project = "host"';
const PATH = 'projects/host/regions/europe-west1/subnetworks/app';

describe('a subnet by its path', () => {
  test.each([
    ['whole', `https://www.googleapis.com/compute/v1/${PATH}`],
    ['with another server', `https://compute.googleapis.com/compute/v1/${PATH}`],
    ['without a server', PATH],
  ])('%s', async (_, path) => {
    expect((await standing(NETWORK(HOST), `subnetwork = "${path}"`)).segments).toEqual(MADE);
  });

  test('of the project of the provider', async () => {
    const provider = 'provider "google" {\n project = "host"\n}';
    expect((await standing(`${provider}${NETWORK()}`, `subnetwork = "${PATH}"`)).segments).toEqual(MADE);
    const other = 'provider "google" {\n project = "other"\n}';
    expect((await standing(`${other}${NETWORK()}`, `subnetwork = "${PATH}"`)).segments).toEqual([
      'virtual-network:host/app',
    ]);
  });

  test('of another region or project is another', async () => {
    const elsewhere = await standing(NETWORK(HOST), `subnetwork = "${PATH.replace('west1', 'west2')}"`);
    expect(elsewhere).toEqual({ segments: ['virtual-network:host/app'], maybe: [] });
    const theirs = await standing(NETWORK('project = "theirs"'), `subnetwork = "${PATH}"`);
    expect(theirs).toEqual({ segments: ['virtual-network:host/app'], maybe: [] });
  });

  test('may be one of a project that nobody names', async () => {
    const because = 'whether host/app is google_compute_subnetwork.s hangs on projects that are not in the code';
    expect(await standing(NETWORK(), `subnetwork = "${PATH}"`)).toEqual({
      segments: ['virtual-network:host/app'],
      maybe: [`namesake host/app google_compute_network.n: ${because}`],
    });
    // A number and a name may be of one project.
    const { maybe } = await standing(NETWORK('project = "123456"'), `subnetwork = "${PATH}"`);
    expect(maybe).toHaveLength(1);
  });

  test('of a project that has no value is one of the same project', async () => {
    const variable = 'variable "host" {}';
    const path = PATH.replace('host', `\${var.host}`);
    expect((await standing(`${variable}${NETWORK('project = var.host')}`, `subnetwork = "${path}"`)).segments).toEqual(
      MADE,
    );
  });
});

describe('a bare name', () => {
  test('is one of the project that is named beside it, else of the provider', async () => {
    const other = 'provider "google" {\n project = "other"\n}';
    const named = 'subnetwork = "app"\nsubnetwork_project = "host"';
    expect((await standing(other + NETWORK(HOST), named)).segments).toEqual(MADE);
    expect((await standing(other + NETWORK(HOST), 'subnetwork = "app"', HOST)).segments).toEqual([
      'virtual-network:other/app',
    ]);
    expect((await standing(NETWORK(HOST), 'network = "main"', HOST)).segments).toEqual([MADE[1]]);
    expect((await standing(NETWORK(HOST), 'network = "main"', 'project = "web"')).segments).toEqual([
      'virtual-network:web/main',
    ]);
  });

  test('is one of the region that its user is in', async () => {
    const two = `${NETWORK()}
      resource "google_compute_subnetwork" "far" {
        name          = "app"
        region        = "us-west1"
        ip_cidr_range = "10.2.0.0/24"
        network       = google_compute_network.n.id
      }`;
    const { segments } = await standing(two, 'subnetwork = "app"', 'zone = "us-west1-a"');
    expect(segments[0]).toBe('subnet:google_compute_subnetwork.far');
  });
});

test('what a firewall of a shared network guards may be of other projects', async () => {
  const { guard } = await facts(`${NETWORK(HOST)}
    resource "google_compute_shared_vpc_host_project" "host" { project = "host" }
    resource "google_compute_instance" "m" {
      network_interface { network = google_compute_network.n.id }
    }
    resource "google_compute_firewall" "f" {
      network = "projects/host/global/networks/main"
      target_tags = ["web"]
      allow { protocol = "tcp" }
    }`);
  expect(guard('google_compute_firewall.f').users).toMatchObject({ kind: 'unknown' });
  expect(guard('google_compute_firewall.f').subject.requirements.map(({ key }) => key)).toContain(
    'google_compute_network.n member',
  );
});
