/** Approved service specifications (rules.md §3): what a workload is meant to listen on, and for whom. */
import type { Protocol } from '../graph/fragment.ts';
import { type Exposure, type Listener, type Role, type Transport, type Workload } from '../graph/vocabulary.ts';
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
    readonly listens: readonly ApprovedPort[] | null;
    /** Globs over the names of the workloads that may call; null where nothing is said of callers. */
    readonly callers: readonly string[] | null;
    /** Whether it is meant to be reached from outside; null where nothing is said. */
    readonly public: boolean | null;
    /** Globs over the names of the gateways that callers from outside come through, or their kinds; null where nothing is said. */
    readonly through: readonly string[] | null;
    readonly origin: Origin;
}
/** A port that was approved; null where nothing is said of what it is for, or of what callers speak. */
export interface ApprovedPort {
    readonly port: number;
    readonly protocol: Protocol;
    readonly role: Role | null;
    readonly transport: Exclude<Transport, 'unknown'> | null;
}
/** The first specification that a workload matches. */
export declare function serviceOf(workload: Workload, services: readonly Service[]): Service | undefined;
/** Whether a specification approves of a port. */
export declare function approves(service: Service, listener: Listener): boolean;
/** What a specification says of a port; undefined where it says nothing of it. */
export declare function approvedPort({ listens }: Service, { ports, protocol }: Listener): ApprovedPort | undefined;
/** Whether a way from outside crosses none of the gateways that a specification names. */
export declare function goesAround({ scope, entry, path, attachment }: Exposure, { through }: Service): boolean;
