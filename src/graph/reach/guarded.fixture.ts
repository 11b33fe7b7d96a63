/** Made-up workloads and guards for the tests of this folder. */
import type {
  DeclaredPort,
  Direction,
  GrantFact,
  GrantPort,
  Peer,
  PortRange,
  Protocol,
  Requirement,
  Selector,
} from '../fragment.ts';
import type { RunningWorkload } from '../running.ts';
import { parseAddressList } from '../sets/address-set.ts';
import { type PortSet, portRanges } from '../sets/port-set.ts';
import { type Assumptions, type Guard, NO_ASSUMPTIONS } from '../vocabulary.ts';
import { relationOf } from './relate.ts';
import type { Bounds, Labelled, Relation } from './relation.ts';

const origin = { file: 'made-up.yaml', start: 0, end: 1 };

/** What a test says of a workload. */
export interface Made {
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: Readonly<Record<string, number | readonly [Protocol, number]>>;
  readonly initPorts?: Readonly<Record<string, number>>;
  readonly machine?: 'one' | 'every';
}

export function workload(place: string, made: Made = {}): RunningWorkload {
  const [namespace, name] = place.split('/') as [string, string];
  const declared = (ports: Made['ports'] = {}): DeclaredPort[] =>
    Object.entries(ports).map(([called, port]) => {
      const [protocol, number] = typeof port === 'number' ? (['tcp', port] as const) : port;
      return { name: called, protocol, ports: { from: number, to: number }, origin };
    });
  const container = (role: 'main' | 'init', ports: DeclaredPort[]) => ({ fact: { role }, ports });
  return {
    fact: {
      name,
      namespace,
      labels: new Map(Object.entries(made.labels ?? {})),
      hostNetwork: made.machine ? origin : null,
      everyNode: made.machine === 'every',
    },
    workload: { id: place, name, namespace },
    containers: [container('main', declared(made.ports)), container('init', declared(made.initPorts))],
  } as unknown as RunningWorkload;
}

const requirement = (text: string): Requirement => {
  const [, absent, key, operator, values] = /^(!?)([^=!]+)(!?=)?(.*)$/.exec(text) as RegExpExecArray & string[];
  if (absent) return { key: key as string, operator: 'absent', values: [] };
  if (!operator) return { key: key as string, operator: 'exists', values: [] };
  return { key: key as string, operator: operator === '=' ? 'in' : 'not-in', values: (values as string).split('|') };
};

/** `shop app=web` in one namespace; `{team=a|b} app!=db` by labels of namespaces; `{}` everything. */
export function selector(text: string): Selector {
  const [, braces, asked, name, rest] = /^(\{(.*?)\}|(\S+))\s*(.*)$/.exec(text) as RegExpExecArray & string[];
  const requirements = (rest ?? '').split(' ').filter(Boolean).map(requirement);
  return braces?.startsWith('{')
    ? { namespace: null, namespaces: (asked ?? '').split(' ').filter(Boolean).map(requirement), requirements, origin }
    : { namespace: name as string, requirements, origin };
}

/** Addresses where the text is a range (`10.0.0.0/8 -10.1.0.0/16`), `?` for those that nobody knows, else a selector. */
export function peer(text: string): Peer {
  if (text.startsWith('?')) return { kind: 'unknown', because: text.slice(1), origin };
  const [cidr, ...except] = text.replace(/^\+/, '').split(' -');
  if (!/^[\d.:a-f]+\/\d+$/.test(cidr as string)) return { kind: 'workloads', selector: selector(text), origin };
  const both = text.startsWith('+') ? ({ workloads: true } as const) : {};
  return { kind: 'addresses', cidr: cidr as string, except, ...both, origin };
}

/** `80`, `8000-8010`, `http`, `udp`, `udp 53`, `any http`. */
export function port(text: string): GrantPort {
  const [, protocol, what] = /^(tcp|udp|sctp|any)?\s*(.*)$/.exec(text) as RegExpExecArray & string[];
  const numbers = /^(\d+)(?:-(\d+))?$/.exec(what as string);
  const range: PortRange | null = numbers ? { from: Number(numbers[1]), to: Number(numbers[2] ?? numbers[1]) } : null;
  return {
    protocol: protocol === 'any' ? null : ((protocol ?? 'tcp') as Protocol),
    ports: range ?? (what || null),
    origin,
  };
}

/** `from` or `to` in front says the direction; peers and ports are everything where left out. */
export function grant(
  direction: Direction,
  peers: readonly string[] = [],
  ports: readonly string[] = [],
  verdict: GrantFact['verdict'] = 'allow',
): GrantFact {
  return {
    id: `${direction} ${peers} ${ports}`,
    direction,
    peers: peers.map(peer),
    ports: ports.map(port),
    verdict,
    origin,
  };
}

/** A guard that is asked together with others: it isolates where nothing else is said in the direction of its grants. */
export function guard(subject: string, grants: readonly GrantFact[], facts: Partial<Guard> = {}): Guard {
  const isolates = [...new Set(grants.map(({ direction }) => direction))];
  return {
    id: `${facts.name ?? subject}`,
    kind: 'guard',
    name: `guard of ${subject}`,
    namespace: null,
    unit: 'unit',
    technology: 'kubernetes',
    byName: false,
    subject: selector(subject),
    attachment: 'attached',
    tier: 1,
    priority: null,
    isolates,
    grants,
    origins: [origin],
    ...facts,
  };
}

/** A guard with a priority; tier 0 is asked before the guards without, tier 2 behind them. */
export const ordered = (
  tier: number,
  priority: Guard['priority'],
  subject: string,
  grants: readonly GrantFact[],
  facts: Partial<Guard> = {},
): Guard => guard(subject, grants, { tier, priority, isolates: [], ...facts });

/** Labels by namespace: `team=a`; with `?` there may be more. */
export function namespaces(texts: Readonly<Record<string, string>>): ReadonlyMap<string, Labelled> {
  return new Map(
    Object.entries(texts).map(([name, text]) => {
      const pairs = text.split(' ').filter((each) => each.includes('='));
      const labels = new Map(pairs.map((each) => each.split('=') as [string, string]));
      labels.set('name', name);
      return [name, { labels, open: text.includes('?') }];
    }),
  );
}

/** A relation that is asked by the places of workloads. */
export interface Asking {
  readonly relation: Relation;
  /** The ports between two, in words: `tcp 80, udp` — with `?` in front of those that are only possible. */
  between(from: string, to: string): string;
  from(address: string, to: string): string;
  to(from: string, address: string): string;
}

/** The relation of these workloads and guards. */
export function asking(
  workloads: readonly RunningWorkload[],
  guards: readonly Guard[],
  facts: { readonly namespaces?: Readonly<Record<string, string>>; readonly assume?: Partial<Assumptions> } = {},
): Asking {
  const given = Object.fromEntries(workloads.map(({ fact }) => [fact.namespace as string, '']));
  const relation = relationOf({
    workloads,
    guards,
    namespaces: namespaces({ ...given, ...facts.namespaces }),
    assume: { ...NO_ASSUMPTIONS, ...facts.assume },
  });
  const find = (place: string) => {
    const found = workloads.find((each) => each.workload.id === place);
    if (!found) throw new Error(`no workload ${place}`);
    return relation.classOf(found.workload);
  };
  const addresses = (text: string) => parseAddressList([text]).set;
  return {
    relation,
    between: (from, to) => boundsText(relation, relation.between(find(from), find(to))),
    from: (address, to) => boundsText(relation, relation.fromAddresses(addresses(address), find(to))),
    to: (from, address) => boundsText(relation, relation.toAddresses(find(from), addresses(address))),
  };
}

function boundsText(relation: Relation, { must, may }: Bounds<PortSet>): string {
  const doubtful = relation.sets.subtract(may, must);
  return [textOf(relation, must), textOf(relation, doubtful) && `? ${textOf(relation, doubtful)}`]
    .filter(Boolean)
    .join(' ');
}

function textOf({ everyPort }: Relation, set: PortSet): string {
  if (set === everyPort) return 'all';
  return portRanges(set)
    .map(({ protocol, ports: { from, to } }) => {
      if (from === 1 && to === 65_535) return protocol;
      return `${protocol} ${from === to ? from : `${from}-${to}`}`;
    })
    .join(', ');
}
