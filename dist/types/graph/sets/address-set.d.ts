/** Sets of addresses as sorted disjoint intervals, IPv4 and IPv6 apart (S10). */
export interface AddressSet {
    /** Pairs of first and last address, as unsigned 32-bit numbers. */
    readonly v4: readonly number[];
    /** Pairs of first and last address, as 128-bit integers. */
    readonly v6: readonly bigint[];
}
export declare const NO_ADDRESSES: AddressSet;
export declare const ALL_ADDRESSES: AddressSet;
/**
 * The addresses of a CIDR block or of one address; undefined for any other text. Host bits of a block are ignored, as
 * everywhere. IPv4 only in four decimal parts: `010.1` is a trap, not an address.
 */
export declare function parseAddresses(text: string): AddressSet | undefined;
/** The IPv4 addresses from one to another, both of them among these; undefined where either is none. */
export declare function parseAddressRange(from: string, to: string): AddressSet | undefined;
/** The addresses of all the texts together, and the texts that are none. */
export declare function parseAddressList(texts: readonly string[]): {
    readonly set: AddressSet;
    readonly bad: readonly string[];
};
export declare function union(a: AddressSet, b: AddressSet): AddressSet;
/** The addresses of all of them together; by halves, so that a long list costs no more than sorting it. */
export declare function unionOf(list: readonly AddressSet[]): AddressSet;
export declare function intersect(a: AddressSet, b: AddressSet): AddressSet;
/** What is in `a` and not in `b`. */
export declare function subtract(a: AddressSet, b: AddressSet): AddressSet;
export declare function isEmpty(set: AddressSet): boolean;
/** Whether every address of `inner` is in `outer`. */
export declare function covers(outer: AddressSet, inner: AddressSet): boolean;
/** How many addresses of each family are in it. */
export declare function addressCount(set: AddressSet): {
    readonly v4: number;
    readonly v6: bigint;
};
/** The fewest CIDR blocks that hold exactly its addresses, IPv4 first, in the order of addresses. */
export declare function cidrsOf(set: AddressSet): readonly string[];
/** An interval of addresses in words. */
export interface AddressRange {
    readonly family: 4 | 6;
    /** Both addresses belong to it. */
    readonly first: string;
    readonly last: string;
}
/** Its intervals, IPv4 first, in the order of addresses. */
export declare function addressRanges(set: AddressSet): readonly AddressRange[];
/** Addresses of networks that people run for themselves (RFC 1918, RFC 6598, RFC 4193). */
export declare const PRIVATE: AddressSet;
/**
 * From where platforms probe what they balance and hand on calls that they have checked, public addresses among them. Nobody
 * else can send from these: https://cloud.google.com/load-balancing/docs/firewall-rules,
 * https://cloud.google.com/iap/docs/using-tcp-forwarding, https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export declare const PLATFORM_CALLERS: AddressSet;
export declare const LOOPBACK: AddressSet;
/** `0.0.0.0` and `::`: as an address to listen at, every address of the machine. */
export declare const UNSPECIFIED: AddressSet;
/**
 * The addresses that the internet has. The documentation ranges (RFC 5737, RFC 3849) are among them: where they stand in
 * code they stand for somebody's public addresses.
 */
export declare function publicPart(set: AddressSet): AddressSet;
