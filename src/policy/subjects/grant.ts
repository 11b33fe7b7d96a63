import { isInternet } from '../../graph/exposure/access.ts';
import type { GrantFact } from '../../graph/fragment.ts';
import { addressesOf } from '../../graph/reach/peer-addresses.ts';
import { type AddressSet, ALL_ADDRESSES, unionOf } from '../../graph/sets/address-set.ts';
import type { Guard } from '../../graph/vocabulary.ts';
import { unknown } from '../../source/value.ts';
import { MATCHES, meansEverything } from '../guard-facts.ts';
import { guardInstance, guardNames } from './guard.ts';
import { type Facts, firstOf, subject } from './table.ts';
import { traitMethods } from './traits.ts';

/** A grant, and the guard that it is a rule of. */
export interface GuardGrant {
  readonly guard: Guard;
  readonly fact: GrantFact;
}

export const grant = subject<GuardGrant>({
  about: 'One rule of a guard.',
  all: function* (facts) {
    for (const guard of facts.environment.guards) {
      for (const fact of guard.grants) if (!fact.implicit) yield { guard, fact };
    }
  },
  at: 'grant.origin',
  edge: ({ guard, fact }, facts) => ({
    names: [...guardNames(guard), fact.direction, fact.verdict, written(fact)],
    instance: guardInstance(guard),
    ...(fact.part && { part: `${guard.id} ${fact.part}` }),
    technology: guard.technology,
    related: () => shadowPlaces(fact, facts),
  }),
  variables: { guard: ({ guard }) => guard },
  fields: {
    direction: {
      type: 'string',
      about: 'Whether it is about who comes in, or where one goes.',
      values: ['ingress', 'egress'],
      example: 'grant.direction == "egress"',
      read: ({ fact }) => fact.direction,
    },
    verdict: {
      type: 'string',
      about: 'What it says of what it matches.',
      values: ['allow', 'deny', 'pass'],
      example: 'grant.verdict == "allow"',
      read: ({ fact }) => fact.verdict,
    },
    everybody: {
      type: 'bool',
      about: 'It matches every peer, addresses included.',
      example: 'grant.everybody',
      read: ({ fact }) => fact.peers.length === 0,
    },
    everyPort: {
      type: 'bool',
      about: 'It matches every port of every protocol.',
      example: 'grant.everyPort',
      read: ({ fact }) => fact.ports.length === 0,
    },
    ports: {
      type: 'PortSet',
      about: 'The ports that it names by number; all where it names none at all.',
      example: 'grant.ports.size > 1000',
      read: ({ fact }) =>
        fact.ports.length === 0
          ? [ALL_PORTS]
          : fact.ports.flatMap(({ protocol, ports }) =>
              protocol === 'other' || typeof ports === 'string' ? [] : [ports ?? ALL_PORTS],
            ),
    },
    nonSensitive: {
      type: 'bool',
      about: 'All its ports are among `nonSensitivePorts` of `portolan.yaml`.',
      example: '!grant.nonSensitive',
      read: ({ fact }, facts) =>
        facts.mayBeOpen(
          fact.ports.map(({ protocol, ports }) =>
            protocol === 'other' || typeof ports === 'string' ? ALL_PORTS : (ports ?? ALL_PORTS),
          ),
        ),
    },
    admitsEverything: {
      type: 'bool',
      about: 'It lets everybody through to every port.',
      example: 'grant.admitsEverything && grant.direction == "ingress"',
      read: ({ fact }) => fact.verdict === 'allow' && meansEverything(fact),
    },
    everywhere: {
      type: 'bool',
      about:
        'The internet is among its peers: it matches everybody, or as many public addresses; unknown where that hangs on what the code does not show.',
      example: 'grant.everywhere && grant.direction == "egress"',
      read: ({ fact }) => {
        const surely = fact.peers.length === 0 || isInternet(addressesAmong(fact));
        const hidden = surely ? undefined : fact.peers.find((peer) => peer.kind === 'unknown' && peer.of === 'anybody');
        if (hidden?.kind === 'unknown') return unknown(hidden.because, hidden.origin);
        return surely && fact.perhaps ? fact.perhaps : surely;
      },
    },
    addresses: {
      type: 'AddressSet',
      about:
        'The addresses that it matches; all where it matches everybody, unknown where its peers are not in the code.',
      example: 'grant.addresses.size > 65536',
      read: ({ fact }) => {
        const hidden = fact.peers.find((peer) => peer.kind === 'unknown');
        if (hidden) return unknown(hidden.because, hidden.origin);
        return fact.peers.length === 0 ? ALL_ADDRESSES : addressesAmong(fact);
      },
    },
    rangesOnly: {
      type: 'bool',
      about: 'All its peers are ranges of addresses that the code shows.',
      example: 'grant.rangesOnly && grant.addresses.size <= 256',
      read: ({ fact: { peers } }) => peers.length > 0 && peers.every(({ kind }) => kind === 'addresses'),
    },
    matches: {
      type: 'string',
      about:
        'Where the workloads are that it speaks of: `here`; `outside` where they may be what the code does not show, or are addresses; `nothing` where they should be here and are not.',
      values: MATCHES,
      example: 'grant.matches == "nothing"',
      read: ({ fact }, facts) => facts.guards.matchOf(fact),
    },
    used: {
      type: 'bool',
      about: 'A client that shows its need gets through by it; unknown where whom it speaks of is not here.',
      example: '!grant.used',
      read: ({ fact }, facts) => {
        if (facts.guards.isUsed(fact)) return true;
        const elsewhere = fact.peers.length === 0 || facts.guards.matchOf(fact) === 'outside';
        return elsewhere ? unknown('whom it lets through is not in the code', fact.origin) : false;
      },
    },
    opens: {
      type: 'bool',
      about:
        'A way in from outside leads past the guard by it, or, where it lets in the internet, by a rule of the guard that does so for the same ports; rules about exposures look at that.',
      example: '!grant.opens',
      read: ({ guard, fact }, facts) =>
        facts.opens(fact) || (isInternet(addressesAmong(fact)) && facts.opensBeside(guard, fact)),
    },
    shadowed: {
      type: 'bool',
      about: 'It changes nothing: another rule says as much before it or together with it.',
      example: 'grant.shadowed',
      read: ({ fact }, facts) => facts.guards.shadowOf(fact) !== undefined,
    },
    shadow: {
      type: 'string',
      about: 'What makes it so, for a message; empty where nothing does.',
      example: 'grant.shadow != ""',
      read: ({ guard, fact }, facts) => shadowText(guard, fact, facts),
    },
    origin: {
      type: 'Origin',
      about: 'The line of the rule.',
      example: 'grant.origin',
      read: ({ fact }) => fact.origin,
    },
  },
  methods: {
    ...traitMethods<GuardGrant>('grant', ({ fact }) => fact, 'undescribed'),
    admits: {
      takes: [{ name: 'cidr', type: 'string' }],
      type: 'bool',
      about: 'One of its address peers is written as exactly this range.',
      example: 'grant.admits("0.0.0.0/0")',
      call: ({ fact }, [cidr]) => fact.peers.some((peer) => peer.kind === 'addresses' && peer.cidr === cidr),
    },
  },
});

const ALL_PORTS = { from: 1, to: 65535 };

function addressesAmong({ peers }: GrantFact): AddressSet {
  return unionOf(peers.map((peer) => addressesOf(peer).set));
}

/** Whom and what a grant matches, as text without places: neither lines, nor the units that members of a guard are from. */
function written({ peers, ports }: GrantFact): string {
  return JSON.stringify([peers, ports], (key, value) => {
    if (key === 'origin') return undefined;
    return value?.member === true ? { ...value, values: undefined } : value;
  });
}

function shadowText(guard: Guard, fact: GrantFact, facts: Facts): string {
  const shadow = facts.guards.shadowOf(fact);
  if (!shadow) return '';
  const other = shadow.guard === guard ? 'another rule of it' : `a rule of ${shadow.guard.name}`;
  if (shadow.grant) return `${other} says as much, before it or together with it`;
  return shadow.guard === guard && !guard.isolates.includes(fact.direction) && guard.priority === null
    ? `${guard.name} does not guard ${fact.direction}, where everything passes without it`
    : `${shadow.guard.name} leaves nothing to it`;
}

/** What makes a rule needless. */
function shadowPlaces(fact: GrantFact, facts: Facts) {
  const shadow = facts.guards.shadowOf(fact);
  if (!shadow) return [];
  const origin = shadow.grant?.origin ?? firstOf(shadow.guard.origins);
  return [{ origin, message: 'This stands in its way.' }];
}
