/** Guards that nothing uses, and what they would let in. */
import { describe, expect, test } from 'vitest';
import { unknown } from '../../source/value.ts';
import { buildGraph } from '../build.ts';
import type { Catalogue } from '../catalogue.ts';
import { fragment, somewhere, workload } from '../fragment.fixture.ts';
import type { Fragment, GrantFact, GuardFact, Selector } from '../fragment.ts';
import * as guarding from '../guarding.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Exposure, NO_ASSUMPTIONS } from '../vocabulary.ts';

const CATALOGUE: Catalogue = catalogueOf([], []);

function environmentOf(facts: Partial<Omit<Fragment, 'unit'>>) {
  const [environment] = buildGraph([fragment('terraform:.', facts)], CATALOGUE, NO_ASSUMPTIONS, guarding).value
    .environments;
  if (!environment) throw new Error('nothing was built');
  return environment;
}

const said = ({ listener, scope, verdict, because, attachment, grant, furtherGrants = [] }: Exposure) =>
  `${listener.workload.name}:${listener.ports.from} ${scope} ${verdict}: ${because.join('; ')}, ${attachment}, at ${[grant, ...furtherGrants].map(({ start }) => start).join(' ')}`;

const marked = (...names: string[]): Selector => ({
  namespace: null,
  requirements: names.map((key) => ({ key, operator: 'in', values: ['here'] })),
  origin: somewhere(),
});
const marks = (...names: string[]) => new Map(names.map((name) => [name, 'here']));

function rule(start: number, cidr: string, port: number, facts: Partial<GrantFact> = {}): GrantFact {
  const origin = { ...somewhere(), start };
  return {
    id: `${start}`,
    direction: 'ingress',
    peers: [{ kind: 'addresses', cidr, except: [], workloads: true, origin }],
    ports: [{ protocol: 'tcp', ports: { from: port, to: port }, origin }],
    verdict: 'allow',
    origin,
    ...facts,
  };
}

function group(name: string, grants: readonly GrantFact[], facts: Partial<GuardFact> = {}): GuardFact {
  return {
    id: name,
    kind: 'security-group',
    name,
    namespace: null,
    subject: marked(name),
    tier: 0,
    priority: null,
    isolates: ['ingress'],
    grants,
    users: 'here',
    origin: somewhere(),
    ...facts,
  };
}

const firewall = (name: string, priority: number, grants: readonly GrantFact[], facts: Partial<GuardFact> = {}) =>
  group(name, grants, { kind: 'firewall', priority, isolates: [], subject: marked('network'), ...facts });

describe('a guard that nothing uses', () => {
  const lone = group('lone', [rule(1, '0.0.0.0/0', 22), rule(2, '203.0.113.0/24', 80)]);
  const environment = environmentOf({ guards: [lone] });

  test('lets whoever it admits in to whatever would use it', () => {
    expect(environment.hypothetical.map(said)).toEqual([
      'whatever uses lone:22 internet possible: nothing here uses it, unattached, at 1',
      'whatever uses lone:80 external possible: nothing here uses it, unattached, at 2',
    ]);
  });

  test('is spoken of nowhere else', () => {
    const { workloads, listeners, exposures, reachability, guards } = environment;
    expect([workloads, listeners, exposures, reachability.rows, reachability.classes]).toEqual([[], [], [], [], []]);
    expect(guards).toHaveLength(1);
  });

  test('is not waited for where it holds whoever names none', () => {
    const standard = { ...lone, traits: [{ trait: 'default-guard' as const, origin: somewhere() }] };
    expect(environmentOf({ guards: [standard] }).hypothetical).toEqual([]);
  });

  test('is not waited for where its like opens nothing to whom it does not select', () => {
    expect(environmentOf({ guards: [{ ...lone, kind: 'network-policy' }] }).hypothetical).toEqual([]);
  });
});

test('a guard that something uses lets nobody in to what does not use it', () => {
  const facts = { workloads: [{ ...workload('web', []), labels: marks('used') }] };
  const guards = [
    group('used', [rule(1, '0.0.0.0/0', 22)]),
    group('used again', [rule(1, '0.0.0.0/0', 22)], { name: 'used' }),
    group('idle', [rule(2, '0.0.0.0/0', 22)]),
  ];
  expect(environmentOf({ ...facts, guards }).hypothetical.map(said)).toEqual([
    'whatever uses idle:22 internet possible: nothing here uses it, unattached, at 2',
  ]);
});

test('every line that opens the same is told, and none that opens less', () => {
  const grants = [
    rule(1, '203.0.113.0/24', 22),
    rule(2, '0.0.0.0/0', 22),
    rule(3, '0.0.0.0/0', 22, { ports: [] }),
    rule(4, '10.0.0.0/8', 22),
  ];
  const [ssh] = environmentOf({ guards: [group('lone', grants)] }).hypothetical.filter(
    ({ listener }) => listener.ports.from === 22,
  );
  expect(ssh && said(ssh)).toMatch(/at 2 3$/);
});

test('guards of one place are asked in their order, and what none of them lets in stays outside', () => {
  const guards = [
    firewall('allow', 1000.5, [rule(1, '0.0.0.0/0', 22), rule(2, '203.0.113.0/24', 80, { verdict: 'deny' })]),
    firewall('tagged', 1000.5, [rule(3, '0.0.0.0/0', 3389)], { subject: marked('tag', 'network') }),
    firewall('deny', 1000, [rule(4, '0.0.0.0/0', 3389, { verdict: 'deny' })]),
  ];
  expect(environmentOf({ guards }).hypothetical.map(said)).toEqual([
    'whatever uses allow:22 internet possible: nothing here uses it, unattached, at 1',
  ]);
});

test('a rule that may not be there makes it doubtful', () => {
  const perhaps = unknown('who knows', somewhere());
  const guards = [group('lone', [rule(1, '0.0.0.0/0', 22, { perhaps })])];
  expect(environmentOf({ guards }).hypothetical.map(({ because }) => because)).toEqual([
    ['who knows', 'nothing here uses it'],
  ]);
});
