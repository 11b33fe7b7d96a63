/** What stands between a client and what it needs: guards, or networks that never meet. */

import type { Direction, GrantFact } from '../graph/fragment.ts';
import type { Miss } from '../graph/reach/relation.ts';
import type { Guard, Listener, Need, Workload } from '../graph/vocabulary.ts';
import { fewOf } from '../source/few.ts';
import { append } from '../source/multimap.ts';
import type { Origin } from '../source/span.ts';
import { type Facts, firstOf } from './subjects/table.ts';

/** A guard that shuts a client out, or in. */
export interface Blocker {
  readonly guard: Guard;
  /** The grant that denies it; null where none lets it through. */
  readonly grant: GrantFact | null;
  /** Seen from whom the guard guards: `ingress` where it guards what is needed. */
  readonly direction: Direction;
  /** It is the answers that it does not let through. */
  readonly answers?: true;
}

/** Why a need is not met. */
export interface Obstacle {
  /** The needs of the same listener that the same guards block, the surest first: one change mends them all. */
  readonly needs: readonly Need[];
  /** Empty where guards have no part in it. */
  readonly blockers: readonly Blocker[];
  /** Grants that come near to letting it through. */
  readonly misses: readonly Miss[];
}

/** The two ends of a need. */
interface Ends {
  readonly from: Workload;
  readonly to: Listener;
}

/** The two workloads of a need; undefined where it is about something else, or about a workload and itself. */
export function endsOf(need: Need): Ends | undefined {
  const { from, to } = need;
  return typeof from === 'string' || 'external' in to || from === to.workload ? undefined : { from, to };
}

/** What stands in the way of a need; undefined where it is met, or may be. */
export function obstacleOf(need: Need, facts: Facts): Obstacle | undefined {
  const found = known.get(facts) ?? obstaclesIn(facts);
  known.set(facts, found);
  return found.get(need);
}

const known = new WeakMap<Facts, ReadonlyMap<Need, Obstacle>>();

function obstaclesIn(facts: Facts): ReadonlyMap<Need, Obstacle> {
  const found = new Map<Need, Obstacle>();
  const together = new Map<string, Need[]>();
  for (const need of facts.environment.needs) {
    const ends = endsOf(need);
    if (!ends || facts.reaches(ends.from, ends.to)) continue;
    const obstacle = between(ends, facts);
    // What no guard stands in the way of is nothing that one change of a guard mends for others too.
    const key = obstacle.blockers.length > 0 ? keyOf(ends.to, obstacle) : `${found.size}`;
    append(together, key, need);
    found.set(need, { ...obstacle, needs: together.get(key) ?? [] });
  }
  for (const needs of together.values()) needs.sort((a, b) => b.weight - a.weight);
  return found;
}

function keyOf({ id }: Listener, { blockers, misses }: Omit<Obstacle, 'needs'>): string {
  const by = blockers.map(({ guard, grant, direction }) => [guard.id, grant?.id, direction]);
  return JSON.stringify([id, by, misses[0]?.guard.id, misses[0]?.text]);
}

function between({ from, to }: Ends, facts: Facts): Omit<Obstacle, 'needs'> {
  const { relation } = facts.environment;
  if (!relation) return { blockers: [], misses: [] };
  const decision = relation.decide(
    { kind: 'workload', workload: from },
    { kind: 'workload', workload: to.workload },
    to.protocol,
    to.ports.from,
  );
  const blocking = (['ingress', 'egress'] as const).filter((direction) => decision[direction].verdict === 'deny');
  return {
    blockers: blocking.flatMap((direction) => decision[direction].by.map((by) => ({ ...by, direction }))),
    misses: blocking.flatMap((direction) => decision[direction].misses),
  };
}

/** What stands in the way, in words: the end of a sentence. */
export function obstacleText({ blockers, misses, needs }: Obstacle): string {
  if (blockers.length === 0) return 'no network leads it there';
  const guards = [...new Set(blockers.map(({ guard }) => `${guard.kind.replaceAll('-', ' ')} "${guard.name}"`))];
  const [near] = misses;
  const verb = guards.length === 1 ? 'does' : 'do';
  const it = blockers.every(({ answers }) => answers) ? 'the answers' : clientsOf(needs).length > 1 ? 'them' : 'it';
  return `${listed(guards)} ${verb} not let ${it} through${near ? ` (${near.guard.name} ${near.text})` : ''}`;
}

/** The line to change: that of a grant that comes near, else the guard that is about the fewest others. */
export function obstacleOrigin(need: Need, { blockers, misses }: Obstacle): Origin {
  const [near] = misses;
  if (near) return near.grant.origin;
  const narrow = blockers.find(({ guard }) => guard.subject.requirements.length > 0) ?? blockers[0];
  if (!narrow) return firstOf(need.origins);
  return narrow.grant?.origin ?? firstOf(narrow.guard.origins);
}

/** Those that one change would let through, by name, the need's own client first: all of up to three, or how many more. */
export function clientNames(need: Need, { needs }: Obstacle): string {
  const names = clientsOf([need, ...needs]);
  return names.length > 3 ? fewOf(names) : listed(names);
}

function clientsOf(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.flatMap(({ from }) => (typeof from === 'string' ? [] : [from.name])))];
}

/** Every guard that stands in the way, and the lines that show the needs. */
export function obstaclePlaces({ blockers, needs }: Obstacle, to: Listener) {
  const what = `${to.workload.name} on ${to.ports.from}/${to.protocol}`;
  const clients = listed(clientsOf(needs));
  const places = blockers.map(({ guard, grant, direction, answers }) => ({
    origin: grant?.origin ?? firstOf(guard.origins),
    message: answers
      ? `${guard.name} does not let the answers of ${what} through to ${clients}.`
      : `${guard.name} does not let ${clients} ${direction === 'ingress' ? 'in' : 'out'} to ${what}.`,
  }));
  const shown = needs.flatMap((need) => {
    const message = `This shows that ${listed(clientsOf([need]))} uses ${what}.`;
    return need.origins.map((origin) => ({ origin, message }));
  });
  return [...places, ...shown];
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
