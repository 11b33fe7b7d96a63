import { TLS_VERSIONS } from '../../graph/fragment.ts';
import { isEveryAddress, isLoopback } from '../../graph/listener/bind.ts';
import { type Listener, ROLES, SCOPES } from '../../graph/vocabulary.ts';
import { unknown } from '../../source/value.ts';
import { isOrdinary, SPECIFIED, TRANSPORTS, unsaid } from './specification.ts';
import { type Facts, firstOf, listenerNames, subject, workloadInstance } from './table.ts';

const CONFIDENCES = ['high', 'medium', 'low'] as const;
const EVIDENCE = ['declared', 'coded', 'conventional', 'provided', 'granted'] as const;

export const listener = subject<Listener>({
  about: 'A port that something listens on: a workload, a container, a protocol, a port or range, a bind address.',
  all: (facts) => facts.environment.listeners,
  at: 'listener.origin',
  edge: (listener, facts) => ({
    names: listenerNames(listener),
    instance: workloadInstance(listener.workload),
    listener,
    // Who only hears of a port wants to know from whom.
    ...(listener.hearsay && { doors: facts.doorsTo(listener) }),
    workload: listener.workload,
    technology: listener.workload.technology,
  }),
  variables: { workload: (listener) => listener.workload },
  fields: {
    port: {
      type: 'int',
      about: 'The port, the first of a range.',
      example: 'listener.port < 1024',
      read: (listener) => listener.ports.from,
    },
    ports: {
      type: 'PortSet',
      about: 'All its ports.',
      example: 'listener.ports.size > 100',
      read: (listener) => [listener.ports],
    },
    protocol: {
      type: 'string',
      about: 'The transport protocol.',
      values: ['tcp', 'udp', 'sctp'],
      example: 'listener.protocol == "udp"',
      read: (listener) => listener.protocol,
    },
    name: {
      type: 'string',
      about: 'What a person calls it: its service, else the name of the port, else `port`.',
      example: 'listener.name == "PostgreSQL"',
      read: (listener) => listener.service ?? listener.name ?? 'port',
    },
    portName: {
      type: 'string',
      about: 'The name that the code gives the port; empty where it gives none.',
      example: 'listener.portName == "http"',
      read: (listener) => listener.name ?? '',
    },
    service: {
      type: 'string',
      about: 'What the port catalogue calls it; empty where it has no entry.',
      example: 'listener.service == "PostgreSQL"',
      read: (listener) => listener.service ?? '',
    },
    container: {
      type: 'string',
      about: 'The container that listens.',
      example: 'listener.container == "proxy"',
      read: (listener) => listener.container,
    },
    role: {
      type: 'string',
      about: 'What the port is for: the role that is most likely.',
      values: ROLES,
      example: 'listener.role == "data-store"',
      read: (listener) => listener.roles[0]?.role ?? 'unknown',
    },
    roleConfidence: {
      type: 'string',
      about: 'How sure the role is; `low` where only the number says so.',
      values: CONFIDENCES,
      example: 'listener.roleConfidence != "low"',
      read: (listener) => listener.roles[0]?.confidence ?? 'low',
    },
    ordinary: {
      type: 'bool',
      about: 'It serves an application, or nobody can tell: every other role is a guess from the number alone.',
      example: 'listener.ordinary',
      read: isOrdinary,
    },
    sensitive: {
      type: 'bool',
      about: 'Reaching it is worth something to an attacker by itself, as the port catalogue has it.',
      example: 'listener.sensitive',
      read: (listener) => listener.sensitive,
    },
    bind: {
      type: 'string',
      about: 'The address it listens at; empty where the platform gives one.',
      example: 'listener.bind == "127.0.0.1"',
      read: (listener) => listener.bind ?? '',
    },
    wildcardBind: {
      type: 'bool',
      about: 'It listens at every address of its network.',
      example: 'listener.wildcardBind',
      read: (listener) => isEveryAddress(listener.bind),
    },
    loopback: {
      type: 'bool',
      about: 'It listens only to its own network namespace.',
      example: '!listener.loopback',
      read: (listener) => isLoopback(listener.bind),
    },
    evidence: {
      type: 'string',
      about: 'The strongest of what says that something listens.',
      values: EVIDENCE,
      example: 'listener.evidence == "coded"',
      read: (listener) => listener.evidence,
    },
    declared: {
      type: 'bool',
      about: 'A declaration names the port (EXPOSE, containerPort, the container side of a published port).',
      example: '!listener.declared',
      read: (listener) => listener.evidences.includes('declared'),
    },
    hearsay: {
      type: 'bool',
      about: 'Only what leads to it says so, while its container declares other ports.',
      example: '!listener.hearsay',
      read: (listener) => listener.hearsay,
    },
    coded: {
      type: 'bool',
      about: 'A call or a command line opens the port.',
      example: 'listener.coded && !listener.declared',
      read: (listener) => listener.evidences.includes('coded'),
    },
    provided: {
      type: 'bool',
      about: 'The platform answers there, whatever else says that something listens.',
      example: 'listener.provided',
      read: ({ evidences }) => evidences.includes('provided'),
    },
    conventional: {
      type: 'bool',
      about: 'The image that runs there is known for it.',
      example: '!listener.conventional',
      read: (listener) => listener.evidences.includes('conventional'),
    },
    valid: {
      type: 'bool',
      about: 'A port that a machine can have, 1 to 65535.',
      example: '!listener.valid',
      read: (listener) => listener.valid,
    },
    transport: {
      type: 'string',
      about: 'What it speaks.',
      values: TRANSPORTS,
      example: 'listener.transport == "plaintext"',
      read: (listener) => (listener.transport === 'unknown' ? unsaid(listener, 'what it speaks') : listener.transport),
    },
    transportStated: {
      type: 'bool',
      about: 'The code says what it speaks, or what runs it does where the code is silent: no guess from its number.',
      example: 'listener.transportStated && listener.transport == "plaintext"',
      read: (listener) => listener.transportOrigin !== undefined,
    },
    transportOrigin: {
      type: 'Origin',
      about: 'The line that says what it speaks; the line that says that it listens, where none does by itself.',
      example: 'listener.transportOrigin',
      read: (listener) => listener.transportOrigin ?? firstOf(listener.origins),
    },
    oldestTls: {
      type: 'string',
      about: 'The oldest version of TLS that it agrees to; empty where nothing says that it speaks TLS.',
      values: [...TLS_VERSIONS, ''],
      example: 'listener.oldestTls in ["SSLv3", "TLSv1.0", "TLSv1.1"]',
      read: ({ tls }) => tls?.minimum ?? '',
    },
    brokenCipher: {
      type: 'string',
      about:
        'The first cipher that it agrees to and that is known to be broken, as it is written; empty where none is.',
      example: 'listener.brokenCipher != ""',
      read: ({ tls }) => tls?.brokenCipher ?? '',
    },
    tlsOrigin: {
      type: 'Origin',
      about: 'The line that says which TLS it takes; the line that says that it listens, where none does.',
      example: 'listener.tlsOrigin',
      read: (listener) => listener.tls?.origin ?? firstOf(listener.origins),
    },
    authentication: {
      type: 'string',
      about: 'What it asks its callers for.',
      values: ['none', 'basic', 'token', 'mtls', 'iam'],
      example: 'listener.authentication == "none"',
      read: (listener) =>
        listener.authentication === 'unknown'
          ? unsaid(listener, 'whether it asks for authentication')
          : listener.authentication,
    },
    ...SPECIFIED,
    doubt: {
      type: 'string',
      about: 'Why nothing may answer, although something leads there; empty where nothing speaks against it.',
      example: 'listener.doubt != ""',
      read: (listener) => listener.doubt ?? '',
    },
    authenticationOrigin: {
      type: 'Origin',
      about:
        'The line that says what it asks its callers for: a switch, else what starts the program; the line that says that it listens, where nothing does.',
      example: 'listener.authenticationOrigin',
      read: (listener) => listener.authenticationOrigin ?? firstOf(listener.origins),
    },
    unauthenticated: {
      type: 'bool',
      about:
        'It asks its callers for nothing; unknown where what says what it asks for is not in the code, false where nothing does.',
      example: 'listener.unauthenticated',
      read: (listener) =>
        listener.authentication === 'unknown' && listener.authenticationOrigin !== null
          ? unsaid(listener, 'whether it asks for authentication')
          : listener.authentication === 'none',
    },
    platformIdentity: {
      type: 'bool',
      about: 'The platform asks every caller who they are, and looks up what they may do.',
      example: '!listener.platformIdentity',
      read: (listener) => listener.authentication === 'iam',
    },
    widestScope: {
      type: 'string',
      about: 'The widest scope that is known to reach it, leaving implicit ways aside; empty where nothing does.',
      values: [...SCOPES, ''],
      example: 'listener.widestScope == ""',
      read: (listener, facts) => {
        const reached = written(listener, facts).filter((exposure) => exposure.verdict === 'reachable');
        return SCOPES.find((scope) => reached.some((exposure) => exposure.scope === scope)) ?? '';
      },
    },
    exposures: {
      type: 'list<Exposure>',
      about: 'The ways to it.',
      example: 'listener.exposures.all(e, e.transport == "tls")',
      read: (listener, facts) => facts.exposuresOf(listener),
    },
    clients: {
      type: 'int',
      about: 'How many workloads show that they use it.',
      unit: 'workloads',
      example: 'listener.clients == 0',
      read: (listener, facts) => facts.clientsOf(listener).size,
    },
    callers: {
      type: 'int',
      about:
        'How many other workloads are known to be able to reach it; those with the network of their host do not count.',
      unit: 'workloads',
      example: 'listener.callers > 20',
      read: (listener, facts) => callers(listener, facts),
    },
    excess: {
      type: 'int',
      about: 'How many other workloads can reach it without showing that they use it: no client seen, not no client.',
      unit: 'workloads',
      example: 'listener.excess > 0 && listener.clients > 0',
      read: (listener, facts) => {
        const served = [...facts.clientsOf(listener)].filter(
          (client) =>
            client !== listener.workload &&
            client.hostNetwork === null &&
            facts.reaches(client, listener)?.verdict === 'reachable',
        );
        return callers(listener, facts) - served.length;
      },
    },
    origin: {
      type: 'Origin',
      about: 'The line that says most clearly that it listens.',
      example: 'listener.origin',
      read: (listener) => firstOf(listener.origins),
    },
  },
  methods: {
    plays: {
      takes: [{ name: 'role', type: 'string', values: ROLES }],
      type: 'bool',
      about: 'It has the role, and more than its number says so.',
      example: 'listener.plays("data-store")',
      call: (listener, [role]) => listener.roles.some((ranked) => ranked.role === role && ranked.confidence !== 'low'),
    },
    hasRole: {
      takes: [{ name: 'role', type: 'string', values: ROLES }],
      type: 'bool',
      about: 'One of the roles that it may have.',
      example: 'listener.hasRole("debug")',
      call: (listener, [role]) => listener.roles.some((ranked) => ranked.role === role),
    },
    exposed: {
      takes: [{ name: 'scope', type: 'string', values: SCOPES }],
      type: 'bool',
      about: 'Reached from exactly this scope; unknown where that is only possible. Implicit ways do not count.',
      example: 'listener.exposed("internet")',
      call: (listener, [scope], facts) => {
        const from = written(listener, facts).filter((exposure) => exposure.scope === scope);
        if (from.length === 0) return false;
        const open = from.find((exposure) => exposure.verdict === 'possible');
        return from.some((exposure) => exposure.verdict === 'reachable') || !open
          ? true
          : unknown(open.because[0] ?? 'the code does not show whether it is reached', open.grant);
      },
    },
  },
});

function written(listener: Listener, facts: Facts) {
  return facts
    .exposuresOf(listener)
    .filter(
      (exposure) => (!exposure.implicit || exposure.relayed !== undefined) && !exposure.private && !exposure.trusted,
    );
}

/** How many other workloads reach it as the code stands. */
function callers(listener: Listener, facts: Facts): number {
  const rows = facts.rowOf(listener)?.from.filter(({ verdict }) => verdict === 'reachable') ?? [];
  const all = rows.reduce((sum, { classes }) => sum + facts.profileOf(classes).names.length, 0);
  const own = listener.workload.hostNetwork === null && facts.reaches(listener.workload, listener);
  return own && own.verdict === 'reachable' ? all - 1 : all;
}
