import type { Gateway, UnseenWay } from '../../graph/vocabulary.ts';
import { type Facts, firstOf, subject } from './table.ts';

export const gateway = subject<Gateway | null>({
  about: 'What forwards to a listener and may change the port. Of an exposure without one every field is empty.',
  all: (facts) => facts.environment.gateways,
  at: 'gateway.origin',
  edge: (gateway) => ({
    names: [gateway?.namespace ?? null, gateway?.kind ?? null, gateway?.name ?? null],
    ...(gateway && { technology: gateway.technology, gateway }),
  }),
  variables: {},
  fields: {
    kind: {
      type: 'string',
      about: 'What it is; empty where nothing forwards.',
      values: [
        'published-port',
        'host-port',
        'service',
        'ingress',
        'gateway',
        'mesh-gateway',
        'route',
        'relay',
        'load-balancer',
        'endpoint',
        'private-link',
        '',
      ],
      example: 'gateway.kind == "published-port"',
      read: (gateway) => gateway?.kind ?? '',
    },
    name: {
      type: 'string',
      about: 'What a person calls it.',
      example: 'gateway.name == "8080:80"',
      read: (gateway) => gateway?.name ?? '',
    },
    namespace: {
      type: 'string',
      about: 'Its namespace; empty where it has none.',
      example: 'gateway.namespace == "istio-system"',
      read: (gateway) => gateway?.namespace ?? '',
    },
    technology: {
      type: 'string',
      about: 'What it is written in; empty where nothing forwards.',
      values: ['compose', 'kubernetes', 'terraform', 'source', 'docker', ''],
      example: 'gateway.technology == "kubernetes"',
      read: (gateway) => gateway?.technology ?? '',
    },
    targets: {
      type: 'list<Listener>',
      about: 'The listeners that it leads to.',
      example: 'gateway.targets.size() == 0',
      read: (gateway) => gateway?.targets ?? [],
    },
    exposures: {
      type: 'list<Exposure>',
      about: 'The ways in that begin at it.',
      example: 'gateway.exposures.exists(e, e.scope == "internet")',
      read: (gateway, facts) => (gateway ? facts.exposuresThrough(gateway) : []),
    },
    dangling: {
      type: 'bool',
      about: 'One of its doors leads to nothing that the code shows, though it should.',
      example: 'gateway.dangling',
      read: (gateway) => danglingDoor(gateway) !== undefined,
    },
    outside: {
      type: 'bool',
      about: 'It leads, at least in part, to something outside what the code shows.',
      example: '!gateway.outside',
      read: (gateway) => gateway?.doors.some((door) => door.target === 'outside') ?? false,
    },
    unseenDoor: {
      type: 'string',
      about:
        'Its first door to the internet behind which stands nothing but workloads that labels describe and no file shows: `node-port`, `load-balancer`, `external-ip`, `ingress` and more. Empty where it has none.',
      example: 'gateway.unseenDoor != ""',
      read: (gateway, facts) => unseenDoor(gateway, facts)?.kind ?? '',
    },
    unseenDoorOrigin: {
      type: 'Origin',
      about: 'The line of that door; the line that names the gateway where there is none.',
      example: 'gateway.unseenDoorOrigin',
      read: (gateway, facts) => unseenDoor(gateway, facts)?.grant ?? firstOf(gateway?.origins ?? []),
    },
    implicit: {
      type: 'bool',
      about: 'Nobody wrote it: every door of it comes along with something.',
      example: '!gateway.implicit',
      read: (gateway) => gateway !== null && gateway.doors.length > 0 && gateway.doors.every((door) => door.implicit),
    },
    origin: {
      type: 'Origin',
      about: 'The line that names it.',
      example: 'gateway.origin',
      read: (gateway) => firstOf(gateway?.origins ?? []),
    },
    shut: {
      type: 'string',
      about:
        'Why nobody gets in by one of its doors although it is written: a route that no gateway takes in, a backend in a namespace that does not let it. Empty where every door is open.',
      example: 'gateway.shut == ""',
      read: (gateway) => shutDoor(gateway)?.because ?? '',
    },
    shutOrigin: {
      type: 'Origin',
      about: 'The line that shuts the first such door; the line that names the gateway where every door is open.',
      example: 'gateway.shutOrigin',
      read: (gateway) => shutDoor(gateway)?.origin ?? firstOf(gateway?.origins ?? []),
    },
    danglingOrigin: {
      type: 'Origin',
      about: 'The line of the first door that leads to nothing; the line that names the gateway where all lead on.',
      example: 'gateway.danglingOrigin',
      read: (gateway) => danglingDoor(gateway)?.origin ?? firstOf(gateway?.origins ?? []),
    },
  },
  methods: {},
});

function unseenDoor(gateway: Gateway | null, facts: Facts): UnseenWay | undefined {
  return gateway ? facts.unseenThrough(gateway).find(({ scopes }) => scopes.includes('internet')) : undefined;
}

function shutDoor(gateway: Gateway | null) {
  return gateway?.doors.find(({ shut }) => shut !== null)?.shut;
}

function danglingDoor(gateway: Gateway | null) {
  return gateway?.doors.find((door) => door.target === 'nothing');
}
