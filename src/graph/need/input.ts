import type { Catalogue } from '../catalogue.ts';
import type { Relation } from '../reach/relation.ts';
import type { LinkedGateway, RunningWorkload, Select, StatedNeed } from '../running.ts';
import type { Guard, Listener } from '../vocabulary.ts';
import type { Mentions } from './harvest.ts';

/** One environment as the search for needs sees it: fragments joined, images and workloads merged, ports resolved. */
export interface NeedsInput {
  readonly workloads: readonly RunningWorkload[];
  readonly mentions: Mentions;
  readonly gateways: readonly LinkedGateway[];
  readonly listeners: readonly Listener[];
  readonly stated: readonly StatedNeed[];
  readonly select: Select;
  readonly guards: readonly Guard[];
  /** What they admit; null where there are none. */
  readonly relation: Relation | null;
  readonly catalogue: Catalogue;
}
