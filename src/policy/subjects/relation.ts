import type { ReachGroup } from '../../graph/exposure-graph.ts';
import type { Listener, Need, Workload } from '../../graph/vocabulary.ts';
import { unknown } from '../../source/value.ts';
import { type Facts, firstOf, listenerNames, subject } from './table.ts';

/** Workloads of whom the same is true, and a listener that they reach. */
export interface Connection {
  readonly to: Listener;
  readonly from: ReachGroup;
}

export const connection = subject<Connection>({
  about: 'A listener, and all other workloads that can reach it; those that only may are a connection of their own.',
  all: function* (facts) {
    for (const row of facts.environment.reachability.rows) {
      for (const from of row.from) yield { to: row.to, from };
    }
  },
  at: 'listener.origin',
  edge: ({ to, from }, facts) => ({
    names: [...listenerNames(to), ...facts.profileOf(from.classes).namespaces],
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
      read: callers,
    },
    needed: {
      type: 'int',
      about: 'How many of them show that they use the listener.',
      unit: 'workloads',
      example: 'connection.needed == 0',
      read: (connection, facts) => clients(connection, facts).length,
    },
    unneeded: {
      type: 'int',
      about: 'How many of them show nothing of that.',
      unit: 'workloads',
      example: 'connection.unneeded > 0',
      read: (connection, facts) => callers(connection, facts) - clients(connection, facts).length,
    },
    sameNamespace: {
      type: 'bool',
      about: 'All of them sit in the namespace of the listener’s workload.',
      example: '!connection.sameNamespace',
      read: ({ to, from }, facts) =>
        facts.profileOf(from.classes).namespaces.every((namespace) => namespace === to.workload.namespace),
    },
    callers: {
      type: 'string',
      about: 'Their names for a message: all of up to three, else three and how many more.',
      example: 'connection.callers != ""',
      read: (connection, facts) => named(connection, facts, [], callers(connection, facts)),
    },
    strangers: {
      type: 'string',
      about: 'The same of those that show nothing of using the listener.',
      example: 'connection.strangers != ""',
      read: (connection, facts) => {
        const known = clients(connection, facts);
        return named(connection, facts, known, callers(connection, facts) - known.length);
      },
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

/** Whether the listener's own workload is among them. */
function isOwn({ to, from }: Connection, facts: Facts): boolean {
  return facts.isIn(to.workload, from.classes);
}

/** How many of them are other workloads than the listener's own. */
function callers(connection: Connection, facts: Facts): number {
  return connection.from.classes.workloads - (isOwn(connection, facts) ? 1 : 0);
}

/** Those that show that they use the listener: few, however many there are. */
function clients({ to, from }: Connection, facts: Facts): readonly Workload[] {
  return [...facts.clientsOf(to)].filter((client) => client !== to.workload && facts.isIn(client, from.classes));
}

/** The names of all but for the listener's own workload and those left out: up to three, and how many more. */
function named(connection: Connection, facts: Facts, left: readonly Workload[], count: number): string {
  const { to, from } = connection;
  const skipped = new Map<string, number>();
  for (const { name } of isOwn(connection, facts) ? [to.workload, ...left] : left)
    skipped.set(name, (skipped.get(name) ?? 0) + 1);
  const shown: string[] = [];
  for (const name of facts.profileOf(from.classes).names) {
    const skip = skipped.get(name) ?? 0;
    if (skip > 0) skipped.set(name, skip - 1);
    else if (shown.push(name) === 3) break;
  }
  return count > 3 ? `${shown.join(', ')} and ${count - 3} more` : shown.join(', ');
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
        const reached = facts.reaches(need.from, to);
        return reached?.verdict === 'possible'
          ? unknown(reached.because[0] ?? 'the code does not show whether it can be reached', firstOf(need.origins))
          : reached === undefined;
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
