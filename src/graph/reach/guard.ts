/** Guards, and whether anything uses them. What they admit is the relation's matter. */
import type { UnitIdentity } from '../../source/unit.ts';
import type { GuardFact, Selector } from '../fragment.ts';
import type { RunningWorkload, Select } from '../running.ts';
import type { Guard } from '../vocabulary.ts';
import { selectorKey } from './selector-key.ts';

/** A guard fact and the unit that it stands in. */
export interface PlacedGuard {
  readonly id: string;
  readonly fact: GuardFact;
  readonly unit: UnitIdentity;
}

/** Attaches guards to workloads. Of a namespace in which something runs, all that runs there is taken to be here. */
export function attachGuards(
  placed: readonly PlacedGuard[],
  workloads: readonly RunningWorkload[],
  select: Select,
): readonly Guard[] {
  const inhabited = new Set(workloads.map(({ fact }) => fact.namespace));
  const attachments = new Map<string, Guard['attachment']>();
  const attachmentOf = ({ subject, users }: GuardFact): Guard['attachment'] => {
    const key = selectorKey(subject);
    const known = attachments.get(key) ?? attached(subject, select, inhabited);
    attachments.set(key, known);
    // Who has to name a guard to use it is looked for where its name goes, and nowhere else.
    return known === 'attached' || users === undefined ? known : users === 'here' ? 'unattached' : 'unknown';
  };
  return placed.map(({ id, fact, unit }) => ({
    id,
    kind: fact.kind,
    name: fact.name,
    namespace: fact.namespace,
    unit: unit.id,
    technology: unit.technology,
    subject: fact.subject,
    byName: fact.users !== undefined,
    attachment: attachmentOf(fact),
    tier: fact.tier,
    priority: fact.priority,
    isolates: fact.isolates,
    grants: fact.grants,
    origins: [fact.origin],
    ...(fact.layer !== undefined && { layer: fact.layer }),
    ...(fact.stateless && { stateless: fact.stateless }),
    ...(fact.traits && { traits: fact.traits }),
  }));
}

function attached(subject: Selector, select: Select, inhabited: ReadonlySet<string | null>): Guard['attachment'] {
  if (select(subject).length > 0) return 'attached';
  const here = subject.namespaces
    ? select({ ...subject, requirements: [] }).length > 0
    : inhabited.has(subject.namespace);
  return here ? 'unattached' : 'unknown';
}
