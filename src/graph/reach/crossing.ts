/**
 * Who may call from another network (R71, R74): over links, where the routes of both sides lead to the other, and where
 * two networks that the code only names may be one. Whom guards let in is asked after that.
 */
import { countedAll } from '../../source/counted.ts';
import { append } from '../../source/multimap.ts';
import { onceEach } from '../../source/once.ts';
import type { Passage } from '../exposure-graph.ts';
import type { LinkEnd, LinkFact } from '../link-fact.ts';
import { type AddressSet, covers, intersect, isEmpty, parseAddressList } from '../sets/address-set.ts';
import type { BitSpace, Bits } from './bits.ts';
import type { StandingClass, StandingClasses } from './classes.ts';
import type { Callers } from './groups.ts';

/** Members of one end of a link whose addresses are alike. */
interface Gate {
  readonly link: LinkFact;
  readonly end: LinkEnd;
  /** What the end says: null is all. */
  readonly limit: AddressSet | null;
  /** What its members have; null where nobody knows. */
  readonly own: AddressSet | null;
  readonly numbers: number[];
}

type Role = 'senders' | 'receivers';

/** Who gets over links to whom. */
export interface Crossings {
  /** Who calls a class from other networks, the sure ones first; no class is in two of the sets. */
  readonly comersTo: (target: StandingClass) => readonly Callers[];
  /** All ways one way between two classes, led there or not: what comes back takes one of its own. */
  readonly passages: (from: StandingClass, to: StandingClass) => readonly Passage[];
}

/** More pairs of gates than these are not compared: nobody is sure of what is left. */
const MOST_COMPARISONS = 1_000_000;

/** More different reasons than these at one end are told together. */
const MOST_REASONS = 32;

const TOO_MANY = 'there are more routes between networks than are followed';
const MAYBE_ONE = 'whether their networks are one is not in the code';
const HIDDEN_ADDRESSES = 'which addresses it has in its network is not in the code';
const SOME = 'a route between their networks is for some of its addresses only';

/** @param links by the keys of segments that standings have */
export function crossings(space: BitSpace, { all }: StandingClasses, links: readonly LinkFact[]): Crossings {
  const numbers = new Map<string, number[]>();
  for (const each of all) for (const family of each.standing.families ?? []) append(numbers, family, each.index);
  const maybeOne = new Map([...numbers].map(([family, list]) => [family, space.of(list)]));
  const gates = gatesOf(all, links);
  let left = MOST_COMPARISONS;

  /** What gets through from a gate of senders to one of receivers: nothing, or surely where there is no reason. */
  const passes = (from: Gate, to: Gate): readonly string[] | null => {
    if (left-- < 0) return [TOO_MANY];
    const doubts = [from.link.unknown, from.end.unknown, to.end.unknown].flatMap((each) => each?.because ?? []);
    const routed = from.limit && to.limit ? intersect(from.limit, to.limit) : (from.limit ?? to.limit);
    if (routed === null) return doubts;
    if (isEmpty(routed)) return null;
    const own = to.own ?? to.limit;
    if (own === null) return [...doubts, HIDDEN_ADDRESSES];
    if (isEmpty(intersect(routed, own))) return null;
    return covers(routed, own) ? doubts : [...doubts, SOME];
  };

  /** The members of gates at the other ends of the links that a class stands at, by what is not sure: the sure ones first. */
  const others = (target: StandingClass, role: Role): readonly Callers[] => {
    const found = new Map<string, { readonly numbers: number[]; readonly because: readonly string[] }>();
    found.set('', { numbers: [], because: [] });
    for (const own of gates.of(target, role)) {
      for (const other of gates.at(own.link, role === 'receivers' ? 'senders' : 'receivers')) {
        const doubts = role === 'receivers' ? passes(other, own) : passes(own, other);
        if (doubts === null) continue;
        const because = [...new Set(doubts)];
        const key = countedAll(because);
        const part = found.get(key) ?? { numbers: [], because };
        found.set(key, part);
        part.numbers.push(...other.numbers);
      }
    }
    const parts = [...found.values()].map(({ numbers, because }) => ({ among: space.of(numbers), because }));
    return parts.length > MOST_REASONS ? [parts[0] as Callers, pooled(parts)] : parts;
  };
  const pooled = (parts: readonly Callers[]): Callers => ({
    among: space.union(parts.map(({ among }) => among)),
    because: [...new Set(parts.flatMap(({ because }) => because))],
  });

  const overLinks = onceEach((target: StandingClass): readonly Callers[] => {
    if (!gates.has(target)) return [];
    const [asking, answered] = [others(target, 'receivers'), others(target, 'senders')];
    let told: Bits = space.none;
    return asking.flatMap((there) =>
      answered.flatMap((back): readonly Callers[] => {
        const among = space.subtract(space.intersect(there.among, back.among), told);
        if (space.isEmpty(among)) return [];
        told = space.union([told, among]);
        return [{ among, because: [...new Set([...there.because, ...back.because])] }];
      }),
    );
  });
  const comersTo = (target: StandingClass): readonly Callers[] => {
    const named = (target.standing.families ?? []).map((family) => maybeOne.get(family) ?? space.none);
    const linked = overLinks(target);
    const known = space.union(linked.map(({ among }) => among));
    const found = [...linked, { among: space.subtract(space.union(named), known), because: [MAYBE_ONE] }];
    return found.filter(({ among }) => !space.isEmpty(among));
  };
  return {
    comersTo,
    passages: (from, to) =>
      gates.of(from, 'senders').flatMap((out) =>
        gates
          .of(to, 'receivers')
          .filter(({ link }) => link === out.link)
          .map((into): Passage => ({ link: out.link, from: out.end, to: into.end, because: passes(out, into) })),
      ),
  };
}

/** The keys of segments at which links end. */
export function linkedSegments(links: readonly LinkFact[]): ReadonlySet<string> {
  return new Set(links.flatMap(({ senders, receivers }) => [...senders, ...receivers].map(({ segment }) => segment)));
}

function gatesOf(all: readonly StandingClass[], links: readonly LinkFact[]) {
  const ends = new Map<string, { readonly link: LinkFact; readonly end: LinkEnd; readonly role: Role }[]>();
  for (const link of links) {
    for (const role of ['senders', 'receivers'] as const) {
      for (const end of link[role]) append(ends, end.segment, { link, end, role });
    }
  }
  const addresses = onceEach((key: string) => rangesOf(JSON.parse(key) as readonly string[]));
  const setOf = (list: readonly string[] | undefined) => (list ? addresses(JSON.stringify(list)) : null);
  const byClass = new Map<StandingClass, Record<Role, Gate[]>>();
  const byLink = new Map<LinkFact, Record<Role, Gate[]>>();
  const made = new Map<LinkEnd, Map<string, Gate>>();
  for (const each of all) {
    const { crossing } = each.standing;
    if (!crossing || each.standing.isolated) continue;
    const own = setOf(crossing.ranges.length > 0 ? crossing.ranges : undefined);
    const key = countedAll(crossing.ranges);
    const gates: Record<Role, Gate[]> = { senders: [], receivers: [] };
    // Where a part of a network is at an end, what is said of the whole does not count.
    const parts: Record<Role, Set<LinkFact>> = { senders: new Set(), receivers: new Set() };
    for (const { segment, part } of [...crossing.ends].sort((a, b) => Number(b.part) - Number(a.part))) {
      for (const { link, end, role } of ends.get(segment) ?? []) {
        if (part) parts[role].add(link);
        else if (parts[role].has(link)) continue;
        const known = made.get(end) ?? new Map<string, Gate>();
        made.set(end, known);
        let gate = known.get(key);
        if (!gate) {
          gate = { link, end, limit: setOf(end.addresses), own, numbers: [] };
          known.set(key, gate);
          const there = byLink.get(link) ?? { senders: [], receivers: [] };
          byLink.set(link, there);
          there[role].push(gate);
        }
        gate.numbers.push(each.index);
        gates[role].push(gate);
      }
    }
    byClass.set(each, gates);
  }
  return {
    has: (one: StandingClass) => byClass.has(one),
    of: (one: StandingClass, role: Role): readonly Gate[] => byClass.get(one)?.[role] ?? [],
    at: (link: LinkFact, role: Role): readonly Gate[] => byLink.get(link)?.[role] ?? [],
  };
}

/** Null where one of them is no range: then nobody knows. */
function rangesOf(list: readonly string[]): AddressSet | null {
  const { set, bad } = parseAddressList(list);
  return bad.length > 0 ? null : set;
}
