/** A set of addresses as sorted disjoint intervals, IPv4 and IPv6 apart (S10). */
export interface AddressSet {
  /** Pairs of first and last address, as unsigned 32-bit numbers. */
  readonly v4: readonly number[];
  /** Pairs of first and last address, as 128-bit integers. */
  readonly v6: readonly bigint[];
}
