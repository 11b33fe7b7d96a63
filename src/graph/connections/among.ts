/** Workloads among themselves: for groups that are reached alike, who reaches them (reachability.md §4.2, R71, R74). */
import { append } from '../../source/multimap.ts';
import { onceEach } from '../../source/once.ts';
import type { Comers } from '../exposure-graph.ts';
import type { ClassSet, GuardedClass, Relation } from '../reach/relation.ts';
import type { PortSet } from '../sets/port-set.ts';
import type { Profile, Verdict, Workload } from '../vocabulary.ts';
import { type Ask, asking } from './asking.ts';
import type { Flow, FlowEnd } from './flow.ts';
import { type Grouped, isRunning, type Place } from './groups.ts';

/** More callers than this in all lists together are not listed: what is left out is told. */
const MOST_CALLERS = 2_000_000;

/** Ports, and who gets there: the groups that guards surely let in, and those that they only may. */
interface Part {
  readonly ports: PortSet;
  readonly sure: readonly Grouped[];
  readonly unsure: readonly Grouped[];
  /** Why nobody can be sure that they get there at all, guards or not. */
  readonly because: readonly string[];
}

/** Groups that the same callers reach on the same ports. */
interface Row {
  readonly to: Grouped[];
  readonly parts: readonly Part[];
}

/** Who reaches whom, and the groups for which that is too much to list. */
export function flowsAmong(
  grouped: readonly Grouped[],
  relation: Relation,
  reachedBy: Relation['reachedBy'],
  profile: Profile,
): { readonly flows: readonly Flow[]; readonly left: readonly Grouped[] } {
  const callers = callersIn(grouped);
  const rows = new Map<string, Row>();
  const left: Grouped[] = [];
  for (const to of grouped) {
    const parts = reachedBy(to.class);
    const ids = parts.map(({ ports, classes }) => [ports.id, classes.must.id, classes.may.id]);
    const key = JSON.stringify([to.place.key, to.idle.because, to.onHost, ids]);
    const known = rows.get(key);
    if (known) known.to.push(to);
    else if (callers.full()) left.push(to);
    else {
      const listed = parts.flatMap(({ ports, classes: { must, may } }) =>
        callers.at(to.place).map((coming) => ({
          ports,
          sure: callers.of(must, must, coming),
          unsure: must === may ? [] : callers.of(may, must, coming),
          because: coming.because,
        })),
      );
      rows.set(key, { to: [to], parts: listed });
    }
  }
  const ask = asking(relation, profile);
  return { flows: [...rows.values()].flatMap((row) => flowsOf(row, ask)), left };
}

function flowsOf({ to, parts }: Row, ask: Ask): readonly Flow[] {
  const end: FlowEnd = { kind: 'groups', groups: to };
  const running = to.every(isRunning);
  return parts.flatMap(({ ports, sure, unsure, because: crossing }) => {
    const surely = running && crossing.length === 0;
    const certain = surely ? only(sure, isRunning) : NOBODY;
    const doubtful = together(surely ? only(sure, (each) => !isRunning(each)) : sure, unsure);
    const flows = (from: readonly Grouped[], verdict: Verdict) =>
      ask(from, to, ports, verdict).flatMap(({ groups, because: guarding, rules }): readonly Flow[] => {
        if (!meetAnybody(groups, to)) return [];
        const because = [...guarding, ...crossing];
        return [{ from: { kind: 'groups', groups }, to: end, ports, verdict, because, rules }];
      });
    return [...flows(certain, 'reachable'), ...flows(doubtful, 'possible')];
  });
}

const NOBODY: readonly Grouped[] = [];

/** The list itself where it has nothing else, so that equal lists stay one object. */
function only(groups: readonly Grouped[], wanted: (each: Grouped) => boolean): readonly Grouped[] {
  return groups.every(wanted) ? groups : groups.filter(wanted);
}

function together(a: readonly Grouped[], b: readonly Grouped[]): readonly Grouped[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : [...a, ...b];
}

/** Nobody talks to itself: one workload alone has nobody to talk to. */
function meetAnybody(from: readonly Grouped[], to: readonly Grouped[]): boolean {
  const [first] = from;
  if (!first || to.length === 0) return false;
  return from.length > 1 || to.length > 1 || first !== to[0] || first.group.members.length > 1;
}

/** Those who may come to a place, if guards let them. */
interface Coming {
  readonly key: string;
  readonly here: ReadonlySet<Grouped>;
  readonly because: readonly string[];
}

/** Finds the groups of sets of classes that may come to a place; equal questions get one and the same list. */
function callersIn(grouped: readonly Grouped[]) {
  const byClass = new Map<GuardedClass, Grouped[]>();
  const bySegment = new Map<string, Grouped[]>();
  const of = new Map<Workload, Grouped>();
  for (const each of grouped) {
    append(byClass, each.class, each);
    for (const segment of each.place.segments) append(bySegment, segment, each);
    for (const member of each.group.members) of.set(member, each);
  }
  const sharing = onceEach((key: string): Coming => {
    const segments = JSON.parse(key) as readonly string[];
    return { key, here: new Set(segments.flatMap((segment) => bySegment.get(segment) ?? [])), because: [] };
  });
  let met = 0;
  const crossing = onceEach((comers: readonly Comers[]): readonly Coming[] =>
    comers.map(({ classes, because }) => {
      const members = [...classes].flatMap((each) => each.members);
      return { key: `comers ${++met}`, here: new Set(members.flatMap((member) => of.get(member) ?? [])), because };
    }),
  );
  const lists = new Map<string, readonly Grouped[]>();
  let count = 0;
  return {
    full: () => count > MOST_CALLERS,
    at: ({ segments, comers }: Place): readonly Coming[] => [sharing(JSON.stringify(segments)), ...crossing(comers)],
    /** The groups of the classes of `set` that are not in `apart`; all of them where these are one and the same. */
    of(set: ClassSet, apart: ClassSet, { key: where, here }: Coming): readonly Grouped[] {
      const key = `${set.id} ${apart.id} ${where}`;
      const known = lists.get(key);
      if (known) return known;
      const list: Grouped[] = [];
      for (const guarded of set) {
        if (set !== apart && apart.has(guarded)) continue;
        for (const each of byClass.get(guarded) ?? []) if (here.has(each)) list.push(each);
      }
      count += list.length;
      lists.set(key, list);
      return list;
    },
  };
}
