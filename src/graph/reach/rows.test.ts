import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Listener, Workload } from '../vocabulary.ts';
import type { Standing } from './classes.ts';
import { rowsOf } from './rows.ts';

function standing(name: string, segments: readonly string[], facts: Partial<Standing> = {}): Standing {
  const workload = { id: name, name } as Workload;
  return { workload, segments, network: name, isolated: false, callsBecause: [], reachedBecause: [], ...facts };
}

const listener = (of: Standing, facts: Partial<Listener> = {}): Listener =>
  ({
    id: `${of.workload.id}:80`,
    workload: of.workload,
    valid: true,
    doubt: null,
    bind: '0.0.0.0',
    ...facts,
  }) as Listener;

const isLocal = ({ bind }: Listener) => bind === '127.0.0.1';
const rows = (standings: readonly Standing[], listeners: readonly Listener[]) =>
  rowsOf(standings, listeners, isLocal, (index) => `class-${index}`);

/** Every pair that the rows say, without those of a workload and itself. */
function pairs(standings: readonly Standing[], listeners: readonly Listener[]): string[] {
  return rows(standings, listeners)
    .reachability.rows.flatMap(({ to, from }) =>
      from.flatMap((entry) =>
        entry.class.members
          .filter((member) => member !== to.workload)
          .map((member) => `${member.name} ${entry.verdict} ${to.id}`),
      ),
    )
    .sort();
}

const names = ['a', 'b', 'c', 'd', 'e'];
const arbitrary = fc.tuple(
  ...names.map((name) =>
    fc
      .record({
        segments: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }),
        isolated: fc.boolean(),
        network: fc.constantFrom(name, 'shared'),
        callsBecause: fc.constantFrom([], ['it is optional']),
        reachedBecause: fc.constantFrom([], ['a guard']),
        bind: fc.constantFrom('0.0.0.0', '127.0.0.1'),
        doubt: fc.constantFrom(null, 'not known to'),
      })
      .map(({ segments, bind, doubt, ...facts }) => {
        const made = standing(name, [...segments].sort(), facts);
        return { standing: made, listener: listener(made, { bind, doubt }) };
      }),
  ),
);

describe('rows', () => {
  test('are what asking every pair would give', () => {
    fc.assert(
      fc.property(arbitrary, (all) => {
        const expected = all.flatMap(({ standing: to, listener: port }) =>
          all.flatMap(({ standing: from }) => {
            if (from === to) return [];
            const local = isLocal(port);
            if (port.doubt !== null) return [];
            const meet = local
              ? from.network === to.network
              : !from.isolated && !to.isolated && from.segments.some((segment) => to.segments.includes(segment));
            if (!meet) return [];
            const sure =
              port.doubt === null && (local || (from.callsBecause.length === 0 && to.reachedBecause.length === 0));
            return [`${from.workload.name} ${sure ? 'reachable' : 'possible'} ${port.id}`];
          }),
        );
        const standings = all.map((each) => each.standing);
        const listeners = all.map((each) => each.listener);
        expect(pairs(standings, listeners)).toEqual(expected.sort());
      }),
    );
  });

  test('say each workload of a row once, and every workload is in one class', () => {
    fc.assert(
      fc.property(arbitrary, (all) => {
        const { reachability } = rows(
          all.map((each) => each.standing),
          all.map((each) => each.listener),
        );
        const members = reachability.classes.flatMap((each) => each.members.map(({ name }) => name));
        expect(members.sort()).toEqual(names);
        for (const { from } of reachability.rows)
          expect(new Set(from.map((each) => each.class)).size).toBe(from.length);
      }),
    );
  });

  test('a workload alone in its segment is reached by nobody', () => {
    const alone = standing('alone', ['x']);
    expect(rows([alone], [listener(alone)]).reachability.rows).toEqual([]);
  });

  test('an invalid port has no row', () => {
    const [a, b] = [standing('a', ['x']), standing('b', ['x'])];
    expect(rows([a, b], [listener(a, { valid: false })]).reachability.rows).toEqual([]);
  });
});

describe('size', () => {
  test('ten thousand workloads in one segment are one class and one list', () => {
    const standings = Array.from({ length: 10_000 }, (_, i) => standing(`w${i}`, ['cluster']));
    const { reachability } = rows(
      standings,
      standings.map((each) => listener(each)),
    );
    expect(reachability.classes).toHaveLength(1);
    expect(reachability.rows).toHaveLength(10_000);
    expect(new Set(reachability.rows.map(({ from }) => from)).size).toBe(1);
  });

  test('thousands of classes in one segment are cut off, and the rest is counted', () => {
    const standings = Array.from({ length: 3_000 }, (_, i) => standing(`w${i}`, ['common', `own-${i}`]));
    const { reachability, left } = rows(
      standings,
      standings.map((each) => listener(each)),
    );
    expect(left).toBeGreaterThan(0);
    expect(reachability.rows.length + left).toBe(3_000);
  });
});
