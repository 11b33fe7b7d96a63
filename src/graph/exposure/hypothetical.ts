/**
 * What guards would let in that nothing uses (reachability.md §4.6): behind each stands a machine with a public address of
 * its own and the marks that the guard asks for, and the same steps that answer for everything else answer for it. Nobody
 * but these exposures speaks of it: it is no workload of the environment.
 */
import type { Result } from '../../source/result.ts';
import type { Catalogue } from '../catalogue.ts';
import type { GrantFact, GrantPort, GuardFact, Requirement, WorkloadFact } from '../fragment.ts';
import { claimContainers } from '../listener/claimed.ts';
import { grantedTo } from '../listener/granted.ts';
import { listenersOf } from '../listener/index.ts';
import type { PlacedGuard } from '../reach/guard.ts';
import { relationOf } from '../reach/relate.ts';
import { selectorKey } from '../reach/selector-key.ts';
import { traitOf } from '../trait.ts';
import { type Assumptions, type Exposure, type Guard, type Segment, UNUSED } from '../vocabulary.ts';
import type { Images } from '../workload/images.ts';
import { type PlacedWorkload, runWorkloads } from '../workload/run.ts';
import { selectFrom } from '../workload/select.ts';
import { PUBLIC } from './access.ts';
import { draftOf, merged, type Passed, plain, privateDraft } from './draft.ts';
import { pastGuards } from './past-guards.ts';
import { anyNetwork } from './private-ranges.ts';

/** What hypothetical exposures are made from, in one environment. */
export interface HypotheticalInput {
  readonly placed: readonly PlacedGuard[];
  /** The same guards, in the same order. */
  readonly guards: readonly Guard[];
  /** By key. */
  readonly segments: ReadonlyMap<string, Segment>;
  readonly images: Images;
  readonly catalogue: Catalogue;
  readonly assume: Assumptions;
  readonly unique: (id: string) => string;
}

/** Guards that open something only to whom they guard. What no policy of a cluster selects is open anyway (R2). */
const OPENING: ReadonlySet<GuardFact['kind']> = new Set<GuardFact['kind']>([
  'security-group',
  'network-acl',
  'network-security-group',
  'firewall',
  'access-list',
]);

/** The exposures of whatever would use the guards that nothing uses; all of them are possible at most. */
export function hypotheticalExposures(input: HypotheticalInput): Result<readonly Exposure[]> {
  const found = standInsFor(input);
  const standIns = [...found.values()];
  if (standIns.length === 0) return { value: [], notices: [] };
  const keys = new Map([...found].map(([key, { id }]) => [id, key]));
  const { images, catalogue, unique } = input;
  const { workloads } = runWorkloads(standIns, images, new Map(), []);
  const select = selectFrom(workloads, new Map());
  // Whether whatever will use a guard is answered shows where something does.
  const guards = input.guards
    .filter(({ subject }) => select(subject).length > 0)
    .map(({ stateless, ...guard }): Guard => {
      if (!stateless) return guard;
      return { ...guard, grants: guard.grants.filter((grant) => !isForReplies(grant)) };
    });
  // What the guards of a stand-in do not let in stays outside, whatever else would guard it.
  const shut = guards.map((guard): Guard => ({ ...guard, priority: null, isolates: ['ingress'], grants: [] }));
  const opened = listenersOf(
    claimContainers(workloads, [], [grantedTo(guards, select, true)], catalogue),
    catalogue,
    unique,
  );
  const assume: Assumptions = { ...input.assume, guardsEnforced: true };
  const relation = relationOf({ workloads, guards: [...guards, ...shut], namespaces: new Map(), assume });
  const { direct, privately } = pastGuards(relation, select, assume.trustedSources);
  const network = anyNetwork(input.segments);
  const value = opened.value.listeners.flatMap((listener) => {
    if (!listener.valid) return [];
    const key = keys.get(listener.workload.id);
    // Other guards are told with what they themselves are for.
    const own = ({ guard }: Pick<Passed, 'guard'>) => selectorKey(guard.subject) === key;
    const open = direct(PUBLIC, listener).flatMap(({ access, passed }) => {
      const [first, ...further] = passed ? [passed, ...(passed.further ?? [])].filter(own) : [];
      if (!first) return [];
      const way = plain(listener, first.grant.origin, []);
      return [draftOf(listener, access, [UNUSED], { ...way, passed: { ...first, further } })];
    });
    const joined = privately(listener, network).flatMap((admitted) =>
      admitted.passed && own(admitted.passed) ? [privateDraft(listener, admitted, [UNUSED])] : [],
    );
    const drafts = [...open, ...joined];
    return merged(drafts, unique, assume.trustedSources);
  });
  return { value, notices: opened.notices };
}

/** A guard that knows no connections lets answers in at the ports from which its members call: nothing listens there (R62). */
function isForReplies({ direction, ports }: GrantFact): boolean {
  const wide = ({ ports: range }: GrantPort) =>
    typeof range === 'object' && range !== null && range.from >= FIRST_FREE && range.to - range.from >= MANY;
  return direction === 'ingress' && ports.length > 0 && ports.every(wide);
}

/** Below this are ports that programs listen at, by their number. */
const FIRST_FREE = 1024;
/** Systems take the ports that they call from out of ten thousand at least. */
const MANY = 10_000;

/** One for each thing that guards without users ask for, by what they ask. A guard that is used in one place needs none in another. */
function standInsFor({ placed, guards, unique }: HypotheticalInput): ReadonlyMap<string, PlacedWorkload> {
  const used = new Set(guards.flatMap((guard) => (guard.attachment === 'attached' ? [nameKey(guard)] : [])));
  const found = new Map<string, PlacedWorkload>();
  placed.forEach((each, index) => {
    const guard = guards[index] as Guard;
    if (guard.attachment === 'attached' || used.has(nameKey(guard)) || !opens(each.fact)) return;
    const key = selectorKey(guard.subject);
    if (found.has(key)) return;
    const fact = standIn(each.fact);
    found.set(key, { id: unique(`${each.id}/whatever`), fact, unit: each.unit });
  });
  return found;
}

/** Whether a guard lets anybody in who would be outside without it. What holds whoever names none is not waited for. */
function opens({ kind, grants, traits }: GuardFact): boolean {
  return (
    OPENING.has(kind) &&
    !traitOf(traits, 'default-guard') &&
    grants.some(({ direction, verdict }) => direction === 'ingress' && verdict === 'allow')
  );
}

/** What reaches one guard by several of its subjects is called alike. */
function nameKey({ unit, kind, name }: Guard): string {
  return JSON.stringify([unit, kind, name]);
}

function standIn({ name: guarding, subject, users, origin }: GuardFact): WorkloadFact {
  const name = users === undefined ? `whatever ${guarding} guards` : `whatever uses ${guarding}`;
  return {
    id: name,
    name,
    namespace: subject.namespace,
    kind: 'stand-in',
    origin,
    memberships: [],
    names: [],
    labels: new Map(subject.requirements.flatMap(labelFor)),
    hostNetwork: null,
    optional: null,
    replicas: null,
    machine: true,
    containers: [
      {
        name,
        role: 'main',
        origin,
        image: { reference: null, origin },
        environment: [],
        configs: [],
        ports: [],
        checks: [],
        mounts: [],
        capabilities: [],
      },
    ],
  };
}

/** A label that meets a requirement. */
function labelFor({ key, operator, values }: Requirement): readonly (readonly [string, string])[] {
  return operator === 'in' || operator === 'exists' ? [[key, values[0] ?? '']] : [];
}
