import { describe, expect, test } from 'vitest';
import { builtinCatalogue } from '../../config/builtin.ts';
import { analyse } from '../../lint.ts';
import { connectionTables } from '../../reporters/connections.ts';
import { memoryTree } from '../../source/tree.ts';
import type { Environment } from '../exposure-graph.ts';
import type { ClassSet, GuardedClass, Relation } from '../reach/relation.ts';
import { ALL_ADDRESSES, NO_ADDRESSES } from '../sets/address-set.ts';
import { portSets } from '../sets/port-set.ts';
import { type Assumptions, NO_ASSUMPTIONS, type Segment, type Workload } from '../vocabulary.ts';
import { connectionsOf } from './index.ts';

async function view(files: Readonly<Record<string, string>>, more: Partial<Assumptions> = {}, most?: number) {
  const assume: Assumptions = { ...NO_ASSUMPTIONS, profile: 'declared', ...more };
  const { graph } = await analyse(memoryTree(files), { catalogue: builtinCatalogue(), assume });
  return connectionsOf(graph.environments, assume, most);
}

/** Every line, its reasons left out, with the rules that make it other than on paper. */
async function lines(files: Readonly<Record<string, string>>, more?: Partial<Assumptions>): Promise<readonly string[]> {
  return connectionTables(await view(files, more)).flatMap((table) =>
    table.lines.map(({ source, target, ports, verdict, rules }) =>
      [source, '=>', target, ':', ports, ...(verdict === 'possible' ? ['possible'] : []), ...rules].join(' '),
    ),
  );
}

const pod = (name: string, spec = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: main, image: example.org/${name} }]${spec} }
---
`;
const policy = (name: string, ...ingress: readonly string[]) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { podSelector: { matchLabels: { app: ${name} } }, ingress: [${ingress.join(', ')}] }
---
`;
const among = (all: readonly string[]) => all.filter((line) => !line.includes('[External]'));

describe('pairs', () => {
  test('nobody is a pair with itself, however many of it run', async () => {
    expect(among(await lines({ 'a.yaml': pod('web') }))).toEqual([]);
  });

  test('services meet on a network, and on an internal one nobody else', async () => {
    const compose = `services:
  a: { image: a, networks: [one] }
  b: { image: b, networks: [one, two] }
  c: { image: c, networks: [two] }
  d: { image: d, network_mode: none }
networks: { one: {}, two: { internal: true } }
`;
    expect(await lines({ 'compose.yaml': compose })).toEqual([
      'a[Service] => 0.0.0.0-255.255.255.255[External] : All Connections',
      'a[Service] => b[Service] : All Connections',
      'b[Service] => 0.0.0.0-255.255.255.255[External] : All Connections',
      'b[Service] => a[Service] : All Connections',
      'b[Service] => c[Service] : All Connections',
      'c[Service] => b[Service] : All Connections',
    ]);
  });

  test('what does not run is there on paper, and possible in a cluster', async () => {
    const idle = `apiVersion: apps/v1
kind: Deployment
metadata: { name: idle, namespace: shop }
spec: { replicas: 0, template: { metadata: { labels: { app: idle } }, spec: { containers: [{ name: main, image: i }] } } }
---
`;
    const files = { 'a.yaml': pod('web') + idle };
    expect(among(await lines(files))).toContain('shop/web[Pod] => shop/idle[Deployment] : All Connections');
    expect(among(await lines(files, { profile: 'effective' }))).toContain(
      'shop/web[Pod] => shop/idle[Deployment] : All Connections possible D7',
    );
  });
});

describe('rules that make a line other than on paper', () => {
  const files = { 'a.yaml': pod('web') + pod('db') + policy('db', '{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }') };
  const line = 'shop/web[Pod] => shop/db[Pod] : All Connections';

  test('R9: a range of addresses may mean workloads, surely does, or does not', async () => {
    expect(among(await lines(files))).not.toContain(line);
    expect(among(await lines(files, { profile: 'effective' }))).toContain(`${line} possible R9`);
    const never = { profile: 'effective', addressesMatchWorkloads: false } as const;
    expect(among(await lines(files, never)).filter((each) => each.startsWith(line))).toEqual([]);
    const everything = { 'a.yaml': files['a.yaml'].replace('10.0.0.0/8', '0.0.0.0/0') };
    const always = { profile: 'effective', addressesMatchWorkloads: true } as const;
    expect(among(await lines(everything, always))).toContain(`${line} R9`);
  });

  test('R15, R16: who has the network of its machine is beside the guards', async () => {
    const agent = pod('agent', ', hostNetwork: true');
    const hosted = { 'a.yaml': agent + pod('db') + policy('db') };
    expect(among(await lines(hosted, { profile: 'effective' }))).toContain(
      'shop/agent[Pod] => shop/db[Pod] : All Connections possible R16',
    );
  });

  test('R21: where nothing enforces guards', async () => {
    const inert = { profile: 'effective', guardsEnforced: false } as const;
    expect(among(await lines(files, inert))).toContain(`${line} R21`);
  });

  test('none on paper', async () => {
    const { environments } = await view(files);
    expect(environments.flatMap(({ connections }) => connections.flatMap(({ rules }) => rules))).toEqual([]);
  });
});

describe('between networks', () => {
  const files = (facts: string, home: string) => ({
    'main.tf': `
resource "aws_vpc" "a" { cidr_block = "10.1.0.0/16" }
resource "aws_vpc" "b" { cidr_block = "10.2.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.1.1.0/24"
}
resource "aws_subnet" "b" {
  vpc_id     = aws_vpc.b.id
  cidr_block = "10.2.1.0/24"
}
resource "aws_vpc_peering_connection" "it" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = aws_vpc.b.id
  ${facts}
}
resource "aws_route" "there" {
  route_table_id            = aws_vpc.a.main_route_table_id
  destination_cidr_block    = "10.2.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.it.id
}
resource "aws_route" "home" {
  route_table_id            = aws_vpc.b.main_route_table_id
  destination_cidr_block    = "${home}"
  vpc_peering_connection_id = aws_vpc_peering_connection.it.id
}
resource "aws_security_group" "open" {
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "one" {
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "two" {
  subnet_id              = aws_subnet.b.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
`,
  });
  const both = ['one[aws_instance] => two[aws_instance] : TCP 443', 'two[aws_instance] => one[aws_instance] : TCP 443'];

  test('workloads meet over links that lead there and back', async () => {
    expect(among(await lines(files('auto_accept = true', '10.1.0.0/16')))).toEqual(both);
    expect(among(await lines(files('auto_accept = true', '10.9.0.0/16')))).toEqual([]);
  });

  test('what nobody is sure of is possible, with the reason, on paper too', async () => {
    expect(among(await lines(files('', '10.1.0.0/16')))).toEqual(both.map((line) => `${line} possible`));
    const { environments } = await view(files('', '10.1.0.0/16'));
    expect(environments[0]?.pairs?.find(({ verdict }) => verdict === 'possible')?.because).toEqual([
      'whether the other side accepts aws_vpc_peering_connection.it is not in the code',
    ]);
  });
});

describe('groups', () => {
  test('say what is too much for pairs, each list of groups once', async () => {
    // No guard tells b and c apart.
    const pods = ['a', 'b', 'c', 'd']
      .map((name) => pod(name))
      .join('')
      .replace('app: c', 'app: b');
    const files = { 'x.yaml': pods + policy('d', '{ from: [{ podSelector: { matchLabels: { app: a } } }] }') };
    const { environments } = await view(files, {}, 3);
    expect(environments[0]?.pairs).toBeNull();
    expect(connectionTables({ profile: 'declared', environments })).toEqual([
      {
        environment: 'kubernetes:.',
        names: [
          { name: '{group-2}', of: ['shop/b[Pod]', 'shop/c[Pod]'] },
          { name: '{groups-1}', of: ['shop/a[Pod]', '{group-2}', 'shop/d[Pod]'] },
          { name: '{groups-2}', of: ['shop/a[Pod]', '{group-2}'] },
        ],
        left: [],
        lines: [
          ['0.0.0.0-255.255.255.255[External]', '{groups-2}'],
          ['shop/a[Pod]', 'shop/d[Pod]'],
          ['{groups-1}', '0.0.0.0-255.255.255.255[External]'],
          ['{groups-1}', '{groups-2}'],
        ].map(([source, target]) => ({
          source,
          target,
          ports: 'All Connections',
          verdict: 'reachable',
          because: [],
          rules: [],
        })),
      },
    ]);
  });

  test('that too much tells apart are named, and left out', () => {
    const count = 1500;
    const { environments } = connectionsOf([everyoneButOne(count)], { ...NO_ASSUMPTIONS, profile: 'declared' });
    const [{ left, pairs, connections } = { left: [], pairs: [], connections: [] }] = environments;
    expect(pairs).toBeNull();
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(count);
    expect(connections.filter(({ from }) => from.kind === 'groups')).toHaveLength(count - left.length + 1);
  });
});

/** Workloads each of which is reached by all others but one: no two have the same callers. */
function everyoneButOne(count: number): Environment {
  const segment = { id: 'cluster', kind: 'cluster', open: true, internal: false, outer: false } as Segment;
  const workloads = Array.from(
    { length: count },
    (_, i) =>
      ({
        id: `w-${i}`,
        name: `w-${i}`,
        namespace: null,
        segments: [segment],
        hostNetwork: null,
      }) as unknown as Workload,
  );
  const classes = workloads.map((workload, index): GuardedClass => ({ index, members: [workload], namespace: null }));
  const sets = portSets();
  const everyPort = sets.of('tcp', { from: 1, to: 65_535 });
  const allBut = (left: number): ClassSet => ({
    id: left,
    size: count - 1,
    has: ({ index }) => index !== left,
    *[Symbol.iterator]() {
      for (const each of classes) if (each.index !== left) yield each;
    },
  });
  const addresses = { must: ALL_ADDRESSES, may: ALL_ADDRESSES };
  const relation = {
    sets,
    everyPort,
    classOf: (workload: Workload) => classes[workloads.indexOf(workload)],
    reachedBy({ index }: GuardedClass) {
      const callers = allBut((index + 1) % count);
      return [
        {
          ports: everyPort,
          classes: { must: callers, may: callers },
          addresses: { must: NO_ADDRESSES, may: NO_ADDRESSES },
        },
      ];
    },
    leadsTo: () => [{ ports: everyPort, addresses }],
  } as unknown as Relation;
  const reachability = { comersTo: () => [] };
  return {
    id: 'made-up',
    workloads,
    relation,
    guards: [],
    exposures: [],
    gateways: [],
    reachability,
  } as unknown as Environment;
}
