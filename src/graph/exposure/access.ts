/** How wide a place is: from whose addresses a door is reached, and whether the code shows that it is. */
import type { DoorFact, Place, PublicAddress } from '../fragment.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  addressCount,
  covers,
  intersect,
  isEmpty,
  LOOPBACK,
  NO_ADDRESSES,
  PLATFORM_CALLERS,
  PRIVATE,
  parseAddresses,
  parseAddressList,
  publicPart,
  subtract,
  UNSPECIFIED,
} from '../sets/address-set.ts';
import { type Assumptions, OUTSIDE, type Scope, type Verdict } from '../vocabulary.ts';

/** A source, and whether it gets there. */
export interface Access {
  readonly scope: Scope;
  readonly addresses: AddressSet;
  /** Accounts of a platform, where these are who calls, whatever addresses they have. */
  readonly accounts?: readonly string[];
  readonly verdict: Verdict;
  /** Why it is only `possible`. */
  readonly because: readonly string[];
}

/** Whoever has an address. */
const OPEN: Access = { scope: 'internet', addresses: ALL_ADDRESSES, verdict: 'reachable', because: [] };

/** Whoever is on an outer network. */
export const LOCAL: Access = { scope: 'network', addresses: PRIVATE, verdict: 'reachable', because: [] };

const HOST_UNKNOWN = 'whether the host faces the internet is not in the code';
const ADDRESS_UNKNOWN = 'whether the address is routed from the internet is not in the code';

/** Who reaches a door, the limits that it sets to addresses applied. Nobody, where it stands inside a segment. */
export function accessThrough(door: DoorFact, assume: Assumptions): readonly Access[] {
  const known = accessTo(door.place, assume);
  const { unknown } = door;
  const accesses = unknown ? known.map((access) => doubtful(access, [unknown.because])) : known;
  if (!door.sources) return accesses;
  const { set, bad } = parseAddressList(door.sources.cidrs);
  // What the platform makes of a source that is no address is not ours to guess: it may be nobody or everybody.
  if (bad.length > 0) return accesses.map((access) => doubtful(access, [`"${bad[0]}" is no address`]));
  const { trustedSources } = assume;
  const limited = accesses.flatMap((access) => classify(intersect(access.addresses, set), access, trustedSources));
  return strongest(limited, trustedSources);
}

/** The same access, of which nobody can be sure. */
export function doubtful(access: Access, because: readonly string[]): Access {
  return { ...access, verdict: 'possible', because: [...access.because, ...because] };
}

/** Who reaches a port at an address of a machine (R83): everywhere, on loopback, or at one address. */
export function hostAccess(address: string, assume: Assumptions): readonly Access[] {
  const parsed = parseAddresses(address);
  if (address === 'localhost' || (parsed && covers(LOOPBACK, parsed))) {
    return [{ scope: 'host', addresses: LOOPBACK, verdict: 'reachable', because: [] }];
  }
  const everywhere = parsed === undefined || covers(UNSPECIFIED, parsed);
  if (!everywhere && isEmpty(publicPart(parsed))) return [LOCAL];
  return [...internet(assume, everywhere ? HOST_UNKNOWN : ADDRESS_UNKNOWN), LOCAL];
}

/** Who reaches an address of the internet: everybody there. */
export const PUBLIC: Access = {
  scope: 'internet',
  addresses: publicPart(ALL_ADDRESSES),
  verdict: 'reachable',
  because: [],
};

const EACH_PUBLIC: Readonly<Record<NonNullable<PublicAddress['family']>, Access>> = {
  ipv4: { ...PUBLIC, addresses: { v4: PUBLIC.addresses.v4, v6: [] } },
  ipv6: { ...PUBLIC, addresses: { v4: [], v6: PUBLIC.addresses.v6 } },
};

/** Who reaches one address of the internet: everybody who has an address of its family (S10). */
export function publicAccess({ family, unknown }: PublicAddress): Access {
  const access = family ? EACH_PUBLIC[family] : PUBLIC;
  return unknown ? doubtful(access, [unknown.because]) : access;
}

function accessTo(place: Place, assume: Assumptions): readonly Access[] {
  switch (place.kind) {
    case 'segment':
    case 'behind':
    case 'nowhere':
      return [];
    case 'private-link': {
      const { consumers } = place;
      if (consumers === 'anybody') return [OPEN];
      return [{ ...OPEN, scope: 'external', addresses: NO_ADDRESSES, accounts: consumers }];
    }
    case 'host':
    case 'address':
      return hostAccess(place.address, assume);
    case 'nodes':
      return hostAccess('0.0.0.0', assume);
    case 'balancer':
    case 'proxy':
      if (place.internal === true) return [LOCAL];
      return place.internal === false ? [OPEN] : [doubtful(OPEN, [place.internal.because]), LOCAL];
  }
}

function internet({ internetFacingHosts }: Assumptions, unknown: string): readonly Access[] {
  if (internetFacingHosts === false) return [];
  return [internetFacingHosts === true ? OPEN : doubtful(OPEN, [unknown])];
}

/** More public addresses than this are the internet: 2^24 of IPv4, a /16 of IPv6. */
const MANY_V4 = 2 ** 24;
const MANY_V6 = 1n << 112n;

/** Whether so many public addresses are in it that it is the internet. */
export function isInternet(addresses: AddressSet): boolean {
  const { v4, v6 } = addressCount(publicPart(addresses));
  return v4 > MANY_V4 || v6 >= MANY_V6;
}

/**
 * The scopes of a set of addresses: the internet; otherwise its public part is external, those apart from which only the
 * platform itself calls, and the rest the network. What is trusted of these stands apart, last.
 */
export function classify(addresses: AddressSet, access: Access, trusted: AddressSet): readonly Access[] {
  if (isInternet(addresses)) return [{ ...access, scope: 'internet', addresses }];
  const open = publicPart(addresses);
  const parts: readonly Access[] = [
    { ...access, scope: 'external', addresses: subtract(open, PLATFORM_CALLERS) },
    { ...access, scope: 'network', addresses: subtract(addresses, open) },
  ];
  const left = (keep: typeof subtract) => parts.map((part) => ({ ...part, addresses: keep(part.addresses, trusted) }));
  const apart = isEmpty(trusted) ? parts : [...left(subtract), ...left(intersect)];
  return apart.filter((part) => !isEmpty(part.addresses));
}

/** Whether nobody takes a way in from outside but from addresses that are trusted. */
export function isTrusted({ scope, addresses }: Pick<Access, 'scope' | 'addresses'>, trusted: AddressSet): boolean {
  return !isEmpty(trusted) && OUTSIDE.has(scope) && !isEmpty(addresses) && covers(trusted, addresses);
}

/** One access a scope, and one of who is trusted there: the surest. */
function strongest(accesses: readonly Access[], trusted: AddressSet): readonly Access[] {
  const byKind = new Map<string, Access>();
  for (const access of accesses) {
    const kind = kindOf(access, trusted);
    const other = byKind.get(kind);
    if (!other || (other.verdict === 'possible' && access.verdict === 'reachable')) byKind.set(kind, access);
  }
  return [...byKind.values()];
}

/** What keeps two ways of a door apart: their scope, and whether who takes them is trusted. */
export function kindOf(access: Pick<Access, 'scope' | 'addresses'>, trusted: AddressSet): string {
  return isTrusted(access, trusted) ? `${access.scope} trusted` : access.scope;
}
