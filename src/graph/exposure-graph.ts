/** The exposure graph: what `policy/` asks and reporters print. Plain data; origins, never line numbers. */
import type {
  Exposure,
  Gateway,
  Guard,
  Link,
  Listener,
  Need,
  Segment,
  Stage,
  UnitInfo,
  Verdict,
  Workload,
} from './vocabulary.ts';

/** Everything that the code of a tree says about who can reach which port. */
export interface ExposureGraph {
  /** Sorted by id. */
  readonly environments: readonly Environment[];
  readonly links: readonly Link[];
}

/** Units that land together, and what can reach what in there. */
export interface Environment {
  readonly id: string;
  readonly stage: Stage;
  readonly units: readonly UnitInfo[];
  readonly segments: readonly Segment[];
  readonly workloads: readonly Workload[];
  readonly listeners: readonly Listener[];
  readonly gateways: readonly Gateway[];
  readonly guards: readonly Guard[];
  readonly exposures: readonly Exposure[];
  readonly reachability: Reachability;
  readonly needs: readonly Need[];
}

/** Which workloads reach which listeners, by classes of workloads that nothing tells apart. */
export interface Reachability {
  readonly classes: readonly WorkloadClass[];
  readonly rows: readonly ReachRow[];
}

/** Workloads that nothing tells apart. */
export interface WorkloadClass {
  readonly id: string;
  readonly members: readonly Workload[];
}

/** Who reaches one listener. */
export interface ReachRow {
  readonly to: Listener;
  readonly from: readonly {
    readonly class: WorkloadClass;
    readonly verdict: Verdict;
    readonly because: readonly string[];
  }[];
}
