/** What an environment shows of its guards beyond what they say: whom they hold, and which of their grants do anything. */
import type { Environment } from '../graph/exposure-graph.ts';
import type { Direction, GrantFact, Peer, Selector } from '../graph/fragment.ts';
import { type Shadow, shadowsOf } from '../graph/reach/shadow.ts';
import type { Guard, Segment, Workload } from '../graph/vocabulary.ts';
import { isMeant, selectFrom } from '../graph/workload/select.ts';
import { once } from '../source/once.ts';
import { clientOf } from './client.ts';

/** Whether the workloads that a grant speaks of are here, may be where the code does not look, or are nowhere. */
export const MATCHES = ['here', 'outside', 'nothing'] as const;
export type Match = (typeof MATCHES)[number];

/** Answers about the guards of one environment; each index is made when it is first asked for. */
export interface GuardFacts {
  /** The guards that have a say about a workload in a direction. */
  holding(workload: Workload, direction: Direction): readonly Guard[];
  /** Whether a workload gets, in a direction, only what guards let through. */
  guarded(workload: Workload, direction: Direction): boolean;
  /** Whether what is not let through is shut out for everything in a segment, what is added to it later too. */
  deniesByDefault(segment: Segment, direction: Direction): boolean;
  /** The workloads that a guard guards. */
  subjectsOf(guard: Guard): readonly Workload[];
  /** A guard that has a workload's labels in mind and stands in another namespace, where it guards nothing. */
  missing(workload: Workload): Guard | undefined;
  matchOf(grant: GrantFact): Match;
  /** What makes a grant needless. */
  shadowOf(grant: GrantFact): Shadow | undefined;
  /** Whether a client that shows its need gets through by a grant. */
  isUsed(grant: GrantFact): boolean;
}

/** @param membersOf the workloads in a segment, by its id */
export function guardFactsOf(
  environment: Environment,
  membersOf: (segment: string) => readonly Workload[],
): GuardFacts {
  const { guards, namespaces, relation, workloads } = environment;
  const select = once(() =>
    selectFrom(
      workloads.map((fact) => ({ fact })),
      namespaces,
    ),
  );
  const inhabited = once(() => new Set(workloads.map(({ namespace }) => namespace)));
  const shadows = once(() => shadowsOf(guards));
  const used = once(() => usedGrants(environment));
  const astray = once(() => {
    const found = new Map<Workload, Guard>();
    for (const guard of guards) {
      const { requirements, namespaces: asked } = guard.subject;
      if (guard.attachment === 'attached' || asked || requirements.length === 0) continue;
      for (const { fact } of select()({ ...guard.subject, namespace: null, namespaces: [] })) {
        if (!found.has(fact)) found.set(fact, guard);
      }
    }
    return found;
  });
  const holding: GuardFacts['holding'] = (workload, direction) =>
    !relation || workload.hostNetwork !== null ? [] : relation.guardsOf(workload, direction);
  const guarded: GuardFacts['guarded'] = (workload, direction) =>
    holding(workload, direction).some((guard) => shutsOut(guard, direction));

  /** Whether a guard guards whatever is, or will be, in a namespace. */
  const guardsAllOf = ({ subject }: Guard, namespace: string): boolean => {
    if (subject.requirements.length > 0) return false;
    if (!subject.namespaces) return subject.namespace === namespace;
    return isMeant(namespace, namespaces, subject.namespaces);
  };
  const matchesPeer = (peer: Peer): Match => {
    if (peer.kind !== 'workloads') return 'outside';
    const { selector } = peer;
    if (select()(selector).some(({ fact }) => fact.hostNetwork === null)) return 'here';
    return !peer.elsewhere && isLookedAt(selector) ? 'nothing' : 'outside';
  };
  /** Whether the namespaces that a selector asks for are here, so that what it asks for would be seen. */
  const isLookedAt = (selector: Selector): boolean => {
    const { namespace, namespaces: asked } = selector;
    if (!asked) return inhabited().has(namespace);
    return asked.length > 0 && select()({ ...selector, requirements: [] }).length > 0;
  };
  return {
    holding,
    guarded,
    deniesByDefault({ id, kind, name }, direction) {
      if (kind === 'namespace' && guards.some((guard) => closes(guard, direction) && guardsAllOf(guard, name)))
        return true;
      const members = membersOf(id).filter(({ hostNetwork }) => hostNetwork === null);
      return members.length > 0 && members.every((member) => guarded(member, direction));
    },
    missing: (workload) => astray().get(workload),
    subjectsOf: ({ subject }) => select()(subject).map(({ fact }) => fact),
    matchOf({ peers }) {
      if (peers.length === 0) return 'here';
      const found = new Set(peers.map(matchesPeer));
      return MATCHES.find((match) => found.has(match)) ?? 'nothing';
    },
    shadowOf: (grant) => shadows().get(grant),
    isUsed: (grant) => used().has(grant),
  };
}

/** Whether a guard shuts out anything in a direction. */
function shutsOut({ isolates, grants }: Guard, direction: Direction): boolean {
  return (
    isolates.includes(direction) || grants.some((grant) => grant.direction === direction && grant.verdict === 'deny')
  );
}

/** Whether a guard shuts out, in a direction, all that no other guard lets through. */
function closes({ isolates, grants }: Guard, direction: Direction): boolean {
  const everything = grants.filter((grant) => grant.direction === direction && meansEverything(grant));
  const open = everything.some(({ verdict }) => verdict === 'allow');
  return !open && (isolates.includes(direction) || everything.some(({ verdict }) => verdict === 'deny'));
}

/** Whether a grant speaks of everybody and every port. */
export function meansEverything({ peers, ports }: GrantFact): boolean {
  return peers.length === 0 && ports.length === 0;
}

/** The grants by which those clients get through that show what they need. */
function usedGrants({ needs, relation }: Environment): ReadonlySet<GrantFact> {
  const used = new Set<GrantFact>();
  if (!relation) return used;
  for (const need of needs) {
    const client = clientOf(need);
    if (!client || 'external' in need.to) continue;
    const { workload, protocol, ports } = need.to;
    const [from, to] = [client, workload].map((each) => ({ kind: 'workload', workload: each }) as const);
    if (!from || !to || client === workload) continue;
    const { verdict, egress, ingress } = relation.decide(from, to, protocol, ports.from);
    if (verdict === 'blocked') continue;
    for (const { grant } of [...egress.by, ...ingress.by]) if (grant) used.add(grant);
  }
  return used;
}
