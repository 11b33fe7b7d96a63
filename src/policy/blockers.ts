/** What stands between a client and what it needs: guards, or networks that never meet. */
import type { Direction, GrantFact } from '../graph/fragment.ts';
import type { Miss } from '../graph/reach/relation.ts';
import type { Guard, Listener, Need, Workload } from '../graph/vocabulary.ts';
import type { Origin } from '../source/span.ts';
import { type Facts, firstOf } from './subjects/table.ts';

/** A guard that shuts a client out, or in. */
export interface Blocker {
  readonly guard: Guard;
  /** The grant that denies it; null where none lets it through. */
  readonly grant: GrantFact | null;
  /** Seen from whom the guard guards: `ingress` where it guards what is needed. */
  readonly direction: Direction;
}

/** Why a need is not met. */
export interface Obstacle {
  /** Empty where guards have no part in it. */
  readonly blockers: readonly Blocker[];
  /** Grants that come near to letting it through. */
  readonly misses: readonly Miss[];
}

/** The two workloads of a need; undefined where it is about something else, or about a workload and itself. */
export function endsOf(need: Need): { readonly from: Workload; readonly to: Listener } | undefined {
  const { from, to } = need;
  return typeof from === 'string' || 'external' in to || from === to.workload ? undefined : { from, to };
}

/** What stands in the way of a need; undefined where it is met, or may be. */
export function obstacleOf(need: Need, facts: Facts): Obstacle | undefined {
  const ends = endsOf(need);
  if (!ends || facts.reaches(ends.from, ends.to)) return undefined;
  if (facts.environment.guards.length === 0) return { blockers: [], misses: [] };
  const { from, to } = ends;
  const decision = facts.environment.relation.decide(
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
export function obstacleText({ blockers, misses }: Obstacle): string {
  if (blockers.length === 0) return 'no network leads it there';
  const guards = [...new Set(blockers.map(({ guard }) => `${guard.kind.replaceAll('-', ' ')} "${guard.name}"`))];
  const [near] = misses;
  const verb = guards.length === 1 ? 'does' : 'do';
  return `${listed(guards)} ${verb} not let it through${near ? ` (${near.guard.name} ${near.text})` : ''}`;
}

/** The line to change: that of a grant that comes near, else the guard that is about the fewest others. */
export function obstacleOrigin(need: Need, { blockers, misses }: Obstacle): Origin {
  const [near] = misses;
  if (near) return near.grant.origin;
  const narrow = blockers.find(({ guard }) => guard.subject.requirements.length > 0) ?? blockers[0];
  if (!narrow) return firstOf(need.origins);
  return narrow.grant?.origin ?? firstOf(narrow.guard.origins);
}

/** Every guard that stands in the way, and the line that shows the need. */
export function obstaclePlaces(need: Need, { blockers }: Obstacle, { from, to }: { from: Workload; to: Listener }) {
  const what = `${to.workload.name} on ${to.ports.from}/${to.protocol}`;
  const places = blockers.map(({ guard, grant, direction }) => {
    const origin = grant?.origin ?? firstOf(guard.origins);
    const message =
      direction === 'ingress'
        ? `${guard.name} does not let ${from.name} in to ${what}.`
        : `${guard.name} does not let ${from.name} out to ${what}.`;
    return { origin, message };
  });
  return [
    ...places,
    ...need.origins.map((origin) => ({ origin, message: `This shows that ${from.name} uses ${what}.` })),
  ];
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
