/**
 * Whether the random environments have in them what the engine could get wrong: without one thing that a rule is about, some
 * of the verdicts have to be others.
 */
import { expect, test } from 'vitest';
import type { GrantFact, Peer } from '../fragment.ts';
import type { Guard, Profile } from '../vocabulary.ts';
import { naiveVerdict } from './naive.fixture.ts';
import { randomCluster } from './random-cluster.fixture.ts';
import type { RelationInput } from './relation.ts';

type Change = (input: RelationInput) => RelationInput;

const guards =
  (change: (guards: readonly Guard[]) => readonly Guard[]): Change =>
  (input) => ({ ...input, guards: change(input.guards) });
const without = (unwanted: (guard: Guard) => boolean) => guards((all) => all.filter((guard) => !unwanted(guard)));
const grants = (change: (grant: GrantFact) => readonly GrantFact[]) =>
  guards((all) => all.map((guard) => ({ ...guard, grants: guard.grants.flatMap(change) })));
const peers = (change: (peer: Peer) => readonly Peer[]) =>
  grants((grant) => {
    const left = grant.peers.flatMap(change);
    return grant.peers.length > 0 && left.length === 0 ? [] : [{ ...grant, peers: left }];
  });
const noPeers = (unwanted: (peer: Peer) => boolean) => peers((peer) => (unwanted(peer) ? [] : [peer]));
const assuming =
  (assume: Partial<RelationInput['assume']>): Change =>
  (input) => ({
    ...input,
    assume: { ...input.assume, ...assume },
  });

/** By what they leave out, the changes, and the profile under which it matters, if not under both. */
const CHANGES: Readonly<Record<string, readonly [Change, Profile?]>> = {
  'guards that are asked together': [without(({ priority }) => priority === null)],
  'guards in an order': [without(({ priority }) => priority !== null)],
  'the last tier': [without(({ tier }) => tier === 20)],
  layers: [guards((all) => all.map((guard) => ({ ...guard, layer: 0 })))],
  'answers that have to be let through': [guards((all) => all.map(({ stateless: _, ...guard }) => guard))],
  'rules that may not be there': [grants(({ perhaps: _, ...grant }) => [grant])],
  'protocols without ports': [
    grants((grant) => [{ ...grant, ports: grant.ports.filter(({ protocol }) => protocol !== 'other') }]),
  ],
  'rules that pass': [grants((grant) => (grant.verdict === 'pass' ? [] : [grant]))],
  'rules that deny': [grants((grant) => (grant.verdict === 'deny' ? [] : [grant]))],
  'equal priorities': [
    guards((all) =>
      all.map((guard, i) =>
        typeof guard.priority === 'number' ? { ...guard, priority: guard.priority * 100 + i } : guard,
      ),
    ),
  ],
  'priorities that nobody knows': [
    guards((all) =>
      all.map((guard) => (typeof guard.priority === 'object' && guard.priority ? { ...guard, priority: 1 } : guard)),
    ),
  ],
  'peers of the own namespace': [
    noPeers((peer) => peer.kind === 'workloads' && peer.selector.namespaces === undefined),
  ],
  'peers of any namespace': [noPeers((peer) => peer.kind === 'workloads' && peer.selector.namespaces !== undefined)],
  'ranges of addresses': [noPeers((peer) => peer.kind === 'addresses' && !peer.workloads)],
  'ranges that mean workloads': [noPeers((peer) => peer.kind === 'addresses' && peer.workloads === true)],
  'parts of ranges that are left out': [peers((peer) => [peer.kind === 'addresses' ? { ...peer, except: [] } : peer])],
  'peers that the code does not show': [noPeers(({ kind }) => kind === 'unknown'), 'effective'],
  'ports with names': [grants((grant) => (grant.ports.some(({ ports }) => typeof ports === 'string') ? [] : [grant]))],
  'labels of namespaces that nobody knows': [
    (input) => ({
      ...input,
      namespaces: new Map([...input.namespaces].map(([name, known]) => [name, { ...known, open: false }])),
    }),
    'effective',
  ],
  'a plugin that lets ranges mean workloads': [assuming({ addressesMatchWorkloads: false }), 'effective'],
  'a plugin that enforces nothing': [assuming({ guardsEnforced: true }), 'effective'],
  'machines whose network workloads have': [
    (input) => ({
      ...input,
      workloads: input.workloads.map((workload) => ({ ...workload, fact: { ...workload.fact, hostNetwork: null } })),
    }),
    'effective',
  ],
};

const ENVIRONMENTS = Array.from({ length: 400 }, (_, seed) => randomCluster(seed, 60));
const verdicts = ENVIRONMENTS.map(({ input, asked }) =>
  asked.map(({ from, to, protocol, port }) => naiveVerdict(input, from, to, protocol, port)),
);

test.each(['declared', 'effective'] as const)('every verdict is given: %s', (profile) => {
  const given = verdicts.filter((_, i) => ENVIRONMENTS[i]?.input.assume.profile === profile).flat();
  for (const verdict of ['reachable', 'possible', 'blocked']) {
    expect(given.filter((each) => each === verdict).length, verdict).toBeGreaterThan(20);
  }
});

test.each(Object.entries(CHANGES))('%s matter', (_, [change, only]) => {
  for (const profile of ['declared', 'effective'] as const) {
    if (only && only !== profile) continue;
    let others = 0;
    for (const [i, { input, asked }] of ENVIRONMENTS.entries()) {
      if (input.assume.profile !== profile) continue;
      const changed = change(input);
      // An end that is a workload is the one of the same place in the other environment.
      const same = <E>(end: E) => (changed.workloads[input.workloads.indexOf(end as never)] as E | undefined) ?? end;
      for (const [j, { from, to, protocol, port }] of asked.entries()) {
        if (naiveVerdict(changed, same(from), same(to), protocol, port) !== verdicts[i]?.[j]) others++;
      }
    }
    expect(others, profile).toBeGreaterThan(1);
  }
});
