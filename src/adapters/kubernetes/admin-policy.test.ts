import { describe, expect, test } from 'vitest';
import type { GuardFact } from '../../graph/fragment.ts';
import { ADMIN_TIER, BASELINE_TIER } from './admin-policy.ts';
import { STANDARD_TIER } from './network-policy.ts';
import { type Sample, sample } from './sample.fixture.ts';

interface Kind {
  readonly kind: string;
  readonly version: string;
  readonly head: string;
  readonly name: string;
}
const ADMIN: Kind = { kind: 'AdminNetworkPolicy', version: 'v1alpha1', head: 'priority: 10\n', name: 'rules' };
const BASELINE: Kind = { kind: 'BaselineAdminNetworkPolicy', version: 'v1alpha1', head: '', name: 'default' };
const CLUSTER: Kind = {
  kind: 'ClusterNetworkPolicy',
  version: 'v1alpha2',
  head: 'tier: Admin\npriority: 10\n',
  name: 'rules',
};
const EVERYBODY = 'subject: { namespaces: {} }\n';

function read({ kind, version, head, name }: Kind, spec: string): Sample {
  const text = `${head}${spec}`.replace(/^/gm, '  ');
  return sample(
    `apiVersion: policy.networking.k8s.io/${version}\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n${text}\n`,
  );
}

function guard(kind: Kind, rules: string): Sample & { readonly found: GuardFact } {
  const found = read(kind, `${EVERYBODY}${rules}`);
  return { ...found, found: found.guard(kind.name) };
}

const label = (key: string, value: string) => ({ key, operator: 'in', values: [value] });

describe('when a policy is asked, and about whom', () => {
  test('admin policies before those of namespaces, baseline ones after them', () => {
    expect(guard(ADMIN, '').found).toMatchObject({
      id: 'admin-network-policy/rules',
      kind: 'admin-network-policy',
      namespace: null,
      tier: ADMIN_TIER,
      priority: 10,
      isolates: [],
      grants: [],
    });
    expect(guard(BASELINE, '').found).toMatchObject({
      kind: 'baseline-admin-network-policy',
      tier: BASELINE_TIER,
      priority: 0,
    });
    expect(guard(CLUSTER, '').found).toMatchObject({ kind: 'cluster-network-policy', tier: ADMIN_TIER, priority: 10 });
    expect(guard({ ...CLUSTER, head: 'tier: Baseline\npriority: 0\n' }, '').found.tier).toBe(BASELINE_TIER);
    expect(ADMIN_TIER).toBeLessThan(STANDARD_TIER);
    expect(BASELINE_TIER).toBeGreaterThan(STANDARD_TIER);
  });

  test('all pods of some namespaces, or some pods of some namespaces (R27)', () => {
    const all = read(ADMIN, 'subject:\n  namespaces: { matchLabels: { team: a } }').guard('rules');
    expect(all.subject).toMatchObject({ namespace: null, namespaces: [label('team', 'a')], requirements: [] });
    const some = 'subject:\n  pods:\n    namespaceSelector: {}\n    podSelector: { matchLabels: { app: web } }';
    expect(read(CLUSTER, some).guard('rules').subject).toMatchObject({
      namespaces: [],
      requirements: [label('app', 'web')],
    });
  });
});

describe('what its rules say', () => {
  test('verdicts in their order and by their names (R24, R25)', () => {
    const rule = (action: string) => `- { name: to-${action}, action: ${action}, from: [{ namespaces: {} }] }`;
    const verdicts = (kind: Kind, ...actions: string[]) =>
      guard(kind, `ingress:\n${actions.map(rule).join('\n')}`).found.grants.map(({ verdict }) => verdict);
    expect(verdicts(ADMIN, 'Allow', 'Deny', 'Pass')).toEqual(['allow', 'deny', 'pass']);
    expect(verdicts(BASELINE, 'Allow', 'Deny')).toEqual(['allow', 'deny']);
    expect(verdicts(CLUSTER, 'Pass', 'Accept', 'Deny')).toEqual(['pass', 'allow', 'deny']);
    const { found, covered } = guard(ADMIN, `ingress:\n${rule('Deny')}`);
    expect(found.grants).toMatchObject([
      { id: 'admin-network-policy/rules/ingress/0', name: 'to-Deny', direction: 'ingress', ports: [] },
    ]);
    expect(covered(found.grants[0]?.origin ?? found.origin)).toBe('name: to-Deny');
  });

  test('peers: workloads, addresses that mean workloads too, and what the code does not show (R29)', () => {
    const { found } = guard(
      ADMIN,
      `egress:
- action: Deny
  to:
  - namespaces: { matchLabels: { team: a } }
  - pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }
  - networks: [10.0.0.0/8, "fd00::/8"]
  - nodes: {}
  - domainNames: ["*.example.com"]`,
    );
    expect(found.grants[0]?.peers).toMatchObject([
      { kind: 'workloads', selector: { namespace: null, namespaces: [label('team', 'a')], requirements: [] } },
      { kind: 'workloads', selector: { namespaces: [], requirements: [label('app', 'web')] } },
      { kind: 'addresses', cidr: '10.0.0.0/8', except: [], workloads: true },
      { kind: 'addresses', cidr: 'fd00::/8', workloads: true },
      { kind: 'unknown', because: 'the addresses of nodes are not in the code' },
      { kind: 'unknown', because: 'the addresses of domain names are not in the code' },
    ]);
  });

  test('what early versions of the API said is unknown, and never everybody', () => {
    const peers = [
      '{ namespaces: { sameLabels: [team] } }',
      '{ namespaces: { notSameLabels: [team] } }',
      '{ namespaces: { namespaceSelector: {} } }',
      '{ pods: { namespaces: { sameLabels: [team] }, podSelector: {} } }',
    ];
    for (const peer of peers) {
      const { found } = guard(ADMIN, `ingress: [{ action: Allow, from: [${peer}] }]`);
      expect(found.grants).toMatchObject([{ peers: [{ kind: 'unknown' }] }]);
    }
  });

  test('ports in the notation of either version (R28)', () => {
    const from = 'from: [{ namespaces: {} }]';
    const old = guard(
      ADMIN,
      `ingress:
- action: Allow
  ${from}
  ports:
  - portNumber: { port: 80 }
  - portNumber: { protocol: UDP, port: 53 }
  - portRange: { protocol: SCTP, start: 8000, end: 9000 }
  - namedPort: http`,
    );
    expect(old.found.grants[0]?.ports).toMatchObject([
      { protocol: 'tcp', ports: { from: 80, to: 80 } },
      { protocol: 'udp', ports: { from: 53, to: 53 } },
      { protocol: 'sctp', ports: { from: 8000, to: 9000 } },
      { protocol: null, ports: 'http' },
    ]);
    const now = guard(
      CLUSTER,
      `ingress:
- action: Accept
  ${from}
  protocols:
  - tcp: { destinationPort: { number: 80 } }
  - udp: { destinationPort: { range: { start: 8000, end: 9000 } } }
  - sctp: {}
  - destinationNamedPort: http`,
    );
    expect(now.found.grants[0]?.ports).toMatchObject([
      { protocol: 'tcp', ports: { from: 80, to: 80 } },
      { protocol: 'udp', ports: { from: 8000, to: 9000 } },
      { protocol: 'sctp', ports: null },
      { protocol: null, ports: 'http' },
    ]);
  });
});

describe('what is not known fails closed (R30)', () => {
  const rule = (action: string, rest: string) => `ingress: [{ action: ${action}, ${rest} }]`;
  const strange = 'from: [{ namespaces: {} }, { services: {} }]';

  test('a rule that admits admits nothing, any other denies everybody', () => {
    for (const rest of [strange, 'from: [{ namespaces: {} }], protocols: [{ icmp: {} }]']) {
      const accepted = guard(CLUSTER, rule('Accept', rest));
      expect(accepted.found.grants).toEqual([]);
      for (const action of ['Deny', 'Pass']) {
        const { found, notices } = guard(CLUSTER, rule(action, rest));
        expect(found.grants).toMatchObject([{ verdict: 'deny', peers: [], ports: [] }]);
        expect(notices).toMatchObject([{ code: 'unsupported-construct' }]);
      }
    }
  });
});

describe('what no API server takes', () => {
  const from = 'from: [{ namespaces: {} }]';
  test.each<[string, Kind, string]>([
    ['a priority below the first', { ...ADMIN, head: 'priority: -1\n' }, EVERYBODY],
    ['a priority above the last', { ...CLUSTER, head: 'tier: Admin\npriority: 1001\n' }, EVERYBODY],
    ['no priority', { ...ADMIN, head: '' }, EVERYBODY],
    ['another tier', { ...CLUSTER, head: 'tier: Standard\npriority: 1\n' }, EVERYBODY],
    ['a second baseline', { ...BASELINE, name: 'other' }, EVERYBODY],
    ['no subject', ADMIN, ''],
    ['an empty subject', ADMIN, 'subject: {}'],
    ['two subjects', ADMIN, 'subject: { namespaces: {}, pods: { namespaceSelector: {}, podSelector: {} } }'],
    ['pods without any selector', ADMIN, 'subject: { pods: {} }'],
    ['an action of another kind', BASELINE, `${EVERYBODY}ingress: [{ action: Pass, ${from} }]`],
    ['no peers', ADMIN, `${EVERYBODY}ingress: [{ action: Deny }]`],
    ['an empty list of peers', ADMIN, `${EVERYBODY}ingress: [{ action: Deny, from: [] }]`],
    ['a peer with nothing', ADMIN, `${EVERYBODY}ingress: [{ action: Deny, from: [{}] }]`],
    [
      'a peer with two',
      ADMIN,
      `${EVERYBODY}egress: [{ action: Deny, to: [{ namespaces: {}, networks: [0.0.0.0/0] }] }]`,
    ],
    ['no range of addresses', ADMIN, `${EVERYBODY}egress: [{ action: Deny, to: [{ networks: [10.0.0.1] }] }]`],
    ['no networks', ADMIN, `${EVERYBODY}egress: [{ action: Deny, to: [{ networks: [] }] }]`],
    [
      'a range that ends where it starts',
      ADMIN,
      `${EVERYBODY}ingress: [{ action: Deny, ${from}, ports: [{ portRange: { start: 80, end: 80 } }] }]`,
    ],
    ['no ports', ADMIN, `${EVERYBODY}ingress: [{ action: Deny, ${from}, ports: [] }]`],
    [
      'a port with two',
      ADMIN,
      `${EVERYBODY}ingress: [{ action: Deny, ${from}, ports: [{ namedPort: a, portNumber: { port: 1 } }] }]`,
    ],
    [
      'a port out of range',
      CLUSTER,
      `${EVERYBODY}ingress: [{ action: Deny, ${from}, protocols: [{ tcp: { destinationPort: { number: 0 } } }] }]`,
    ],
    [
      'named ports of addresses',
      ADMIN,
      `${EVERYBODY}egress: [{ action: Deny, to: [{ networks: [0.0.0.0/0] }], ports: [{ namedPort: http }] }]`,
    ],
    [
      'named ports of nodes',
      CLUSTER,
      `${EVERYBODY}egress: [{ action: Deny, to: [{ nodes: {} }], protocols: [{ destinationNamedPort: http }] }]`,
    ],
  ])('%s', (_, kind, spec) => {
    const { fragment, notices } = read(kind, spec);
    expect(fragment.guards).toEqual([]);
    expect(notices).toMatchObject([{ code: 'invalid-value' }]);
    expect(notices[0]?.message).toMatch(/^No API server takes the /);
  });
});

test('it stands in no namespace', () => {
  expect(read(ADMIN, EVERYBODY).fragment.segments.map(({ key }) => key)).toEqual(['cluster']);
});

test('more than the API takes is told and read', () => {
  const rule = '{ action: Deny, from: [{ namespaces: {} }] }';
  const { found, notices } = guard(CLUSTER, `ingress: [${Array.from({ length: 2_000 }, () => rule).join(', ')}]`);
  expect(found.grants).toHaveLength(2_000);
  expect(notices).toMatchObject([{ code: 'invalid-value' }]);
  const networks = Array.from({ length: 30 }, (_, i) => `10.${i}.0.0/16`).join(', ');
  const wide = guard(ADMIN, `egress: [{ action: Deny, to: [{ networks: [${networks}] }] }]`);
  expect(wide.found.grants[0]?.peers).toHaveLength(30);
  expect(wide.notices).toHaveLength(1);
});
