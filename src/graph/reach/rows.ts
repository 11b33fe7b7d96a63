/** Rows: for each listener the classes that get to it, inside the segments that they share (R81, R82). */
import { append } from '../../source/multimap.ts';
import type { Reachability, ReachRow } from '../exposure-graph.ts';
import type { Listener } from '../vocabulary.ts';
import { classesOf, type Standing, type StandingClass } from './classes.ts';

/** More entries than this are not listed: it takes thousands of classes that all sit in one segment. */
const MOST_ENTRIES = 500_000;

/** Who reaches whom, as far as it is listed. */
export interface Rows {
  readonly reachability: Reachability;
  /** Listeners whose rows were left out because there would have been too many entries. */
  readonly left: number;
}

/**
 * Who reaches which listener. Rows of listeners that nothing tells apart are one list, so that the work is one entry for
 * each pair of classes that share a segment, whatever the number of workloads. A class with the listener's own workload
 * in it is listed only if somebody else is in it. A listener that is in doubt has no row: only what names it may lead to it.
 *
 * @param local whether a listener answers only inside its own network namespace
 */
export function rowsOf(
  standings: readonly Standing[],
  listeners: readonly Listener[],
  local: (listener: Listener) => boolean,
  id: (index: number) => string,
): Rows {
  const { classes, of } = classesOf(standings, id);
  const inSegment = grouped(classes, ({ standing }) => (standing.isolated ? [] : standing.segments));
  const inNetwork = grouped(classes, ({ network }) => (network === null ? [] : [network]));
  const lists = new Map<string, ReachRow['from']>();
  let entries = 0;
  let left = 0;

  const listFor = (target: StandingClass, listener: Listener): ReachRow['from'] => {
    const inside = local(listener);
    const key = `${target.class.id} ${inside}`;
    const known = lists.get(key);
    if (known) return known;
    if (entries > MOST_ENTRIES) {
      left++;
      return [];
    }
    const callers = inside ? (inNetwork.get(target.network ?? '') ?? []) : callersOf(target, inSegment);
    const list = callers
      .filter((caller) => caller !== target || caller.class.members.length > 1)
      .map((caller) => {
        const because = inside ? [] : [...caller.standing.callsBecause, ...target.standing.reachedBecause];
        const verdict = because.length > 0 ? ('possible' as const) : ('reachable' as const);
        return { class: caller.class, verdict, because };
      });
    entries += list.length;
    lists.set(key, list);
    return list;
  };

  const rows: ReachRow[] = [];
  for (const listener of listeners) {
    const target = of.get(listener.workload);
    if (!target || !listener.valid || listener.doubt !== null) continue;
    const from = listFor(target, listener);
    if (from.length > 0) rows.push({ to: listener, from });
  }
  return { reachability: { classes: classes.map((each) => each.class), rows }, left };
}

/** The classes that share a segment with `target`, each once. */
function callersOf(
  target: StandingClass,
  inSegment: ReadonlyMap<string, readonly StandingClass[]>,
): readonly StandingClass[] {
  const { isolated, segments } = target.standing;
  if (isolated) return [];
  const lists = segments.map((segment) => inSegment.get(segment) ?? []);
  return lists.length === 1 ? (lists[0] as readonly StandingClass[]) : [...new Set(lists.flat())];
}

function grouped(
  classes: readonly StandingClass[],
  keysOf: (each: StandingClass) => readonly string[],
): ReadonlyMap<string, readonly StandingClass[]> {
  const groups = new Map<string, StandingClass[]>();
  for (const each of classes) {
    for (const key of keysOf(each)) {
      append(groups, key, each);
    }
  }
  return groups;
}
