/** Guards made ready to be asked: whom they guard, and whom and what their grants speak of, each worked out once. */
import type { Direction, GrantFact } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
import type { KnownBits } from './bits.ts';
import type { Peers } from './peers.ts';
import type { AskedPorts, AskedPortTable } from './ports.ts';
import type { Bounds } from './relation.ts';
import type { Selecting } from './selectors.ts';

/** A grant, and what it speaks of. */
export interface ReadyGrant {
  readonly grant: GrantFact;
  readonly classes: Bounds<KnownBits>;
  readonly ports: AskedPorts;
}

/** A guard, and what it may say. */
export interface ReadyGuard {
  readonly guard: Guard;
  readonly subject: Bounds<KnownBits>;
  /** The grants that count in a direction, in their order; null where the guard has no say there. */
  readonly grants: Readonly<Record<Direction, readonly ReadyGrant[] | null>>;
}

export function readyGuards(
  guards: readonly Guard[],
  select: Selecting,
  peers: Peers,
  ports: AskedPortTable,
): readonly ReadyGuard[] {
  const ready = (guard: Guard, direction: Direction): readonly ReadyGrant[] | null => {
    const { priority, isolates, grants } = guard;
    // Without a priority grants of a direction that the guard does not isolate are dead (R3), and none of them denies.
    if (priority === null && !isolates.includes(direction)) return null;
    const counting = grants.filter(
      (grant) => grant.direction === direction && (priority !== null || grant.verdict === 'allow'),
    );
    if (priority !== null && counting.length === 0) return null;
    return counting.map((grant) => ({ grant, classes: peers.classes(grant), ports: ports.of(grant.ports) }));
  };
  return guards.map((guard) => ({
    guard,
    subject: select(guard.subject),
    grants: { ingress: ready(guard, 'ingress'), egress: ready(guard, 'egress') },
  }));
}
