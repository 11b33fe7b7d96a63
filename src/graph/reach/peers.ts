/** Whom grants speak of, as sets of classes and of parts of the address space (R6, R7, R9, R15, R29). */
import type { Direction, GrantFact, Peer } from '../fragment.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  covers,
  intersect,
  isEmpty,
  NO_ADDRESSES,
  PRIVATE,
  unionOf,
} from '../sets/address-set.ts';
import type { Assumptions, Guard } from '../vocabulary.ts';
import { type AddressParts, addressParts } from './address-parts.ts';
import { type BitSpace, type Bits, type KnownBits, knownBounds } from './bits.ts';
import type { KnownClasses } from './guarded-classes.ts';
import { addressesOf, type PeerAddresses } from './peer-addresses.ts';
import type { Bounds } from './relation.ts';
import type { Selecting } from './selectors.ts';

/** The peers of all grants. */
export interface Peers {
  readonly parts: Readonly<Record<Direction, AddressParts>>;
  /** The classes that a grant speaks of. */
  classes(grant: Pick<GrantFact, 'peers' | 'perhaps'>): Bounds<KnownBits>;
  /** The parts of the address space (those of the grant's direction) that it speaks of. */
  addresses(grant: Pick<GrantFact, 'direction' | 'peers'>): Bounds<Bits>;
}

/** Sets of addresses are made again each time once those that are kept have this many words. */
const MOST_WORDS = 16_000_000;

export function peersOf(
  space: BitSpace,
  classes: KnownClasses,
  select: Selecting,
  guards: readonly Guard[],
  assume: Assumptions,
): Peers {
  const declared = assume.profile === 'declared';
  const whole = declared ? { v4: ALL_ADDRESSES.v4, v6: [] } : ALL_ADDRESSES;
  const machines = space.known(space.of(classes.all.flatMap((each) => (each.machine ? [each.class.index] : []))));
  const located = byAddresses(space, classes);
  const others = space.known(space.subtract(space.all, space.union([machines, ...located.map(({ bits }) => bits)])));

  const NOBODY = { must: space.none, may: space.none };
  const byGrant = new Map<Pick<GrantFact, 'peers'>, PeerAddresses>();
  const texts = new Map<string, PeerAddresses>();
  const addressed = (grant: Pick<GrantFact, 'peers'>): PeerAddresses => {
    const seen = byGrant.get(grant);
    if (seen) return seen;
    if (grant.peers.every(({ kind }) => kind === 'workloads')) return NOWHERE;
    const key = peersKey(grant);
    let known = texts.get(key);
    if (!known) {
      const found = grant.peers.map(addressesOf);
      const set = unionOf(found.map((each) => each.set));
      known = { set: declared ? intersect(whole, set) : set, vague: found.some(({ vague }) => vague) };
      texts.set(key, known);
    }
    byGrant.set(grant, known);
    return known;
  };
  const said = { ingress: new Set<AddressSet>(), egress: new Set<AddressSet>() };
  for (const { grants } of guards) for (const grant of grants) said[grant.direction].add(addressed(grant).set);
  const parts = {
    ingress: addressParts(whole, [...said.ingress]),
    egress: addressParts(whole, [...said.egress]),
  };

  const ranges = new Map<string, Bounds<KnownBits>>();
  /** The classes that a range of addresses means (R9, R15); worked out once for each text. */
  const inRange = (peer: Extract<Peer, { kind: 'addresses' }>): Bounds<KnownBits> => {
    const key = `${peer.workloads ?? ''} ${peer.cidr} ${peer.except.join()}`;
    const known = ranges.get(key) ?? meantBy(peer);
    ranges.set(key, known);
    return known;
  };
  const meantBy = (peer: Extract<Peer, { kind: 'addresses' }>): Bounds<KnownBits> => {
    const named = addressesOf(peer);
    const { set, vague } = named;
    const nodes = vague || !isEmpty(set) ? machines : space.none;
    const { must, may } = meansWorkloads(peer, assume, named);
    const surely: Bits[] = [must ? others : space.none];
    const perhaps: Bits[] = [may ? others : space.none, nodes];
    // On paper too, where guards of that kind always do, and the code shows the addresses.
    const meant = peer.workloads ?? (declared ? false : assume.addressesMatchWorkloads);
    for (const { addresses, bits } of meant === false ? [] : located) {
      const share = vague ? 'some' : shareOf(set, addresses);
      if (share === 'none') continue;
      perhaps.push(bits);
      if (share === 'all' && meant === true) surely.push(bits);
    }
    return { must: space.known(space.union(surely)), may: space.known(space.union(perhaps)) };
  };

  const classesOf = (peer: Peer): Bounds<KnownBits> => {
    if (peer.kind === 'workloads') return select(peer.selector);
    if (peer.kind === 'addresses') return inRange(peer);
    if (declared) return NOBODY;
    return { must: space.none, may: peer.of ? space.all : machines };
  };

  const bitSets = new Map<Direction, Map<PeerAddresses, Bounds<Bits>>>([
    ['ingress', new Map()],
    ['egress', new Map()],
  ]);
  let words = 0;
  return {
    parts,
    classes({ peers, perhaps }) {
      if (perhaps) return { must: space.none, may: this.classes({ peers }).may };
      if (peers.length === 0) return { must: space.all, may: space.all };
      const each = peers.map(classesOf);
      if (each.length === 1) return each[0] as Bounds<KnownBits>;
      const must = space.union(each.map((one) => one.must));
      const sure = each.every((one) => one.must === one.may);
      return knownBounds(space, { must, may: sure ? must : space.union(each.map((one) => one.may)) });
    },
    addresses(grant) {
      const { space: numbers, touching } = parts[grant.direction];
      if (grant.peers.length === 0) return { must: numbers.all, may: numbers.all };
      const named = addressed(grant);
      const kept = bitSets.get(grant.direction) as Map<PeerAddresses, Bounds<Bits>>;
      const known = kept.get(named);
      if (known) return known;
      const must = touching(named.set);
      const made = { must, may: named.vague && !declared ? numbers.all : must };
      words += must.words.length;
      if (words < MOST_WORDS) kept.set(named, made);
      return made;
    },
  };
}

/** The same for peers that mean the same addresses. */
function peersKey({ peers }: Pick<GrantFact, 'peers'>): string {
  const [only] = peers;
  // By far the most name one range.
  if (peers.length === 1 && only?.kind === 'addresses' && only.except.length === 0) return `-${only.cidr}`;
  return JSON.stringify(
    peers.map((peer) => (peer.kind === 'addresses' ? [peer.cidr, peer.except] : addressesOf(peer).vague)),
  );
}

/** The classes whose addresses are known, those of the same ranges together. */
function byAddresses(space: BitSpace, { all }: KnownClasses) {
  const found = new Map<string, { readonly addresses: AddressSet; readonly numbers: number[] }>();
  for (const { addresses, class: each, sample } of all) {
    if (!addresses) continue;
    const key = JSON.stringify(sample.fact.ranges);
    const known = found.get(key) ?? { addresses, numbers: [] };
    found.set(key, known);
    known.numbers.push(each.index);
  }
  return [...found.values()].map(({ addresses, numbers }) => ({ addresses, bits: space.known(space.of(numbers)) }));
}

/** How many of `addresses` are in `set`. Most are one range of IPv4 each, and many are compared with many. */
function shareOf(set: AddressSet, addresses: AddressSet): 'all' | 'some' | 'none' {
  if (set.v4.length === 2 && addresses.v4.length === 2 && addresses.v6.length === 0) {
    const [[from, to], [first, last]] = [set.v4, addresses.v4] as [[number, number], [number, number]];
    if (from <= first && last <= to) return 'all';
    return first <= to && from <= last ? 'some' : 'none';
  }
  if (covers(set, addresses)) return 'all';
  return isEmpty(intersect(set, addresses)) ? 'none' : 'some';
}

const NOWHERE: PeerAddresses = { set: NO_ADDRESSES, vague: false };
const IPV4: AddressSet = { v4: ALL_ADDRESSES.v4, v6: [] };

/**
 * Whether a range of addresses means a workload with a network of its own, whose address nobody knows but that it is a
 * private one (R9): never on paper.
 */
export function meansWorkloads(
  peer: Extract<Peer, { kind: 'addresses' }>,
  { profile, addressesMatchWorkloads }: Assumptions,
  { set, vague }: PeerAddresses = addressesOf(peer),
): Bounds<boolean> {
  const meant = profile === 'declared' ? false : (peer.workloads ?? addressesMatchWorkloads);
  return {
    must: meant === true && covers(set, IPV4),
    may: meant !== false && (vague || !isEmpty(intersect(set, PRIVATE))),
  };
}
