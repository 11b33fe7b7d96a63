import type { Listener, Need, ReachRow, Workload } from '../../graph/vocabulary.ts';
import { unknown } from '../../source/value.ts';
import { type Facts, firstOf, listenerNames, subject } from './table.ts';

/** A class of workloads that nothing tells apart, and a listener that they reach. */
export interface Connection {
  readonly to: Listener;
  readonly from: ReachRow['from'][number];
}

export const connection = subject<Connection>({
  about: 'A set of workloads that nothing tells apart, and a listener of another workload that they can reach.',
  all: function* (facts) {
    for (const row of facts.environment.reachability.rows) {
      for (const from of row.from) {
        if (from.class.members.some((member) => member !== row.to.workload)) yield { to: row.to, from };
      }
    }
  },
  at: 'listener.origin',
  edge: ({ to, from }) => ({
    names: [...listenerNames(to), ...new Set(from.class.members.map(({ namespace }) => namespace))],
    listener: to,
    workload: to.workload,
    technology: to.workload.technology,
    ...(from.verdict === 'possible' && { because: from.because }),
  }),
  variables: { listener: ({ to }) => to, workload: ({ to }) => to.workload },
  fields: {
    verdict: {
      type: 'string',
      about: 'Whether the code shows that they can.',
      values: ['reachable', 'possible'],
      example: 'connection.verdict == "reachable"',
      read: ({ from }) => from.verdict,
    },
    from: {
      type: 'int',
      about: 'How many workloads they are, the listener’s own left out.',
      unit: 'workloads',
      example: 'connection.from > 10',
      read: (connection) => callersOf(connection).length,
    },
    needed: {
      type: 'int',
      about: 'How many of them show that they use the listener.',
      unit: 'workloads',
      example: 'connection.needed == 0',
      read: (connection, facts) => callersOf(connection).length - unneeded(connection, facts).length,
    },
    unneeded: {
      type: 'int',
      about: 'How many of them show nothing of that.',
      unit: 'workloads',
      example: 'connection.unneeded > 0',
      read: (connection, facts) => unneeded(connection, facts).length,
    },
    sameNamespace: {
      type: 'bool',
      about: 'All of them sit in the namespace of the listener’s workload.',
      example: '!connection.sameNamespace',
      read: (connection) =>
        callersOf(connection).every(({ namespace }) => namespace === connection.to.workload.namespace),
    },
    callers: {
      type: 'string',
      about: 'Their names for a message: all of up to three, else three and how many more.',
      example: 'connection.callers != ""',
      read: (connection) => named(callersOf(connection)),
    },
    strangers: {
      type: 'string',
      about: 'The same of those that show nothing of using the listener.',
      example: 'connection.strangers != ""',
      read: (connection, facts) => named(unneeded(connection, facts)),
    },
    origin: {
      type: 'Origin',
      about: 'The line of the listener.',
      example: 'connection.origin',
      read: ({ to }) => firstOf(to.origins),
    },
  },
  methods: {},
});

function callersOf({ to, from }: Connection): readonly Workload[] {
  return from.class.members.filter((member) => member !== to.workload);
}

function unneeded(connection: Connection, facts: Facts): readonly Workload[] {
  const clients = facts.clientsOf(connection.to);
  return callersOf(connection).filter((member) => !clients.has(member));
}

function named(workloads: readonly Workload[]): string {
  const names = workloads.map(({ name }) => name).sort();
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

export const need = subject<Need>({
  about: 'Evidence that a client uses a listener, or something outside.',
  all: (facts) => facts.environment.needs,
  at: 'need.origin',
  edge: (need) => {
    const to = listenerOf(need);
    const from = typeof need.from === 'string' ? undefined : need.from;
    return {
      names: [
        from ? `${from.namespace}/${from.name}` : (need.from as string),
        ...('external' in need.to ? [need.to.external, need.to.port] : listenerNames(need.to)),
        need.kind,
      ],
      ...(to && { listener: to }),
      ...(from && { workload: from, technology: from.technology }),
    };
  },
  variables: {
    listener: (need) => listenerOf(need) ?? unknown('the target is outside', firstOf(need.origins)),
    workload: (need) =>
      typeof need.from === 'string' ? unknown('the client is no workload', firstOf(need.origins)) : need.from,
  },
  fields: {
    kind: {
      type: 'string',
      about: 'What kind of evidence it is.',
      values: ['environment', 'command', 'config', 'depends-on', 'link', 'probe', 'route', 'scrape', 'lookup'],
      example: 'need.kind == "depends-on"',
      read: (need) => need.kind,
    },
    weight: {
      type: 'double',
      about: 'How sure it is that the client connects.',
      unit: '0 to 1',
      example: 'need.weight >= 0.5',
      read: (need) => need.weight,
    },
    stated: {
      type: 'bool',
      about: 'A grant said so: it takes part in broken needs and never excuses a grant.',
      example: '!need.stated',
      read: (need) => need.stated,
    },
    transport: {
      type: 'string',
      about: 'What the client speaks.',
      values: ['plaintext', 'tls', 'mtls'],
      example: 'need.transport == "plaintext"',
      read: (need) =>
        need.transport === 'unknown'
          ? unknown('nothing says what the client speaks', firstOf(need.origins))
          : need.transport,
    },
    from: {
      type: 'string',
      about: 'The name of the client; `internet`, `operator` or `platform` where it is no workload.',
      example: 'need.from != "platform"',
      read: (need) => (typeof need.from === 'string' ? need.from : need.from.name),
    },
    to: {
      type: 'string',
      about: 'The name of the workload that it goes to, or the host outside.',
      example: 'need.to == "db"',
      read: (need) => listenerOf(need)?.workload.name ?? (need.to as { external: string }).external,
    },
    port: {
      type: 'int',
      about: 'The port that it goes to; unknown where nothing says.',
      example: 'need.port == 5432',
      read: (need) =>
        ('external' in need.to ? need.to.port : need.to.ports.from) ??
        unknown(`the port at ${'external' in need.to ? need.to.external : ''} is not shown`, firstOf(need.origins)),
    },
    external: {
      type: 'bool',
      about: 'It goes to something outside the environment; there is no `listener` then.',
      example: '!need.external && listener.sensitive',
      read: (need) => 'external' in need.to,
    },
    blocked: {
      type: 'bool',
      about: 'A workload needs the listener and cannot reach it; unknown where that is only possible.',
      example: 'need.blocked',
      read: (need, facts) => {
        const to = listenerOf(need);
        if (!to || typeof need.from === 'string' || need.from === to.workload) return false;
        const verdict = facts.reaches(need.from, to);
        return verdict === 'possible'
          ? unknown('the code does not show whether it can be reached', firstOf(need.origins))
          : verdict === undefined;
      },
    },
    origin: {
      type: 'Origin',
      about: 'The line that shows it.',
      example: 'need.origin',
      read: (need) => firstOf(need.origins),
    },
  },
  methods: {},
});

function listenerOf(need: Need): Listener | undefined {
  return 'external' in need.to ? undefined : need.to;
}
