/** Groups of classes: those that share a segment, and those of them that guards let in (§4.2). */
import { append } from '../../source/multimap.ts';
import type { ClassGroup, WorkloadClass } from '../exposure-graph.ts';
import { type BitSpace, type Bits, hasBit } from './bits.ts';
import type { StandingClass, StandingClasses } from './classes.ts';
import type { Entrants } from './entrants.ts';

/** Classes that may call for all that the segments show. */
export interface Callers {
  readonly among: Bits;
  /** Why nobody can be sure that they call, or get there. */
  readonly because: readonly string[];
}

/** Who else is where a class is, and who gets there. */
export interface Neighbourhoods {
  /** Those that share a segment, or the network namespace, with it, and its comers; who may not run apart from the rest. */
  readonly callersOf: (target: StandingClass, inside: boolean) => readonly Callers[];
  /** Those that share no segment with it and come from elsewhere; one list for each place. */
  readonly comersTo: (target: StandingClass) => readonly Callers[];
}

export function neighbourhoods(
  space: BitSpace,
  { all }: StandingClasses,
  crossing: (target: StandingClass) => readonly Callers[],
): Neighbourhoods {
  const bitsBy = (keysOf: (each: StandingClass) => readonly string[]) => {
    const numbers = new Map<string, number[]>();
    for (const each of all) for (const key of keysOf(each)) append(numbers, key, each.index);
    return new Map([...numbers].map(([key, list]) => [key, space.of(list)]));
  };
  const inSegment = bitsBy(({ standing }) => (standing.isolated || standing.silent ? [] : standing.segments));
  const inNetwork = bitsBy(({ network }) => (network === null ? [] : [network]));
  const doubted = bitsBy(({ standing }) => [JSON.stringify(standing.because)]);
  const calling = [...doubted].map(([text, bits]) => ({ bits, because: JSON.parse(text) as readonly string[] }));
  const able = space.of(all.flatMap(({ standing, index }) => (standing.isolated || standing.silent ? [] : [index])));
  const sharingWith = ({ standing }: StandingClass) =>
    space.union(standing.segments.flatMap((segment) => inSegment.get(segment) ?? []));
  const comers = new Map<string, readonly Callers[]>();
  const comersTo = (target: StandingClass): readonly Callers[] => {
    if (target.standing.isolated) return [];
    const already = comers.get(target.place);
    if (already) return already;
    const sharing = sharingWith(target);
    const found = crossing(target).flatMap(({ among, because }) => {
      const apart = space.subtract(space.intersect(among, able), sharing);
      return space.isEmpty(apart) ? [] : [{ among: apart, because }];
    });
    comers.set(target.place, found);
    return found;
  };
  const known = new Map<string, readonly Callers[]>();
  const callersOf = (target: StandingClass, inside: boolean): readonly Callers[] => {
    const { standing, network, place } = target;
    if (inside) {
      const among = inNetwork.get(network ?? '');
      return among ? [{ among, because: [] }] : [];
    }
    if (standing.isolated) return [];
    const already = known.get(place);
    if (already) return already;
    const found = [{ among: sharingWith(target), because: [] }, ...comersTo(target)].flatMap((each) =>
      calling.flatMap(({ bits, because }) => {
        const among = space.intersect(each.among, bits);
        return space.isEmpty(among) ? [] : [{ among, because: [...because, ...each.because] }];
      }),
    );
    known.set(place, found);
    return found;
  };
  return { callersOf, comersTo };
}

type Part = 'sure' | 'unsure';

/** Makes groups: of the classes in `among` those that guards let in, surely or perhaps; the same one for the same. */
export function grouping({ all, byId, guarded }: StandingClasses, id: (index: number) => string) {
  const made = new Map<Bits, Map<string, ClassGroup>>();
  let count = 0;
  return (among: Bits, entrants?: Entrants, part: Part = 'sure'): ClassGroup => {
    const key = entrants ? `${part} ${entrants.key}` : '';
    const known = made.get(among) ?? new Map<string, ClassGroup>();
    made.set(among, known);
    const same = known.get(key);
    if (same) return same;
    const letsIn = ({ guarded: one }: StandingClass): boolean => {
      if (!entrants || one === null) return true;
      return part === 'sure' ? entrants.surely(one) : entrants.maybe(one) && !entrants.surely(one);
    };
    // Whichever is shorter: those whom guards let in, or those who are there.
    const walk = function* (): Generator<WorkloadClass, void, undefined> {
      const bound = part === 'sure' ? 'must' : 'may';
      if (entrants && entrants.most[bound] * 4 < all.length) {
        const seen = new Set<StandingClass>();
        for (const one of entrants.candidates(bound)) {
          for (const each of guarded.get(one) ?? []) {
            if (seen.has(each) || !hasBit(among, each.index) || !letsIn(each)) continue;
            seen.add(each);
            yield each.class;
          }
        }
        return;
      }
      for (const each of all) if (hasBit(among, each.index) && letsIn(each)) yield each.class;
    };
    let workloads: number | undefined;
    const group: ClassGroup = {
      id: id(count++),
      get workloads() {
        workloads ??= [...walk()].reduce((sum, { members }) => sum + members.length, 0);
        return workloads;
      },
      has(one) {
        const each = byId.get(one.id);
        return each !== undefined && hasBit(among, each.index) && letsIn(each);
      },
      [Symbol.iterator]: walk,
    };
    known.set(key, group);
    return group;
  };
}
