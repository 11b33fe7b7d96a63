/** Guards: whom they guard, and whether anybody. What they admit is not evaluated here. */
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { UnitIdentity } from '../../source/unit.ts';
import type { GuardFact, Selector } from '../fragment.ts';
import type { RunningWorkload, Select } from '../running.ts';
import type { Guard } from '../vocabulary.ts';

/** A guard fact and the unit that it stands in. */
export interface PlacedGuard {
  readonly id: string;
  readonly fact: GuardFact;
  readonly unit: UnitIdentity;
}

/** The guards of an environment, and whom they cut off. */
export interface Guarding {
  readonly guards: readonly Guard[];
  /** The first guard that isolates a workload in a direction. */
  readonly isolating: Readonly<Record<'ingress' | 'egress', ReadonlyMap<RunningWorkload, GuardFact>>>;
}

/** Attaches guards to workloads; a workload with its host's network is never guarded (R15). */
export function attachGuards(
  placed: readonly PlacedGuard[],
  workloads: readonly RunningWorkload[],
  select: Select,
): Result<Guarding> {
  const namespaces = new Set(workloads.map(({ fact }) => fact.namespace));
  const isolating = { ingress: new Map<RunningWorkload, GuardFact>(), egress: new Map<RunningWorkload, GuardFact>() };
  const selected = remembering(select);
  const guards = placed.map(({ id, fact, unit }): Guard => {
    const { members, first } = selected(fact.subject);
    for (const direction of fact.isolates) {
      // Guards with one and the same subject isolate the same workloads: the first speaks for all of them.
      if (first.has(direction)) continue;
      first.add(direction);
      const known = isolating[direction];
      for (const member of members) if (!member.fact.hostNetwork && !known.has(member)) known.set(member, fact);
    }
    return {
      id,
      kind: fact.kind,
      name: fact.name,
      namespace: fact.namespace,
      unit: unit.id,
      subject: fact.subject,
      attachment: members.length > 0 ? 'attached' : namespaces.has(fact.subject.namespace) ? 'unattached' : 'unknown',
      tier: fact.tier,
      priority: fact.priority,
      isolates: fact.isolates,
      grants: fact.grants,
      origins: [fact.origin],
    };
  });
  return { value: { guards, isolating }, notices: notEvaluated(placed) };
}

function notEvaluated(placed: readonly PlacedGuard[]): readonly Notice[] {
  const [first] = placed;
  if (!first) return [];
  const { kind, name, origin } = first.fact;
  const which = placed.length === 1 ? `${kind} "${name}" is` : `${placed.length} guards are`;
  const message = `${which} read and not evaluated yet: who reaches what they guard is told as possible`;
  return [notice('not-evaluated', message, origin)];
}

/** `select`, asked once for each distinct selector. */
function remembering(select: Select) {
  const known = new Map<string, { members: readonly RunningWorkload[]; first: Set<string> }>();
  return (selector: Selector) => {
    const key = JSON.stringify([selector.namespace, selector.requirements]);
    let entry = known.get(key);
    if (!entry) {
      entry = { members: select(selector), first: new Set() };
      known.set(key, entry);
    }
    return entry;
  };
}
