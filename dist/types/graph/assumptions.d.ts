/** What is taken for granted where the code cannot show it. */
import type { Origin } from '../source/span.ts';
import { type AddressSet } from './sets/address-set.ts';
/** What the code cannot show, and the one who runs it says (`assume` of the configuration). */
export interface Assumptions {
    /** Whether the internet reaches the addresses of hosts and cluster nodes. */
    readonly internetFacingHosts: boolean | 'unknown';
    /** What guards are taken for. */
    readonly profile: Profile;
    /** Whether the network plugin does what guards of workloads say (R21). */
    readonly guardsEnforced: boolean | 'unknown';
    /** Whether the plugin lets address ranges in guards match workloads (R9). */
    readonly addressesMatchWorkloads: boolean | 'unknown';
    /** Addresses outside that are one's own: who calls from these alone is no stranger. */
    readonly trustedSources: AddressSet;
    /** What is deployed together, besides what the code shows by its references. */
    readonly environments: readonly DeclaredEnvironment[];
}
/** What an environment is for. */
export type Stage = 'production' | 'development' | 'example' | 'unknown';
/** An environment that somebody has named (`environments` of the configuration). */
export interface DeclaredEnvironment {
    readonly name: string;
    /** Null where the names tell. */
    readonly stage: Stage | null;
    /** The folder whose units are it and no other. */
    readonly root: string;
    /** Folders whose units it stands on; others may stand on them too. */
    readonly links: readonly string[];
    readonly origin: Origin;
}
/**
 * `declared`: what the objects say on paper (address ranges never match workloads, the host's network and the way past
 * guards on one node are left out, IPv4 alone, the code shows every namespace with all its labels).
 * `effective`: what a cluster does with them (R9, R10, R15, R16, R21).
 */
export declare const PROFILES: readonly ["declared", "effective"];
/** One of them. */
export type Profile = (typeof PROFILES)[number];
/** What holds where nobody says otherwise. */
export declare const NO_ASSUMPTIONS: Assumptions;
