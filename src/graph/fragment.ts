/**
 * What an adapter says about one unit, in words that belong to no technology. A fragment holds addresses, listeners,
 * hops, guards, needs and names, each with its origin; never a scope, never good or bad. `graph/` joins fragments.
 */
import type { Edit } from '../source/edit.ts';
import type { Origin } from '../source/span.ts';
import type { UnitIdentity } from '../source/unit.ts';
import type { Unknown } from '../source/value.ts';

/** The transport protocols that have ports. */
export type Protocol = 'tcp' | 'udp' | 'sctp';

/** Both ends belong to it. A single port has `from === to`. Outside 1–65535 it is what somebody wrote, and invalid. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

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

// Segments and names ------------------------------------------------------------------------------------------------

/** Where workloads sit. Segments of different units with the same key are one segment when the units land together. */
export interface SegmentFact {
  /** `docker-network:shop_default`, `namespace:default`, `cluster`: unique in an environment. */
  readonly key: string;
  readonly name: string;
  readonly kind: 'docker-network' | 'namespace' | 'cluster' | 'host';
  /** Its members reach each other's every port unless a guard says no (R81). A namespace is not open: its cluster is. */
  readonly open: boolean;
  /** Cut off from the outside, so that ports published from it alone are not effective (R85). */
  readonly internal: boolean;
  /** Its members stand on the outer network with all their ports (macvlan, ipvlan; R87). */
  readonly outer?: boolean;
  /** Defined elsewhere (`external: true`), so that others may be on it whom we do not see. */
  readonly external?: boolean;
  /** By which selectors pick it; what the platform adds by itself among them (R19). Left out where it can have none. */
  readonly labels?: ReadonlyMap<string, string>;
  /** Nothing in the unit defines it, so that it may have more labels than these. */
  readonly labelsOpen?: true;
  readonly origin: Origin;
}

/** Being in a segment, and the line that says so. */
export interface Membership {
  readonly segment: string;
  readonly origin: Origin;
}

/** A name under which clients in a segment find a workload or gateway. */
export interface NameFact {
  /** Lower case, without a trailing dot. */
  readonly name: string;
  /** The key of the segment whose members resolve it. */
  readonly within: string;
  /** Names below it count too (`db-0.db.shop.svc`). */
  readonly subdomains?: true;
  /** The id of the one workload of the fragment that knows the name (the alias of a link); everybody where left out. */
  readonly only?: string;
}

/**
 * A predicate over workloads: where they sit, and their labels, all requirements together. No requirement selects
 * everything there.
 */
export interface Selector {
  /** Null for workloads that are in none, and where `namespaces` says which. */
  readonly namespace: string | null;
  /** Instead of one namespace: all whose labels meet these; an empty list is every namespace (R7). */
  readonly namespaces?: readonly Requirement[];
  readonly requirements: readonly Requirement[];
  readonly origin: Origin;
}

/** What one label has to be. `in` and `not-in` look at `values`; the others leave it empty. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'not-in' | 'exists' | 'absent';
  readonly values: readonly string[];
}

// Workloads ---------------------------------------------------------------------------------------------------------

/** What runs and can listen or call. */
export interface WorkloadFact {
  /** Unique in the fragment. */
  readonly id: string;
  readonly name: string;
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
  readonly shares?: { readonly workload: string; readonly origin: Origin };
  /** Runs only when somebody asks for it (a compose profile that is not on by default). */
  readonly optional: Origin | null;
  /** A copy of it runs on every machine of the cluster, so that it stands beside whatever runs there (R16). */
  readonly everyNode?: true;
  /** Zero when nothing of it runs as written; null when nothing is said. */
  readonly replicas: number | null;
  readonly containers: readonly ContainerFact[];
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
  readonly config: { readonly kind: 'config' | 'secret'; readonly namespace: string | null; readonly name: string };
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

// Gateways: what forwards -------------------------------------------------------------------------------------------

/**
 * What forwards. A `gateway` and a `mesh-gateway` have doors that routes of others stand at; an `ingress` and a `route`
 * lead what a proxy takes in.
 */
export type GatewayKind = 'published-port' | 'host-port' | 'service' | 'ingress' | 'gateway' | 'mesh-gateway' | 'route';

/** What forwards to listeners and may change the port. */
export interface GatewayFact {
  /** Unique in the fragment. */
  readonly id: string;
  readonly kind: GatewayKind;
  /** `8080:80`, the Service's name: what a person calls it. */
  readonly name: string;
  readonly namespace: string | null;
  /** Nobody wrote the namespace: whoever deploys it may put it into another one (R20). */
  readonly floating?: true;
  readonly names: readonly NameFact[];
  readonly doors: readonly DoorFact[];
  readonly origin: Origin;
}

/** One place where callers knock, and what answers there. */
export interface DoorFact {
  /** What the gateway calls this port, so that others can refer to it by name. */
  readonly name?: string;
  readonly place: Place;
  readonly protocol: Protocol;
  /** As the caller sees it; null where the host or the cluster picks one. */
  readonly ports: PortRange | null;
  readonly target: Target;
  /** Nobody wrote it: it comes along with something that was written (S3). */
  readonly implicit: boolean;
  /** What callers must speak to it; left out where nothing says. */
  readonly tls?: boolean;
  /** What a request has to ask for; an empty list, and no list, is anything. */
  readonly http?: {
    readonly hosts: readonly string[];
    readonly paths: readonly string[];
    readonly methods?: readonly string[];
  };
  /**
   * The workloads that take what comes in and call what stands behind, so that guards are asked about them and not about
   * the callers (R40). Where it picks nothing here, they run elsewhere; left out where nothing says who they are.
   */
  readonly by?: Selector;
  /** Of a door that routes of others stand at: which of them it takes in; left out where it takes none. */
  readonly admits?: Admission;
  /** Who may knock, as addresses in CIDR notation; left out: everybody who gets to the place. */
  readonly sources?: { readonly cidrs: readonly string[]; readonly origin: Origin };
  /** The callers' addresses are replaced by a node's on the way in (R10, R38). */
  readonly rewritesSource?: boolean;
  /** The code does not show whether, or at which address or port, it stands: `place` and `ports` hold if nothing is set. */
  readonly unknown?: Unknown;
  /** The one line that a person would change to close it. */
  readonly origin: Origin;
  /** What moves it to the loopback address of its host and changes nothing else. */
  readonly loopback?: Edit;
}

/** Where a door stands. Only `graph/exposure` says how wide that is. */
export type Place =
  /** A port of the machine that runs the container: at every address (`0.0.0.0`, `::`), or at one. */
  | { readonly kind: 'host'; readonly address: string }
  /** A port of every machine of the cluster. */
  | { readonly kind: 'nodes' }
  /** An address inside a segment, such as a cluster IP. */
  | { readonly kind: 'segment'; readonly segment: string }
  /** A load balancer that the platform makes, with an address of its own. */
  | { readonly kind: 'balancer'; readonly internal: boolean | Unknown }
  /** The address of the proxy that serves routes of this class. */
  | { readonly kind: 'proxy'; readonly class: string | null; readonly internal: boolean | Unknown }
  /** An address that the cluster answers for (externalIPs). */
  | { readonly kind: 'address'; readonly address: string }
  /**
   * The doors of another gateway, those that take it in (R41): by name or port where it asks for one. `graph/gateway`
   * puts such a door where these stand.
   */
  | {
      readonly kind: 'behind';
      readonly gateway: GatewayKind;
      readonly namespace: string | null;
      readonly name: string;
      readonly door: string | null;
      readonly port: number | null;
      /** What it is called among the kinds of `Admission.routes`. */
      readonly route: string;
      readonly origin: Origin;
    }
  /** Nowhere: it is written, and nothing takes callers to it. */
  | { readonly kind: 'nowhere'; readonly because: string; readonly origin: Origin };

/** Which routes a door takes in. */
export interface Admission {
  /** The kinds of routes; null for all of its gateway's technology. */
  readonly routes: readonly string[] | null;
  /** The namespaces whose routes it takes: its own, all, or those whose labels meet these (R41). */
  readonly namespaces: 'same' | 'all' | readonly Requirement[];
  /** The host names for which it takes any; `*.` stands for one label or more, and no name for every host. */
  readonly hosts: readonly string[];
}

/** A proxy that runs here, and whose routes it takes in (R40). */
export interface ProxyFact {
  /** The classes of routes; null for routes that name no class. */
  readonly classes: readonly (string | null)[];
  /** The workloads that are the proxy. */
  readonly by: Selector;
  readonly origin: Origin;
}

/** What lets routes of one namespace lead to gateways of another (R41). */
export interface PermitFact {
  readonly from: { readonly namespace: string; readonly route: string };
  /** Every gateway of the kind in the namespace where the name is null. */
  readonly to: { readonly gateway: GatewayKind; readonly namespace: string; readonly name: string | null };
  readonly origin: Origin;
}

/** Where a door leads. */
export type Target =
  /** A workload of the fragment by id; `ports` is the container side, as long as the door's range or one port. */
  | { readonly kind: 'workload'; readonly workload: string; readonly ports: PortRange; readonly origin: Origin }
  /** The workloads that a selector picks; the port by number, or by the name that each of them gives it (R33). */
  | { readonly kind: 'selector'; readonly selector: Selector; readonly port: number | string; readonly origin: Origin }
  /** A gateway by kind, namespace and name; the port of it by number or name, null for its only one (R40). */
  | {
      readonly kind: 'gateway';
      readonly gateway: GatewayKind;
      readonly namespace: string | null;
      readonly name: string;
      readonly port: number | string | null;
      /** The port may as well be one of what stands behind that gateway, and null is every port of it (R42). */
      readonly loose?: true;
      /** It leads there only where a permit for such routes of this namespace says so. */
      readonly crossing?: { readonly namespace: string; readonly route: string };
      readonly origin: Origin;
    }
  /** Whatever stands at this door of other gateways: it leads where they lead. */
  | { readonly kind: 'routes'; readonly origin: Origin }
  /** A name outside (ExternalName), or endpoints that somebody else fills in. */
  | { readonly kind: 'outside'; readonly name: string | null; readonly origin: Origin };

// Guards: what admits or denies -------------------------------------------------------------------------------------

/** What admits or denies. */
export type GuardKind =
  | 'network-policy'
  | 'admin-network-policy'
  | 'baseline-admin-network-policy'
  | 'cluster-network-policy';

/** The directions in which traffic is guarded, seen from whom a guard guards. */
export type Direction = 'ingress' | 'egress';

/**
 * A list of rules about whom it guards. The tiers of a workload's guards are asked one after the other, for each
 * direction by itself, until one decides; what none decides is admitted (R2, R23):
 *
 * - Guards with a priority are asked in its order, their grants in theirs; the first that matches says `allow`, `deny`,
 *   or `pass`, which leaves the rest of the tier out (R24, R25). Guards of one priority that disagree: nobody knows.
 * - Guards without one are asked together: what one of them allows is admitted, and where one of them `isolates` the
 *   workload in the direction, everything else is denied (R4).
 */
export interface GuardFact {
  readonly id: string;
  readonly kind: GuardKind;
  readonly name: string;
  readonly namespace: string | null;
  /** Whom it guards. */
  readonly subject: Selector;
  /** Lower tiers are asked first. */
  readonly tier: number;
  /** Lower priorities are asked first; null where guards of the tier are asked together. */
  readonly priority: number | Unknown | null;
  /** The directions in which whom it guards gets only what is granted. */
  readonly isolates: readonly Direction[];
  readonly grants: readonly GrantFact[];
  readonly origin: Origin;
}

/** One admitting, or denying, rule of a guard. Rules of a guard stand in their order. */
export interface GrantFact {
  readonly id: string;
  /** What its author calls it. */
  readonly name?: string;
  readonly direction: Direction;
  /** An empty list is everybody, addresses included (R6). */
  readonly peers: readonly Peer[];
  /** An empty list is every port of every protocol. */
  readonly ports: readonly GrantPort[];
  readonly verdict: 'allow' | 'deny' | 'pass';
  readonly origin: Origin;
}

/** Whom a grant speaks of. */
export type Peer =
  | {
      readonly kind: 'addresses';
      readonly cidr: string;
      readonly except: readonly string[];
      /** Whether they mean workloads too that have such an address (R29); left out where that is not defined (R9). */
      readonly workloads?: true;
      readonly origin: Origin;
    }
  | { readonly kind: 'workloads'; readonly selector: Selector; readonly origin: Origin }
  /** Addresses that the code does not show: those of nodes, of domain names. */
  | { readonly kind: 'unknown'; readonly because: string; readonly origin: Origin };

/** Which ports a grant speaks of: always those of the workload behind every gateway (R11). */
export interface GrantPort {
  /** Null: whatever the port of that name has (R28). */
  readonly protocol: Protocol | null;
  /** A range, the name of a port, or null for every port of the protocol. */
  readonly ports: PortRange | string | null;
  readonly origin: Origin;
}

// Needs -------------------------------------------------------------------------------------------------------------

/** Evidence that a client uses a listener, where structure says so; what stands in strings the graph finds itself. */
export interface NeedFact {
  readonly from: { readonly kind: 'workload'; readonly workload: string } | { readonly kind: 'platform' };
  readonly to:
    | { readonly kind: 'workload'; readonly workload: string }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'selector'; readonly selector: Selector };
  readonly port: number | string | null;
  readonly protocol: Protocol;
  readonly kind: NeedKind;
  /** How sure it is that the client connects, from 0 to 1 (reachability.md §5.3). */
  readonly weight: number;
  readonly origin: Origin;
}

/** What kind of evidence it is. */
export type NeedKind =
  | 'environment'
  | 'command'
  | 'config'
  | 'depends-on'
  | 'link'
  | 'probe'
  | 'route'
  | 'scrape'
  | 'lookup';
