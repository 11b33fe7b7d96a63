import type { ReachGroup } from '../../graph/exposure-graph.ts';
import type { Listener, Workload } from '../../graph/vocabulary.ts';
import { fewOf } from '../../source/few.ts';
import { type Facts, firstOf, listenerNames, subject, workloadInstance } from './table.ts';

/** Workloads of whom the same is true, and a listener that they reach. */
export interface Connection {
  readonly to: Listener;
  readonly from: ReachGroup;
}

export const connection = subject<Connection>({
  about:
    'A listener, and all other workloads that can reach it; those that only may are a connection of their own. Workloads with the network of their host do not count: hosts reach whatever runs on them.',
  all: function* (facts) {
    for (const row of facts.environment.reachability.rows) {
      for (const from of row.from) if (callers({ to: row.to, from }, facts) > 0) yield { to: row.to, from };
    }
  },
  at: 'listener.origin',
  edge: ({ to, from }, facts) => ({
    names: [...listenerNames(to), ...facts.profileOf(from.classes).namespaces],
    instance: workloadInstance(to.workload),
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
  return to.workload.hostNetwork === null && facts.isIn(to.workload, from.classes);
}

/** How many of them are other workloads than the listener's own. */
function callers(connection: Connection, facts: Facts): number {
  return facts.profileOf(connection.from.classes).names.length - (isOwn(connection, facts) ? 1 : 0);
}

/** Those that show that they use the listener: few, however many there are. */
function clients({ to, from }: Connection, facts: Facts): readonly Workload[] {
  return [...facts.clientsOf(to)].filter(
    (client) => client !== to.workload && client.hostNetwork === null && facts.isIn(client, from.classes),
  );
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
  return fewOf(shown, count);
}
