/** Evidence of who needs which listener: E1–E5, E7–E10 and E15 of the specification of reachability, §5.3. */
import { append } from '../../source/multimap.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { Origin } from '../../source/span.ts';
import type { Need } from '../vocabulary.ts';
import { addressEvidence } from './address-evidence.ts';
import { CROWD, combine, type Evidence } from './evidence.ts';
import { grantedEvidence } from './granted.ts';
import type { NeedsInput } from './input.ts';
import { listeningIn } from './listening.ts';
import { finderOf } from './names.ts';
import { type Guess, probeEvidence, routeEvidence, scrapersAmong, statedNeeds } from './structure.ts';

export { withCalledPorts } from './called.ts';
export { readMentions } from './harvest.ts';
export type { NeedsInput } from './input.ts';

/**
 * The needs of one environment, one per client and listener: evidence for the same pair is combined (noisy-or) and every
 * origin is kept. Sorted by client, then listener. A need that no listener answers is left out; a host that nothing in
 * the environment is called is an external need. A name or selector behind which very many listen names none of them: it
 * is left out with a notice.
 */
export function findNeeds(input: NeedsInput): Result<readonly Need[]> {
  const { workloads, mentions, gateways, listeners, stated, select, guards, relation, catalogue } = input;
  const find = finderOf(workloads, gateways);
  const listening = listeningIn(workloads, listeners, catalogue);
  const hostRoutes = gateways
    .flatMap(({ doors }) => doors.filter(({ fact }) => fact.place.kind === 'host'))
    .flatMap(({ routes }) => routes);
  const surroundings = { find, listening, hostRoutes };
  const strings = [...mentions].map(([client, hosts]) => addressEvidence(client, hosts, surroundings));
  const structure = statedNeeds(stated, scrapersAmong(listeners), listening, find, select);
  const certain: readonly Evidence[] = [
    ...strings.flatMap(({ evidence }) => evidence),
    ...structure.evidence.flatMap((each) => (isGuess(each) ? [] : [each])),
    ...probeEvidence(workloads, listening),
    ...routeEvidence(gateways, select),
  ];
  const backed = backing(certain);
  const guessed = structure.evidence.filter(isGuess).flatMap((guess): readonly Evidence[] => {
    const { listener, to, ...evidence } = guess;
    const known = backed(guess);
    if (known.length > 0) return known.map((each) => ({ ...evidence, to: each.to, weight: 0 }));
    return listener ? [{ ...evidence, to: listener }] : [];
  });
  const granted = grantedEvidence(guards, relation, select, listening);
  const crowds = [...strings, structure, granted].flatMap((found) => found.crowds);
  return { value: combine([...certain, ...guessed, ...granted.evidence]), notices: crowded(crowds) };
}

/** One notice for all of them, at the first. */
function crowded(crowds: readonly Origin[]): readonly Notice[] {
  const [first] = crowds;
  if (!first) return [];
  const others = crowds.length === 1 ? '' : `, and so do ${crowds.length - 1} other lines`;
  const message = `This names more than ${CROWD} listeners at once${others}: no need is taken from it`;
  return [notice('expansion-limit', message, first)];
}

function isGuess(need: Evidence | Guess): need is Guess {
  return 'listener' in need;
}

/** Answers the evidence that already says which listener of its target the client of a guess uses. */
function backing(evidence: readonly Evidence[]): (guess: Guess) => readonly Evidence[] {
  const byPair = new Map<unknown, Map<unknown, Evidence[]>>();
  for (const each of evidence) {
    if ('external' in each.to || typeof each.from === 'string' || each.kind === 'lookup') continue;
    const targets = byPair.get(each.from) ?? new Map<unknown, Evidence[]>();
    byPair.set(each.from, targets);
    append(targets, each.to.workload, each);
  }
  return ({ from, to }) => byPair.get(from)?.get(to.workload) ?? [];
}
