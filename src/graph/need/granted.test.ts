import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build.ts';
import { fragment, port, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { GrantFact, GuardFact, Selector, WorkloadFact } from '../fragment.ts';
import * as guarding from '../guarding.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Need, NO_ASSUMPTIONS } from '../vocabulary.ts';

const NET = 'virtual-network:main';

/** Something on the one network that is in groups. */
const member = (name: string, groups: readonly string[], ports: readonly number[], facts: Partial<WorkloadFact> = {}) =>
  workload(name, [NET], {
    labels: new Map(groups.map((group) => [group, 'unit'])),
    container: { ports: ports.map((number) => port(number)) },
    ...facts,
  });

const groupOf = (key: string): Selector => ({
  namespace: null,
  requirements: [{ key, operator: 'in', values: ['unit'], member: true }],
  origin: somewhere(),
});

const toOrFrom = (
  direction: GrantFact['direction'],
  other: string,
  from: number | null,
  facts: Partial<GrantFact> = {},
): GrantFact => ({
  id: `${direction} ${other} ${from}`,
  direction,
  peers: [{ kind: 'workloads', selector: groupOf(other), origin: somewhere() }],
  ports: from === null ? [] : [{ protocol: 'tcp', ports: { from, to: from }, origin: somewhere() }],
  verdict: 'allow',
  origin: somewhere(),
  ...facts,
});

const group = (name: string, grants: readonly GrantFact[]): GuardFact => ({
  id: name,
  kind: 'security-group',
  name,
  namespace: null,
  subject: groupOf(name),
  tier: 0,
  priority: null,
  isolates: ['ingress', 'egress'],
  grants,
  origin: somewhere(),
});

function needsOf(workloads: readonly WorkloadFact[], guards: readonly GuardFact[]): readonly Need[] {
  const facts = { segments: [segment(NET, { kind: 'virtual-network' })], workloads, guards };
  const unit = fragment('terraform:.', facts);
  return buildGraph([unit], catalogueOf([], []), NO_ASSUMPTIONS, guarding).value.environments[0]?.needs ?? [];
}

const said = (needs: readonly Need[]) =>
  needs.map(({ from, to, kind, weight, stated }) => {
    const target = 'external' in to ? to.external : `${to.workload.name}:${to.ports.from}`;
    return `${typeof from === 'string' ? from : from.name} -> ${target} ${kind} ${weight}${stated ? ' stated' : ''}`;
  });

const web = member('web', ['front'], [80]);
const db = member('db', ['back'], [5432, 9100]);

describe('a grant that names another group', () => {
  test('says that its members call', () => {
    expect(said(needsOf([web, db], [group('back', [toOrFrom('ingress', 'front', 5432)])]))).toEqual([
      'web -> db:5432 grant 0.9 stated',
    ]);
  });

  test('or that they are called', () => {
    expect(said(needsOf([web, db], [group('front', [toOrFrom('egress', 'back', 5432)])]))).toEqual([
      'web -> db:5432 grant 0.8 stated',
    ]);
  });

  test('both sides say one thing', () => {
    const guards = [
      group('back', [toOrFrom('ingress', 'front', 5432)]),
      group('front', [toOrFrom('egress', 'back', 5432)]),
    ];
    expect(said(needsOf([web, db], guards))).toEqual(['web -> db:5432 grant 0.98 stated']);
  });

  test('once for all who are alike', () => {
    const many = Array.from({ length: 300 }, (_, i) => member(`web-${i}`, ['front'], [80]));
    expect(said(needsOf([...many, db], [group('back', [toOrFrom('ingress', 'front', 5432)])]))).toEqual([
      'web-0 -> db:5432 grant 0.9 stated',
    ]);
  });

  test.each([
    ['of a port where nothing listens', toOrFrom('ingress', 'front', 3306), web],
    ['of every port', toOrFrom('ingress', 'front', null), web],
    ['of its own members', toOrFrom('ingress', 'back', 5432), web],
    ['that denies', toOrFrom('ingress', 'front', 5432, { verdict: 'deny' }), web],
    ['that nobody wrote', toOrFrom('ingress', 'front', 5432, { implicit: true }), web],
    ['to what calls nobody', toOrFrom('ingress', 'front', 5432), member('web', ['front'], [80], { answersOnly: true })],
  ])('says nothing: %s', (_, grant, client) => {
    expect(needsOf([client, db], [group('back', [grant])])).toEqual([]);
  });
});

test('what the code shows by itself is not stated', () => {
  const client = member('web', ['front'], [80]);
  const need = {
    from: { kind: 'workload', workload: 'web' },
    to: { kind: 'workload', workload: 'db' },
    ...({ port: 5432, protocol: 'tcp', kind: 'environment', weight: 0.6, origin: somewhere() } as const),
  } as const;
  const unit = fragment('terraform:.', {
    segments: [segment(NET, { kind: 'virtual-network' })],
    workloads: [client, db],
    guards: [group('back', [toOrFrom('ingress', 'front', 5432)])],
    needs: [need],
  });
  const built = buildGraph([unit], catalogueOf([], []), NO_ASSUMPTIONS, guarding);
  expect(said(built.value.environments[0]?.needs ?? [])).toEqual(['web -> db:5432 environment 0.6']);
});
