/** Connections while they are made: ports as sets of the relation, groups with what is known of them. */
import type { AddressSet } from '../sets/address-set.ts';
import type { PortSet } from '../sets/port-set.ts';
import type { Grouped } from './groups.ts';
import type { Connection } from './view.ts';

/** Everybody in `from` gets to everybody in `to` on these ports. */
export interface Flow extends Pick<Connection, 'verdict' | 'because' | 'rules'> {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly ports: PortSet;
}

/** The same list is the same object wherever it occurs. */
export type FlowEnd =
  | { readonly kind: 'groups'; readonly groups: readonly Grouped[] }
  | { readonly kind: 'addresses'; readonly addresses: AddressSet }
  | { readonly kind: 'proxy' };
