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
export const TRAITS = {
  'admits-by-session': {
    of: ['workload'],
    about: 'people get in by a way of its platform too, which asks who they are and ends by itself',
  },
  'assigns-public-addresses': { of: ['segment'], about: 'its members get a public address without asking for one' },
  'auto-created': { of: ['segment', 'guard'], about: 'the platform makes it, or parts of it that nobody chose' },
  'called-by-any-route': {
    of: ['workload'],
    about: 'every route of an API may call it, those that nobody has made yet too',
  },
  'calls-in-plaintext': { of: ['workload'], about: 'it is told to call another in plaintext' },
  'default-certificate': {
    of: ['workload'],
    about: 'it shows the certificate that its platform gives everybody, and takes every TLS that goes with it',
  },
  'default-guard': { of: ['guard'], about: 'it holds whoever names none' },
  'default-guard-only': { of: ['workload'], about: 'nothing but the guard of whoever names none holds it' },
  'forwards-packets': { of: ['workload'], about: 'it passes on packets that are not meant for it' },
  'ineffective-setting': { of: ['segment'], about: 'something is written for it that changes nothing as it stands' },
  'latent-opening': {
    of: ['guard'],
    about: 'a rule that lets nobody through as it stands, and does as soon as it is completed',
  },
  legacy: { of: ['segment', 'workload'], about: 'it is of a kind that its platform has retired' },
  'no-client-certificate': {
    of: ['workload'],
    about: 'it shows nothing to what it calls by which that could tell it from others',
  },
  'no-name-resolution': {
    of: ['segment'],
    about: 'it answers its members no names, those of private endpoints among them',
  },
  'no-private-access': {
    of: ['segment'],
    about: 'its members reach the services of the platform over the internet only',
  },
  'no-private-network': { of: ['workload'], about: 'a managed service that stands in no private network of its own' },
  'offers-old-tls': {
    of: ['workload'],
    about: 'it is told to agree to a retired version of TLS with what it calls',
  },
  'open-to-platform': { of: ['grant'], about: 'it lets in whatever runs on its platform, whoever owns it' },
  'open-to-sessions': {
    of: ['grant'],
    about: 'it lets in nobody but what the platform runs to ask people who they are, and to let them in for a time',
  },
  'opens-port-ranges': { of: ['segment'], about: 'a rule for all of its members opens a range of ports' },
  'permits-public-rules': {
    of: ['workload'],
    about: 'a switch that keeps away whatever has a rule for everybody is off',
  },
  'policies-unenforced': { of: ['workload'], about: 'a cluster that does not do what policies say' },
  'public-nodes': { of: ['workload'], about: 'a cluster whose nodes have public addresses' },
  'routed-to-internet': { of: ['segment'], about: 'a route leads from it to the internet, and back' },
  'routes-everything': { of: ['segment'], about: 'it sends far more to a peer than the peer has addresses' },
  'serial-console': { of: ['workload'], about: 'a machine whose serial console answers over the network' },
  'shares-host-network': { of: ['workload'], about: 'its ports are those of its machine' },
  'unanswered-name': { of: ['workload'], about: 'a name that leads nowhere' },
  undescribed: { of: ['guard', 'grant'], about: 'it could say what it is for, and does not' },
  unguarded: { of: ['segment', 'workload'], about: 'no guard is for it, where the platform then lets everybody in' },
  'unrouted-endpoint': {
    of: ['workload'],
    about: 'a private way to a service of the platform that nothing is led to, so that traffic takes the public one',
  },
  'web-console': { of: ['workload'], about: 'a cluster that runs a console for its administration' },
} as const satisfies Readonly<Record<string, { readonly of: readonly TraitBearer[]; readonly about: string }>>;

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
export function traitOf(traits: readonly TraitFact[] | undefined, trait: string): TraitFact | undefined {
  return traits?.find((one) => one.trait === trait);
}

/** The traits that a kind of thing may have. */
export function traitsOf(bearer: TraitBearer): readonly Trait[] {
  return Object.entries(TRAITS).flatMap(([name, { of }]) => (of.some((one) => one === bearer) ? [name as Trait] : []));
}
