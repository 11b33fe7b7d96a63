/** The least that has to change for a connection to get through (reachability.md §4.5): the fewest guards, nearest first. */
import type { Origin } from '../../source/span.ts';
import type { GrantFact } from '../fragment.ts';
import { ANSWERED_AT } from '../reach/answers.ts';
import type { Guard } from '../vocabulary.ts';
import type { Change, Obstacle, Side } from './view.ts';

/** One guard that would let the connection through, if it were edited like this. */
interface Choice {
  readonly guard: Guard;
  /** Its place among the near misses, nearest first. */
  readonly distance: number;
  readonly text: string;
  readonly origin: Origin;
}

/** A grant that is not there yet is further away than any that is. */
const NOT_THERE = 100;

const PORTS = `${ANSWERED_AT.from}-${ANSWERED_AT.to}`;

/**
 * The edits: what each obstacle asks for, and for every end whose guards deny, one guard. Each of the guards that deny
 * there would do; one that denies at both ends is edited once.
 *
 * @param far what is to be granted at an end, in words: `shop/web on tcp/80`
 */
export function leastChange(
  sides: readonly Side[],
  obstacles: readonly Obstacle[],
  far: (side: Side) => string,
): readonly Change[] {
  const denied = sides.filter(({ verdict }) => verdict === 'deny').map((side) => choicesOf(side, far(side)));
  const [first, second] = denied;
  const both = first && second ? first.filter((choice) => second.some(({ guard }) => guard === choice.guard)) : [];
  const shared = nearest(both)?.guard;
  const chosen = denied.flatMap((choices) => {
    const choice = nearest(shared ? choices.filter(({ guard }) => guard === shared) : choices);
    return choice ? [choice] : [];
  });
  return [
    ...obstacles.map(({ change, origin }) => ({ text: change, origin, guard: null })),
    ...chosen.map(({ text, origin, guard }) => ({ text, origin, guard })),
  ];
}

function nearest(choices: readonly Choice[]): Choice | undefined {
  let best: Choice | undefined;
  for (const choice of choices) if (!best || choice.distance < best.distance) best = choice;
  return best;
}

function choicesOf({ by, misses, direction }: Side, what: string): readonly Choice[] {
  const near = misses.map(
    ({ guard, grant, text, answers }, distance): Choice => ({
      guard,
      distance,
      text: `widen ${grantText(grant)} of ${guardText(guard)}: ${answers ? 'of answers it ' : ''}${text}`,
      origin: grant.origin,
    }),
  );
  const whole = by.map(({ guard, grant, answers }): Choice => {
    const origin = guard.origins[0] ?? guard.subject.origin;
    if (answers) {
      const back = direction === 'ingress' ? 'egress' : 'ingress';
      const before = grant && !grant.implicit ? `, before ${grantText(grant)}` : '';
      const text = `grant ${back} of the answers for ${what}, which callers take at ports ${PORTS}, in ${guardText(guard)}${before}`;
      return { guard, distance: NOT_THERE, text, origin: grant?.origin ?? origin };
    }
    if (grant) {
      const text = `allow ${what} in ${guardText(guard)}, before ${grantText(grant)}`;
      return { guard, distance: NOT_THERE, text, origin: grant.origin };
    }
    return { guard, distance: NOT_THERE, text: `grant ${direction} of ${what} in ${guardText(guard)}`, origin };
  });
  return [...near, ...whole];
}

/** `network-policy shop/web`. */
export function guardText({ kind, namespace, name }: Guard): string {
  return `${kind.replaceAll('-', ' ')} ${namespace === null ? '' : `${namespace}/`}${name}`;
}

function grantText({ name, direction }: GrantFact): string {
  return name === undefined ? `this ${direction} rule` : `the ${direction} rule "${name}"`;
}
