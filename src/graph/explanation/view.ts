/** Why one end reaches another, or does not: what `explain` reports. */
import type { Origin } from '../../source/span.ts';
import type { Ports } from '../connections/view.ts';
import type { Direction, Protocol } from '../fragment.ts';
import type { Ruling } from '../reach/relation.ts';
import type { AddressSet } from '../sets/address-set.ts';
import type { Guard, Hop, Listener, Verdict, Workload } from '../vocabulary.ts';

/** One end of what is asked. */
export type AskedEnd =
  | AskedSide
  /** A guard that nothing in the code is known to use: what it would let in has nowhere to go. */
  | { readonly kind: 'guard'; readonly guard: Guard };

/** An end at which something stands. */
export type AskedSide =
  | { readonly kind: 'workload'; readonly workload: Workload }
  /** `text` is how they were asked for: `internet`, `10.0.0.0/8`. */
  | { readonly kind: 'addresses'; readonly text: string; readonly addresses: AddressSet };

/** A port that is asked for. */
export interface AskedPort {
  readonly port: number;
  /** Null where any protocol will do that something listens on; TCP where nothing does. */
  readonly protocol: Protocol | null;
}

/** The view that `explain` reports: an environment in which both ends are, one after the other. */
export interface Explanation {
  readonly environments: readonly EnvironmentExplanation[];
}

export interface EnvironmentExplanation {
  readonly id: string;
  readonly from: AskedEnd;
  readonly to: AskedEnd;
  /** By port; never empty. */
  readonly answers: readonly Answer[];
  /** How many more ports listen that are not told. */
  readonly left: number;
}

/** The answer for one port, or for all of them together. */
export interface Answer {
  /** Null where no port was asked for and none is known to listen: then `granted` says which ports are open. */
  readonly port: { readonly protocol: Protocol; readonly port: number } | null;
  readonly granted: Ports | null;
  /** What listens there; null where nothing is known to. */
  readonly listener: Listener | null;
  readonly verdict: Verdict | 'blocked';
  /** Why it is only possible. */
  readonly because: readonly string[];
  /** Ways from source to target as far as they lead, the surest first. */
  readonly ways: readonly AnswerWay[];
  /** What the guards of each end say, the caller's first; an end that no guard can stand at has none. */
  readonly sides: readonly Side[];
  /** What stops it beside guards. */
  readonly obstacles: readonly Obstacle[];
  /** The least that has to change for it to get through; where it may, what the code would have to say of links for it to be sure. */
  readonly changes: readonly Change[];
}

/** One way. */
export interface AnswerWay {
  readonly verdict: Verdict;
  readonly because: readonly string[];
  /** From the source inwards. */
  readonly path: readonly Hop[];
}

/** What the guards of one end say. */
export interface Side extends Ruling {
  readonly direction: Direction;
  readonly workload: Workload;
  /** Whether any guard has a say about it in this direction. */
  readonly guarded: boolean;
}

/** Something that is no guard and stops the connection. */
export interface Obstacle {
  /** What it is. */
  readonly text: string;
  readonly origin: Origin;
  /** What to do about it; the line to edit is `origin`. */
  readonly change: string;
}

/** One edit. */
export interface Change {
  /** What to do. */
  readonly text: string;
  /** The line to edit. */
  readonly origin: Origin;
  /** The guard that is edited; null where none is. */
  readonly guard: Guard | null;
}
