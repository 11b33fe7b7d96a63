/** Workloads among themselves: for groups that are reached alike, who reaches them (reachability.md §4.2). */
import { append } from '../../source/multimap.ts';
import { onceEach } from '../../source/once.ts';
import type { ClassSet, GuardedClass, Relation } from '../reach/relation.ts';
import type { PortSet } from '../sets/port-set.ts';
import type { Profile, Verdict } from '../vocabulary.ts';
import { type Ask, asking } from './asking.ts';
import type { Flow, FlowEnd } from './flow.ts';
import { type Grouped, isRunning, type Place } from './groups.ts';

/** More callers than this in all lists together are not listed: what is left out is told. */
const MOST_CALLERS = 2_000_000;

/** Ports, and who gets there: the groups that surely do, and those that only may. */
interface Part {
  readonly ports: PortSet;
  readonly sure: readonly Grouped[];
  readonly unsure: readonly Grouped[];
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
      const listed = parts.map(({ ports, classes: { must, may } }) => ({
        ports,
        sure: callers.of(must, must, to.place),
        unsure: must === may ? [] : callers.of(may, must, to.place),
      }));
      rows.set(key, { to: [to], parts: listed });
    }
  }
  const ask = asking(relation, profile);
  return { flows: [...rows.values()].flatMap((row) => flowsOf(row, ask)), left };
}

function flowsOf({ to, parts }: Row, ask: Ask): readonly Flow[] {
  const end: FlowEnd = { kind: 'groups', groups: to };
  const running = to.every(isRunning);
  return parts.flatMap(({ ports, sure, unsure }) => {
    const certain = running ? only(sure, isRunning) : NOBODY;
    const doubtful = together(running ? only(sure, (each) => !isRunning(each)) : sure, unsure);
    const flows = (from: readonly Grouped[], verdict: Verdict) =>
      ask(from, to, ports, verdict).flatMap(({ groups, because, rules }): readonly Flow[] =>
        meetAnybody(groups, to) ? [{ from: { kind: 'groups', groups }, to: end, ports, verdict, because, rules }] : [],
      );
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

/** Finds the groups of sets of classes that share a segment with a place; equal questions get one and the same list. */
function callersIn(grouped: readonly Grouped[]) {
  const byClass = new Map<GuardedClass, Grouped[]>();
  const bySegment = new Map<string, Grouped[]>();
  for (const each of grouped) {
    append(byClass, each.class, each);
    for (const segment of each.place.segments) append(bySegment, segment, each);
  }
  const neighbours = onceEach((key: string) => {
    const segments = JSON.parse(key) as readonly string[];
    return new Set(segments.flatMap((segment) => bySegment.get(segment) ?? []));
  });
  const lists = new Map<string, readonly Grouped[]>();
  let count = 0;
  return {
    full: () => count > MOST_CALLERS,
    /** The groups of the classes of `set` that are not in `apart`; all of them where these are one and the same. */
    of(set: ClassSet, apart: ClassSet, { segments }: Place): readonly Grouped[] {
      const place = JSON.stringify(segments);
      const key = `${set.id} ${apart.id} ${place}`;
      const known = lists.get(key);
      if (known) return known;
      const here = neighbours(place);
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
