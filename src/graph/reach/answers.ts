/**
 * Guards that know no connections (R62): what they let in, they have to let the answers to out, to the ports at which callers
 * take answers; and the other way for what they let out. Their rules for answers are a layer more, which has to admit too.
 */
import type { Direction, GrantFact, GrantPort, PortRange } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';

/** The ports at which callers may take answers: balancers and translators of addresses use all of them. */
export const ANSWERED_AT: PortRange = { from: 1024, to: 65_535 };
/** Those at which the most common system takes them: whose answers get there, that caller is served. */
export const COMMONLY_ANSWERED_AT: PortRange = { from: 32_768, to: 60_999 };

/** What says something, and whether it says it of the answers. */
export interface Teller {
  readonly guard: Guard;
  readonly grant: GrantFact | null;
  readonly answers?: true;
}

/** Guards with their layers for answers. */
export interface Answering {
  readonly guards: readonly Guard[];
  /** The guard and grant that somebody wrote, whatever was made of them. */
  told(guard: Guard, grant: GrantFact | null): Teller;
}

/** A guard's rules for answers are asked right behind the layer that it is in. */
const BEHIND = 0.5;

export function withAnswers(guards: readonly Guard[]): Answering {
  if (!guards.some(({ stateless }) => stateless)) return { guards, told: (guard, grant) => ({ guard, grant }) };
  const written = new Map<Guard, Guard>();
  const grantOf = new Map<GrantFact, GrantFact>();
  const all = guards.flatMap((guard) => {
    if (!guard.stateless) return [guard];
    const made: Guard = {
      ...guard,
      layer: (guard.layer ?? 0) + BEHIND,
      isolates: guard.isolates.map(opposite),
      grants: guard.grants.flatMap((grant) =>
        forAnswers(grant).map((one) => {
          grantOf.set(one, grant);
          return one;
        }),
      ),
    };
    written.set(made, guard);
    return [guard, made];
  });
  return {
    guards: all,
    told(guard, grant) {
      const own = written.get(guard);
      return own ? { guard: own, grant: grant && (grantOf.get(grant) ?? grant), answers: true } : { guard, grant };
    },
  };
}

function opposite(direction: Direction): Direction {
  return direction === 'ingress' ? 'egress' : 'ingress';
}

/** What a rule says of the answers to what goes the other way, whatever port that goes to. */
function forAnswers(grant: GrantFact): readonly GrantFact[] {
  const turned = { ...grant, direction: opposite(grant.direction) };
  if (grant.ports.length === 0) return [turned];
  const asked = grant.ports.map((port) => ({ port, says: saysOf(port, grant.verdict) }));
  const parts = (['all', 'some'] as const).map((much) => asked.filter(({ says }) => says === much));
  const [whole = [], part = []] = parts.map((list) => list.map(({ port }) => ({ ...port, ports: null })));
  const [first] = parts[1] ?? [];
  return [
    ...(whole.length > 0 ? [{ ...turned, ports: whole }] : []),
    ...(first
      ? [{ ...turned, ports: part, perhaps: { ...grant.perhaps, ...partOf(first.port, grant.verdict) } as const }]
      : []),
  ];
}

/** How much of the answers a port of a rule decides: so that whoever may be answered is, for what it allows. */
function saysOf({ protocol, ports }: GrantPort, verdict: GrantFact['verdict']): 'all' | 'some' | 'nothing' {
  if (protocol === 'other') return 'nothing';
  if (ports === null) return 'all';
  if (typeof ports === 'string') return 'some';
  const [enough, any] = verdict === 'allow' ? [COMMONLY_ANSWERED_AT, ANSWERED_AT] : [ANSWERED_AT, COMMONLY_ANSWERED_AT];
  if (ports.from <= enough.from && enough.to <= ports.to) return 'all';
  return ports.from <= any.to && any.from <= ports.to ? 'some' : 'nothing';
}

function partOf({ ports, origin }: GrantPort, verdict: GrantFact['verdict']): NonNullable<GrantFact['perhaps']> {
  const which = typeof ports === 'object' && ports ? `${ports.from}-${ports.to}` : 'some ports';
  const says = verdict === 'allow' ? `reach callers at ${which} only` : `do not reach callers at ${which}`;
  return { kind: 'unknown', because: `answers ${says}, and callers take them at any of ${TEXT}`, origin };
}

const TEXT = `${ANSWERED_AT.from}-${ANSWERED_AT.to}`;
