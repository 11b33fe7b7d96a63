/** Rows: who gets to each listener, inside the segments that they share (R81, R82) and past the guards (§4.2). */
import { countedAll } from '../../source/counted.ts';
import { once, onceEach } from '../../source/once.ts';
import type { ClassGroup, Comers, Reachability, ReachGroup, ReachRow } from '../exposure-graph.ts';
import type { LinkFact } from '../link-fact.ts';
import type { Listener, Verdict, Workload } from '../vocabulary.ts';
import { bitSpace } from './bits.ts';
import { classesOf, type Standing, type StandingClass } from './classes.ts';
import { crossings } from './crossing.ts';
import { type Entrants, entrantsOf } from './entrants.ts';
import { type Callers, grouping, neighbourhoods } from './groups.ts';
import type { Relation } from './relation.ts';

/** What rows are made from. */
export interface RowInput {
  readonly standings: readonly Standing[];
  readonly listeners: readonly Listener[];
  /** Whether a listener answers only inside its own network namespace. */
  readonly local: (listener: Listener) => boolean;
  /** What guards admit; null where there are none. */
  readonly relation: Relation | null;
  /** Ways between networks. */
  readonly links?: readonly LinkFact[];
  /** Names a class, or a group of classes, by its number. */
  readonly id: (kind: 'class' | 'callers', index: number) => string;
}

/**
 * Who reaches which listener. Rows of listeners that nothing tells apart have one list, and no list is longer than what
 * there is to say about its callers: sets are looked into only when somebody asks. A listener that is in doubt has no row:
 * only what names it may lead to it.
 */
export function rowsOf({ standings, listeners, local, relation, links = [], id }: RowInput): Reachability {
  const classes = classesOf(standings, relation, (index) => id('class', index));
  const space = bitSpace(classes.all.length);
  const crossing = crossings(space, classes, links);
  const { callersOf, comersTo } = neighbourhoods(space, classes, crossing.comersTo);
  const groupOf = grouping(classes, (index) => id('callers', index));
  const onlyOf = onceEach(onlyWorkload);
  // The lists of one place, by whom guards let in: places are few, and their texts are long.
  const lists = new Map<string, Map<string, readonly ReachGroup[]>>();
  const listsAt = (where: string) => {
    const known = lists.get(where) ?? new Map<string, readonly ReachGroup[]>();
    lists.set(where, known);
    return known;
  };
  const listsOf = onceEach(({ standing: { isolated, because }, place }: StandingClass) =>
    listsAt(isolated ? '' : `${place} ${countedAll(because)}`),
  );

  const listFor = (target: StandingClass, listener: Listener): readonly ReachGroup[] => {
    const inside = local(listener);
    const guarded = inside ? null : target.guarded;
    const entrants = relation && guarded ? entrantsOf(relation, guarded, listener.protocol, listener.ports) : undefined;
    const here = inside ? listsAt(`inside ${target.network ?? ''}`) : listsOf(target);
    const key = entrants?.key ?? '';
    const list = here.get(key) ?? listOf(target, listener, inside, entrants);
    here.set(key, list);
    return list;
  };

  const listOf = (
    target: StandingClass,
    listener: Listener,
    inside: boolean,
    entrants: Entrants | undefined,
  ): readonly ReachGroup[] => {
    const { because } = target.standing;
    const list = callersOf(target, inside).flatMap(({ among, because: calling }): ReachGroup[] => {
      const doubts = inside ? [] : [...calling, ...because];
      const verdict: Verdict = doubts.length > 0 ? 'possible' : 'reachable';
      if (!entrants) return [{ classes: groupOf(among), verdict, because: doubts }];
      const sure: ReachGroup = { classes: groupOf(among, entrants), verdict, because: doubts };
      if (!entrants.unsure) return [sure];
      const unsure = groupOf(among, entrants, 'unsure');
      const why = once(() => [...doubts, ...reasons(relation as Relation, unsure, listener, entrants.port)]);
      return [
        sure,
        {
          classes: unsure,
          verdict: 'possible',
          get because() {
            return why();
          },
        },
      ];
    });
    return list
      .filter(({ classes: group }) => onlyOf(group) !== 'none')
      .sort((a, b) => Number(a.verdict === 'possible') - Number(b.verdict === 'possible'));
  };

  const rows: ReachRow[] = [];
  for (const listener of listeners) {
    const target = classes.of.get(listener.workload);
    if (!target || !listener.valid || listener.doubt !== null) continue;
    const list = listFor(target, listener);
    if (list.length === 0) continue;
    const calls = ({ classes: group }: ReachGroup) => onlyOf(group) !== listener.workload;
    const from = list.every(calls) ? list : list.filter(calls);
    if (from.length > 0) rows.push({ to: listener, from });
  }
  const told = onceEach((callers: readonly Callers[]) =>
    callers.map(({ among, because }): Comers => ({ classes: groupOf(among), because })),
  );
  return {
    classes: classes.all.map((each) => each.class),
    rows,
    comersTo(workload) {
      const target = classes.of.get(workload);
      return target ? told(comersTo(target)) : [];
    },
    passages(from, to) {
      const [here, there] = [classes.of.get(from), classes.of.get(to)];
      return here && there ? crossing.passages(here, there) : [];
    },
  };
}

/** The workload that a group consists of, or whether it has none or several. */
function onlyWorkload(group: ClassGroup): Workload | 'none' | 'several' {
  let only: Workload | 'none' = 'none';
  for (const { members } of group) {
    if (only !== 'none' || members.length > 1) return 'several';
    only = members[0] ?? 'none';
  }
  return only;
}

/** So many of those who may get in are asked for why nobody is sure. */
const MOST_WITNESSES = 3;

function reasons(relation: Relation, group: ClassGroup, { workload, protocol }: Listener, port: number) {
  const found = new Set<string>();
  let asked = 0;
  for (const { members } of group) {
    const from = members.find((member) => member !== workload);
    if (!from) continue;
    const decision = relation.decide(
      { kind: 'workload', workload: from },
      { kind: 'workload', workload },
      protocol,
      port,
    );
    for (const reason of decision.because) found.add(reason);
    if (++asked === MOST_WITNESSES) break;
  }
  return found;
}
