/** Facts about what forwards: gateways, the places of their doors, and where these lead. */
import type { Edit } from '../source/edit.ts';
import type { Origin } from '../source/span.ts';
import type { Unknown } from '../source/value.ts';
import type { NameFact, PortRange, Protocol, Requirement, Selector } from './segment-fact.ts';
/**
 * What forwards. A `gateway` and a `mesh-gateway` have doors that routes of others stand at; an `ingress`, a `route`
 * and a `relay` lead what a proxy takes in: a relay whatever comes to a port, the others by what callers ask for. An `endpoint`
 * is the name of its own at which a platform answers for one workload; a `private-link` is reached at addresses that others
 * have for it in networks of their own.
 */
export type GatewayKind = 'published-port' | 'host-port' | 'service' | 'ingress' | 'gateway' | 'mesh-gateway' | 'route' | 'relay' | 'load-balancer' | 'endpoint' | 'private-link';
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
    /** The lines that take all of it out of its segment, or say how far. */
    readonly opening?: readonly Origin[];
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
    /**
     * The addresses, in CIDR notation, from which proxies of the platform call what stands behind, in place of the callers'
     * own (R80): from any of them they surely do.
     */
    readonly callingFrom?: readonly string[];
    /** Callers come to `by` itself, at the door's own port, so that its guards let them in first (R65). */
    readonly guarded?: true;
    /**
     * The workload of the fragment that listens at the door itself, at its port (R65): it is told with what it leads to, and
     * what stands behind is not told again.
     */
    readonly front?: string;
    /** Of a door that routes of others stand at: which of them it takes in; left out where it takes none. */
    readonly admits?: Admission;
    /** Who may knock, as addresses in CIDR notation; left out: everybody who gets to the place. */
    readonly sources?: {
        readonly cidrs: readonly string[];
        readonly origin: Origin;
    };
    /** The callers' addresses are replaced by a node's on the way in (R10, R38). */
    readonly rewritesSource?: boolean;
    /** The code does not show whether, or at which address or port, it stands: `place` and `ports` hold if nothing is set. */
    readonly unknown?: Unknown;
    /** The line that says what callers dial and speak, where it is another one than `origin`. */
    readonly portOrigin?: Origin;
    /** The one line that a person would change to close it. */
    readonly origin: Origin;
    /** What moves it to the loopback address of its host and changes nothing else. */
    readonly loopback?: Edit;
}
/** Where a door stands. Only `graph/exposure` says how wide that is. */
export type Place = 
/** A port of the machine that runs the container: at every address (`0.0.0.0`, `::`), or at one. */
{
    readonly kind: 'host';
    readonly address: string;
}
/** A port of every machine of the cluster. */
 | {
    readonly kind: 'nodes';
}
/** An address inside a segment, such as a cluster IP. */
 | {
    readonly kind: 'segment';
    readonly segment: string;
}
/** A load balancer that the platform makes, with an address of its own. */
 | {
    readonly kind: 'balancer';
    readonly internal: boolean | Unknown;
}
/** The address of the proxy that serves routes of this class. */
 | {
    readonly kind: 'proxy';
    readonly class: string | null;
    readonly internal: boolean | Unknown;
}
/** Addresses in the networks of others who may have them: accounts by name, or whoever has one on the platform. */
 | {
    readonly kind: 'private-link';
    readonly consumers: readonly string[] | 'anybody';
}
/** An address that the cluster answers for (externalIPs). */
 | {
    readonly kind: 'address';
    readonly address: string;
}
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
 | {
    readonly kind: 'nowhere';
    readonly because: string;
    readonly origin: Origin;
};
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
    readonly from: {
        readonly namespace: string;
        readonly route: string;
    };
    /** Every gateway of the kind in the namespace where the name is null. */
    readonly to: {
        readonly gateway: GatewayKind;
        readonly namespace: string;
        readonly name: string | null;
    };
    readonly origin: Origin;
}
/** Where a door leads. */
export type Target = 
/** A workload of the fragment by id; `ports` is the container side, as long as the door's range or one port. */
{
    readonly kind: 'workload';
    readonly workload: string;
    readonly ports: PortRange;
    readonly origin: Origin;
}
/** The workloads that a selector picks; the port by number, or by the name that each of them gives it (R33). */
 | {
    readonly kind: 'selector';
    readonly selector: Selector;
    readonly port: number | string;
    /** What speaks against anything listening there. */
    readonly doubt?: string;
    readonly origin: Origin;
}
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
    readonly crossing?: {
        readonly namespace: string;
        readonly route: string;
    };
    /** Only somebody who deploys it says whether that gateway is meant (R20): it does not bring their units together. */
    readonly tentative?: true;
    readonly origin: Origin;
}
/** Whatever stands at this door of other gateways: it leads where they lead. */
 | {
    readonly kind: 'routes';
    readonly origin: Origin;
}
/** A name outside (ExternalName), or endpoints that somebody else fills in. */
 | {
    readonly kind: 'outside';
    readonly name: string | null;
    readonly origin: Origin;
};
