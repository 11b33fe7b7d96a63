import type { Environment } from '../../graph/exposure-graph.ts';
import type { Direction } from '../../graph/fragment.ts';
import { parseAddressList, publicPart } from '../../graph/sets/address-set.ts';
import type { Segment, Workload } from '../../graph/vocabulary.ts';
import { matchesGlob } from '../../source/glob.ts';
import { fileOrigin } from '../../source/span.ts';
import { unknown } from '../../source/value.ts';
import { type Facts, firstOf, subject } from './table.ts';
import { traitMethods } from './traits.ts';

/** How many of its members a finding about a segment shows. */
const MEMBERS = 5;

export const segment = subject<Segment>({
  about: 'Where workloads sit.',
  all: (facts) => facts.environment.segments,
  at: 'segment.origin',
  edge: (segment, facts) => ({
    names: [segment.kind, segment.name],
    instance: { name: segment.name, origin: segment.origin },
    related: () => [
      { origin: segment.origin, message: `This is ${segment.name}.` },
      ...facts
        .membersOf(segment.id)
        .slice(0, MEMBERS)
        .map(({ name, origins }) => ({ origin: firstOf(origins), message: `${name} stands in it.` })),
    ],
  }),
  variables: {},
  fields: {
    name: {
      type: 'string',
      about: 'Its name.',
      example: 'segment.name == "back-tier"',
      read: (segment) => segment.name,
    },
    kind: {
      type: 'string',
      about: 'What it is.',
      values: ['docker-network', 'namespace', 'cluster', 'host', 'virtual-network', 'subnet'],
      example: 'segment.kind == "namespace"',
      read: (segment) => segment.kind,
    },
    open: {
      type: 'bool',
      about: 'Its members reach each other on every port unless a guard says no.',
      example: 'segment.open',
      read: (segment) => segment.open,
    },
    internal: {
      type: 'bool',
      about: 'It is cut off from the outside.',
      example: '!segment.internal',
      read: (segment) => segment.internal,
    },
    isDefault: {
      type: 'bool',
      about: 'Where everything sits that names no place.',
      example: 'segment.isDefault',
      read: (segment) => segment.isDefault ?? false,
    },
    publicAddresses: {
      type: 'AddressSet',
      about:
        'What its own addresses have in common with those of the internet; empty where nothing shows its addresses.',
      example: 'segment.publicAddresses.size > 0',
      read: ({ ranges = [] }) => publicPart(parseAddressList(ranges).set),
    },
    members: {
      type: 'list<Workload>',
      about: 'The workloads in it.',
      example: 'segment.members.size() > 3',
      read: (segment, facts) => facts.membersOf(segment.id),
    },
    origin: {
      type: 'Origin',
      about: 'The line that makes it.',
      example: 'segment.origin',
      read: (segment) => segment.origin,
    },
  },
  methods: {
    ...traitMethods<Segment>('segment', (segment) => segment, 'assigns-public-addresses'),
    defaultDeny: {
      takes: [{ name: 'direction', type: 'string', values: ['ingress', 'egress'] }],
      type: 'bool',
      about:
        'In this direction its members get only what guards let through: all that are here, or whatever will be added.',
      example: 'segment.kind == "namespace" && !segment.defaultDeny("ingress")',
      call: (segment, [direction], facts) => facts.guards.deniesByDefault(segment, direction as Direction),
    },
  },
});

export const environment = subject<Environment>({
  about: 'The units that land together. It is a variable of every rule.',
  all: (facts) => [facts.environment],
  at: 'environment.origin',
  edge: (environment) => ({ names: [environment.stage] }),
  variables: {},
  fields: {
    id: {
      type: 'string',
      about: 'Its id. It depends on the files of the environment: no rule should.',
      example: 'environment.id != ""',
      read: (environment) => environment.id,
    },
    stage: {
      type: 'string',
      about: 'What it is for.',
      values: ['production', 'development', 'example', 'unknown'],
      example: 'environment.stage == "production"',
      read: (environment) => environment.stage,
    },
    workloads: {
      type: 'list<Workload>',
      about: 'All its workloads.',
      example: 'environment.workloads.exists(w, w.hasRole("cache"))',
      read: (environment) => environment.workloads,
    },
    entrances: {
      type: 'int',
      about: 'How many gateways that somebody wrote surely let the internet in.',
      unit: 'gateways',
      example: 'environment.entrances > 1',
      read: entrancesOf,
    },
    segments: {
      type: 'list<Segment>',
      about: 'All its segments.',
      example: 'environment.segments.size() > 1',
      read: (environment) => environment.segments,
    },
    origin: {
      type: 'Origin',
      about: 'Its first workload, or the start of its first file.',
      example: 'environment.origin',
      read: (environment) => environment.workloads[0]?.origins[0] ?? fileOrigin(environment.units[0]?.files[0] ?? ''),
    },
  },
  methods: {
    reaches: {
      takes: [
        { name: 'from', type: 'string' },
        { name: 'to', type: 'string' },
      ],
      type: 'bool',
      about:
        'A workload whose name matches the first glob gets to a listener of another that matches the second; names stand alone or as `namespace/name`, those of Terraform as addresses too.',
      example: 'environment.reaches("web-*", "payments/db")',
      call: (_, [from = '', to = ''], facts) => reaches(from, to, facts),
    },
  },
});

function reaches(from: string, to: string, facts: Facts) {
  const named = (pattern: string, { name, namespace, address }: Workload) =>
    matchesGlob(pattern, name) ||
    (namespace !== null && matchesGlob(pattern, `${namespace}/${name}`)) ||
    (address !== undefined && matchesGlob(pattern, address));
  let open: ReturnType<typeof unknown> | undefined;
  const callers = facts.environment.workloads.filter((workload) => named(from, workload));
  for (const { to: listener, from: groups } of facts.environment.reachability.rows) {
    if (!named(to, listener.workload)) continue;
    for (const { classes, verdict, because } of groups) {
      if (!callers.some((caller) => caller !== listener.workload && facts.isIn(caller, classes))) continue;
      if (verdict === 'reachable') return true;
      open ??= unknown(because[0] ?? 'the code does not show whether it is reached', firstOf(listener.origins));
    }
  }
  return open ?? false;
}

function entrancesOf({ exposures }: Environment): number {
  const open = exposures.filter(
    ({ scope, implicit, entry, verdict, path, trusted }) =>
      scope === 'internet' &&
      !trusted &&
      verdict === 'reachable' &&
      !implicit &&
      entry !== null &&
      // The proxies of a mesh are workloads behind a Service: that is the way in, where it is here.
      path[0]?.kind !== 'mesh-gateway',
  );
  return new Set(open.map(({ entry }) => entry)).size;
}
