import { describe, expect, test } from 'vitest';
import { pieces, plain } from '../evaluated.fixture.ts';
import { clusters, follow, objects } from './clusters.fixture.ts';

const DEPLOYMENT = `resource "kubernetes_deployment_v1" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
    labels    = { "app.kubernetes.io/name" = "web" }
  }
  spec {
    replicas = 2
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web", some_label = "x" }
      }
      spec {
        host_network = true
        init_container {
          name  = "init"
          image = "busybox"
        }
        container {
          name  = "web"
          image = "nginx:1.29"
          port {
            container_port = 80
            host_port      = 8080
            host_ip        = "127.0.0.1"
          }
          port {
            container_port = 9090
            name           = "metrics"
          }
          env {
            name  = "DB_HOST"
            value = "db"
          }
          env {
            name = "TOKEN"
            value_from {
              secret_key_ref {
                name = "token"
                key  = "value"
              }
            }
          }
          env_from {
            config_map_ref {
              name = "settings"
            }
          }
          volume_mount {
            name       = "socket"
            mount_path = "/var/run/docker.sock"
          }
          liveness_probe {
            http_get {
              path = "/health"
              port = 80
              http_header {
                name  = "X-A"
                value = "b"
              }
            }
          }
        }
        volume {
          name = "socket"
          host_path {
            path = "/var/run/docker.sock"
          }
        }
        volume {
          name = "files"
          config_map {
            name = "settings"
            items {
              key  = "a"
              path = "b"
            }
          }
        }
      }
    }
  }
}
`;

describe('resources of the Kubernetes provider', () => {
  test('a deployment', async () => {
    expect(await objects(DEPLOYMENT)).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web' } },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web', some_label: 'x' } },
            spec: {
              hostNetwork: true,
              initContainers: [{ name: 'init', image: 'busybox' }],
              containers: [
                {
                  name: 'web',
                  image: 'nginx:1.29',
                  ports: [
                    { containerPort: 80, hostPort: 8080, hostIP: '127.0.0.1' },
                    { containerPort: 9090, name: 'metrics' },
                  ],
                  env: [
                    { name: 'DB_HOST', value: 'db' },
                    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token', key: 'value' } } },
                  ],
                  envFrom: [{ configMapRef: { name: 'settings' } }],
                  volumeMounts: [{ name: 'socket', mountPath: '/var/run/docker.sock' }],
                  livenessProbe: {
                    httpGet: { path: '/health', port: 80, httpHeaders: [{ name: 'X-A', value: 'b' }] },
                  },
                },
              ],
              volumes: [
                { name: 'socket', hostPath: { path: '/var/run/docker.sock' } },
                { name: 'files', configMap: { name: 'settings', items: [{ key: 'a', path: 'b' }] } },
              ],
            },
          },
        },
      },
    ]);
  });

  test('each value stands where it is written', async () => {
    const { units } = await clusters({ 'main.tf': DEPLOYMENT });
    const path = ['spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'hostPort'];
    const found = follow(units[0]?.objects[0], path);
    expect(found && pieces({ 'main.tf': DEPLOYMENT }, found.origin)).toEqual(['main.tf: 8080']);
  });

  test('a service', async () => {
    const text = `resource "kubernetes_service" "web" {
      metadata { name = "web" }
      spec {
        type = "LoadBalancer"
        cluster_ip = "None"
        external_ips = ["192.0.2.1"]
        load_balancer_source_ranges = ["10.0.0.0/8"]
        selector = { app_name = "web" }
        port {
          port = 80
          target_port = "http"
          node_port = 30080
        }
      }
      wait_for_load_balancer = false
    }`;
    expect(await objects(text)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: {
          type: 'LoadBalancer',
          clusterIP: 'None',
          externalIPs: ['192.0.2.1'],
          loadBalancerSourceRanges: ['10.0.0.0/8'],
          selector: { app_name: 'web' },
          ports: [{ port: 80, targetPort: 'http', nodePort: 30080 }],
        },
      },
    ]);
  });

  test('ingresses of both versions', async () => {
    const text = `resource "kubernetes_ingress_v1" "new" {
      metadata { name = "new" }
      spec {
        default_backend {
          service {
            name = "web"
            port { number = 80 }
          }
        }
        rule {
          host = "a.example"
          http {
            path {
              path = "/a"
              backend {
                service {
                  name = "web"
                  port { name = "http" }
                }
              }
            }
          }
        }
        tls {
          hosts = ["a.example"]
          secret_name = "tls"
        }
      }
    }
    resource "kubernetes_ingress" "old" {
      metadata { name = "old" }
      spec {
        backend {
          service_name = "web"
          service_port = 80
        }
      }
    }`;
    expect(await objects(text)).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1beta1',
        kind: 'Ingress',
        metadata: { name: 'old' },
        spec: { backend: { serviceName: 'web', servicePort: 80 } },
      },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'new' },
        spec: {
          defaultBackend: { service: { name: 'web', port: { number: 80 } } },
          rules: [
            {
              host: 'a.example',
              http: { paths: [{ path: '/a', backend: { service: { name: 'web', port: { name: 'http' } } } }] },
            },
          ],
          tls: [{ hosts: ['a.example'], secretName: 'tls' }],
        },
      },
    ]);
  });

  test('a network policy', async () => {
    const text = `resource "kubernetes_network_policy_v1" "p" {
      metadata { name = "p" }
      spec {
        pod_selector {}
        ingress {
          from {
            namespace_selector { match_labels = { team = "a" } }
            pod_selector {
              match_expressions {
                key = "app"
                operator = "In"
                values = ["web"]
              }
            }
          }
          from {
            ip_block {
              cidr = "10.0.0.0/8"
              except = ["10.1.0.0/16"]
            }
          }
          ports {
            port = "8080"
            protocol = "TCP"
          }
        }
        egress {}
        policy_types = ["Ingress", "Egress"]
      }
    }`;
    expect(await objects(text)).toMatchObject([
      {
        apiVersion: 'networking.k8s.io/v1',
        spec: {
          podSelector: {},
          ingress: [
            {
              from: [
                {
                  namespaceSelector: { matchLabels: { team: 'a' } },
                  podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
                },
                { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
              ],
              ports: [{ port: 8080, protocol: 'TCP' }],
            },
          ],
          egress: [{}],
          policyTypes: ['Ingress', 'Egress'],
        },
      },
    ]);
  });

  test('values of secrets are nowhere', async () => {
    const text = `resource "kubernetes_secret" "s" {
      metadata { name = "s" }
      data = { password = "hunter22" }
    }
    resource "kubernetes_config_map" "c" {
      metadata { name = "c" }
      data = { DB_HOST = "db", some_key = "v" }
    }`;
    const found = await objects(text);
    expect(JSON.stringify(found)).not.toContain('hunter22');
    expect(found).toMatchObject([
      { kind: 'ConfigMap', data: { DB_HOST: 'db', some_key: 'v' } },
      { kind: 'Secret', data: { password: expect.stringMatching(/^\?sensitive/) } },
    ]);
  });

  test('the JSON syntax, in which blocks look like maps', async () => {
    const root = {
      resource: {
        kubernetes_service: {
          web: {
            metadata: { name: 'web', labels: { some_label: 'x' } },
            spec: { selector: { app_name: 'web' }, port: [{ port: 80 }, { port: 443, target_port: 8443 }] },
          },
        },
        kubernetes_deployment: {
          web: {
            metadata: { name: 'web' },
            spec: {
              selector: { match_labels: { app: 'web' } },
              template: { metadata: {}, spec: { container: { name: 'a', image: 'b', port: { container_port: 80 } } } },
            },
          },
        },
      },
    };
    const { units } = await clusters({ 'main.tf.json': JSON.stringify(root) });
    expect(units[0]?.objects.map(plain)).toMatchObject([
      {
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: { spec: { containers: [{ name: 'a', image: 'b', ports: [{ containerPort: 80 }] }] } },
        },
      },
      {
        metadata: { labels: { some_label: 'x' } },
        spec: { selector: { app_name: 'web' }, ports: [{ port: 80 }, { port: 443, targetPort: 8443 }] },
      },
    ]);
  });

  test('an object whose name is not known is there, under its address', async () => {
    const text = `variable "name" {}
    resource "kubernetes_service" "web" {
      metadata { name = var.name }
      spec {
        selector = { app = "web" }
        port { port = 80 }
      }
    }`;
    const { units, notices } = await clusters({ 'main.tf': text });
    expect(units[0]?.objects.map(plain)).toMatchObject([{ metadata: { name: 'kubernetes_service.web' } }]);
    expect(notices.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^The name of the Service that kubernetes_service\.web makes is not known/),
    );
  });
});
