import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../../source/value.ts';
import { pieces, plain } from '../evaluated.fixture.ts';
import { clusters, follow, objects } from './clusters.fixture.ts';

describe('manifests in Terraform', () => {
  test('as values', async () => {
    const text = `resource "kubernetes_manifest" "m" {
      manifest = {
        apiVersion = "v1"
        kind       = "Service"
        metadata   = { name = "web" }
        spec       = { ports = [{ port = 80 }] }
      }
    }`;
    expect(await objects(text)).toEqual([
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } },
    ]);
  });

  const YAML = `variable "port" { default = 80 }
resource "kubectl_manifest" "m" {
  yaml_body = <<-EOT
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: NodePort
      ports:
        - port: \${var.port}
          nodePort: 30080
  EOT
}
`;

  test('as texts, at the lines of the here-document', async () => {
    const { units } = await clusters({ 'main.tf': YAML });
    const service = units[0]?.objects[0] as Mapping;
    expect(plain(service)).toMatchObject({
      kind: 'Service',
      spec: { ports: [{ port: 80, nodePort: 30080 }] },
    });
    const place = (...path: readonly (string | number)[]) => {
      const found = follow(service, path);
      return found && pieces({ 'main.tf': YAML }, found.origin);
    };
    expect(place('spec', 'type')).toEqual(['main.tf: NodePort']);
    expect(place('spec', 'ports', 0, 'nodePort')).toEqual(['main.tf: 30080']);
    expect(place('spec', 'ports', 0, 'port')).toEqual([`main.tf: - port: \${var.port}`]);
  });

  test('as texts that Terraform makes', async () => {
    const text = `resource "kubectl_manifest" "m" {
      yaml_body = yamlencode({ apiVersion = "v1", kind = "Service", metadata = { name = "web" }, spec = { type = "NodePort", ports = [] } })
    }`;
    const { units } = await clusters({ 'main.tf': text });
    const type = follow(units[0]?.objects[0], ['spec', 'type']);
    expect(type && pieces({ 'main.tf': text }, type.origin)).toEqual(['main.tf: "NodePort"']);
  });

  test('that are not known are told', async () => {
    const text = `data "http" "m" { url = "https://example.org" }
    resource "kubectl_manifest" "m" { yaml_body = data.http.m.response_body }
    resource "kubernetes_manifest" "n" { manifest = yamldecode(data.http.m.response_body) }`;
    const { units, notices } = await clusters({ 'main.tf': text });
    expect(units).toEqual([]);
    expect(notices).toMatchObject([
      { code: 'not-evaluated', message: expect.stringMatching(/^What kubectl_manifest\.m deploys is not known: /) },
      { code: 'not-evaluated', message: expect.stringMatching(/^What kubernetes_manifest\.n deploys is not known: /) },
    ]);
  });
});

describe('units', () => {
  const service = (name: string, more = '') =>
    `resource "kubernetes_service" "${name}" {\n${more}\n  metadata { name = "${name}" }\n  spec { port { port = 80 } }\n}\n`;

  test('stand beside the root module, one for each provider configuration', async () => {
    const { units } = await clusters({
      'infra/main.tf': `provider "kubernetes" { alias = "west" }\n${service('a')}${service('b', 'provider = kubernetes.west')}`,
    });
    expect(units.map(({ id, root, files, objects: all }) => [id, root, files, all.length])).toEqual([
      ['kubernetes:infra#terraform', 'infra', ['infra/main.tf'], 1],
      ['kubernetes:infra#terraform.west', 'infra', ['infra/main.tf'], 1],
    ]);
  });

  test('are made of what bears, and of what may be there', async () => {
    const { units, notices } = await clusters({
      'a/main.tf': `resource "kubernetes_namespace" "n" { metadata { name = "n" } }`,
      'b/main.tf': `variable "n" {}\n${service('a', 'count = var.n')}`,
    });
    expect(units.map(({ id }) => id)).toEqual(['kubernetes:b#terraform']);
    expect(notices.filter(({ code }) => code === 'not-evaluated')).toMatchObject([
      { message: expect.stringMatching(/^It is not known how many of kubernetes_service\.a there are/) },
    ]);
  });

  test('come of plans too', async () => {
    const values = {
      metadata: [{ name: 'a', annotations: null }],
      spec: [{ port: [{ port: 80, target_port: '8080' }] }],
    };
    const resource = {
      address: 'kubernetes_service.a',
      mode: 'managed',
      type: 'kubernetes_service',
      name: 'a',
      values,
    };
    const plan = { format_version: '1.2', planned_values: { root_module: { resources: [resource] } } };
    const { units } = await clusters({ 'plan.json': JSON.stringify(plan) });
    expect(units.map(({ id, objects: all }) => [id, all.map(plain)])).toEqual([
      [
        'kubernetes:plan.json#terraform',
        [
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'a' },
            spec: { ports: [{ port: 80, targetPort: 8080 }] },
          },
        ],
      ],
    ]);
  });

  test('charts are left to Helm, each with a note', async () => {
    const { notices } = await clusters({
      'infra/main.tf': `resource "helm_release" "nginx" {
        name       = "nginx"
        chart      = "ingress-nginx"
        repository = "https://kubernetes.github.io/ingress-nginx"
        set {
          name  = "a"
          value = "b"
        }
      }
      resource "helm_release" "own" {
        name  = "own"
        chart = "../charts/own"
      }`,
      'charts/own/Chart.yaml': 'name: own\nversion: 1.0.0\n',
    });
    expect(notices.map(({ code, message }) => [code, message])).toEqual([
      ['not-built', expect.stringContaining('installs the chart ingress-nginx from https://kubernetes.github.io')],
      ['not-built', expect.stringContaining('installs the chart charts/own, which is read with its own values')],
    ]);
  });
});
