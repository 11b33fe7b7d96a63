import { describe, expect, test } from 'vitest';
import type { GuardFact } from '../../graph/fragment.ts';
import { type Sample, sample } from './sample.fixture.ts';

function policyText(spec: string, version = 'networking.k8s.io/v1'): Sample {
  return sample(
    `apiVersion: ${version}\nkind: NetworkPolicy\nmetadata:\n  name: rules\n  namespace: shop\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
  );
}

function policy(spec: string, version?: string): Sample & { readonly found: GuardFact } {
  const read = policyText(spec, version);
  return { ...read, found: read.guard('rules') };
}

describe('whom a policy guards', () => {
  test('labels, expressions, and everything in its namespace', () => {
    const { found, covered } = policy('podSelector:\n  matchLabels: { app: web }');
    expect(found.subject).toMatchObject({
      namespace: 'shop',
      requirements: [{ key: 'app', operator: 'in', values: ['web'] }],
    });
    expect(covered(found.subject.origin)).toBe('app: web');
    expect(found).toMatchObject({ id: 'network-policy/shop/rules', kind: 'network-policy', namespace: 'shop' });
    const all = [
      'podSelector: {}',
      'podSelector:',
      'podSelector: { matchLabels: }',
      'podSelector: { matchLabels: {} }',
      'policyTypes: [Ingress]',
    ];
    for (const spec of all) expect(policy(spec).found.subject.requirements).toEqual([]);
  });

  test('every operator', () => {
    const { found } = policy(`podSelector:
  matchExpressions:
  - { key: a, operator: In, values: [x, y] }
  - { key: b, operator: NotIn, values: [z] }
  - { key: c, operator: Exists }
  - { key: d, operator: DoesNotExist }`);
    expect(found.subject.requirements).toEqual([
      { key: 'a', operator: 'in', values: ['x', 'y'] },
      { key: 'b', operator: 'not-in', values: ['z'] },
      { key: 'c', operator: 'exists', values: [] },
      { key: 'd', operator: 'absent', values: [] },
    ]);
  });
});

describe('what a policy closes (R3)', () => {
  test.each([
    ['podSelector: {}', ['ingress']],
    ['policyTypes: []', ['ingress']],
    ['policyTypes:', ['ingress']],
    ['egress: []', ['ingress']],
    ['egress: [{}]', ['ingress', 'egress']],
    ['policyTypes: [Egress]', ['egress']],
    ['policyTypes: [Egress, Ingress]', ['ingress', 'egress']],
    ['policyTypes: [Ingress]\negress: [{}]', ['ingress']],
  ])('%s', (spec, directions) => {
    expect(policy(spec).found.isolates).toEqual(directions);
  });

  test('rules of a direction that it does not close are kept', () => {
    expect(policy('policyTypes: [Ingress]\negress: [{}]').found.grants).toMatchObject([{ direction: 'egress' }]);
  });
});

describe('what a policy grants (R6)', () => {
  test('nothing, or everything', () => {
    for (const spec of ['ingress: []', 'ingress:', 'podSelector: {}']) expect(policy(spec).found.grants).toEqual([]);
    for (const spec of ['ingress: [{}]', 'ingress:\n- from: []', 'ingress:\n- from:\n  ports: []', 'ingress:\n-']) {
      expect(policy(spec).found.grants).toMatchObject([
        { id: 'network-policy/shop/rules/ingress/0', direction: 'ingress', peers: [], ports: [], verdict: 'allow' },
      ]);
    }
  });

  test('peers by pod, by namespace, by both, by address (R7)', () => {
    const { found, covered } = policy(`ingress:
- from:
  - podSelector: { matchLabels: { app: web } }
  - namespaceSelector: { matchLabels: { team: a } }
  - namespaceSelector: {}
    podSelector: { matchLabels: { app: api } }
  - podSelector: {}
  - ipBlock:
      cidr: 10.0.0.0/8
      except: [10.1.0.0/16]
egress:
- to: [{ ipBlock: { cidr: "::/0" } }]`);
    const [ingress, egress] = found.grants;
    const label = (key: string, value: string) => ({ key, operator: 'in', values: [value] });
    expect(ingress?.peers).toMatchObject([
      { kind: 'workloads', selector: { namespace: 'shop', requirements: [label('app', 'web')] } },
      { kind: 'workloads', selector: { namespace: null, namespaces: [label('team', 'a')], requirements: [] } },
      { kind: 'workloads', selector: { namespace: null, namespaces: [], requirements: [label('app', 'api')] } },
      { kind: 'workloads', selector: { namespace: 'shop', requirements: [] } },
      { kind: 'addresses', cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
    ]);
    expect(egress).toMatchObject({ direction: 'egress', peers: [{ kind: 'addresses', cidr: '::/0', except: [] }] });
    expect(covered(ingress?.peers[4]?.origin ?? found.origin)).toBe('cidr: 10.0.0.0/8');
  });

  test('ports by number, name, range and protocol (R11–R13)', () => {
    const { found, covered } = policy(`ingress:
- ports:
  - port: 80
  - { port: http, protocol: TCP }
  - { protocol: UDP }
  - port: 32000
    endPort: 32768
    protocol: SCTP
  - {}`);
    expect(found.grants[0]?.ports).toMatchObject([
      { protocol: 'tcp', ports: { from: 80, to: 80 } },
      { protocol: 'tcp', ports: 'http' },
      { protocol: 'udp', ports: null },
      { protocol: 'sctp', ports: { from: 32000, to: 32768 } },
      { protocol: 'tcp', ports: null },
    ]);
    expect(covered(found.grants[0]?.ports[0]?.origin ?? found.origin)).toBe('port: 80');
  });

  test('the old API is read alike', () => {
    expect(policy('ingress: [{}]', 'extensions/v1beta1').found.grants).toHaveLength(1);
  });
});

describe('what no API server takes', () => {
  test.each([
    'ingress: [{ from: [{}] }]',
    'ingress: [{ from: [null] }]',
    'ingress: [{ from: [{ podSelector: }] }]',
    'ingress: [{ from: [{ ipBlock: {} }] }]',
    'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {} }] }]',
    'ingress: [{ from: [{ podSelector: {} }, {}] }]',
    'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.1 } }] }]',
    'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/33 } }] }]',
    'ingress: [{ from: [{ ipBlock: { cidr: everywhere } }] }]',
    'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [11.0.0.0/16] } }] }]',
    'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/8] } }] }]',
    'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: ["fd00::/16"] } }] }]',
    'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: 10.1.0.0/16 } }] }]',
    'ingress: [{ ports: [{ port: 80, endPort: 70 }] }]',
    'ingress: [{ ports: [{ port: http, endPort: 90 }] }]',
    'ingress: [{ ports: [{ endPort: 90 }] }]',
    'ingress: [{ ports: [{ protocol: ICMP }] }]',
    'ingress: [{ ports: [{ protocol: tcp }] }]',
    'ingress: [{ ports: [{ port: 0 }] }]',
    'ingress: [{ ports: [{ port: 65536 }] }]',
    'ingress: [{ ports: [{ port: "443" }] }]',
    'ingress: [{ ports: [{ port: a-name-that-is-too-long }] }]',
    'ingress: {}',
    'ingress: [{ from: {} }]',
    'policyTypes: [ingress]',
    'policyTypes: [Ingress, Both]',
    'policyTypes: Egress',
    'podSelector: { matchExpressions: [{ key: a, operator: In }] }',
    'podSelector: { matchExpressions: [{ key: a, operator: NotIn, values: [] }] }',
    'podSelector: { matchExpressions: [{ key: a, operator: Exists, values: [b] }] }',
    'podSelector: { matchExpressions: [{ key: a, operator: constructor, values: [b] }] }',
    'podSelector: { matchExpressions: [{ operator: Exists }] }',
    'podSelector: { matchLabels: { app: 1 } }',
    'podSelector: { matchLabels: { app: "a b" } }',
    'podSelector: { matchLabels: [app] }',
    'podSelector: all',
    'ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: a, operator: In, values: [] }] } }] }]',
  ])('%s', (spec) => {
    const { fragment, notices } = policyText(spec);
    expect(fragment.guards).toEqual([]);
    expect(notices).toMatchObject([{ code: 'invalid-value' }]);
    expect(notices[0]?.message).toMatch(/^No API server takes the NetworkPolicy "rules", and it is left out: /);
  });

  test('however much is wrong, one notice tells the first and counts the others', () => {
    const many = Array.from({ length: 5_000 }, () => '{ port: 0 }').join(', ');
    const { notices } = policyText(`ingress: [{ ports: [${many}] }]`);
    expect(notices).toHaveLength(1);
    expect(notices[0]?.message).toContain('(and 4999 more)');
  });

  test('fields that a policy does not have are told, and the rest is read without them', () => {
    const { found, notices } = policy('podSelector: { app: web }\ningress: [{ form: [{ podSelector: {} }] }]');
    expect(found.subject.requirements).toEqual([]);
    expect(found.grants).toMatchObject([{ peers: [] }]);
    expect(notices.map(({ message }) => message.slice(0, 40))).toEqual([
      'A selector has no field app: it is dropp',
      'A rule of ingress has no field form: it ',
    ]);
  });
});
