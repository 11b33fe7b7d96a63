import { isEmpty, publicPart } from '../../graph/sets/address-set.ts';
import { type Exposure, SCOPES, type Scope, UNUSED } from '../../graph/vocabulary.ts';
import { matchesGlob } from '../../source/glob.ts';
import { unknown } from '../../source/value.ts';
import { goesAround } from '../service.ts';
import { isOrdinary } from './specification.ts';
import { listenerNames, subject, workloadInstance } from './table.ts';

/** Who calls from a scope, in the words of a message. */
const CALLERS: Readonly<Record<Scope, (exposure: Exposure) => string>> = {
  internet: () => 'the internet',
  external: (exposure) => exposure.sources.map(({ value }) => value).join(', ') || 'addresses outside',
  network: ({ private: named, sources, addresses }) => {
    if (!named) return 'every network of its host';
    // Who is behind a tunnel may have addresses of the internet.
    const kind = isEmpty(publicPart(addresses)) ? 'private addresses' : 'joined networks';
    return `the ${kind} ${sources.map(({ value }) => value).join(', ')}`;
  },
  node: () => 'the nodes',
  cluster: () => 'the whole cluster',
  segment: (exposure) => `the network ${exposure.sources.map(({ value }) => value).join(', ')}`,
  workload: (exposure) => exposure.sources.map(({ value }) => value).join(', '),
  host: () => 'its host',
  pod: () => 'the containers beside it',
};

export const exposure = subject<Exposure>({
  about: 'One way in: a listener, the gateway that leads to it, the port outside and how wide the source is.',
  all: ({ environment }) => [...environment.exposures, ...environment.hypothetical].flatMap(byGrant),
  at: 'exposure.grant',
  edge: (exposure) => ({
    names: [
      ...listenerNames(exposure.listener),
      exposure.entry?.namespace ?? null,
      exposure.entry?.name ?? null,
      exposure.ports?.from ?? null,
      exposure.scope,
    ],
    instance: workloadInstance(exposure.listener.workload),
    listener: exposure.listener,
    workload: exposure.listener.workload,
    technology: exposure.entry?.technology ?? exposure.listener.workload.technology,
    exposure,
    ...(isOpen(exposure) && { because: exposure.because.filter((reason) => reason !== UNUSED) }),
  }),
  variables: {
    listener: (exposure) => exposure.listener,
    workload: (exposure) => exposure.listener.workload,
    gateway: (exposure) => exposure.entry,
  },
  fields: {
    scope: {
      type: 'string',
      about: 'How wide the source is.',
      values: SCOPES,
      example: 'exposure.scope in ["internet", "external"]',
      read: (exposure) => exposure.scope,
    },
    from: {
      type: 'string',
      about: 'Who that is, for a message: `the internet`, `every network of its host`, `the network back-tier`.',
      example: 'exposure.from != ""',
      read: (exposure) => CALLERS[exposure.scope](exposure),
    },
    verdict: {
      type: 'string',
      about: 'Whether the code shows that it can be reached. A finding about a possible one is undecided by itself.',
      values: ['reachable', 'possible'],
      example: 'exposure.verdict == "reachable"',
      read: (exposure) => exposure.verdict,
    },
    implicit: {
      type: 'bool',
      about:
        'Nobody wrote it: it comes along with something. Rules see implicit ones only when they ask for this field.',
      example: 'exposure.implicit',
      read: (exposure) => exposure.implicit,
    },
    relayed: {
      type: 'bool',
      about:
        'It comes through something that listens itself and is told for it: a load balancer. Such ways are implicit, and count among those to a listener.',
      example: '!exposure.relayed',
      read: (exposure) => exposure.relayed !== undefined,
    },
    private: {
      type: 'bool',
      about:
        'Its sources are addresses of networks joined to its own: private ones that a guard names, or those behind a tunnel; the scope is `network`. Rules see these only when they ask for this field.',
      example: 'exposure.private && exposure.sources.size >= 65536',
      read: (exposure) => exposure.private === true,
    },
    trusted: {
      type: 'bool',
      about:
        'It comes from outside, and all its sources are among `trustedSources` of `portolan.yaml`. Rules see these only when they ask for this field.',
      example: 'exposure.trusted',
      read: (exposure) => exposure.trusted === true,
    },
    attachment: {
      type: 'string',
      about: 'Whether anything uses the guard that admits it. Findings about others are less severe by themselves.',
      values: ['attached', 'unattached', 'unknown'],
      example: 'exposure.attachment == "attached"',
      read: (exposure) => exposure.attachment ?? 'attached',
    },
    port: {
      type: 'int',
      about: 'The port as the source sees it, the first of a range; unknown where the host or the platform picks one.',
      example: 'exposure.port == 22',
      read: (exposure) => exposure.ports?.from ?? hostPicks('port', exposure),
    },
    portPicked: {
      type: 'bool',
      about: 'The host or the platform picks the port, from a range of its own.',
      example: '!exposure.portPicked && exposure.port < 1024',
      read: (exposure) => exposure.ports === null,
    },
    ports: {
      type: 'PortSet',
      about: 'All ports as the source sees them; unknown where the host or the platform picks them.',
      example: '22 in exposure.ports',
      read: (exposure) => (exposure.ports ? [exposure.ports] : hostPicks('port', exposure)),
    },
    nonSensitive: {
      type: 'bool',
      about:
        'All ports as the source sees them are among `nonSensitivePorts` of `portolan.yaml`, and what listens there is `ordinary`.',
      example: '!exposure.nonSensitive',
      read: ({ ports, listener }, facts) => ports !== null && isOrdinary(listener) && facts.mayBeOpen([ports]),
    },
    bypassed: {
      type: 'string',
      about:
        'The gateways that the specification of its workload has callers from outside come through, where this way crosses none of them; empty where it does, and where nothing is specified.',
      example: 'exposure.bypassed != ""',
      read: (exposure, facts) => {
        const service = facts.serviceOf(exposure.listener.workload);
        return service && goesAround(exposure, service) ? (service.through ?? []).join(', ') : '';
      },
    },
    address: {
      type: 'string',
      about: 'The address that callers use; unknown where the host or the platform picks one.',
      example: 'exposure.address == "0.0.0.0"',
      read: (exposure) => exposure.address ?? hostPicks('address', exposure),
    },
    transport: {
      type: 'string',
      about: 'What callers speak to it.',
      values: ['plaintext', 'tls', 'mtls'],
      example: 'exposure.transport == "plaintext"',
      read: (exposure) =>
        exposure.transport === 'unknown'
          ? unknown('nothing says what callers speak', exposure.grant)
          : exposure.transport,
    },
    authentication: {
      type: 'string',
      about: 'What callers have to show.',
      values: ['none', 'basic', 'token', 'mtls', 'iam'],
      example: 'exposure.authentication == "none"',
      read: (exposure) =>
        exposure.authentication === 'unknown'
          ? unknown('nothing says whether callers have to authenticate', exposure.grant)
          : exposure.authentication,
    },
    sources: {
      type: 'AddressSet',
      about: 'The addresses that may call.',
      example: 'exposure.sources.size > 65536',
      read: (exposure) => exposure.addresses,
    },
    hosts: {
      type: 'list<string>',
      about: 'The host names that a route asks for; empty where any will do.',
      example: 'exposure.hosts.size() == 0',
      read: (exposure) => exposure.http.hosts,
    },
    paths: {
      type: 'list<string>',
      about: 'The URL paths that a route leads; empty where all are.',
      example: 'exposure.paths.exists(p, p.startsWith("/admin"))',
      read: (exposure) => exposure.http.paths,
    },
    methods: {
      type: 'list<string>',
      about: 'The HTTP methods that a route leads; empty where all are.',
      example: '"TRACE" in exposure.methods',
      read: (exposure) => exposure.http.methods,
    },
    path: {
      type: 'Path',
      about: 'The way in, hop by hop; in a message `internet → 8080:80 → vote:80`.',
      example: '!exposure.path.through("ingress")',
      read: (exposure) => exposure,
    },
    grant: {
      type: 'Origin',
      about: 'The line that a person would change to close it.',
      example: 'exposure.grant',
      read: (exposure) => exposure.grant,
    },
    portOrigin: {
      type: 'Origin',
      about: 'The line that says what callers dial and speak: the port of a Service, where `grant` is its type.',
      example: 'exposure.portOrigin',
      read: (exposure) => exposure.portOrigin,
    },
  },
  methods: {
    servesPath: {
      takes: [{ name: 'pattern', type: 'string' }],
      type: 'bool',
      about: 'A route that leads URL paths matching the glob, or all of them, or that is no route at all.',
      example: 'exposure.servesPath("/metrics*")',
      call: (exposure, [pattern = '']) =>
        exposure.http.paths.length === 0 || exposure.http.paths.some((path) => matchesGlob(pattern, path)),
    },
  },
});

/** Whether anything but that nothing uses it keeps it from being certain: that much is told of every such finding. */
function isOpen({ verdict, because }: Exposure): boolean {
  return verdict === 'possible' && !(because.length === 1 && because[0] === UNUSED);
}

/** A way in once for each line that opens it: whoever closes one has not closed the others. */
function byGrant(exposure: Exposure): readonly Exposure[] {
  const { grant, furtherGrants = [], path } = exposure;
  const others = furtherGrants.map((further) => ({
    ...exposure,
    grant: further,
    path: path.map((hop) => (hop.origin === grant ? { ...hop, origin: further } : hop)),
  }));
  return [exposure, ...others];
}

function hostPicks(what: string, exposure: Exposure) {
  return unknown(`the host or the platform picks the ${what}`, exposure.grant);
}
