/**
 * What an adapter says about one unit, in words that belong to no technology. A fragment holds addresses, listeners,
 * hops, guards, needs and names, each with its origin; never a scope, never good or bad. `graph/` joins fragments.
 */
import type { Edit } from '../source/edit.ts';
import type { Origin } from '../source/span.ts';
import type { UnitIdentity } from '../source/unit.ts';
import type { Unknown } from '../source/value.ts';
import type { GatewayFact, PermitFact, ProxyFact } from './gateway-fact.ts';
import type { GuardFact } from './guard-fact.ts';
import type { LinkFact, SiteFact } from './link-fact.ts';
import type { Membership, NameFact, PortRange, Protocol, SegmentFact, Selector } from './segment-fact.ts';
import type { TraitFact } from './trait.ts';
export type * from './gateway-fact.ts';
export type * from './guard-fact.ts';
export type * from './link-fact.ts';
export type * from './segment-fact.ts';
/** The facts of one unit. */
export interface Fragment {
    readonly unit: UnitIdentity;
    readonly segments: readonly SegmentFact[];
    readonly workloads: readonly WorkloadFact[];
    readonly images: readonly ImageFact[];
    readonly gateways: readonly GatewayFact[];
    readonly guards: readonly GuardFact[];
    readonly needs: readonly NeedFact[];
    readonly configs: readonly ConfigFact[];
    /** What takes the routes of others in and runs here. */
    readonly proxies?: readonly ProxyFact[];
    /** What lets routes of one namespace lead into another. */
    readonly permits?: readonly PermitFact[];
    /** Ways from networks to others. */
    readonly links?: readonly LinkFact[];
    /** Networks of others that are joined to some of these. */
    readonly sites?: readonly SiteFact[];
    readonly definitions: readonly Definition[];
}
/**
 * An object that the unit defines. Two units of one technology that define the same object differently contradict each
 * other and never land together; units whose names and segments refer to each other do.
 */
export interface Definition {
    /** `Deployment/shop/web`, `service/vote`: unique in a deployment. */
    readonly key: string;
    /** Equal where the object is the same but for where it is written. */
    readonly digest: string;
}
/** What runs and can listen or call. */
export interface WorkloadFact {
    /** Unique in the fragment. */
    readonly id: string;
    readonly name: string;
    /** What its code calls it, where people have a shorter name for it. */
    readonly address?: string;
    readonly namespace: string | null;
    /** `compose-service`, `deployment`, `pod`, `image` …: an open set. */
    readonly kind: string;
    /** The kind as its technology writes it (`StatefulSet`); left out where it writes none. */
    readonly writtenKind?: string;
    /** The key or line that a person would call "the service": it names it. */
    readonly origin: Origin;
    readonly memberships: readonly Membership[];
    readonly names: readonly NameFact[];
    readonly labels: ReadonlyMap<string, string>;
    /** It has the host's network for its own: every listener stands at the host's address (S4). */
    readonly hostNetwork: Origin | null;
    /** It has no network at all, not even loopback of another. */
    readonly isolated?: true;
    /** It has the network of another workload (`network_mode: service:x`), named by its id in the fragment. */
    readonly shares?: {
        readonly workload: string;
        readonly origin: Origin;
    };
    /** Runs only when somebody asks for it (a compose profile that is not on by default). */
    readonly optional: Origin | null;
    /** A copy of it runs on every machine of the cluster, so that it stands beside whatever runs there (R16). */
    readonly everyNode?: true;
    /** Zero when nothing of it runs as written; null when nothing is said. */
    readonly replicas: number | null;
    /** The addresses of the internet that lead straight to it: nothing but its guards stands in between (R64, R75, R80). */
    readonly publicAddresses?: readonly PublicAddress[];
    /** Why the internet does not get to it by itself; left out where it does, and where nothing says. */
    readonly unreached?: Unreached;
    /**
     * A machine, and what runs on it is not in the code: what its guards let in is taken to be listened for, since somebody
     * opened it.
     */
    readonly machine?: true;
    /** It answers, and calls nobody by itself: a managed database. */
    readonly answersOnly?: true;
    /** What it is there for; `program` where left out. */
    readonly purpose?: Purpose;
    /** The ranges in CIDR notation that its addresses inside a network are of; left out where the code does not show them. */
    readonly ranges?: readonly string[];
    readonly traits?: readonly TraitFact[];
    readonly containers: readonly ContainerFact[];
}
/**
 * What a workload is there for: somebody's `program` in a container or pod; a `machine` with whatever is put on it; a
 * `backend` that programs beside it use, such as a database; a `platform-service` that whoever has a key calls, such as a
 * store of objects; a `front` that is made to be called from outside; the `control-plane` of others.
 */
export declare const PURPOSES: readonly ["program", "machine", "backend", "platform-service", "front", "control-plane"];
/** One of them. */
export type Purpose = (typeof PURPOSES)[number];
/** An address that the internet may call. */
export interface PublicAddress {
    /** As written; null where the platform picks one. */
    readonly address: string | null;
    /** It is of this family alone, so that nobody gets to it by the other (S10); left out where it may be of both. */
    readonly family?: 'ipv4' | 'ipv6';
    /** Why it is not sure that it is there, or that anything is routed to it. */
    readonly unknown?: Unknown;
    /** A line asks for it, whatever leads there; else it comes along with the place where the workload stands. */
    readonly asked?: true;
    /** The line that gives it to the workload. */
    readonly origin: Origin;
}
/** What keeps the internet away from a workload that stands in a network which has a way there. */
export interface Unreached {
    /** What there is not, or what says no: a clause. */
    readonly because: string;
    /** The line that a person would change. */
    readonly origin: Origin;
}
/** A container as the workload declares it, before its image is known. */
export interface ContainerFact {
    readonly name: string;
    readonly role: 'main' | 'init' | 'sidecar';
    readonly origin: Origin;
    readonly image: ImageUse;
    /** Replaces the image's ENTRYPOINT (and empties its CMD, where `command` is absent). */
    readonly entrypoint?: CommandLine;
    /** Replaces the image's CMD. */
    readonly command?: CommandLine;
    readonly environment: readonly VariableFact[];
    readonly configs: readonly ConfigUse[];
    readonly ports: readonly DeclaredPort[];
    /** What the platform answers there by itself (S9). */
    readonly provides?: readonly ProvidedPort[];
    readonly checks: readonly CheckFact[];
    readonly mounts: readonly MountFact[];
    /** Linux capabilities added, without `CAP_`; `ALL` for a privileged container. */
    readonly capabilities: readonly string[];
}
/** Which image is run, and the line that says so. */
export interface ImageUse {
    /** `redis:7-alpine` as the runtime would pull it; null where only a build is named. */
    readonly reference: string | Unknown | null;
    /** The id of the docker unit that builds it. */
    readonly build?: string;
    readonly origin: Origin;
}
/** What an image brings along: the facts of one build of one Dockerfile. */
export interface ImageFact {
    /** The id of its docker unit. */
    readonly id: string;
    /** References under which others may run it. */
    readonly names: readonly string[];
    /** The image that its last stage stands on in the end; null for `scratch`. */
    readonly base: ImageUse | null;
    readonly ports: readonly DeclaredPort[];
    readonly environment: readonly VariableFact[];
    readonly entrypoint?: CommandLine;
    readonly command?: CommandLine;
    readonly checks: readonly CheckFact[];
    readonly origin: Origin;
    readonly files: readonly string[];
}
/** A command as the process gets it. */
export interface CommandLine {
    readonly words: readonly Word[];
    /** Written as one string for a shell. */
    readonly shell: boolean;
    readonly origin: Origin;
}
/** One word of a command line. */
export interface Word {
    /** With `$VAR` and `$(VAR)` left as they are: the graph knows the environment they are expanded in. */
    readonly text: string;
    readonly origin: Origin;
}
/** An environment variable, or an entry of a config. */
export interface VariableFact {
    readonly name: string;
    readonly value: string | Unknown;
    /** The line that a person would edit: the entry, or its value. */
    readonly origin: Origin;
}
/** A container reads a config: as variables, or as files. */
export interface ConfigUse {
    readonly config: {
        readonly kind: 'config' | 'secret';
        readonly namespace: string | null;
        readonly name: string;
    };
    /** One key of it, as the variable or file of this name; the whole of it where absent. */
    readonly key?: string;
    readonly variable?: string;
    readonly prefix?: string;
    readonly as: 'variables' | 'files';
    readonly origin: Origin;
}
/** A config that workloads read by name: a ConfigMap, a compose config. */
export interface ConfigFact {
    readonly kind: 'config' | 'secret';
    readonly namespace: string | null;
    readonly name: string;
    /** Values of secrets are unknowns, always. */
    readonly entries: readonly VariableFact[];
    readonly origin: Origin;
}
/** A port that the code says a container listens on: EXPOSE, `expose`, the container side of `ports`, containerPort. */
export interface DeclaredPort {
    readonly ports: PortRange;
    readonly protocol: Protocol;
    readonly name?: string;
    readonly origin: Origin;
    /** What takes the declaration away and nothing else. */
    readonly removal?: Edit;
}
/** A port of a managed service, which needs no process to be shown (S9). */
export interface ProvidedPort {
    /** The service in the words of the port catalogue: `PostgreSQL`; null where what it serves is somebody's own. */
    readonly service: string | null;
    /** Null: the port that the catalogue knows the service by. */
    readonly ports: PortRange | null;
    readonly protocol: Protocol;
    /** `plaintext` where callers may speak it, whatever else they may. */
    readonly transport?: 'plaintext' | 'tls' | 'mtls';
    /** The line that says so, or that would; `origin` where left out. */
    readonly transportOrigin?: Origin;
    readonly tls?: TlsFact;
    /** `unknown` where what is there leaves it open; left out where it says nothing. */
    readonly authentication?: 'none' | 'basic' | 'token' | 'mtls' | 'iam' | 'unknown';
    /** The line that says so, or that would; `origin` where left out. */
    readonly authenticationOrigin?: Origin;
    /** Why it may not be this port, or why it may not be there. */
    readonly doubt?: string;
    readonly origin: Origin;
}
/** The versions of TLS, oldest first. */
export declare const TLS_VERSIONS: readonly ["SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
/** One of them. */
export type TlsVersion = (typeof TLS_VERSIONS)[number];
/** Which TLS a port takes. */
export interface TlsFact {
    /** The oldest version that it agrees to. */
    readonly minimum?: TlsVersion | Unknown;
    /** The first of its ciphers, or of its sets of ciphers, that is known to be broken, as it is written. */
    readonly brokenCipher?: string;
    readonly origin: Origin;
}
/** Something that asks the container whether it is well: it proves a listener, and who calls it is the platform. */
export interface CheckFact {
    readonly kind: 'http' | 'tcp' | 'grpc' | 'command';
    readonly port?: number | string;
    /** Of a command check; addresses in it are read like any command line's. */
    readonly command?: CommandLine;
    readonly tls?: boolean;
    readonly path?: string;
    readonly origin: Origin;
}
/** A folder of the host, or a volume, in the file system of a container. */
export interface MountFact {
    /** The host path or volume name. */
    readonly source: string;
    readonly target: string;
    readonly kind: 'host' | 'volume';
    readonly readOnly: boolean;
    readonly origin: Origin;
}
/** Evidence that a client uses a listener, where structure says so; what stands in strings the graph finds itself. */
export interface NeedFact {
    readonly from: {
        readonly kind: 'workload';
        readonly workload: string;
    } | {
        readonly kind: 'platform';
    };
    readonly to: {
        readonly kind: 'workload';
        readonly workload: string;
    } | {
        readonly kind: 'name';
        readonly name: string;
    } | {
        readonly kind: 'selector';
        readonly selector: Selector;
    };
    readonly port: number | string | null;
    readonly protocol: Protocol;
    readonly kind: NeedKind;
    /** How sure it is that the client connects, from 0 to 1 (reachability.md §5.3). */
    readonly weight: number;
    readonly origin: Origin;
}
/** What kind of evidence it is. */
export type NeedKind = 'environment' | 'command' | 'config' | 'depends-on' | 'link' | 'probe' | 'route' | 'scrape' | 'lookup' | 'grant';
