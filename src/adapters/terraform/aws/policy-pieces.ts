/** Addresses that somebody wrote into a policy, each with its line, and what is left of them where others are taken away. */
import type { Peer } from '../../../graph/fragment.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  cidrsOf,
  covers,
  intersect,
  isEmpty,
  parseAddresses,
  subtract,
} from '../../../graph/sets/address-set.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import { addressPeer, unseenPeer } from '../guard.ts';
import { isUnknown, type Written } from '../resource.ts';

/** Some addresses, and the line that says so. */
export interface Piece {
  readonly set: AddressSet;
  /** Why it may not be so. */
  readonly perhaps?: Unknown;
  /** They are what this value holds, and nobody knows which. */
  readonly hidden?: Unknown;
  readonly origin: Origin;
}

export function pieceOf(item: Written | Unknown): Piece {
  const set = isUnknown(item) ? undefined : parseAddresses(item.text);
  if (set) return { set, origin: item.origin };
  const hidden = isUnknown(item) ? item : unknown(`"${item.text}" is no address`, item.origin);
  return { set: ALL_ADDRESSES, perhaps: hidden, hidden, origin: item.origin };
}

/** What of `pieces` is among `items`, at the line of the narrower one. */
export function within(pieces: readonly Piece[], items: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece) =>
    items.flatMap((item): readonly Piece[] => {
      const set = intersect(piece.set, item.set);
      if (isEmpty(set)) return [];
      const [narrow, wide] = covers(piece.set, item.set) ? [item, piece] : [piece, item];
      const perhaps = piece.perhaps ?? item.perhaps;
      const hidden = narrow.hidden && covers(wide.set, ALL_ADDRESSES) ? narrow.hidden : undefined;
      return [{ set, origin: narrow.origin, ...(perhaps ? { perhaps } : {}), ...(hidden ? { hidden } : {}) }];
    }),
  );
}

/** What of `pieces` is not among `items`. */
export function without(pieces: readonly Piece[], items: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece): readonly Piece[] => {
    let left = piece;
    for (const { set, hidden } of items) {
      if (hidden) left = { perhaps: hidden, ...left };
      else left = { ...left, set: subtract(left.set, set) };
    }
    return isEmpty(left.set) ? [] : [left];
  });
}

/** Whom a piece means, in as few words as there are. */
export function peersOf({ set, hidden, origin }: Piece): readonly Peer[] {
  if (hidden && covers(set, ALL_ADDRESSES)) return [unseenPeer(hidden)];
  const [few, rest] = [cidrsOf(set), cidrsOf(subtract(ALL_ADDRESSES, set))];
  if (few.length <= rest.length + 2) return few.map((cidr) => addressPeer(cidr, origin));
  return WHOLE.map(({ cidr, family }): Peer => {
    const except = rest.filter((range) => range.includes(':') === family);
    return { kind: 'addresses', cidr, except, workloads: true, origin };
  });
}

const WHOLE = [
  { cidr: '0.0.0.0/0', family: false },
  { cidr: '::/0', family: true },
];
