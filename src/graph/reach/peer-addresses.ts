import type { Peer } from '../fragment.ts';
import { type AddressSet, NO_ADDRESSES, parseAddresses, parseAddressList, subtract } from '../sets/address-set.ts';

/** Addresses that a grant's peers mean for certain; `vague` where they mean some that nobody knows besides. */
export interface PeerAddresses {
  readonly set: AddressSet;
  readonly vague: boolean;
}

/** The addresses of a peer; text that is no address range may mean any. Asked for every pair of grants, and so kept. */
export function addressesOf(peer: Peer): PeerAddresses {
  const known = read.get(peer) ?? readAddresses(peer);
  read.set(peer, known);
  return known;
}

const read = new WeakMap<Peer, PeerAddresses>();

function readAddresses(peer: Peer): PeerAddresses {
  if (peer.kind !== 'addresses') {
    return { set: NO_ADDRESSES, vague: peer.kind === 'unknown' && peer.of !== 'workloads' };
  }
  const set = parseAddresses(peer.cidr);
  if (!set) return { set: NO_ADDRESSES, vague: true };
  if (peer.except.length === 0) return { set, vague: false };
  const { set: without, bad } = parseAddressList(peer.except);
  return bad.length > 0 ? { set: NO_ADDRESSES, vague: true } : { set: subtract(set, without), vague: false };
}
