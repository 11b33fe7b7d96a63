import { describe, expect, test } from 'vitest';
import { sample } from './sample.fixture.ts';

/** A workload of any kind around one pod spec, written in flow style. */
const deployment = (podSpec: string, head = 'apps/v1\nkind: Deployment') =>
  `apiVersion: ${head}
metadata:
  name: web
spec:
  replicas: 3
  template:
    metadata: { labels: { app: web, tier: "1", empty: } }
    spec: ${podSpec}
`;

describe('workloads', () => {
  test('a deployment with its namespace, labels and replicas', () => {
    const { workload, covered } = sample(deployment('{ containers: [{ name: main, image: "web:1" }] }'));
    const web = workload('web');
    expect(web).toMatchObject({ id: 'deployment/default/web', kind: 'deployment', namespace: 'default', replicas: 3 });
    expect([...web.labels]).toEqual([
      ['app', 'web'],
      ['tier', '1'],
      ['empty', ''],
    ]);
    expect(web.memberships.map(({ segment }) => segment)).toEqual(['namespace:default', 'cluster']);
    expect(covered(web.origin)).toBe('web');
    expect(web.hostNetwork).toBeNull();
  });

  test.each([
    ['v1\nkind: ReplicationController', 'replicationcontroller'],
    ['extensions/v1beta1\nkind: Deployment', 'deployment'],
    ['apps/v1\nkind: StatefulSet', 'statefulset'],
    ['apps/v1\nkind: DaemonSet', 'daemonset'],
    ['apps/v1\nkind: ReplicaSet', 'replicaset'],
    ['batch/v1\nkind: Job', 'job'],
    ['argoproj.io/v1alpha1\nkind: Rollout', 'rollout'],
    ['apps.kruise.io/v1alpha1\nkind: CloneSet', 'cloneset'],
    ['apps.openshift.io/v1\nkind: DeploymentConfig', 'deploymentconfig'],
  ])('%s', (head, kind) => {
    expect(sample(deployment('{ containers: [] }', head)).workload('web').kind).toBe(kind);
  });

  test.each([
    ['DaemonSet', '{ containers: [] }', true],
    ['DaemonSet', '{ containers: [], nodeSelector: {}, tolerations: [{ operator: Exists }] }', true],
    ['DaemonSet', '{ containers: [], nodeSelector: { gpu: "true" } }', undefined],
    ['DaemonSet', '{ containers: [], affinity: { nodeAffinity: {} } }', undefined],
    ['DaemonSet', '{ containers: [], affinity: { podAffinity: {} } }', true],
    ['Deployment', '{ containers: [] }', undefined],
  ])('a %s with %s runs on every node: %s', (kind, spec, everywhere) => {
    expect(sample(deployment(spec, `apps/v1\nkind: ${kind}`)).workload('web').everyNode).toBe(everywhere);
  });

  test('a pod is its own template', () => {
    const { workload } = sample(
      'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop, labels: { app: web } }\nspec: { containers: [] }\n',
    );
    expect(workload('web')).toMatchObject({ id: 'pod/shop/web', namespace: 'shop', replicas: null });
    expect(workload('web').labels.get('app')).toBe('web');
  });

  test('a cron job holds its pods two templates deep, and runs none while it is suspended', () => {
    const text = (suspend: string) => `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  ${suspend}
  jobTemplate:
    spec: { template: { metadata: { labels: { app: n } }, spec: { containers: [{ name: a, image: b }] } } }
`;
    expect(sample(text('schedule: "0 0 * * *"')).workload('nightly')).toMatchObject({
      kind: 'cronjob',
      replicas: null,
    });
    expect(sample(text('suspend: true')).workload('nightly').replicas).toBe(0);
  });

  test('names that the API server makes up may meet', () => {
    const job = 'apiVersion: v1\nkind: Pod\nmetadata: { generateName: run- }\nspec: { containers: [] }\n';
    const { fragment } = sample(`${job}---\n${job}`);
    expect(fragment.workloads.map(({ id, name }) => [id, name])).toEqual([
      ['pod/default/run', 'run'],
      ['pod/default/run~2', 'run'],
    ]);
    expect(fragment.definitions).toEqual([]);
  });

  test('the network of the host', () => {
    const { workload, covered } = sample(
      deployment(
        '\n      hostNetwork: true\n      containers: [{ name: a, ports: [{ containerPort: 80, hostPort: 80 }] }]',
      ),
    );
    const { hostNetwork } = workload('web');
    expect(hostNetwork && covered(hostNetwork)).toBe('hostNetwork: true');
    expect(sample(deployment('{ hostNetwork: false, containers: [] }')).workload('web').hostNetwork).toBeNull();
  });

  test('what has no name is left out, with a notice', () => {
    const { fragment, notices } = sample('apiVersion: v1\nkind: Pod\nmetadata: {}\nspec: { containers: [] }\n');
    expect(fragment.workloads).toEqual([]);
    expect(notices).toMatchObject([{ code: 'invalid-value' }]);
  });

  test('a null in place of a container, a list or a template harms nobody', () => {
    expect(
      sample(deployment('{ containers: [null, { name: a }], volumes: null }')).workload('web').containers,
    ).toHaveLength(1);
    const odd =
      'apiVersion: v1\nkind: Service\nmetadata: { name: odd }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\nspec: null\n';
    expect(sample(odd).fragment.workloads).toEqual([]);
  });
});

describe('pods that a controller made', () => {
  const owned = (name: string, labels: string, owner: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { ${labels} }, ownerReferences: [{ ${owner} }] }\nspec: { containers: [] }\n`;
  const set = 'kind: ReplicaSet, name: web-1, controller: true';
  const shown = (...documents: string[]) => sample(documents.join('---\n')).fragment.workloads.map(({ id }) => id);

  test('are one workload under its name, for as long as their labels agree', () => {
    expect(
      shown(owned('a', 'app: web, pod-template-hash: x', set), owned('b', 'app: web, pod-template-hash: y', set)),
    ).toEqual(['replicaset/default/web-1']);
    expect(shown(owned('a', 'app: web', set), owned('b', 'app: api', set))).toEqual([
      'replicaset/default/web-1',
      'replicaset/default/web-1~2',
    ]);
  });

  test('are not counted again beside it', () => {
    const replicaSet = `apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web-1, ownerReferences: [{ kind: Deployment, name: web, controller: true }] }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [] } } }
`;
    expect(shown(owned('a', 'app: web', set), replicaSet)).toEqual(['replicaset/default/web-1']);
    expect(shown(owned('a', 'app: web', set), replicaSet, deployment('{ containers: [] }'))).toEqual([
      'deployment/default/web',
    ]);
  });

  test('stay pods where a node owns them, where their owner has no kind, and where it is no controller', () => {
    expect(shown(owned('a', '', 'kind: Node, name: n, controller: true'))).toEqual(['pod/default/a']);
    expect(shown(owned('a', '', 'name: group, controller: true'))).toEqual(['pod/default/group']);
    expect(shown(owned('a', '', 'kind: ReplicaSet, name: x'))).toEqual(['pod/default/a']);
  });
});

describe('ports of the machine', () => {
  const ports = (list: string, more = '') =>
    sample(deployment(`{ ${more} containers: [{ name: main, ports: [${list}] }] }`));

  test('stand on the nodes, or at the address that they name', () => {
    const { fragment, covered } = ports(
      '{ containerPort: 80, hostPort: 8080 }, { containerPort: 53, hostPort: 53, protocol: UDP, hostIP: 10.0.0.1 }',
    );
    expect(fragment.gateways).toMatchObject([
      {
        kind: 'host-port',
        name: '8080:80',
        doors: [
          {
            place: { kind: 'nodes' },
            ports: { from: 8080, to: 8080 },
            protocol: 'tcp',
            implicit: false,
            rewritesSource: true,
          },
        ],
      },
      { name: '53:53/udp', doors: [{ place: { kind: 'host', address: '10.0.0.1' }, protocol: 'udp' }] },
    ]);
    const door = fragment.gateways[0]?.doors[0];
    expect(door && covered(door.origin)).toBe('hostPort: 8080');
    expect(door?.target).toMatchObject({
      kind: 'workload',
      workload: 'deployment/default/web',
      ports: { from: 80, to: 80 },
    });
  });

  test('every address is as good as none', () => {
    const { fragment } = ports('{ containerPort: 80, hostPort: 80, hostIP: 0.0.0.0 }');
    expect(fragment.gateways[0]?.doors[0]?.place).toEqual({ kind: 'nodes' });
  });

  test('say nothing more on the network of the host, or without a number', () => {
    expect(ports('{ containerPort: 80, hostPort: 80 }', 'hostNetwork: true,').fragment.gateways).toEqual([]);
    expect(ports('{ containerPort: 80, hostIP: 10.0.0.1 }').fragment.gateways).toEqual([]);
  });
});
