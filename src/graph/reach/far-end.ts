/** The far end of a connection as grants see it: a class, addresses, or a workload that the code does not show (§4.6). */
import type { Direction, GrantFact, Peer, Selector } from '../fragment.ts';
import type { AddressSet } from '../sets/address-set.ts';
import type { Assumptions } from '../vocabulary.ts';
import { type Bits, hasBit } from './bits.ts';
import type { KnownClass } from './guarded-classes.ts';
import { meetsAll } from './labels.ts';
import { addressesOf } from './peer-addresses.ts';
import { meansWorkloads, type Peers } from './peers.ts';
import type { PortOwner } from './ports.ts';
import type { ReadyGrant } from './ready-guards.ts';
import type { Bounds, Labelled } from './relation.ts';

/** A far end. */
export interface FarEnd {
  readonly owner: PortOwner;
  /** Whether the peers of a grant mean it. */
  means(ready: ReadyGrant): Bounds<boolean>;
  /** Whether one peer does. */
  meantBy(peer: Peer): Bounds<boolean>;
  /** Why it is not sure whether this peer, which may mean it, does. */
  why(peer: Peer): Doubt;
}

/** Why nobody can be sure, for people, and the rule that leaves it open (reachability.md §2); null where none does. */
export interface Doubt {
  readonly text: string;
  readonly rule: string | null;
}

const STRANGERS: Doubt = {
  text: 'nobody knows the labels of workloads that the code does not show',
  rule: null,
};

/** Of the addresses of guards that always mean workloads too, only these workloads' own are not known. */
function addressesOrWorkloads(peer: Peer): Doubt {
  const rule = peer.kind === 'addresses' && !peer.workloads ? 'R9' : 'R29';
  return { text: 'whether a range of addresses means workloads depends on the network', rule };
}

/** Why it is not sure whether a selector picks what is in a namespace. */
export function hiddenLabels(namespace: string | null): Doubt {
  return { text: `the labels of namespace ${namespace} are not in the code`, rule: 'R19' };
}

const SURELY = { must: true, may: true };
const PERHAPS = { must: false, may: true };
const NEVER = { must: false, may: false };

export function farClass({ class: { index, namespace }, named, machine }: KnownClass, peers: Peers): FarEnd {
  const within = ({ must, may }: Bounds<Bits>) =>
    hasBit(may, index) ? (hasBit(must, index) ? SURELY : PERHAPS) : NEVER;
  return {
    owner: named,
    why: (peer) => {
      if (peer.kind === 'unknown') return { text: peer.because, rule: null };
      if (machine) return { text: 'nobody knows the address of its machine', rule: 'R15' };
      return peer.kind === 'workloads' ? hiddenLabels(namespace) : addressesOrWorkloads(peer);
    },
    means: ({ classes }) => within(classes),
    meantBy: (peer) => within(peers.classes({ peers: [peer] })),
  };
}

/** Addresses; of some that a grant means only in part, it is not sure that it means them. */
export function farAddresses(addresses: AddressSet, direction: Direction, peers: Peers): FarEnd {
  const { space, touching } = peers.parts[direction];
  const touched = touching(addresses);
  const within = ({ must, may }: Bounds<Bits>) => {
    if (space.isEmpty(space.intersect(touched, may))) return NEVER;
    return space.isEmpty(space.subtract(touched, must)) ? SURELY : PERHAPS;
  };
  return {
    owner: 'addresses',
    why: (peer) => {
      if (peer.kind === 'unknown') return { text: peer.because, rule: 'R29' };
      return peer.kind === 'addresses' && addressesOf(peer).vague
        ? { text: `"${peer.cidr}" is no range of addresses`, rule: null }
        : { text: 'only some of these addresses are meant', rule: null };
    },
    means: ({ grant }) => within(peers.addresses(grant)),
    meantBy: (peer) => within(peers.addresses({ direction, peers: [peer] })),
  };
}

/** A workload that the code does not show, of one namespace or of any (null). */
export interface Stranger {
  readonly namespace: string | null;
  readonly own: Labelled;
  readonly ofNamespace: Labelled;
}

/**
 * It may have every label and lack it: only a selector that asks for none means it for certain. On paper it has none, since
 * the code shows them all.
 */
export function strangerOf(
  namespace: string | null,
  { profile }: Assumptions,
  labelsOf: (namespace: string) => Labelled,
): Stranger {
  const own: Labelled = { labels: new Map(), open: profile !== 'declared' };
  return { namespace, own, ofNamespace: namespace === null ? own : labelsOf(namespace) };
}

export function farStranger(stranger: Stranger, assume: Assumptions): FarEnd {
  const met = new Map<GrantFact, Bounds<boolean>>();
  return {
    owner: 'stranger',
    why: (peer) => {
      if (peer.kind === 'unknown') return { text: peer.because, rule: null };
      return peer.kind === 'workloads' ? STRANGERS : addressesOrWorkloads(peer);
    },
    means({ grant }) {
      if (grant.peers.length === 0) return SURELY;
      let known = met.get(grant);
      if (!known) {
        const each = grant.peers.map((peer) => peerMeans(peer, stranger, assume));
        known = each.some(({ must }) => must) ? SURELY : each.some(({ may }) => may) ? PERHAPS : NEVER;
        met.set(grant, known);
      }
      return known;
    },
    meantBy: (peer) => peerMeans(peer, stranger, assume),
  };
}

function peerMeans(peer: Peer, stranger: Stranger, assume: Assumptions): Bounds<boolean> {
  if (peer.kind === 'workloads') return selectsStranger(peer.selector, stranger);
  if (peer.kind === 'unknown') return peer.of ? PERHAPS : NEVER;
  return meansWorkloads(peer, assume);
}

/** Whether a selector picks it, whatever labels it has. */
export function selectsStranger(selector: Selector, { namespace, own, ofNamespace }: Stranger): Bounds<boolean> {
  const where =
    selector.namespaces !== undefined
      ? meetsAll(ofNamespace, selector.namespaces)
      : namespace === null
        ? PERHAPS
        : selector.namespace === namespace
          ? SURELY
          : NEVER;
  if (!where.may) return NEVER;
  const what = meetsAll(own, selector.requirements);
  return { must: where.must && what.must, may: where.may && what.may };
}
