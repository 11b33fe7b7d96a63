/**
 * Traits: what the code says of a thing besides who gets to it, in words that belong to no technology. A trait holds, or
 * nobody knows; where it is left out it does not hold. A new one is a line of the table below, and whoever reads the code
 * says which line makes it so.
 */
import type { Origin } from '../source/span.ts';
import type { Unknown } from '../source/value.ts';
/** What has traits. */
export type TraitBearer = 'workload' | 'segment' | 'guard' | 'grant';
/** Every trait: what may have it, and what it says. */
export declare const TRAITS: {
    readonly 'admits-by-session': {
        readonly of: readonly ["workload"];
        readonly about: "people get in by a way of its platform too, which asks who they are and ends by itself";
    };
    readonly 'assigns-public-addresses': {
        readonly of: readonly ["segment"];
        readonly about: "its members get a public address without asking for one";
    };
    readonly 'auto-created': {
        readonly of: readonly ["segment", "guard"];
        readonly about: "the platform makes it, or parts of it that nobody chose";
    };
    readonly 'called-by-any-route': {
        readonly of: readonly ["workload"];
        readonly about: "every route of an API may call it, those that nobody has made yet too";
    };
    readonly 'calls-in-plaintext': {
        readonly of: readonly ["workload"];
        readonly about: "it is told to call another in plaintext";
    };
    readonly 'default-certificate': {
        readonly of: readonly ["workload"];
        readonly about: "it shows the certificate that its platform gives everybody, and takes every TLS that goes with it";
    };
    readonly 'default-guard': {
        readonly of: readonly ["guard"];
        readonly about: "it holds whoever names none";
    };
    readonly 'default-guard-only': {
        readonly of: readonly ["workload"];
        readonly about: "nothing but the guard of whoever names none holds it";
    };
    readonly 'forwards-packets': {
        readonly of: readonly ["workload"];
        readonly about: "it passes on packets that are not meant for it";
    };
    readonly 'ineffective-setting': {
        readonly of: readonly ["segment"];
        readonly about: "something is written for it that changes nothing as it stands";
    };
    readonly 'latent-opening': {
        readonly of: readonly ["guard"];
        readonly about: "a rule that lets nobody through as it stands, and does as soon as it is completed";
    };
    readonly legacy: {
        readonly of: readonly ["segment", "workload"];
        readonly about: "it is of a kind that its platform has retired";
    };
    readonly 'no-client-certificate': {
        readonly of: readonly ["workload"];
        readonly about: "it shows nothing to what it calls by which that could tell it from others";
    };
    readonly 'no-name-resolution': {
        readonly of: readonly ["segment"];
        readonly about: "it answers its members no names, those of private endpoints among them";
    };
    readonly 'no-private-access': {
        readonly of: readonly ["segment"];
        readonly about: "its members reach the services of the platform over the internet only";
    };
    readonly 'no-private-network': {
        readonly of: readonly ["workload"];
        readonly about: "a managed service that stands in no private network of its own";
    };
    readonly 'offers-old-tls': {
        readonly of: readonly ["workload"];
        readonly about: "it is told to agree to a retired version of TLS with what it calls";
    };
    readonly 'open-to-platform': {
        readonly of: readonly ["grant"];
        readonly about: "it lets in whatever runs on its platform, whoever owns it";
    };
    readonly 'open-to-sessions': {
        readonly of: readonly ["grant"];
        readonly about: "it lets in nobody but what the platform runs to ask people who they are, and to let them in for a time";
    };
    readonly 'opens-port-ranges': {
        readonly of: readonly ["segment"];
        readonly about: "a rule for all of its members opens a range of ports";
    };
    readonly 'permits-public-rules': {
        readonly of: readonly ["workload"];
        readonly about: "a switch that keeps away whatever has a rule for everybody is off";
    };
    readonly 'policies-unenforced': {
        readonly of: readonly ["workload"];
        readonly about: "a cluster that does not do what policies say";
    };
    readonly 'public-nodes': {
        readonly of: readonly ["workload"];
        readonly about: "a cluster whose nodes have public addresses";
    };
    readonly 'routed-to-internet': {
        readonly of: readonly ["segment"];
        readonly about: "a route leads from it to the internet, and back";
    };
    readonly 'routes-everything': {
        readonly of: readonly ["segment"];
        readonly about: "it sends far more to a peer than the peer has addresses";
    };
    readonly 'serial-console': {
        readonly of: readonly ["workload"];
        readonly about: "a machine whose serial console answers over the network";
    };
    readonly 'shares-host-network': {
        readonly of: readonly ["workload"];
        readonly about: "its ports are those of its machine";
    };
    readonly 'unanswered-name': {
        readonly of: readonly ["workload"];
        readonly about: "a name that leads nowhere";
    };
    readonly undescribed: {
        readonly of: readonly ["guard", "grant"];
        readonly about: "it could say what it is for, and does not";
    };
    readonly unguarded: {
        readonly of: readonly ["segment", "workload"];
        readonly about: "no guard is for it, where the platform then lets everybody in";
    };
    readonly 'unrouted-endpoint': {
        readonly of: readonly ["workload"];
        readonly about: "a private way to a service of the platform that nothing is led to, so that traffic takes the public one";
    };
    readonly 'web-console': {
        readonly of: readonly ["workload"];
        readonly about: "a cluster that runs a console for its administration";
    };
};
/** One of them. */
export type Trait = keyof typeof TRAITS;
/** A trait of a thing, and the line that makes it so: of what is left unsaid, the line that names the thing. */
export interface TraitFact {
    readonly trait: Trait;
    /** Why nobody can be sure that it holds. */
    readonly unknown?: Unknown;
    /** What makes it so, for a message: a clause. */
    readonly because?: string;
    readonly origin: Origin;
}
/** What was said of a thing by a trait. */
export declare function traitOf(traits: readonly TraitFact[] | undefined, trait: string): TraitFact | undefined;
/** The traits that a kind of thing may have. */
export declare function traitsOf(bearer: TraitBearer): readonly Trait[];
