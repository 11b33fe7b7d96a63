import type { Listener, Need } from '../../graph/vocabulary.ts';
import { unknown } from '../../source/value.ts';
import { clientNames, endsOf, obstacleOf, obstacleOrigin, obstaclePlaces, obstacleText } from '../blockers.ts';
import { firstOf, listenerNames, subject, workloadInstance } from './table.ts';

export const need = subject<Need>({
  about: 'Evidence that a client uses a listener, or something outside.',
  all: (facts) => facts.environment.needs,
  at: 'need.origin',
  edge: (need, facts) => {
    const to = listenerOf(need);
    const from = typeof need.from === 'string' ? undefined : need.from;
    return {
      names: [
        from ? `${from.namespace}/${from.name}` : (need.from as string),
        ...('external' in need.to ? [need.to.external, need.to.port] : listenerNames(need.to)),
        need.kind,
      ],
      ...(to && { listener: to }),
      ...(from && { instance: workloadInstance(from), workload: from, technology: from.technology }),
      related: () => {
        const obstacle = obstacleOf(need, facts);
        return obstacle && to && obstacle.blockers.length > 0 ? obstaclePlaces(obstacle, to) : [];
      },
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
      values: ['environment', 'command', 'config', 'depends-on', 'link', 'probe', 'route', 'scrape', 'lookup', 'grant'],
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
      about:
        'A workload needs the listener and cannot reach it. What may reach it is not blocked, nor is what stands in no network.',
      example: 'need.blocked',
      // What stands in no network of the code gets out by ways of its platform's.
      read: (need, facts) => {
        const ends = endsOf(need);
        return ends !== undefined && ends.from.segments.length > 0 && facts.reaches(ends.from, ends.to) === undefined;
      },
    },
    guarded: {
      type: 'bool',
      about: 'It is blocked, and guards block it: networks do not.',
      example: 'need.blocked && need.guarded',
      read: (need, facts) => (obstacleOf(need, facts)?.blockers.length ?? 0) > 0,
    },
    foremost: {
      type: 'bool',
      about: 'Of the needs of one listener that the same guards block it is the first; true of every other need.',
      example: 'need.blocked && need.foremost',
      read: (need, facts) => (obstacleOf(need, facts)?.needs[0] ?? need) === need,
    },
    clients: {
      type: 'string',
      about:
        'The names of the clients whose needs of the listener the same guards block, for a message; its own alone otherwise.',
      example: 'need.clients != ""',
      read: (need, facts) => {
        const obstacle = obstacleOf(need, facts);
        if (obstacle) return clientNames(need, obstacle);
        return typeof need.from === 'string' ? need.from : need.from.name;
      },
    },
    obstacle: {
      type: 'string',
      about:
        'What stands in the way, for the end of a sentence: the guards that do not let it through, and what one of them that comes near asks for; empty where nothing does.',
      example: 'need.obstacle != ""',
      read: (need, facts) => {
        const obstacle = obstacleOf(need, facts);
        return obstacle ? obstacleText(obstacle) : '';
      },
    },
    obstacleOrigin: {
      type: 'Origin',
      about: 'The line of the guard that stands in the way; the line that shows the need where none does.',
      example: 'need.obstacleOrigin',
      read: (need, facts) => {
        const obstacle = obstacleOf(need, facts);
        return obstacle ? obstacleOrigin(need, obstacle) : firstOf(need.origins);
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
