import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Origin } from '../../source/span.ts';
import { unknown } from '../../source/value.ts';
import type { LinkEnd, LinkFact } from '../link-fact.ts';
import { covers, intersect, isEmpty, parseAddressList } from '../sets/address-set.ts';
import type { Listener, Workload } from '../vocabulary.ts';
import type { Standing } from './classes.ts';
import { rowsOf } from './rows.ts';

const origin: Origin = { file: 'main.tf', start: 0, end: 1 };

function standing(name: string, network: string, facts: Partial<Standing> = {}): Standing {
  const workload = { id: name, name } as Workload;
  return { workload, segments: [network], network: name, isolated: false, silent: false, because: [], ...facts };
}

const within = (
  parts: readonly string[],
  networks: readonly string[],
  ranges: readonly string[],
): Partial<Standing> => ({
  crossing: {
    ends: [
      ...networks.map((segment) => ({ segment, part: false })),
      ...parts.map((segment) => ({ segment, part: true })),
    ],
    ranges,
  },
});

const end = (segment: string, addresses?: readonly string[]): LinkEnd => ({
  segment,
  ...(addresses ? { addresses } : {}),
  origin,
});

function link(id: string, senders: readonly LinkEnd[], receivers: readonly LinkEnd[], facts: Partial<LinkFact> = {}) {
  return { id, kind: 'peering', name: id, senders, receivers, origin, ...facts } as const;
}

/** `a reachable b`: who gets to whom, and why nobody is sure. */
function reaching(standings: readonly Standing[], links: readonly LinkFact[]): readonly string[] {
  const listeners = standings.map(({ workload }) => {
    return { workload, protocol: 'tcp', ports: { from: 80, to: 80 }, valid: true, doubt: null } as Listener;
  });
  const { rows } = rowsOf({
    standings,
    listeners,
    local: () => false,
    relation: null,
    links,
    id: (kind, index) => `${kind}-${index}`,
  });
  return rows
    .flatMap(({ to, from }) =>
      from.flatMap(({ classes, verdict, because }) =>
        [...classes]
          .flatMap(({ members }) => members)
          .filter((member) => member !== to.workload)
          .map((member) => [member.name, verdict, to.workload.name, ...because].join(' ')),
      ),
    )
    .sort();
}

describe('between networks', () => {
  const a = standing('a', 'A', within([], ['A'], ['10.1.0.0/16']));
  const b = standing('b', 'B', within([], ['B'], ['10.2.0.0/16']));
  const c = standing('c', 'C', within([], ['C'], ['10.3.0.0/16']));
  const there = link('there', [end('A', ['10.2.0.0/16'])], [end('B')]);
  const back = link('back', [end('B', ['10.0.0.0/8'])], [end('A')]);

  test('nobody gets anywhere without a link, nor over one that nothing comes back by', () => {
    expect(reaching([a, b], [])).toEqual([]);
    expect(reaching([a, b], [there])).toEqual([]);
    expect(reaching([a, b], [there, link('back', [end('B', ['10.9.0.0/16'])], [end('A')])])).toEqual([]);
    expect(reaching([a, b], [there, link('back', [end('B', [])], [end('A')])])).toEqual([]);
  });

  test('routes of both sides lead both ways, and never one hop further', () => {
    const onwards = [link('on', [end('B')], [end('C')]), link('home', [end('C')], [end('B')])];
    expect(reaching([a, b, c], [there, back, ...onwards])).toEqual([
      'a reachable b',
      'b reachable a',
      'b reachable c',
      'c reachable b',
    ]);
  });

  test('one hub leads everybody to whom it has a route', () => {
    const hub = link(
      'hub',
      ['A', 'B', 'C'].map((key) => end(key, ['10.0.0.0/8'])),
      [end('A', ['10.1.0.0/16']), end('B', ['10.2.0.0/16'])],
    );
    expect(reaching([a, b, c], [hub])).toEqual(['a reachable b', 'b reachable a']);
  });

  test('what is not in the code makes it possible, with the reason', () => {
    const hidden = { ...back, unknown: unknown('whether it is accepted is not in the code', origin) };
    expect(reaching([a, b], [there, hidden])).toEqual([
      'a possible b whether it is accepted is not in the code',
      'b possible a whether it is accepted is not in the code',
    ]);
    const nowhere = standing('n', 'B', within([], ['B'], []));
    const some = link('there', [end('A', ['10.2.1.0/24'])], [end('B')]);
    expect(reaching([a, b], [some, back])[0]).toContain('for some of its addresses only');
    expect(reaching([a, nowhere], [there, back])[0]).toContain('which addresses it has');
  });

  test('each caller has its own reasons only', () => {
    const doubted = (id: string, from: string, to: string) =>
      link(id, [end(from)], [end(to)], { unknown: unknown(`whether ${id} is accepted is not in the code`, origin) });
    const links = [
      doubted('ab', 'A', 'B'),
      doubted('ba', 'B', 'A'),
      doubted('cb', 'C', 'B'),
      link('bc', [end('B')], [end('C')]),
    ];
    expect(reaching([a, b, c], links)).toEqual([
      'a possible b whether ab is accepted is not in the code whether ba is accepted is not in the code',
      'b possible a whether ba is accepted is not in the code whether ab is accepted is not in the code',
      'b possible c whether cb is accepted is not in the code',
      'c possible b whether cb is accepted is not in the code',
    ]);
  });

  test('more reasons than anybody reads are told together', () => {
    const links = Array.from({ length: 40 }, (_, i) =>
      link(`l${i}`, [end('A'), end('B')], [end('A'), end('B')], { unknown: unknown(`reason ${i}`, origin) }),
    );
    const [first] = reaching([a, b], links);
    expect(first?.match(/reason/g)).toHaveLength(40);
  });

  test('a part of a network has routes of its own', () => {
    const routed = standing('r', 'A', within(['A/1'], ['A'], ['10.1.1.0/24']));
    const cut = standing('u', 'A', within(['A/2'], ['A'], ['10.1.2.0/24']));
    const parts = link('there', [end('A'), end('A/1', ['10.2.0.0/16']), end('A/2', [])], [end('B')]);
    expect(reaching([routed, cut, b], [parts, back]).filter((text) => /\bb\b/.test(text))).toEqual([
      'b reachable r',
      'r reachable b',
    ]);
  });

  test('two networks of one platform that the code only names may be one', () => {
    const [one, two, other] = [
      standing('one', 'X', { families: ['aws'] }),
      standing('two', 'Y', { families: ['aws'] }),
      standing('other', 'Z', { families: ['azure'] }),
    ];
    expect(reaching([one, two, other, a], [])).toEqual([
      'one possible two whether their networks are one is not in the code',
      'two possible one whether their networks are one is not in the code',
    ]);
  });

  const ranges = ['10.1.0.0/16', '10.2.0.0/16', '10.2.1.0/24', '10.0.0.0/8'];
  const arbitraryEnd = fc.record({
    segment: fc.constantFrom('A', 'B', 'C'),
    addresses: fc.option(fc.subarray(ranges), { nil: undefined }),
  });
  const arbitraryLinks = fc.array(
    fc.record({
      senders: fc.array(arbitraryEnd, { maxLength: 3 }),
      receivers: fc.array(arbitraryEnd, { maxLength: 3 }),
      hidden: fc.boolean(),
    }),
    { maxLength: 4 },
  );
  const arbitraryMembers = fc.array(
    fc.record({ network: fc.constantFrom('A', 'B', 'C'), ranges: fc.subarray(ranges, { maxLength: 2 }) }),
    { maxLength: 5 },
  );

  test('are what asking every pair would give', () => {
    fc.assert(
      fc.property(arbitraryMembers, arbitraryLinks, (members, drawn) => {
        const made = members.map(({ network, ranges: own }, index) =>
          standing(`w${index}`, network, within([], [network], own)),
        );
        const links = drawn.map(({ senders, receivers, hidden }, index) =>
          link(
            `l${index}`,
            senders.map(({ segment, addresses }) => end(segment, addresses)),
            receivers.map(({ segment, addresses }) => end(segment, addresses)),
            hidden ? { unknown: unknown('hidden', origin) } : {},
          ),
        );
        const expected = made.flatMap((from) =>
          made.flatMap((to) => {
            if (from === to) return [];
            const near = from.segments[0] === to.segments[0];
            const verdict = near ? 'sure' : worse(oneWay(from, to, links), oneWay(to, from, links));
            if (verdict === 'no') return [];
            return [`${from.workload.name} ${verdict === 'sure' ? 'reachable' : 'possible'} ${to.workload.name}`];
          }),
        );
        const told = reaching(made, links).map((text) => text.split(' ').slice(0, 3).join(' '));
        expect(told).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
  });
});

type Sureness = 'no' | 'perhaps' | 'sure';

function worse(a: Sureness, b: Sureness): Sureness {
  return a === 'no' || b === 'no' ? 'no' : a === 'perhaps' || b === 'perhaps' ? 'perhaps' : 'sure';
}

/** Whether one may send to the other, asked link by link and end by end. */
function oneWay(from: Standing, to: Standing, links: readonly LinkFact[]): Sureness {
  const found = links.flatMap((each) =>
    each.senders
      .filter(({ segment }) => from.segments.includes(segment))
      .flatMap((sender) =>
        each.receivers
          .filter(({ segment }) => to.segments.includes(segment))
          .map((receiver): Sureness => {
            const sets = [sender, receiver].flatMap(({ addresses }) =>
              addresses ? [parseAddressList(addresses).set] : [],
            );
            const [first, second] = sets;
            if (!first) return each.unknown ? 'perhaps' : 'sure';
            const routed = second ? intersect(first, second) : first;
            const { ranges = [] } = to.crossing ?? {};
            const known = ranges.length > 0 ? ranges : receiver.addresses;
            if (isEmpty(routed)) return 'no';
            if (!known) return 'perhaps';
            const own = parseAddressList(known).set;
            if (isEmpty(intersect(routed, own))) return 'no';
            return covers(routed, own) && !each.unknown ? 'sure' : 'perhaps';
          }),
      ),
  );
  return found.includes('sure') ? 'sure' : found.includes('perhaps') ? 'perhaps' : 'no';
}
