/** What the steps that put doors where they stand hand to each other. */
import type { DoorFact, PermitFact, ProxyFact } from '../fragment.ts';
import type { Labelled } from '../reach/relation.ts';
import type { Select } from '../running.ts';
import type { Hop } from '../vocabulary.ts';
import type { PlacedGateway } from './forward.ts';

/** What decides where doors stand, in one environment. */
export interface StandInput {
  readonly gateways: readonly PlacedGateway[];
  readonly proxies: readonly ProxyFact[];
  readonly permits: readonly PermitFact[];
  readonly namespaces: ReadonlyMap<string, Labelled>;
  readonly select: Select;
}

/** A door where it stands. */
export interface StandingDoor {
  readonly door: DoorFact;
  /** What callers pass before they come to it. */
  readonly hops: readonly Hop[];
  /** The door of another gateway that takes it in. */
  readonly at: DoorFact | null;
}
