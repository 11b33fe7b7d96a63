import type { GrantFact } from '../../graph/fragment.ts';
import type { Guard } from '../../graph/vocabulary.ts';
import { type Edge, firstOf, subject } from './table.ts';

export const guard = subject<Guard>({
  about: 'What admits or denies: a network policy, a security group, a firewall.',
  all: (facts) => facts.environment.guards,
  at: 'guard.origin',
  edge: (guard) => ({ names: guardNames(guard) }),
  variables: {},
  fields: {
    kind: {
      type: 'string',
      about: 'What it is: `network-policy` and more.',
      example: 'guard.kind == "network-policy"',
      read: (guard) => guard.kind,
    },
    name: {
      type: 'string',
      about: 'Its name.',
      example: 'guard.name == "default-deny"',
      read: (guard) => guard.name,
    },
    namespace: {
      type: 'string',
      about: 'Its namespace; empty where it has none.',
      example: 'guard.namespace == "shop"',
      read: (guard) => guard.namespace ?? '',
    },
    attachment: {
      type: 'string',
      about: 'Whether anything uses it.',
      values: ['attached', 'unattached', 'unknown'],
      example: 'guard.attachment == "unattached"',
      read: (guard) => guard.attachment,
    },
    selectsAll: {
      type: 'bool',
      about: 'It guards everything in its namespace.',
      example: 'guard.selectsAll',
      read: (guard) => guard.subject.requirements.length === 0,
    },
    grants: {
      type: 'list<Grant>',
      about: 'Its rules.',
      example: 'guard.grants.size() == 0',
      read: (guard) => guard.grants.map((fact) => ({ guard, fact })),
    },
    admitsEverything: {
      type: 'bool',
      about: 'One of its rules admits everybody to every port.',
      example: 'guard.admitsEverything',
      read: (guard) => guard.grants.some(everything),
    },
    origin: {
      type: 'Origin',
      about: 'The line that names it.',
      example: 'guard.origin',
      read: (guard) => firstOf(guard.origins),
    },
  },
  methods: {
    isolates: {
      takes: [{ name: 'direction', type: 'string', values: ['ingress', 'egress'] }],
      type: 'bool',
      about: 'What it guards gets, in this direction, only what is granted.',
      example: 'guard.isolates("egress")',
      call: (guard, [direction]) => guard.isolates.some((one) => one === direction),
    },
  },
});

/** A grant, and the guard that it is a rule of. */
export interface GuardGrant {
  readonly guard: Guard;
  readonly fact: GrantFact;
}

export const grant = subject<GuardGrant>({
  about: 'One rule of a guard.',
  all: function* (facts) {
    for (const guard of facts.environment.guards) for (const fact of guard.grants) yield { guard, fact };
  },
  at: 'grant.origin',
  edge: ({ guard, fact }) => ({ names: [...guardNames(guard), fact.direction, fact.verdict, written(fact)] }),
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
          : fact.ports.flatMap(({ ports }) =>
              ports === null ? [ALL_PORTS] : typeof ports === 'string' ? [] : [ports],
            ),
    },
    origin: {
      type: 'Origin',
      about: 'The line of the rule.',
      example: 'grant.origin',
      read: ({ fact }) => fact.origin,
    },
  },
  methods: {
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

function everything(fact: GrantFact): boolean {
  return fact.verdict === 'allow' && fact.peers.length === 0 && fact.ports.length === 0;
}

function guardNames({ namespace, kind, name }: Guard): Edge['names'] {
  return [namespace, kind, name];
}

/** Whom and what a grant matches, as text without places. */
function written({ peers, ports }: GrantFact): string {
  return JSON.stringify([peers, ports], (key, value) => (key === 'origin' ? undefined : value));
}
