/** Who decides one connection, and why nobody can be sure (§4.5): worked out when somebody asks, never kept. */
import type { Direction, GrantFact } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
import type { Trace } from './decision.ts';
import { type Doubt, type FarEnd, hiddenLabels } from './far-end.ts';
import type { Pairs } from './pairs.ts';
import type { PortOwner } from './ports.ts';
import type { Profile } from './profiles.ts';
import type { Bounds, Ruling } from './relation.ts';

/** What a guard or grant may decide, and whether it does for certain once it is asked. */
interface Said {
  readonly guard: Guard;
  readonly grant: GrantFact | null;
  readonly verdict: GrantFact['verdict'];
  readonly applies: boolean;
  readonly matches: boolean;
}

/** What the guards of one end say, without near misses. `namespace` is that of the guarded end. */
export function ruling(
  pairs: Pairs,
  { profile, namespace }: { readonly profile: Profile; readonly namespace: string | null },
  direction: Direction,
  far: FarEnd,
  owner: PortOwner,
  place: number,
): Omit<Ruling, 'misses'> {
  const said: Said[] = [];
  const trace: Trace<boolean> = ({ guard, applies }, step, verdict) => {
    if (guard)
      said.push({
        guard,
        grant: step?.grant ?? null,
        verdict,
        applies: applies.must,
        matches: step?.match.must ?? true,
      });
  };
  const bounds = pairs.one(profile, direction, far, owner, place, trace);
  const verdict = verdictOf(bounds);
  const deciding = said.filter((each) => (verdict === 'unknown' ? each.verdict !== 'pass' : each.verdict === verdict));
  const certain = deciding.filter((each) => each.applies && each.matches);
  const by = verdict === 'allow' && certain.length > 0 ? certain : deciding;
  const doubts = verdict === 'unknown' ? doubtsOf(said, far, namespace) : [];
  return {
    verdict,
    because: doubts.map(({ text }) => text),
    rules: [...new Set(doubts.flatMap(({ rule }) => rule ?? []))],
    by: by.map(({ guard, grant }) => ({ guard, grant })),
  };
}

function verdictOf({ must, may }: Bounds<boolean>): Ruling['verdict'] {
  return must ? 'allow' : may ? 'unknown' : 'deny';
}

function doubtsOf(said: readonly Said[], far: FarEnd, namespace: string | null): readonly Doubt[] {
  const found = new Map<string, Doubt>();
  const add = (doubt: Doubt) => found.set(doubt.text, doubt);
  for (const { guard, grant, applies, matches } of said) {
    if (!applies) add(hiddenLabels(namespace));
    if (!matches && grant) whyUnsure(grant, far).forEach(add);
    if (typeof guard.priority === 'object' && guard.priority) {
      add({ text: `nobody knows when "${guard.name}" is asked: ${guard.priority.because}`, rule: 'R24' });
    }
  }
  disagreements(said).forEach(add);
  return [...found.values()];
}

function whyUnsure(grant: GrantFact, far: FarEnd): readonly Doubt[] {
  if (grant.perhaps) return [{ text: grant.perhaps.because, rule: null }];
  const unsure = grant.peers.filter((peer) => {
    const { must, may } = far.meantBy(peer);
    return may && !must;
  });
  if (unsure.length > 0) return unsure.map((peer) => far.why(peer));
  return [{ text: 'nobody knows how workloads that the code does not show name their ports', rule: 'R12' }];
}

/** Guards of one tier and priority that say different things (R24). */
function disagreements(said: readonly Said[]): readonly Doubt[] {
  const first = new Map<string, Said>();
  const found: Doubt[] = [];
  for (const each of said) {
    const { layer = 0, tier, priority, name } = each.guard;
    if (typeof priority !== 'number') continue;
    const key = `${layer} ${tier} ${priority}`;
    const other = first.get(key);
    if (!other) first.set(key, each);
    else if (other.guard !== each.guard && other.verdict !== each.verdict) {
      const text = `"${other.guard.name}" and "${name}" disagree, and nobody knows which is asked first`;
      found.push({ text, rule: 'R24' });
    }
  }
  return found;
}
