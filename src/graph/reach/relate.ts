/** Makes the granted relation of an environment (reachability.md §4). */
import type { Direction, Protocol } from '../fragment.ts';
import type { AddressSet } from '../sets/address-set.ts';
import { type PortSet, placeOfPort, portSets } from '../sets/port-set.ts';
import type { Guard, Workload } from '../vocabulary.ts';
import { bitSpace, countBits, hasBit, type KnownBits, numbersOf } from './bits.ts';
import { type Columns, columnTable } from './columns.ts';
import { egressIndex } from './egress-index.ts';
import { type FarEnd, farAddresses, farClass, farStranger, selectsStranger, strangerOf } from './far-end.ts';
import { classesApart, type KnownClass } from './guarded-classes.ts';
import { missesOf } from './misses.ts';
import { pairs } from './pairs.ts';
import { peersOf } from './peers.ts';
import { askedPorts, type PortOwner, portAlgebra } from './ports.ts';
import { type Profile, profileFor, profilesOf, UNGUARDED } from './profiles.ts';
import type { Bounds, ClassSet, Decision, End, GuardedClass, Relation, RelationInput, Ruling } from './relation.ts';
import { namespaceLabels, selecting } from './selectors.ts';
import { ruling } from './witness.ts';

/** One end of a connection: what guards it, and how the other end's guards see it. */
interface Ended {
  readonly known: KnownClass | null;
  readonly profile: Profile;
  readonly namespace: string | null;
  readonly owner: PortOwner;
  readonly far: FarEnd;
}

/** The relation that `guards` make of `workloads`. */
export function relationOf({ workloads, guards, namespaces, assume }: RelationInput): Relation {
  const sets = portSets();
  const ports = askedPorts(sets);
  const known = classesApart(workloads, guards, assume.profile);
  const space = bitSpace(known.all.length);
  const labelsOf = namespaceLabels({ namespaces, assume });
  const select = selecting(space, known, labelsOf);
  // Where nothing enforces guards, they are still there to be shown, and hold nobody (R21).
  const holding = assume.profile === 'effective' && assume.guardsEnforced === false ? [] : guards;
  const shown = profilesOf(guards, known.all.length, select);
  const profileOf = ({ class: { index } }: KnownClass): Profile =>
    holding.length === 0 ? UNGUARDED : (shown[index] as Profile);
  const peers = peersOf(space, known, select, holding, assume);
  const columns = columnTable(space, peers, ports);
  const letOut = egressIndex(space, known.all.length, holding, select, peers, ports);
  const asking = pairs(sets, ports);
  const machines = (every: boolean) =>
    space.known(
      space.of(
        known.all.flatMap((each) => (each.machine && (!every || each.machine === 'every') ? [each.class.index] : [])),
      ),
    );
  const beside = { must: machines(true), may: machines(false) };
  const { everyPort } = ports;

  const classes = known.all.map((each) => each.class);
  const knownOf = ({ index }: GuardedClass) => known.all[index] as KnownClass;

  /** What gets in whatever guards say: from the machine that a workload runs on, and out to it (R16). */
  const pastGuards = (a: KnownClass, b: KnownClass): KnownClass['machine'] =>
    a.machine === 'every' || b.machine === 'every' ? 'every' : (a.machine ?? b.machine);

  const between = (from: KnownClass, to: KnownClass): Bounds<PortSet> => {
    const past = pastGuards(from, to);
    if (past === 'every') return { must: everyPort, may: everyPort };
    const out = asking.ports(profileOf(from), 'egress', farClass(to, peers), to.named);
    const into = asking.ports(profileOf(to), 'ingress', farClass(from, peers), to.named);
    const must = sets.intersect(out.must, into.must);
    return past ? { must, may: everyPort } : { must, may: sets.intersect(out.may, into.may) };
  };

  const classSets = new Map<number, ClassSet>();
  const classSet = (bits: KnownBits): ClassSet => {
    let made = classSets.get(bits.id);
    if (!made) {
      made = {
        id: bits.id,
        size: countBits(bits),
        has: ({ index }) => hasBit(bits, index),
        *[Symbol.iterator]() {
          for (const index of numbersOf(bits)) yield classes[index] as GuardedClass;
        },
      };
      classSets.set(bits.id, made);
    }
    return made;
  };
  const memo = (operation: (a: KnownBits, b: KnownBits) => KnownBits) => {
    const results = new Map<number, KnownBits>();
    return (a: KnownBits, b: KnownBits) => {
      if (a === b) return a;
      const key = a.id * 0x400_0000 + b.id;
      let found = results.get(key);
      if (!found) {
        found = operation(a, b);
        results.set(key, found);
      }
      return found;
    };
  };
  const both = memo((a, b) => space.known(space.intersect(a, b)));
  const either = memo((a, b) => space.known(space.union([a, b])));

  const inward: Columns[] = [];
  const intoClass = (to: KnownClass): Columns => {
    const { index } = to.class;
    inward[index] ??= columns(profileOf(to), 'ingress', to.named);
    return inward[index];
  };
  const callersAt = (to: KnownClass, place: number): Bounds<KnownBits> => {
    const into = intoClass(to).classes(place);
    const out = letOut(to).callers(place);
    const may = both(either(into.may, beside.may), out.may);
    const sure = into.must === into.may && out.must === out.may && beside.must === beside.may;
    return { must: sure ? may : both(either(into.must, beside.must), out.must), may };
  };

  const addressSets: Record<Direction, Map<number, AddressSet>> = { ingress: new Map(), egress: new Map() };
  const addressesAt = (near: KnownClass, direction: Direction, owner: PortOwner, place: number): Bounds<KnownBits> =>
    columns(profileOf(near), direction, owner).addresses(place);
  const addressSet = (direction: Direction, bits: KnownBits): AddressSet => {
    let made = addressSets[direction].get(bits.id);
    if (!made) {
      made = peers.parts[direction].addressesIn(bits);
      addressSets[direction].set(bits.id, made);
    }
    return made;
  };
  const addressBounds = (direction: Direction, { must, may }: Bounds<KnownBits>): Bounds<AddressSet> => ({
    must: addressSet(direction, must),
    may: addressSet(direction, may),
  });

  /** Parts of the line of ports between cuts that `answer` gives the same key; none where it gives null. */
  const parted = <A>(cuts: readonly number[], answer: (place: number) => { key: string; value: A } | null) => {
    const algebra = portAlgebra(sets);
    const parts = new Map<string, { bounds: number[]; value: A }>();
    const starts = [0, ...cuts];
    for (const [i, start] of starts.entries()) {
      const found = answer(start);
      if (!found) continue;
      const last = (starts[i + 1] ?? END_OF_PORTS) - 1;
      const part = parts.get(found.key);
      if (!part) parts.set(found.key, { bounds: [start, last], value: found.value });
      else if (part.bounds.at(-1) === start - 1) part.bounds[part.bounds.length - 1] = last;
      else part.bounds.push(start, last);
    }
    return [...parts.values()]
      .map(({ bounds, value }) => ({ ports: sets.known(algebra.intersect(bounds, everyPort.bounds)), value }))
      .filter(({ ports }) => ports !== sets.empty);
  };

  const strangers = new Map<string | null, Ended>();
  const stranger = (namespace: string | null): Ended => {
    let made = strangers.get(namespace);
    if (!made) {
      const labelled = strangerOf(namespace, assume, labelsOf);
      // Whether a guard holds it that asks for labels nobody knows; one that does not ask holds it for certain.
      const over = holding.filter((guard) => selectsStranger(guard.subject, labelled).must);
      const profile = profileFor(over.map((guard) => ({ guard, sure: true })));
      made = { known: null, profile, namespace, owner: 'stranger', far: farStranger(labelled, assume) };
      strangers.set(namespace, made);
    }
    return made;
  };
  const endOf = (end: End, seenBy: Direction): Ended => {
    if (end.kind === 'stranger') return stranger(end.namespace);
    if (end.kind === 'addresses') {
      const far = farAddresses(end.addresses, seenBy, peers);
      return { known: null, profile: UNGUARDED, namespace: null, owner: 'addresses', far };
    }
    const it = known.of.get(end.workload) as KnownClass;
    const { namespace } = it.class;
    return { known: it, profile: profileOf(it), namespace, owner: it.named, far: farClass(it, peers) };
  };

  const rule = (
    near: Ended,
    far: Ended,
    end: End,
    direction: Direction,
    owner: PortOwner,
    protocol: Protocol,
    port: number,
  ): Ruling => {
    const place = placeOfPort(protocol, port);
    const made = ruling(asking, near, direction, far.far, owner, place);
    if (made.verdict === 'allow') return { ...made, misses: [] };
    const past = near.profile !== UNGUARDED && far.known ? far.known.machine : null;
    if (past === 'every') return { verdict: 'allow', because: [], rules: [], by: [], misses: [] };
    if (past === 'one') {
      const [because, rules] = [[...made.because, BESIDE], [...made.rules, 'R16']];
      return { ...made, verdict: 'unknown', because, rules, misses: [] };
    }
    if (made.verdict === 'unknown' && end.kind === 'addresses' && near.known) {
      // Of several parts each may be sure although they are not the same.
      const bits = addressesAt(near.known, direction, owner, place);
      const { space: numbers, touching } = peers.parts[direction];
      const touched = touching(end.addresses);
      if (numbers.isEmpty(numbers.subtract(touched, bits.must)))
        return { ...made, verdict: 'allow', because: [], rules: [], misses: [] };
      if (!numbers.isEmpty(numbers.intersect(touched, bits.may))) return { ...made, misses: [] };
    } else if (made.verdict === 'unknown') return { ...made, misses: [] };
    const workload = far.known?.sample ?? null;
    const misses = missesOf(
      near.profile,
      { direction, far: far.far, workload, owner, protocol, port },
      ports,
      labelsOf,
    );
    return { ...made, verdict: 'deny', because: [], rules: [], misses };
  };

  return {
    sets,
    everyPort,
    classes,
    classOf: (workload) => (known.of.get(workload) as KnownClass).class,
    between: (from, to) => between(knownOf(from), knownOf(to)),
    addresses: { ingress: peers.parts.ingress.parts, egress: peers.parts.egress.parts },
    fromAddresses(addresses, to) {
      const it = knownOf(to);
      return asking.ports(profileOf(it), 'ingress', farAddresses(addresses, 'ingress', peers), it.named);
    },
    toAddresses(from, addresses) {
      return asking.ports(profileOf(knownOf(from)), 'egress', farAddresses(addresses, 'egress', peers), 'addresses');
    },
    admitted(to, protocol, port) {
      const it = knownOf(to);
      return addressBounds('ingress', intoClass(it).addresses(placeOfPort(protocol, port)));
    },
    admitsStrangers(namespace, to, protocol, port) {
      const it = knownOf(to);
      const place = placeOfPort(protocol, port);
      const from = stranger(namespace);
      const into = asking.one(profileOf(it), 'ingress', from.far, it.named, place);
      if (it.machine === 'every') return 'reachable';
      const out = asking.one(from.profile, 'egress', farClass(it, peers), it.named, place);
      if (into.must && out.must) return 'reachable';
      return (into.may && out.may) || it.machine ? 'possible' : 'blocked';
    },
    callers(to, protocol, port) {
      const { must, may } = callersAt(knownOf(to), placeOfPort(protocol, port));
      return { must: classSet(must), may: classSet(may) };
    },
    reachedBy(to) {
      const it = knownOf(to);
      const cuts = mergedCuts(intoClass(it).cuts, letOut(it).cuts());
      return parted(cuts, (place) => {
        const callers = callersAt(it, place);
        const from = intoClass(it).addresses(place);
        if (callers.may.id === 0 && from.may.id === 0) return null;
        return { key: [callers.must.id, callers.may.id, from.must.id, from.may.id].join(), value: { callers, from } };
      }).map(({ ports: part, value: { callers, from } }) => ({
        ports: part,
        classes: { must: classSet(callers.must), may: classSet(callers.may) },
        addresses: addressBounds('ingress', from),
      }));
    },
    leadsTo(from) {
      const it = knownOf(from);
      return parted(columns(profileOf(it), 'egress', 'addresses').cuts, (place) => {
        const to = addressesAt(it, 'egress', 'addresses', place);
        return to.may.id === 0 ? null : { key: `${to.must.id} ${to.may.id}`, value: to };
      }).map(({ ports: part, value }) => ({ ports: part, addresses: addressBounds('egress', value) }));
    },
    decide(from, to, protocol, port): Decision {
      const caller = endOf(from, 'ingress');
      const called = endOf(to, 'egress');
      const egress = rule(caller, called, to, 'egress', called.owner, protocol, port);
      const ingress = rule(called, caller, from, 'ingress', called.owner, protocol, port);
      const verdicts = [egress.verdict, ingress.verdict];
      const verdict = verdicts.includes('deny') ? 'blocked' : verdicts.includes('unknown') ? 'possible' : 'reachable';
      const because = verdict === 'possible' ? [...new Set([...egress.because, ...ingress.because])] : [];
      return { verdict, because, egress, ingress };
    },
    guardsOf(workload: Workload, direction): readonly Guard[] {
      const profile = shown[(known.of.get(workload) as KnownClass).class.index] as Profile;
      return profile.tiers[direction].flatMap(({ inOrder, anywhere, together }) =>
        [...inOrder.flat(), ...anywhere, ...together].map(({ guard }) => guard),
      );
    },
  };
}

const BESIDE = 'it runs on the network of its machine, and guards do not hold between a workload and its own machine';
/** One past the last place on the line of ports. */
const END_OF_PORTS = 3 << 16;

function mergedCuts(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : [...new Set([...a, ...b])].sort((x, y) => x - y);
}
