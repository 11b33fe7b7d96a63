import type { Origin } from '../../source/span.ts';
import type { Catalogue } from '../catalogue.ts';
import type { CheckFact, GatewayKind, NeedKind, Place, PortRange, Protocol, Word } from '../fragment.ts';
import type { EnvironmentValue, Listener, Workload } from '../vocabulary.ts';

/** One environment as the search for needs sees it: fragments joined, images and workloads merged, ports resolved. */
export interface NeedsInput {
  readonly clients: readonly Client[];
  readonly names: readonly NameBinding[];
  readonly gateways: readonly Forwarder[];
  readonly listeners: readonly Listener[];
  readonly structural: readonly StructuralNeed[];
  readonly catalogue: Catalogue;
}

/** A workload with everything that may say whom it calls. */
export interface Client {
  readonly workload: Workload;
  readonly containers: readonly ClientContainer[];
}

export interface ClientContainer {
  /** The environment that its process gets, image and workload and configs merged. */
  readonly environment: ReadonlyMap<string, EnvironmentValue>;
  /** The words that its process is started with, entrypoint and command joined, variables not expanded. */
  readonly words: readonly Word[];
  /** Probes and health checks; what they ask for is this workload unless a command says otherwise. */
  readonly checks: readonly CheckFact[];
  /** Configs that it reads as files. */
  readonly texts: readonly ConfigText[];
}

export interface ConfigText {
  /** What a person calls it: the file's or the key's name. */
  readonly name: string;
  readonly text: string;
  readonly origin: Origin;
}

/** A name and where it leads. Only members of the segment with the id `within` resolve it. */
export interface NameBinding {
  /** Lower case, without a trailing dot. */
  readonly name: string;
  /** The id of a segment. */
  readonly within: string;
  /** Names below it lead there too. */
  readonly subdomains: boolean;
  /** Only this workload knows the name (an alias of a link); everybody in the segment where it is left out. */
  readonly only?: Workload;
  readonly to:
    | { readonly kind: 'workload'; readonly workload: Workload }
    | { readonly kind: 'gateway'; readonly gateway: Forwarder };
}

/** A gateway whose doors are resolved to the listeners behind them. */
export interface Forwarder {
  readonly id: string;
  readonly kind: GatewayKind;
  /** Its names lead to the workloads themselves, so that callers use the workloads' own ports (a headless Service). */
  readonly direct: boolean;
  readonly doors: readonly ForwarderDoor[];
}

export interface ForwarderDoor {
  readonly place: Place;
  readonly protocol: Protocol;
  /** As the caller sees it; null where the host or the cluster picks one. */
  readonly ports: PortRange | null;
  readonly name?: string;
  readonly tls?: boolean;
  readonly listeners: readonly Listener[];
  readonly origin: Origin;
}

/** A `NeedFact` whose ends are resolved. */
export interface StructuralNeed {
  readonly from: Workload | 'platform';
  /** The workloads it may mean; more than one for a selector or a name. */
  readonly to: readonly Workload[];
  /** Number or name of a port of the workload; null where nothing is said. */
  readonly port: number | string | null;
  readonly protocol: Protocol;
  readonly kind: NeedKind;
  readonly weight: number;
  readonly origin: Origin;
}
