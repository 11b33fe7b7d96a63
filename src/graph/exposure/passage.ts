/** What is asked about guards on the way in, and the answers where there are none. */
import type { DoorFact } from '../fragment.ts';
import type { End } from '../reach/relation.ts';
import type { AddressSet } from '../sets/address-set.ts';
import type { Listener, Verdict } from '../vocabulary.ts';
import type { Access } from './access.ts';
import type { Passed } from './draft.ts';

/** An access that guards leave, and the grant that lets it in. */
export interface Admitted {
  readonly access: Access;
  /** Null where no guard has a say. */
  readonly passed: Passed | null;
}

/** Whether somebody gets in, why nobody is sure, and the grant that says so. */
export interface Passage {
  readonly verdict: Verdict | 'blocked';
  readonly because: readonly string[];
  readonly passed: Passed | null;
}

/** Ports of a workload that somebody comes to. */
export type Entered = Pick<Listener, 'workload' | 'protocol' | 'ports'>;

/** The addresses of the network that a workload stands in; `known` where they are all of them. */
export interface OwnNetwork {
  readonly addresses: AddressSet;
  readonly known: boolean;
}

/** Answers for the listeners of one environment. */
export interface PastGuards {
  /** Whether any guard has a say about who comes in to the workload. */
  guarded(listener: Listener): boolean;
  /** What is left of an access through a door to a listener. */
  through(door: DoorFact, access: Access, listener: Listener): readonly Admitted[];
  /** What is left of an access that comes to the workload itself. */
  direct(access: Access, listener: Listener): readonly Admitted[];
  /** By which private ranges callers beyond the workload's own network are let in. */
  privately(listener: Entered, own: OwnNetwork): readonly Admitted[];
  /** Whether somebody gets in whom the code shows, and by which grant. */
  passage(from: End, listener: Listener): Passage;
  /** Whether workloads of a namespace get in that the code does not show. */
  strangers(namespace: string, listener: Listener): Passage['verdict'];
  /** By which grant they do. */
  stranger(namespace: string, listener: Listener): Passage;
}

const OPEN: Passage = { verdict: 'reachable', because: [], passed: null };

/** A namespace that the code does not show: it is called like none that it does. */
export const ELSEWHERE = '';

/** Nothing stands between callers and listeners. */
export const UNGUARDED: PastGuards = {
  guarded: () => false,
  through: (_, access) => [{ access, passed: null }],
  direct: (access) => [{ access, passed: null }],
  privately: () => [],
  passage: () => OPEN,
  strangers: () => 'reachable',
  stranger: () => OPEN,
};
