/** The granted relation as reporters tell it: plain data, by groups of workloads, never by pairs unless these are few. */
import type { PortRange, Protocol } from '../fragment.ts';
import type { AddressRange } from '../sets/address-set.ts';
import type { Profile, Verdict, Workload } from '../vocabulary.ts';

/** The view that `connections` reports. */
export interface Connections {
  readonly profile: Profile;
  readonly environments: readonly EnvironmentConnections[];
}

/** Who may talk to whom in one environment. */
export interface EnvironmentConnections {
  readonly id: string;
  /** Every workload is in one of them. */
  readonly groups: readonly Group[];
  readonly connections: readonly Connection[];
  /** The groups whose connections are left out, since too much tells them apart to list it. */
  readonly left: readonly Group[];
  /** The same pair by pair, each once; null where they are too many to print. */
  readonly pairs: readonly Pair[] | null;
}

/** Workloads that no guard, segment or gateway tells apart. */
export interface Group {
  /** `group-1`: unique in its environment. */
  readonly id: string;
  readonly members: readonly Workload[];
}

/** Everybody in `from` gets to everybody in `to`, but nobody to itself: replicas of one workload are not told apart. */
export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly ports: Ports;
  readonly verdict: Verdict;
  /** Why it is only `possible`, for people. */
  readonly because: readonly string[];
  /** The rules (reachability.md §2) by which it may be other than the objects say on paper; under `declared` only those that leave it open. */
  readonly rules: readonly string[];
}

/** One end of connections; the same list of groups is the same object wherever it occurs. */
export type End =
  | { readonly kind: 'groups'; readonly groups: readonly Group[] }
  | { readonly kind: 'addresses'; readonly ranges: readonly AddressRange[] }
  /** The proxy that serves routes, wherever it runs. */
  | { readonly kind: 'proxy' };

/** One line of the relation. */
export interface Pair extends Pick<Connection, 'ports' | 'verdict' | 'because' | 'rules'> {
  readonly from: PairEnd;
  readonly to: PairEnd;
}

export type PairEnd =
  | { readonly kind: 'workload'; readonly workload: Workload }
  | { readonly kind: 'addresses'; readonly range: AddressRange }
  | { readonly kind: 'proxy' };

/** Which ports, by protocol. */
export interface Ports {
  /** Every port of every protocol that has ports. */
  readonly all: boolean;
  /** In the order of protocols and ports. */
  readonly ranges: readonly { readonly protocol: Protocol; readonly ports: PortRange }[];
}
