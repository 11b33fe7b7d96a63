/**
 * The words of the exposure graph: what it is made of. Plain data; origins, never line numbers.
 *
 * Ids are unique in a document and the same in every run. `fact` is what the adapter calls a thing inside its unit:
 *
 *     unit, environment   technology:root[#variant]; an environment has the id of its main unit,
 *                         or name[#variant] where somebody has named it
 *     segment             environment::segment key
 *     workload, gateway,
 *     guard               environment::fact
 *     listener            workload[/container]:port[-last]/protocol; the container where it is not called like the workload
 *     exposure            listener<scope/entry:outside port; `direct` without entry, `*` for a port that the host picks
 *     class, class group  environment::class-n, environment::callers-n
 * A name that is taken gets `~2`, `~3` … at its end.
 */
import type { Edit } from '../source/edit.ts';
import type { Origin } from '../source/span.ts';
import type { Technology } from '../source/unit.ts';
import type { Unknown } from '../source/value.ts';
import type { Direction, GatewayKind, GrantFact, MountFact, NeedKind, Place, PortRange, Protocol, PublicAddress, Purpose, Selector, TlsFact, Unreached } from './fragment.ts';
import type { AddressSet } from './sets/address-set.ts';
import type { TraitFact } from './trait.ts';
export * from './assumptions.ts';
/** How wide the source of an exposure is, widest first. */
export declare const SCOPES: readonly ["internet", "external", "network", "node", "cluster", "segment", "workload", "host", "pod"];
/** One of them. */
export type Scope = (typeof SCOPES)[number];
/** The scopes of those who stand outside of everything that the code deploys. */
export declare const OUTSIDE: ReadonlySet<Scope>;
/** What a port is for (the port catalogue says which it can be). */
export declare const ROLES: readonly ["application", "inter-service", "management", "metrics", "debug", "remote-admin", "data-store", "cache", "message-broker", "file-share", "directory", "dns", "mail", "telemetry", "service-discovery", "mesh", "control-plane", "health", "unknown"];
/** One of them. */
export type Role = (typeof ROLES)[number];
/** How sure something is that was concluded and not read. */
export type Confidence = 'high' | 'medium' | 'low';
/** Whether something can be reached: as the code stands, or depending on what the code does not show. */
export type Verdict = 'reachable' | 'possible';
/** What is spoken on the wire. */
export type Transport = 'plaintext' | 'tls' | 'mtls' | 'unknown';
/** What callers have to show before they are served. */
export type Authentication = 'none' | 'basic' | 'token' | 'mtls' | 'iam' | 'unknown';
/**
 * What says that something listens: a declaration, a command or call, the habit of its image, the platform, or that somebody
 * opened the port of a machine whose inside the code does not show.
 */
export type Evidence = 'declared' | 'coded' | 'conventional' | 'provided' | 'granted';
/** A unit as reports name it. */
export interface UnitInfo {
    readonly id: string;
    readonly technology: Technology;
    readonly root: string;
    readonly variant: string | null;
    readonly files: readonly string[];
}
/** Where workloads sit. */
export interface Segment {
    readonly id: string;
    readonly name: string;
    /** `docker-network`, `namespace` …, as facts have it. */
    readonly kind: string;
    /** Its members reach each other's every port unless a guard says no. */
    readonly open: boolean;
    /** Cut off from the outside. */
    readonly internal: boolean;
    /** Its members stand on the network outside with all their ports. */
    readonly outer: boolean;
    /** The ranges in CIDR notation that its addresses are of; left out where the code does not show all of them. */
    readonly ranges?: readonly string[];
    /** The code names it and does not make it: it may be the same as another of this platform that the code names otherwise. */
    readonly unseen?: string;
    /** Where everything stands that names no place; an unknown where that is only likely. */
    readonly isDefault?: true | Unknown;
    readonly traits?: readonly TraitFact[];
    readonly origin: Origin;
}
/** What runs and can listen or call. */
export interface Workload {
    readonly id: string;
    readonly name: string;
    /** What its code calls it, where people have a shorter name for it. */
    readonly address?: string;
    readonly namespace: string | null;
    readonly kind: string;
    /** As its technology writes it (`StatefulSet`); `kind` where it writes none. */
    readonly writtenKind: string;
    readonly unit: string;
    readonly technology: Technology;
    readonly segments: readonly Segment[];
    readonly labels: ReadonlyMap<string, string>;
    /** The line that gives it the network of its host; null where it has its own. */
    readonly hostNetwork: Origin | null;
    /** The line that makes it run only when somebody asks for it; null where it always runs. */
    readonly optional: Origin | null;
    /** How many of it are asked for; zero when nothing of it runs as written, null when nothing is said. */
    readonly replicas: number | null;
    /** It answers, and calls nobody by itself. */
    readonly answersOnly?: true;
    /** What it is there for; `program` where left out. */
    readonly purpose?: Purpose;
    /** The addresses of the internet that lead straight to it; left out where it has none. */
    readonly publicAddresses?: readonly PublicAddress[];
    /** Why the internet does not get to it by itself; left out where it does, and where nothing says. */
    readonly unreached?: Unreached;
    readonly traits?: readonly TraitFact[];
    readonly containers: readonly Container[];
    /** First the line that names it, then the rest. */
    readonly origins: readonly Origin[];
}
/** A container as it runs: what the workload says, over what its image brings along. */
export interface Container {
    readonly name: string;
    readonly role: 'main' | 'init' | 'sidecar';
    /** The image reference as it would be pulled, or null where the code does not say. */
    readonly image: string | null;
    readonly mounts: readonly MountFact[];
    readonly capabilities: readonly string[];
    /** What the process is started with, after image and workload are joined; null where nothing says. */
    readonly command: readonly string[] | null;
    readonly environment: ReadonlyMap<string, EnvironmentValue>;
    /** Checks that ask a port by a name which the container gives to none: they never succeed. */
    readonly strayChecks: readonly StrayCheck[];
    readonly origin: Origin;
}
/** A check of a port that is not there. */
export interface StrayCheck {
    readonly port: string;
    readonly origin: Origin;
}
/** The value is null where the code does not show it. */
export interface EnvironmentValue {
    readonly value: string | null;
    readonly origin: Origin;
}
/** A role that a port may have. */
export interface RankedRole {
    readonly role: Role;
    readonly confidence: Confidence;
}
/** A port, or a range, that a container listens on. */
export interface Listener {
    readonly id: string;
    readonly workload: Workload;
    /** By name. */
    readonly container: string;
    readonly protocol: Protocol;
    /** One port (`from === to`) or a range. */
    readonly ports: PortRange;
    /** False for a port that no machine has (0 or over 65535): it is written, but nothing listens. */
    readonly valid: boolean;
    readonly name: string | null;
    /** Null where the platform gives the address. */
    readonly bind: string | null;
    /** What the port catalogue calls it: `PostgreSQL`; null where it has no entry. */
    readonly service: string | null;
    /** Ranked; never empty. */
    readonly roles: readonly RankedRole[];
    readonly sensitive: boolean;
    readonly transport: Transport;
    /** The line that says what it speaks; left out where none does by itself. */
    readonly transportOrigin?: Origin;
    /** Which TLS it takes; left out where nothing says. */
    readonly tls?: TlsFact;
    readonly authentication: Authentication;
    /** The line that says what it asks for: a switch, else what starts the program; null where nothing says. */
    readonly authenticationOrigin: Origin | null;
    /** The strongest evidence first: the others stand in the origins. */
    readonly evidence: Evidence;
    /** Everything that says so, strongest first. */
    readonly evidences: readonly Evidence[];
    /** Only a gateway says so, while the container declares other ports: the number may be wrong. */
    readonly hearsay: boolean;
    /** Why it may not listen at all, although something leads to it; null where nothing speaks against it. */
    readonly doubt: string | null;
    readonly origins: readonly Origin[];
    /** What takes away the declaration that alone says so; null where more does, or where no text does it. */
    readonly removal: Edit | null;
}
/** What forwards to listeners and may change the port. */
export interface Gateway {
    readonly id: string;
    readonly kind: GatewayKind;
    readonly name: string;
    readonly namespace: string | null;
    readonly unit: string;
    readonly technology: Technology;
    /** The listeners that it leads to; none for one that points at nothing here. */
    readonly targets: readonly Listener[];
    /** Where callers knock, and whether something answers. */
    readonly doors: readonly Door[];
    readonly origins: readonly Origin[];
}
/** One place where callers knock, and what came of following it. */
export interface Door {
    /** Where it stands: `segment` for one that nobody outside of its segment gets to. */
    readonly place: Place['kind'];
    /** What stands behind it. */
    readonly listeners: readonly Listener[];
    /** Why nobody gets in by it although it is written; null where somebody may. */
    readonly shut: {
        readonly because: string;
        readonly origin: Origin;
    } | null;
    readonly protocol: Protocol;
    /** As the caller sees it; null where the host or the cluster picks one. */
    readonly ports: PortRange | null;
    /** Nobody wrote it: it comes along with something that was written. */
    readonly implicit: boolean;
    /** `outside`: on purpose at something that the code does not show; `nothing`: at nothing, though it should be here. */
    readonly target: 'listeners' | 'outside' | 'nothing';
    /** The line that says where it leads. */
    readonly origin: Origin;
    /** The line that opens it. */
    readonly grant: Origin;
}
/** What admits or denies. */
export interface Guard {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace: string | null;
    readonly unit: string;
    readonly technology: Technology;
    readonly subject: Selector;
    /** Whom it guards says so by its name; it does not pick them itself. */
    readonly byName: boolean;
    /** Whether it guards anything that the code shows; `unknown` where it may guard what the code does not. */
    readonly attachment: 'attached' | 'unattached' | 'unknown';
    /** Guards of another layer have to admit too; 0 where left out. */
    readonly layer?: number;
    /** It knows no connections, so that answers have to be let through as well (R62). */
    readonly stateless?: true;
    /** Lower tiers are asked first, and in them lower priorities (`GuardFact`). */
    readonly tier: number;
    readonly priority: number | Unknown | null;
    /** The directions in which whom it guards gets only what is granted. */
    readonly isolates: readonly Direction[];
    readonly grants: readonly GrantFact[];
    readonly traits?: readonly TraitFact[];
    readonly origins: readonly Origin[];
}
/** One step of a path, from source to listener. */
export interface Hop {
    readonly kind: string;
    readonly name: string;
    readonly origin: Origin;
}
/** Why a way in is only possible that a guard opens to whoever would use it. */
export declare const UNUSED = "nothing here uses it";
/** Who may take a way in: addresses, workloads by name, accounts of a platform, everybody in a segment. */
export type Source = {
    readonly kind: 'cidr';
    readonly value: string;
} | {
    readonly kind: 'workloads';
    readonly value: string;
} | {
    readonly kind: 'account';
    readonly value: string;
} | {
    readonly kind: 'segment';
    readonly value: string;
};
/** Listener × entry gateway × outside port × scope: that is its identity. */
export interface Exposure {
    readonly id: string;
    readonly listener: Listener;
    /** The first gateway on the way; null where nothing forwards. */
    readonly entry: Gateway | null;
    readonly scope: Scope;
    readonly sources: readonly Source[];
    /** The addresses among the sources. */
    readonly addresses: AddressSet;
    /** What a route asks for; an empty list is everything. */
    readonly http: {
        readonly hosts: readonly string[];
        readonly paths: readonly string[];
        readonly methods: readonly string[];
    };
    readonly authentication: Authentication;
    readonly transport: Transport;
    /** Nobody wrote it: it comes along with something that was written. */
    readonly implicit: boolean;
    /** What it is reached through, and told with: the listener of a load balancer. */
    readonly relayed?: Listener;
    /** Its sources are of networks joined to the workload's own: private ranges that a guard names, or those of a site. */
    readonly private?: true;
    /** It comes from outside, and all its sources are addresses that are trusted (`Assumptions`). */
    readonly trusted?: true;
    /** Whether anything uses the guard that admits it; null where no guard does. */
    readonly attachment: Guard['attachment'] | null;
    /** The address that callers use; null where the host, cluster or cloud picks one. */
    readonly address: string | null;
    /** As the source sees it; null where the host or cluster picks one. */
    readonly ports: PortRange | null;
    readonly verdict: Verdict;
    /** Why it is only `possible`; empty when it is `reachable`. */
    readonly because: readonly string[];
    /** The line that a person would change to close it. */
    readonly grant: Origin;
    /** More lines that let in the same callers, so that closing it takes all of them. */
    readonly furtherGrants?: readonly Origin[];
    /** The line that says what callers dial and speak. */
    readonly portOrigin: Origin;
    /** What narrows it to the loopback address of its host, and changes no other way in; null where no text does. */
    readonly loopback: Edit | null;
    /** From the source inwards; the listener is the last. */
    readonly path: readonly Hop[];
}
/** A way in from outside to workloads that the code describes by their labels and does not show. */
export interface UnseenWay {
    readonly entry: Gateway;
    /** What kind of door it is, as a step of a path has it: `node-port`, `load-balancer`. */
    readonly kind: string;
    /** Widest first. */
    readonly scopes: readonly Scope[];
    /** The line that a person would change to close it. */
    readonly grant: Origin;
}
/** Evidence that a client uses a listener. */
export interface Need {
    readonly from: Workload | 'internet' | 'operator' | 'platform';
    readonly to: Listener | {
        readonly external: string;
        readonly port: number | null;
    };
    readonly kind: NeedKind;
    readonly weight: number;
    /** A grant said so: it takes part in broken needs and never reduces excess (S1). */
    readonly stated: boolean;
    readonly transport: Transport;
    readonly origins: readonly Origin[];
}
/** A relation between things of different units: `builds`, `runs`. */
export interface Link {
    readonly from: string;
    readonly to: string;
    readonly kind: 'builds' | 'runs';
    readonly confidence: Confidence;
    readonly origins: readonly Origin[];
}
/** A range of ports for people: `80`, `8000-8010`. */
export declare function rangeText({ from, to }: PortRange): string;
