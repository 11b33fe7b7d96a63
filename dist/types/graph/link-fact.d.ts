/** Facts about ways between networks: who sends over them, and to whom they lead. */
import type { Origin } from '../source/span.ts';
import type { Unknown } from '../source/value.ts';
/**
 * A way over which members of some segments send to members of others, one hop far: what is sent over two of them in a row
 * gets nowhere (R71). Two workloads talk where one may send to the other and the other may answer, by whatever way.
 */
export interface LinkFact {
    /** Unique in the fragment. */
    readonly id: string;
    /** `namesake`: two networks that may be one, since they go by one name. */
    readonly kind: 'peering' | 'transit' | 'tunnel' | 'namesake';
    readonly name: string;
    /** Who sends over it; `addresses` are those for which they have a route. */
    readonly senders: readonly LinkEnd[];
    /** To whom it leads; `addresses` are those that it takes there. */
    readonly receivers: readonly LinkEnd[];
    /** Why it may not be there, or may lead to others. */
    readonly unknown?: Unknown;
    readonly origin: Origin;
}
/**
 * Networks of others at the far end of a way, of which the code shows the addresses alone: those of an office or of a data
 * centre, behind a tunnel or a line of its own (R71, R74).
 */
export interface SiteFact {
    /** Unique in the fragment. */
    readonly id: string;
    readonly name: string;
    /** Its addresses, in CIDR notation. */
    readonly ranges: readonly string[];
    /** To whom it sends; `addresses` are those to which they have a route back. */
    readonly receivers: readonly LinkEnd[];
    /** Why the way may not be there. */
    readonly unknown?: Unknown;
    readonly origin: Origin;
}
/** A segment at one end of a link. Of the ends that a workload is at, those of the smallest segments count. */
export interface LinkEnd {
    /** Its key. */
    readonly segment: string;
    /** In CIDR notation; left out: all that there are. An empty list is none: nothing is routed. */
    readonly addresses?: readonly string[];
    /** Why nobody can be sure of that. */
    readonly unknown?: Unknown;
    readonly origin: Origin;
}
