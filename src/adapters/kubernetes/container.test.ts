import { describe, expect, test } from 'vitest';
import type { ContainerFact } from '../../graph/fragment.ts';
import { type Sample, sample } from './sample.fixture.ts';

const pod = (spec: string) => `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
${spec.replace(/^/gm, '  ')}
`;

/** A pod with one container of these fields. */
function one(fields: string, spec = ''): Sample & { readonly container: ContainerFact } {
  const found = sample(pod(`${spec}\ncontainers:\n- name: main\n${fields.replace(/^/gm, '  ')}`));
  const [container] = found.workload('web').containers;
  if (!container) throw new Error('there is no container');
  return { ...found, container };
}

describe('containers', () => {
  test('those that prepare, those that stay beside, and the others', () => {
    const { workload } = sample(
      pod(
        'initContainers:\n- { name: a, image: x }\n- { name: b, image: x, restartPolicy: Always }\ncontainers:\n- { name: c, image: x }',
      ),
    );
    expect(workload('web').containers.map(({ name, role }) => [name, role])).toEqual([
      ['a', 'init'],
      ['b', 'sidecar'],
      ['c', 'main'],
    ]);
  });

  test('the image, and one that is missing', () => {
    const { container, covered } = one('image: "web:1"');
    expect(container.image.reference).toBe('web:1');
    expect(covered(container.image.origin)).toBe('image: "web:1"');
    expect(one('args: []').container.image.reference).toMatchObject({ kind: 'unknown' });
  });

  test('ports with names and protocols; a container without any', () => {
    const { container, covered } = one(
      'ports:\n- name: http\n  containerPort: 8080\n- { containerPort: "53", protocol: UDP }',
    );
    expect(container.ports).toMatchObject([
      { ports: { from: 8080, to: 8080 }, protocol: 'tcp', name: 'http' },
      { ports: { from: 53, to: 53 }, protocol: 'udp' },
    ]);
    expect(container.ports.map(({ origin }) => covered(origin))).toEqual([
      'containerPort: 8080',
      'containerPort: "53"',
    ]);
    expect(one('image: x').container.ports).toEqual([]);
  });

  test('ports that no machine has are kept, ports that are none are told', () => {
    expect(one('ports: [{ containerPort: 70000 }]').container.ports).toMatchObject([{ ports: { from: 70000 } }]);
    const { container, notices } = one('ports:\n- containerPort: http\n- containerPort: 80\n  protocol: ICMP');
    expect(container.ports).toEqual([]);
    expect(notices.map(({ code }) => code)).toEqual(['invalid-value', 'invalid-value']);
  });

  test('command and args are words, each with its place; variables stay as they are', () => {
    const { container, covered } = one('command: ["/app", "serve"]\nargs:\n- --listen=$(HOST):8080\n- -v\n- 5');
    expect(container.entrypoint?.words.map(({ text }) => text)).toEqual(['/app', 'serve']);
    expect(container.command?.words.map(({ text }) => text)).toEqual(['--listen=$(HOST):8080', '-v', '5']);
    expect(container.command?.shell).toBe(false);
    expect(covered(container.command?.words[0]?.origin ?? container.origin)).toBe('--listen=$(HOST):8080');
    expect(one('command: []').container.entrypoint).toBeUndefined();
  });

  test('capabilities that are added, and all of them', () => {
    expect(
      one('securityContext: { capabilities: { add: [NET_ADMIN, CAP_SYS_PTRACE], drop: [ALL] } }').container
        .capabilities,
    ).toEqual(['NET_ADMIN', 'SYS_PTRACE']);
    expect(one('securityContext: { privileged: true }').container.capabilities).toEqual(['ALL']);
  });
});

describe('probes', () => {
  test('ask a port by number or by name', () => {
    const { container, covered } = one(
      'livenessProbe:\n  httpGet:\n    path: /health\n    port: 8081\n    scheme: HTTPS\nreadinessProbe: { tcpSocket: { port: sql } }\nstartupProbe: { grpc: { port: 9000 } }',
    );
    expect(container.checks).toMatchObject([
      { kind: 'grpc', port: 9000 },
      { kind: 'http', port: 8081, path: '/health', tls: true },
      { kind: 'tcp', port: 'sql' },
    ]);
    expect(covered(container.checks[1]?.origin ?? container.origin)).toBe('port: 8081');
  });

  test('may be commands', () => {
    const { container } = one('livenessProbe: { exec: { command: ["redis-cli", "-p", "6379", "ping"] } }');
    expect(container.checks[0]?.command?.words.map(({ text }) => text)).toEqual(['redis-cli', '-p', '6379', 'ping']);
  });

  test('that go to another host prove nothing, but for a pod on that host', () => {
    const probe = 'livenessProbe: { httpGet: { host: 127.0.0.1, port: 10257 } }';
    expect(one(probe).container.checks).toEqual([]);
    expect(one(probe, 'hostNetwork: true').container.checks).toMatchObject([{ port: 10257 }]);
  });

  test('without a port are no checks', () => {
    expect(one('livenessProbe: { httpGet: { path: / } }\nreadinessProbe: {}').container.checks).toEqual([]);
  });
});

describe('the environment', () => {
  test('values, numbers and nothing', () => {
    const { container, covered } = one(
      'env:\n- name: URL\n  value: http://api:80/$(PATH)\n- { name: N, value: 8080 }\n- name: E\n- value: x',
    );
    expect(container.environment.map(({ name, value }) => [name, value])).toEqual([
      ['URL', 'http://api:80/$(PATH)'],
      ['N', '8080'],
      ['E', ''],
    ]);
    expect(covered(container.environment[0]?.origin ?? container.origin)).toBe('value: http://api:80/$(PATH)');
  });

  test('keys and whole configs', () => {
    const { container } = one(
      'env:\n- { name: HOST, valueFrom: { configMapKeyRef: { name: conf, key: host } } }\nenvFrom:\n- configMapRef: { name: all }\n- prefix: DB_\n  secretRef: { name: db }',
    );
    const within = { namespace: 'shop', as: 'variables' };
    expect(container.configs).toMatchObject([
      { config: { kind: 'config', name: 'all', namespace: 'shop' }, as: 'variables' },
      { config: { kind: 'secret', name: 'db' }, prefix: 'DB_', as: within.as },
      { config: { kind: 'config', name: 'conf' }, key: 'host', variable: 'HOST' },
    ]);
    expect(container.environment).toEqual([]);
  });

  test('what a secret or the pod itself fills in is unknown, its namespace excepted', () => {
    const { container } = one(
      'env:\n- { name: P, valueFrom: { secretKeyRef: { name: db, key: p } } }\n- { name: IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }\n- { name: NS, valueFrom: { fieldRef: { fieldPath: metadata.namespace } } }',
    );
    expect(container.environment.map(({ value }) => value)).toMatchObject([
      { kind: 'unknown' },
      { kind: 'unknown' },
      'shop',
    ]);
  });
});

describe('volumes', () => {
  test('parts of the machine', () => {
    const { container, covered } = one(
      'volumeMounts:\n- { name: sock, mountPath: /run/docker.sock, readOnly: true }\n- { name: logs, mountPath: /logs, subPath: web }\n- { name: nowhere, mountPath: /x }',
      'volumes:\n- name: sock\n  hostPath:\n    path: /var/run/docker.sock\n- { name: logs, hostPath: { path: /var/log/ } }\n- { name: tmp, emptyDir: {} }',
    );
    expect(container.mounts).toMatchObject([
      { source: '/var/run/docker.sock', target: '/run/docker.sock', kind: 'host', readOnly: true },
      { source: '/var/log/web', target: '/logs', readOnly: false },
    ]);
    expect(covered(container.mounts[0]?.origin ?? container.origin)).toBe('path: /var/run/docker.sock');
  });

  test('configs as files: all keys, some, one by its path, several in one volume', () => {
    const { container } = one(
      'volumeMounts:\n- { name: a, mountPath: /a }\n- { name: b, mountPath: /b }\n- { name: a, mountPath: /c.conf, subPath: c.conf }\n- { name: p, mountPath: /p }\n- { name: b, mountPath: /d, subPath: two.conf }',
      'volumes:\n- { name: a, configMap: { name: one } }\n- { name: b, configMap: { name: two, items: [{ key: k, path: two.conf }, { key: l, path: l }] } }\n- name: p\n  projected: { sources: [{ secret: { name: s } }, { configMap: { name: three } }] }\n- { name: unused, secret: { secretName: unused } }',
    );
    expect(container.configs.map(({ config, key }) => `${config.kind} ${config.name} ${key ?? '*'}`)).toEqual([
      'config one *',
      'config two k',
      'config two l',
      'config one c.conf',
      'secret s *',
      'config three *',
      'config two k',
    ]);
    expect(container.configs.every(({ as }) => as === 'files')).toBe(true);
  });

  test('mounts of files without end are cut off, with a notice', () => {
    const sources = Array.from({ length: 60 }, (_, i) => `{ configMap: { name: c${i} } }`).join(', ');
    const mounts = Array.from({ length: 60 }, (_, i) => `{ name: p, mountPath: /${i} }`).join(', ');
    const { container, notices } = one(
      `volumeMounts: [${mounts}]`,
      `volumes: [{ name: p, projected: { sources: [${sources}] } }]`,
    );
    expect(container.configs).toHaveLength(1000);
    expect(notices).toMatchObject([{ code: 'expansion-limit' }]);
  });

  test('a secret volume names its secret in its own way', () => {
    const { container } = one(
      'volumeMounts: [{ name: s, mountPath: /s }]',
      'volumes: [{ name: s, secret: { secretName: keys } }]',
    );
    expect(container.configs).toMatchObject([{ config: { kind: 'secret', name: 'keys', namespace: 'shop' } }]);
  });
});
