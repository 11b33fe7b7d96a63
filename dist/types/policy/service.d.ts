/** Approved service specifications (rules.md §3): what a workload is meant to listen on, and for whom. */
import type { Protocol } from '../graph/fragment.ts';
import type { Listener, Workload } from '../graph/vocabulary.ts';
import type { Origin } from '../source/span.ts';
/** One entry of `services` in `portolan.yaml`. */
export interface Service {
    readonly key: string;
    /** Globs that the workload has to match, those that are given. */
    readonly match: {
        readonly name: string | null;
        readonly namespace: string | null;
        readonly image: string | null;
    };
    /** The ports that were approved; null where nothing is said of ports. */
    readonly listens: readonly {
        readonly port: number;
        readonly protocol: Protocol;
    }[] | null;
    /** Globs over the names of the workloads that may call; null where nothing is said of callers. */
    readonly callers: readonly string[] | null;
    /** Whether it is meant to be reached from outside; null where nothing is said. */
    readonly public: boolean | null;
    readonly origin: Origin;
}
/** The first specification that a workload matches. */
export declare function serviceOf(workload: Workload, services: readonly Service[]): Service | undefined;
/** Whether a specification approves of a port. */
export declare function approves({ listens }: Service, { ports, protocol }: Listener): boolean;
