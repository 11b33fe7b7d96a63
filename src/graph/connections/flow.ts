/** Connections while they are made: ports as sets of the relation, groups with what is known of them. */
import type { AddressSet } from '../sets/address-set.ts';
import type { PortSet } from '../sets/port-set.ts';
import type { Verdict } from '../vocabulary.ts';
import type { Grouped } from './groups.ts';

/** Everybody in `from` gets to everybody in `to` on these ports. */
export interface Flow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly ports: PortSet;
  readonly verdict: Verdict;
  readonly because: readonly string[];
  /** As `Connection` has them. */
  readonly rules: readonly string[];
}

/** The same list is the same object wherever it occurs. */
export type FlowEnd =
  | { readonly kind: 'groups'; readonly groups: readonly Grouped[] }
  | { readonly kind: 'addresses'; readonly addresses: AddressSet }
  | { readonly kind: 'proxy' };
