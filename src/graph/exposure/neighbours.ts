/** From the other members of a listener's segments; to a process on loopback, from the others in its own network. */
import { fewOf } from '../../source/few.ts';
import type { Origin } from '../../source/span.ts';
import type { ClassGroup, ReachRow } from '../exposure-graph.ts';
import { isLoopback } from '../listener/bind.ts';
import type { Neighbourhood, Standings } from '../reach/standing.ts';
import type { RunningWorkload } from '../running.ts';
import { NO_ADDRESSES } from '../sets/address-set.ts';
import type { Exposure, Hop, Listener, Scope, Verdict, Workload } from '../vocabulary.ts';
import type { Access } from './access.ts';
import { type Draft, draftOf, type Passed, plain } from './draft.ts';
import { ELSEWHERE, type PastGuards } from './passage.ts';

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
  /** Who comes, or the segment in which they are. */
  readonly hop: Hop;
  readonly sources: Exposure['sources'];
}

const NOTHING: readonly Draft[] = [];

/** Who gets to a listener without any gateway. */
export function amongNeighbours(listener: Listener, workload: RunningWorkload, around: Surroundings): readonly Draft[] {
  if (workload.fact.isolated || listener.doubt !== null) return NOTHING;
  const local = isLoopback(listener.bind);
  const neighbourhoods = local ? [] : around.neighbours(workload);
  if (!local && neighbourhoods.length === 0) return NOTHING;
  const opener = around.openers.get(listener);
  const common = { ...plain(listener), ports: listener.ports };
  const reservations = around.reservations(workload);
  if (local) {
    if (around.alone(workload) || workload.fact.hostNetwork) return NOTHING;
    const grant = opener ?? listener.origins[0] ?? workload.fact.origin;
    const sources: Exposure['sources'] = [{ kind: 'workloads', value: workload.workload.name }];
    return [draftOf(listener, accessOf('pod'), reservations, { ...common, grant, hops: [], sources })];
  }
  return neighbourhoods.flatMap((neighbourhood) => {
    // Who is on the host's own network stands at its addresses, wider than that (S4).
    if (neighbourhood.segment.kind === 'host') return [];
    const member = memberOrigin(workload, neighbourhood.key);
    return sidesOf(listener, neighbourhood, member, around).map(({ access, passed, hop, sources }) => {
      // Nothing but being there lets the neighbours in (R81): neither EXPOSE nor a published port has a part in it. Where
      // a guard does, the line to change is its grant.
      const grant = opener ?? passed?.grant.origin ?? member;
      return draftOf(listener, access, reservations, { ...common, grant, hops: [hop], passed, sources });
    });
  });
}

/** Everybody in the segment; behind guards the widest part of them that is let in: all, a namespace, and some by name. */
function sidesOf(
  listener: Listener,
  { segment: { kind, name }, strangers }: Neighbourhood,
  member: Origin,
  { guards, rowOf }: Surroundings,
): readonly Side[] {
  const everybody = (passed: Passed | null): Side => {
    const access = accessOf(kind === 'cluster' ? 'cluster' : 'segment');
    return { access, passed, hop: { kind, name, origin: member }, sources: [{ kind: 'segment', value: name }] };
  };
  if (!guards.guarded(listener)) return [everybody(null)];
  const outsiders = strangers ? guards.strangers(ELSEWHERE, listener) : 'blocked';
  if (outsiders === 'reachable') return [everybody(guards.stranger(ELSEWHERE, listener).passed)];
  const { namespace } = listener.workload;
  const neighbours = namespace !== null && guards.strangers(namespace, listener) === 'reachable';
  const sides: Side[] = [];
  if (namespace !== null && neighbours) {
    const { passed } = guards.stranger(namespace, listener);
    const hop = { kind: 'namespace', name: namespace, origin: member };
    sides.push({ access: accessOf('segment'), passed, hop, sources: [{ kind: 'segment', value: namespace }] });
  }
  // Of those who come by name the first say enough: the surer come first.
  for (const group of rowOf(listener)?.from ?? []) {
    const callers = namedCallers(group.classes, listener.workload, neighbours ? namespace : undefined);
    const [first] = callers;
    if (!first) continue;
    const { passed } = guards.passage({ kind: 'workload', workload: first }, listener);
    const hidden = group.verdict === 'possible' && outsiders === 'possible' ? HIDDEN : [];
    const sources = [...callerSources(callers, namespace), ...hidden];
    const hop = { kind: 'workload', name: namesOf(sources), origin: first.origins[0] ?? member };
    return [...sides, { access: accessOf('workload', group.verdict, group.because), passed, hop, sources }];
  }
  // Of the namespace itself all that runs there is taken to be here.
  if (outsiders === 'possible') {
    const { passed, because } = guards.stranger(ELSEWHERE, listener);
    const hop = { kind: 'workload', name: namesOf(HIDDEN), origin: member };
    sides.push({ access: accessOf('workload', 'possible', because), passed, hop, sources: HIDDEN });
  }
  return sides;
}

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

function namesOf(sources: Exposure['sources']): string {
  return fewOf(sources.map(({ value }) => value));
}

function accessOf(scope: Scope, verdict: Verdict = 'reachable', because: readonly string[] = []): Access {
  return { scope, addresses: NO_ADDRESSES, verdict, because };
}

/** The line that puts a workload into a segment; the workload's own where it has the network of another. */
function memberOrigin({ fact }: RunningWorkload, key: string): Origin {
  return fact.memberships.find(({ segment }) => segment === key)?.origin ?? fact.shares?.origin ?? fact.origin;
}
