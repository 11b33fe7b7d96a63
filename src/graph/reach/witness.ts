/** Who decides one connection, and why nobody can be sure (§4.5): worked out when somebody asks, never kept. */
import type { Direction, GrantFact } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
import type { Trace } from './decision.ts';
import { type FarEnd, hiddenLabels } from './far-end.ts';
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
  return {
    verdict,
    because: verdict === 'unknown' ? reasons(said, far, namespace) : [],
    by: by.map(({ guard, grant }) => ({ guard, grant })),
  };
}

function verdictOf({ must, may }: Bounds<boolean>): Ruling['verdict'] {
  return must ? 'allow' : may ? 'unknown' : 'deny';
}

function reasons(said: readonly Said[], far: FarEnd, namespace: string | null): readonly string[] {
  const found = new Set<string>();
  for (const { guard, grant, applies, matches } of said) {
    if (!applies) found.add(hiddenLabels(namespace));
    if (!matches && grant) for (const why of whyUnsure(grant, far)) found.add(why);
    if (typeof guard.priority === 'object' && guard.priority) {
      found.add(`nobody knows when "${guard.name}" is asked: ${guard.priority.because}`);
    }
  }
  for (const reason of disagreements(said)) found.add(reason);
  return [...found];
}

function whyUnsure(grant: GrantFact, far: FarEnd): readonly string[] {
  const unsure = grant.peers.filter((peer) => {
    const { must, may } = far.means({ ...grant, peers: [peer] });
    return may && !must;
  });
  if (unsure.length > 0) return unsure.map((peer) => far.why(peer));
  return ['nobody knows how workloads that the code does not show name their ports'];
}

/** Guards of one tier and priority that say different things (R24). */
function disagreements(said: readonly Said[]): readonly string[] {
  const first = new Map<string, Said>();
  const found: string[] = [];
  for (const each of said) {
    const { tier, priority, name } = each.guard;
    if (typeof priority !== 'number') continue;
    const key = `${tier} ${priority}`;
    const other = first.get(key);
    if (!other) first.set(key, each);
    else if (other.guard !== each.guard && other.verdict !== each.verdict) {
      found.push(`"${other.guard.name}" and "${name}" disagree, and nobody knows which is asked first`);
    }
  }
  return found;
}
