import { describe, expect, test } from 'vitest';
import type { GuardFact } from '../../graph/fragment.ts';
import { type Sample, sample } from './sample.fixture.ts';

function policy(spec: string, version = 'networking.k8s.io/v1'): Sample & { readonly found: GuardFact } {
  const text = `apiVersion: ${version}\nkind: NetworkPolicy\nmetadata:\n  name: rules\n  namespace: shop\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
  const read = sample(text);
  return { ...read, found: read.guard('rules') };
}

const peers = (list: string) => policy(`ingress:\n- from: ${list}`);
const ports = (list: string) => policy(`ingress:\n- ports: ${list}`);

describe('whom a policy guards', () => {
  test('labels, expressions, and everything in its namespace', () => {
    const { found, covered } = policy('podSelector:\n  matchLabels: { app: web }');
    expect(found.subject).toMatchObject({
      namespace: 'shop',
      requirements: [{ key: 'app', operator: 'in', values: ['web'] }],
    });
    expect(covered(found.subject.origin)).toBe('podSelector');
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

  test('every operator; one that does not exist selects nothing', () => {
    const { found } = policy(`podSelector:
  matchExpressions:
  - { key: a, operator: In, values: [x, y] }
  - { key: b, operator: NotIn, values: [z] }
  - { key: c, operator: Exists }
  - { key: d, operator: DoesNotExist }
  - { key: e, operator: constructor, values: [z] }`);
    expect(found.subject.requirements).toEqual([
      { key: 'a', operator: 'in', values: ['x', 'y'] },
      { key: 'b', operator: 'not-in', values: ['z'] },
      { key: 'c', operator: 'exists', values: [] },
      { key: 'd', operator: 'absent', values: [] },
      { key: 'e', operator: 'in', values: [] },
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

  test('a peer that no API server takes never turns into everybody', () => {
    for (const list of [
      '[{}]',
      '[null]',
      '[{ podSelector: }]',
      '[{ ipBlock: {} }]',
      '[{ ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {} }]',
    ]) {
      const { found, notices } = peers(list);
      expect(found.grants).toEqual([]);
      expect(notices).toMatchObject([{ code: 'invalid-value' }]);
    }
    expect(peers('[{}, { podSelector: {} }]').found.grants).toMatchObject([{ peers: [{ kind: 'workloads' }] }]);
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
  - { port: "443" }
  - {}`);
    expect(found.grants[0]?.ports).toMatchObject([
      { protocol: 'tcp', ports: { from: 80, to: 80 } },
      { protocol: 'tcp', ports: 'http' },
      { protocol: 'udp', ports: null },
      { protocol: 'sctp', ports: { from: 32000, to: 32768 } },
      { protocol: 'tcp', ports: { from: 443, to: 443 } },
      { protocol: 'tcp', ports: null },
    ]);
    expect(covered(found.grants[0]?.ports[0]?.origin ?? found.origin)).toBe('port: 80');
  });

  test('a port that no API server takes never turns into every port', () => {
    for (const list of [
      '[{ port: 80, endPort: 70 }]',
      '[{ port: http, endPort: 90 }]',
      '[{ endPort: 90 }]',
      '[{ protocol: ICMP }]',
    ]) {
      const { found, notices } = ports(list);
      expect(found.grants).toEqual([]);
      expect(notices).toMatchObject([{ code: 'invalid-value' }]);
    }
  });

  test('the old API is read alike', () => {
    expect(policy('ingress: [{}]', 'extensions/v1beta1').found.grants).toHaveLength(1);
  });
});
