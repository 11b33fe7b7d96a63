/** From the other members of a listener's segments; to a process on loopback, from the others in its own network. */
import type { Origin } from '../../source/span.ts';
import type { ClassGroup, ReachRow } from '../exposure-graph.ts';
import { isLoopback } from '../listener/bind.ts';
import type { Neighbourhood, Standings } from '../reach/standing.ts';
import type { RunningWorkload } from '../running.ts';
import { NO_ADDRESSES } from '../sets/address-set.ts';
import type { Exposure, Listener, Scope, Verdict, Workload } from '../vocabulary.ts';
import type { Access } from './access.ts';
import { type Draft, draftOf, type Passed, plain } from './draft.ts';
import type { Passage, PastGuards } from './past-guards.ts';

/** What is known of who stands around. */
export interface Surroundings extends Pick<Standings, 'neighbours' | 'alone' | 'reservations'> {
  /** The words of a command line without which a listener would not be there. */
  readonly openers: ReadonlyMap<Listener, Origin>;
  readonly guards: PastGuards;
  readonly rowOf: (listener: Listener) => ReachRow | undefined;
}

/** One way in from the side. */
interface Side {
  readonly access: Access;
  readonly passed: Passed | null;
  readonly kind: string;
  readonly name: string;
  readonly sources: Exposure['sources'];
}

/** Who gets to a listener without any gateway. */
export function amongNeighbours(listener: Listener, workload: RunningWorkload, around: Surroundings): readonly Draft[] {
  if (workload.fact.isolated || listener.doubt !== null) return [];
  const opener = around.openers.get(listener);
  const common = { ...plain(listener), ports: listener.ports };
  const reservations = around.reservations(workload);
  if (isLoopback(listener.bind)) {
    if (around.alone(workload) || workload.fact.hostNetwork) return [];
    const grant = opener ?? listener.origins[0] ?? workload.fact.origin;
    const sources: Exposure['sources'] = [{ kind: 'workloads', value: workload.workload.name }];
    return [draftOf(listener, accessOf('pod'), reservations, { ...common, grant, hops: [], sources })];
  }
  return around.neighbours(workload).flatMap((neighbourhood) => {
    // Who is on the host's own network stands at its addresses, wider than that (S4).
    if (neighbourhood.segment.kind === 'host') return [];
    const member = memberOrigin(workload, neighbourhood.key);
    return sidesOf(listener, neighbourhood, around).map(({ access, passed, kind, name, sources }) => {
      // Nothing but being there lets the neighbours in (R81): neither EXPOSE nor a published port has a part in it. Where
      // a guard does, the line to change is its grant.
      const grant = opener ?? passed?.grant.origin ?? member;
      const hops = [{ kind, name, origin: member }];
      return draftOf(listener, access, reservations, { ...common, grant, hops, passed, sources });
    });
  });
}

/** Everybody in the segment; behind guards the widest part of them that is let in: all, a namespace, or some by name. */
function sidesOf(
  listener: Listener,
  { segment, strangers }: Neighbourhood,
  { guards, rowOf }: Surroundings,
): readonly Side[] {
  const { kind, name } = segment;
  const everybody = (passed: Passed | null): Side => {
    const access = accessOf(kind === 'cluster' ? 'cluster' : 'segment');
    return { access, passed, kind, name, sources: [{ kind: 'segment', value: name }] };
  };
  if (!guards.guarded(listener)) return [everybody(null)];
  const letIn = (namespace: string | null): Passage =>
    strangers ? guards.passage({ kind: 'stranger', namespace }, listener) : NOBODY;
  const any = letIn(null);
  if (any.verdict === 'reachable') return [everybody(any.passed)];
  const { namespace } = listener.workload;
  const own = namespace === null ? NOBODY : letIn(namespace);
  const sides: Side[] = [];
  if (namespace !== null && own.verdict === 'reachable') {
    const sources: Exposure['sources'] = [{ kind: 'segment', value: namespace }];
    sides.push({ access: accessOf('segment'), passed: own.passed, kind: 'namespace', name: namespace, sources });
  }
  for (const { classes, verdict, because } of rowOf(listener)?.from ?? []) {
    const callers = namedCallers(classes, listener.workload, own.verdict === 'reachable' ? namespace : undefined);
    const [first] = callers;
    if (!first) continue;
    const { passed } = guards.passage({ kind: 'workload', workload: first }, listener);
    const sources = callerSources(callers, namespace);
    sides.push({ access: accessOf('workload', verdict, because), passed, kind, name, sources });
  }
  const hidden = own.verdict === 'possible' ? own : any;
  if (hidden.verdict === 'possible') {
    const { passed, because } = hidden;
    sides.push({ access: accessOf('workload', 'possible', because), passed, kind, name, sources: HIDDEN });
  }
  return sides;
}

const NOBODY: Passage = { verdict: 'blocked', because: [], passed: null };
const HIDDEN: Exposure['sources'] = [{ kind: 'workloads', value: 'workloads that the code does not show' }];

/** More callers than these are not named one by one. */
const MOST_NAMED = 20;

/**
 * The workloads of a group that are worth naming as callers: not the listener's own, and none that has the network of its
 * node: nodes reach every pod, which is no exposure (S2).
 *
 * @param left a namespace whose workloads are left out
 */
function namedCallers(group: ClassGroup, own: Workload, left: string | null | undefined): readonly Workload[] {
  const found: Workload[] = [];
  for (const { members } of group) {
    for (const member of members) {
      if (member === own || member.hostNetwork !== null || member.namespace === left) continue;
      if (found.push(member) > MOST_NAMED) return found;
    }
  }
  return found;
}

function callerSources(callers: readonly Workload[], namespace: string | null): Exposure['sources'] {
  const names = callers
    .slice(0, MOST_NAMED)
    .map((caller) => (caller.namespace === namespace ? caller.name : `${caller.namespace}/${caller.name}`))
    .sort();
  const more = callers.length > MOST_NAMED ? ['more'] : [];
  return [...new Set([...names, ...more])].map((value) => ({ kind: 'workloads', value }));
}

function accessOf(scope: Scope, verdict: Verdict = 'reachable', because: readonly string[] = []): Access {
  return { scope, addresses: NO_ADDRESSES, verdict, because };
}

/** The line that puts a workload into a segment; the workload's own where it has the network of another. */
function memberOrigin({ fact }: RunningWorkload, key: string): Origin {
  return fact.memberships.find(({ segment }) => segment === key)?.origin ?? fact.shares?.origin ?? fact.origin;
}
