import { expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const MACHINE = `resource "google_compute_instance" "it" {
  name    = "it"
  project = "shop"
  network_interface {
    network = "default"
  }
}`;
const permission = (type: string, fields: string, expression = '') => `resource "${type}" "it" {
  role   = "roles/iap.tunnelResourceAccessor"
  member = "group:operators@example.com"
  ${fields}
  ${expression === '' ? '' : `condition {\ntitle = "for a time"\nexpression = ${expression}\n}`}
}`;
const OWN = 'instance = google_compute_instance.it.name';
const ENDS = '"request.time < timestamp(\\"2027-01-01T00:00:00Z\\")"';

test.each([
  ['for the machine', permission('google_iap_tunnel_instance_iam_member', OWN), [undefined]],
  ['that ends', permission('google_iap_tunnel_instance_iam_binding', OWN, ENDS), ['until 2027-01-01T00:00:00Z']],
  [
    'that ends, among other things',
    permission(
      'google_iap_tunnel_instance_iam_member',
      OWN,
      ENDS.replace('"request', '"destination.port == 22 && request'),
    ),
    ['until 2027-01-01T00:00:00Z'],
  ],
  [
    'that ends or does not',
    permission('google_iap_tunnel_instance_iam_member', OWN, ENDS.replace(/"$/, ' || destination.port == 22"')),
    [undefined],
  ],
  ['for the project', permission('google_project_iam_member', 'project = "shop"'), [undefined]],
  ['for another project', permission('google_iap_tunnel_iam_member', 'project = "other"'), []],
  ['for another machine', permission('google_iap_tunnel_instance_iam_member', 'instance = "other"'), []],
])('a permission %s to open tunnels', async (_, written, reasons) => {
  const found = await facts(`${MACHINE}\n${written}`);
  const traits = found.workload('google_compute_instance.it').traits ?? [];
  expect(traits.map(({ because }) => because)).toEqual(reasons);
  expect(traits.every(({ trait }) => trait === 'admits-by-session')).toBe(true);
});

test.each([
  ['', 'none'],
  [`condition {\ntitle = "for a time"\nexpression = ${ENDS}\n}`, 'unknown'],
])('everybody may call with %s: asked for %s', async (condition, asked) => {
  const found = await facts(`
    resource "google_cloud_run_v2_service" "it" { name = "it" }
    resource "google_cloud_run_v2_service_iam_member" "it" {
      name   = google_cloud_run_v2_service.it.name
      role   = "roles/run.invoker"
      member = "allUsers"
      ${condition}
    }`);
  const [provided] = found.workload('google_cloud_run_v2_service.it').containers[0]?.provides ?? [];
  expect(provided?.authentication).toBe(asked);
});
