/** Sets of addresses as sorted disjoint intervals, IPv4 and IPv6 apart (S10). */

import { ipv4Text, ipv6Text, readIpv4, readIpv6 } from '../../source/ip-address.ts';
import { BIG_NUMBERS, both, combine, either, NUMBERS, onlyFirst } from './intervals.ts';

export interface AddressSet {
  /** Pairs of first and last address, as unsigned 32-bit numbers. */
  readonly v4: readonly number[];
  /** Pairs of first and last address, as 128-bit integers. */
  readonly v6: readonly bigint[];
}

export const NO_ADDRESSES: AddressSet = { v4: [], v6: [] };
export const ALL_ADDRESSES: AddressSet = { v4: [0, 0xffff_ffff], v6: [0n, (1n << 128n) - 1n] };

/**
 * The addresses of a CIDR block or of one address; undefined for any other text. Host bits of a block are ignored, as
 * everywhere. IPv4 only in four decimal parts: `010.1` is a trap, not an address.
 */
export function parseAddresses(text: string): AddressSet | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const length = slash < 0 ? undefined : text.slice(slash + 1);
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const bits = length === undefined ? undefined : Number(length);
  const short = readIpv4(address);
  if (short !== undefined) return block4(short, bits);
  const long = readIpv6(address);
  if (long === undefined) return undefined;
  // `::ffff:192.0.2.1` is an IPv4 address in the clothes of IPv6.
  if (long >> 32n === 0xffffn && (bits ?? 128) >= 96) {
    return block4(Number(BigInt.asUintN(32, long)), bits === undefined ? undefined : bits - 96);
  }
  return block6(long, bits);
}

/** The IPv4 addresses from one to another, both of them among these; undefined where either is none. */
export function parseAddressRange(from: string, to: string): AddressSet | undefined {
  const [first, last] = [readIpv4(from), readIpv4(to)];
  return first === undefined || last === undefined || last < first ? undefined : { v4: [first, last], v6: [] };
}

/** The addresses of all the texts together, and the texts that are none. */
export function parseAddressList(texts: readonly string[]): {
  readonly set: AddressSet;
  readonly bad: readonly string[];
} {
  const bad: string[] = [];
  const sets: AddressSet[] = [];
  for (const text of texts) {
    const parsed = parseAddresses(text.trim());
    if (parsed) sets.push(parsed);
    else bad.push(text);
  }
  return { set: unionOf(sets), bad };
}

export function union(a: AddressSet, b: AddressSet): AddressSet {
  return { v4: combine(NUMBERS, a.v4, b.v4, either), v6: combine(BIG_NUMBERS, a.v6, b.v6, either) };
}

/** The addresses of all of them together; by halves, so that a long list costs no more than sorting it. */
export function unionOf(list: readonly AddressSet[]): AddressSet {
  let sets = list;
  while (sets.length > 1) {
    const halves: AddressSet[] = [];
    for (let i = 0; i < sets.length; i += 2) halves.push(union(sets[i] as AddressSet, sets[i + 1] ?? NO_ADDRESSES));
    sets = halves;
  }
  return sets[0] ?? NO_ADDRESSES;
}

export function intersect(a: AddressSet, b: AddressSet): AddressSet {
  return {
    v4: a.v4.length === 0 || b.v4.length === 0 ? [] : combine(NUMBERS, a.v4, b.v4, both),
    v6: a.v6.length === 0 || b.v6.length === 0 ? [] : combine(BIG_NUMBERS, a.v6, b.v6, both),
  };
}

/** What is in `a` and not in `b`. */
export function subtract(a: AddressSet, b: AddressSet): AddressSet {
  return {
    v4: a.v4.length === 0 || b.v4.length === 0 ? a.v4 : combine(NUMBERS, a.v4, b.v4, onlyFirst),
    v6: a.v6.length === 0 || b.v6.length === 0 ? a.v6 : combine(BIG_NUMBERS, a.v6, b.v6, onlyFirst),
  };
}

export function isEmpty(set: AddressSet): boolean {
  return set.v4.length === 0 && set.v6.length === 0;
}

/** Whether every address of `inner` is in `outer`. */
export function covers(outer: AddressSet, inner: AddressSet): boolean {
  return isEmpty(subtract(inner, outer));
}

/** How many addresses of each family are in it. */
export function addressCount(set: AddressSet): { readonly v4: number; readonly v6: bigint } {
  let v4 = 0;
  for (let i = 0; i < set.v4.length; i += 2) v4 += (set.v4[i + 1] as number) - (set.v4[i] as number) + 1;
  let v6 = 0n;
  for (let i = 0; i < set.v6.length; i += 2) v6 += (set.v6[i + 1] as bigint) - (set.v6[i] as bigint) + 1n;
  return { v4, v6 };
}

/** The fewest CIDR blocks that hold exactly its addresses, IPv4 first, in the order of addresses. */
export function cidrsOf(set: AddressSet): readonly string[] {
  const cidrs: string[] = [];
  for (let i = 0; i < set.v4.length; i += 2) {
    const [from, to] = [set.v4[i] as number, set.v4[i + 1] as number];
    const whole = prefixOf(from, to);
    if (whole !== null) {
      cidrs.push(`${ipv4Text(from)}/${whole}`);
      continue;
    }
    for (const [first, length] of blocks(BigInt(from), BigInt(to), 32)) {
      cidrs.push(`${ipv4Text(Number(first))}/${length}`);
    }
  }
  for (let i = 0; i < set.v6.length; i += 2) {
    for (const [first, length] of blocks(set.v6[i] as bigint, set.v6[i + 1] as bigint, 128)) {
      cidrs.push(`${ipv6Text(first)}/${length}`);
    }
  }
  return cidrs;
}

/** The prefix length of an interval of IPv4 that is one block, as most are; null for others. */
function prefixOf(first: number, last: number): number | null {
  const length = 32 - Math.log2(last - first + 1);
  return Number.isInteger(length) && first % (last - first + 1) === 0 ? length : null;
}

/** An interval of addresses in words. */
export interface AddressRange {
  readonly family: 4 | 6;
  /** Both addresses belong to it. */
  readonly first: string;
  readonly last: string;
}

/** Its intervals, IPv4 first, in the order of addresses. */
export function addressRanges(set: AddressSet): readonly AddressRange[] {
  const ranges: AddressRange[] = [];
  for (let i = 0; i < set.v4.length; i += 2) {
    ranges.push({ family: 4, first: ipv4Text(set.v4[i] as number), last: ipv4Text(set.v4[i + 1] as number) });
  }
  for (let i = 0; i < set.v6.length; i += 2) {
    ranges.push({ family: 6, first: ipv6Text(set.v6[i] as bigint), last: ipv6Text(set.v6[i + 1] as bigint) });
  }
  return ranges;
}

/** Addresses that a packet from the internet cannot have: private, loopback, link-local, shared, multicast, reserved. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/127',
  '64:ff9b:1::/48',
  '100::/64',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];
/** The same as a set, worked out when it is first asked for. */
let notPublic: AddressSet | undefined;

/** Addresses of networks that people run for themselves (RFC 1918, RFC 6598, RFC 4193). */
export const PRIVATE: AddressSet = parseAddressList([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
]).set;

/**
 * From where platforms probe what they balance and hand on calls that they have checked, public addresses among them. Nobody
 * else can send from these: https://cloud.google.com/load-balancing/docs/firewall-rules,
 * https://cloud.google.com/iap/docs/using-tcp-forwarding, https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const PLATFORM_CALLERS: AddressSet = parseAddressList([
  '35.191.0.0/16',
  '130.211.0.0/22',
  '35.235.240.0/20',
  '168.63.129.16',
  '2600:2d00:1:b029::/64',
  '2600:2d00:1:1::/64',
]).set;
export const LOOPBACK: AddressSet = parseAddressList(['127.0.0.0/8', '::1']).set;
/** `0.0.0.0` and `::`: as an address to listen at, every address of the machine. */
export const UNSPECIFIED: AddressSet = parseAddressList(['0.0.0.0', '::']).set;

/**
 * The addresses that the internet has. The documentation ranges (RFC 5737, RFC 3849) are among them: where they stand in
 * code they stand for somebody's public addresses.
 */
export function publicPart(set: AddressSet): AddressSet {
  notPublic ??= parseAddressList(NOT_PUBLIC).set;
  return subtract(set, notPublic);
}

function block4(value: number, bits = 32): AddressSet | undefined {
  if (bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor(value / size) * size;
  return { v4: [first, first + size - 1], v6: [] };
}

function block6(value: bigint, bits = 128): AddressSet | undefined {
  if (bits > 128) return undefined;
  const host = BigInt(128 - bits);
  const first = (value >> host) << host;
  return { v4: [], v6: [first, first + (1n << host) - 1n] };
}

/** The largest aligned blocks from `first` to `last`: first address and prefix length. */
function* blocks(first: bigint, last: bigint, width: number): Generator<readonly [bigint, number]> {
  let at = first;
  while (at <= last) {
    let host = 0;
    while (host < width && ((at >> BigInt(host)) & 1n) === 0n && at + (1n << BigInt(host + 1)) - 1n <= last) host++;
    yield [at, width - host];
    at += 1n << BigInt(host);
  }
}
