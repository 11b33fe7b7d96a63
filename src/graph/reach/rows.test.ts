import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReachGroup } from '../exposure-graph.ts';
import type { Listener, Workload } from '../vocabulary.ts';
import type { Standing } from './classes.ts';
import type { Bounds, ClassSet, GuardedClass, Relation } from './relation.ts';
import { rowsOf } from './rows.ts';

function standing(name: string, segments: readonly string[], facts: Partial<Standing> = {}): Standing {
  const workload = { id: name, name } as Workload;
  return { workload, segments, network: name, isolated: false, silent: false, because: [], ...facts };
}

const listener = (of: Standing, facts: Partial<Listener> = {}): Listener =>
  ({
    id: `${of.workload.id}:80`,
    workload: of.workload,
    protocol: 'tcp',
    ports: { from: 80, to: 80 },
    valid: true,
    doubt: null,
    bind: '0.0.0.0',
    ...facts,
  }) as Listener;

const rows = (standings: readonly Standing[], listeners: readonly Listener[], relation: Relation | null = null) =>
  rowsOf({
    standings,
    listeners,
    local: ({ bind }) => bind === '127.0.0.1',
    relation,
    id: (kind, index) => `${kind}-${index}`,
  });

const membersOf = ({ classes }: ReachGroup) => [...classes].flatMap(({ members }) => members);

/** Every pair that the rows say, without those of a workload and itself. */
function pairs(standings: readonly Standing[], listeners: readonly Listener[], relation?: Relation): string[] {
  return rows(standings, listeners, relation)
    .rows.flatMap(({ to, from }) =>
      from.flatMap((group) =>
        membersOf(group)
          .filter((member) => member !== to.workload)
          .map((member) => `${member.name} ${group.verdict} ${to.id}`),
      ),
    )
    .sort();
}

/** What guards say of one pair on one port: surely, perhaps or not at all. */
type Ruling = (from: string, to: string, port: number) => 'sure' | 'perhaps' | 'never';

/** A relation in which each workload is a class of its own, and `says` says who gets where. */
function guardedBy(names: readonly string[], says: Ruling): Relation {
  const classes = names.map((name, index): GuardedClass => {
    return { index, members: [{ id: name, name } as Workload], namespace: null };
  });
  const known = new Map<string, ClassSet>();
  const setOf = (members: readonly GuardedClass[]): ClassSet => {
    const key = members.map(({ index }) => index).join();
    const made = known.get(key) ?? {
      id: known.size,
      size: members.length,
      has: (one) => members.includes(one),
      [Symbol.iterator]: () => members[Symbol.iterator](),
    };
    known.set(key, made);
    return made;
  };
  const callers = ({ index }: GuardedClass, port: number): Bounds<ClassSet> => {
    const told = (wanted: readonly string[]) =>
      setOf(classes.filter((from) => wanted.includes(says(names[from.index] ?? '', names[index] ?? '', port))));
    return { must: told(['sure']), may: told(['sure', 'perhaps']) };
  };
  return {
    classOf: ({ name }: Workload) => classes[names.indexOf(name)] as GuardedClass,
    callers: (to: GuardedClass, _: string, port: number) => callers(to, port),
    decide: () => ({ because: ['nobody knows'] }),
  } as unknown as Relation;
}

const names = ['a', 'b', 'c', 'd', 'e'];
const arbitrary = fc.tuple(
  ...names.map((name) =>
    fc
      .record({
        segments: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }),
        isolated: fc.boolean(),
        network: fc.constantFrom(name, 'shared'),
        because: fc.constantFrom([], [], ['it is optional']),
        bind: fc.constantFrom('0.0.0.0', '127.0.0.1'),
        doubt: fc.constantFrom(null, 'not known to'),
      })
      .map(({ segments, bind, doubt, ...facts }) => {
        const made = standing(name, [...segments].sort(), facts);
        return { standing: made, listener: listener(made, { bind, doubt }) };
      }),
  ),
);
const rulings = fc.array(fc.constantFrom('sure' as const, 'perhaps' as const, 'never' as const), {
  minLength: 25,
  maxLength: 25,
});

describe('rows', () => {
  test('are what asking every pair would give, with guards and without', () => {
    fc.assert(
      fc.property(arbitrary, fc.option(rulings), (all, told) => {
        const says: Ruling = (from, to) => told?.[names.indexOf(from) * 5 + names.indexOf(to)] ?? 'sure';
        const expected = all.flatMap(({ standing: to, listener: port }) =>
          all.flatMap(({ standing: from }) => {
            if (from === to || port.doubt !== null) return [];
            const local = port.bind === '127.0.0.1';
            const meet = local
              ? from.network === to.network
              : !from.isolated && !to.isolated && from.segments.some((segment) => to.segments.includes(segment));
            const ruling = local ? 'sure' : says(from.workload.name, to.workload.name, 80);
            if (!meet || ruling === 'never') return [];
            const sure = local || (from.because.length === 0 && to.because.length === 0 && ruling === 'sure');
            return [`${from.workload.name} ${sure ? 'reachable' : 'possible'} ${port.id}`];
          }),
        );
        const standings = all.map((each) => each.standing);
        const listeners = all.map((each) => each.listener);
        const relation = told ? guardedBy(names, says) : undefined;
        expect(pairs(standings, listeners, relation)).toEqual(expected.sort());
      }),
    );
  });

  test('say each workload of a row once, and every workload is in one class', () => {
    fc.assert(
      fc.property(arbitrary, fc.option(rulings), (all, told) => {
        const relation =
          told && guardedBy(names, (from, to) => told[names.indexOf(from) * 5 + names.indexOf(to)] ?? 'sure');
        const { classes, rows: found } = rows(
          all.map((each) => each.standing),
          all.map((each) => each.listener),
          relation,
        );
        expect(classes.flatMap((each) => each.members.map(({ name }) => name)).sort()).toEqual(names);
        for (const { from } of found) {
          const members = from.flatMap(membersOf);
          expect(new Set(members).size).toBe(members.length);
          for (const group of from) {
            expect(group.classes.workloads).toBe(membersOf(group).length);
            const listed = new Set(group.classes);
            for (const one of classes) expect(group.classes.has(one)).toBe(listed.has(one));
          }
        }
      }),
    );
  });

  test('a workload alone in its segment is reached by nobody', () => {
    const alone = standing('alone', ['x']);
    expect(rows([alone], [listener(alone)]).rows).toEqual([]);
  });

  test('an invalid port has no row', () => {
    const [a, b] = [standing('a', ['x']), standing('b', ['x'])];
    expect(rows([a, b], [listener(a, { valid: false })]).rows).toEqual([]);
  });

  test('why guards leave it open is told', () => {
    const [a, b] = [standing('a', ['x'], { because: ['it is optional'] }), standing('b', ['x'])];
    const [row] = rows(
      [a, b],
      [listener(b)],
      guardedBy(['a', 'b'], () => 'perhaps'),
    ).rows;
    expect(row?.from.map(({ verdict, because }) => [verdict, ...because])).toEqual([
      ['possible', 'it is optional', 'nobody knows'],
    ]);
  });
});

describe('a range of ports', () => {
  const [a, b, c] = [standing('a', ['x']), standing('b', ['x']), standing('c', ['x'])];
  const range = listener(c, { ports: { from: 80, to: 90 } });
  const classes = guardedBy(['a', 'b', 'c'], () => 'never');
  const part = (from: number, to: number, callers: readonly string[]) => {
    const told = guardedBy(['a', 'b', 'c'], (name) => (callers.includes(name) ? 'sure' : 'never'));
    return { ports: { id: from, bounds: [from, to] }, classes: told.callers(told.classOf(c.workload), 'tcp', 1) };
  };
  const relation = (...parts: readonly ReturnType<typeof part>[]) =>
    ({
      ...classes,
      sets: { of: () => null, intersect: (set: unknown) => set },
      reachedBy: () => parts.map((each, id) => ({ ...each, classes: renamed(each.classes, id) })),
    }) as unknown as Relation;
  /** Sets of different relations have nothing to do with each other: told apart, and compared by number. */
  const renamed = ({ must, may }: Bounds<ClassSet>, id: number): Bounds<ClassSet> => {
    const asked = (set: ClassSet): ClassSet => ({
      id: id * 10 + set.size,
      size: set.size,
      has: ({ index }) => [...set].some((one) => one.index === index),
      *[Symbol.iterator]() {
        for (const one of set) yield classes.classOf(one.members[0] as Workload);
      },
    });
    return { must: asked(must), may: asked(may) };
  };
  const said = (told: Relation) => pairs([a, b, c], [range], told);

  test('is surely reached by who gets to all of it, and perhaps by who gets to some of it', () => {
    expect(said(relation(part(80, 90, ['a'])))).toEqual(['a reachable c:80']);
    expect(said(relation(part(80, 85, ['a', 'b']), part(86, 90, ['a'])))).toEqual([
      'a reachable c:80',
      'b possible c:80',
    ]);
    expect(said(relation(part(80, 85, ['a'])))).toEqual(['a possible c:80']);
    expect(said(relation())).toEqual([]);
  });
});

describe('size', () => {
  test('ten thousand workloads in one segment are one class and one list', () => {
    const standings = Array.from({ length: 10_000 }, (_, i) => standing(`w${i}`, ['cluster']));
    const { classes, rows: found } = rows(
      standings,
      standings.map((each) => listener(each)),
    );
    expect(classes).toHaveLength(1);
    expect(found).toHaveLength(10_000);
    expect(new Set(found.map(({ from }) => from)).size).toBe(1);
  });

  test('thousands of classes in one segment are sets that nobody lists', () => {
    const standings = Array.from({ length: 3_000 }, (_, i) => standing(`w${i}`, ['common', `own-${i}`]));
    const { classes, rows: found } = rows(
      standings,
      standings.map((each) => listener(each)),
    );
    expect(classes).toHaveLength(3_000);
    expect(found).toHaveLength(3_000);
    expect(found[2_999]?.from[0]?.classes.workloads).toBe(3_000);
  });
});
