/** The classes of workloads that guards can tell apart (§4.2): a namespace is a stretch of them. */
import { counted, countedAll } from '../../source/counted.ts';
import type { DeclaredPort, Selector } from '../fragment.ts';
import type { RunningWorkload } from '../running.ts';
import { type AddressSet, parseAddressList } from '../sets/address-set.ts';
import type { Assumptions, Guard, Workload } from '../vocabulary.ts';
import type { GuardedClass } from './relation.ts';

/** A class, and what its members have in common. */
export interface KnownClass {
  readonly class: GuardedClass;
  /** Any of its members. */
  readonly sample: RunningWorkload;
  /** The ports with names that guards ask for; the key is the same for classes that have the same ones (R12). */
  readonly named: { readonly key: string; readonly declared: readonly DeclaredPort[] };
  /** How it stands beside guards: with the network of its machine, on one or on each of them (R15, R16). */
  readonly machine: 'one' | 'every' | null;
  /** Its addresses are among these; null where nobody knows them. */
  readonly addresses: AddressSet | null;
}

/** The classes of an environment. */
export interface KnownClasses {
  readonly all: readonly KnownClass[];
  readonly of: ReadonlyMap<Workload, KnownClass>;
  /** The first number of a namespace's classes, and the one after its last. */
  readonly stretch: ReadonlyMap<string | null, readonly [number, number]>;
  /** The keys of workloads' labels that selectors ask for. */
  readonly keys: ReadonlySet<string>;
  /** The same of namespaces' labels. */
  readonly namespaceKeys: ReadonlySet<string>;
}

export function classesApart(
  workloads: readonly RunningWorkload[],
  guards: readonly Guard[],
  profile: Assumptions['profile'],
): KnownClasses {
  const { keys, namespaceKeys, names } = askedFor(guards);
  const found = new Map<string, { members: Workload[]; known: Omit<KnownClass, 'class'> }>();
  for (const running of workloads) {
    const { fact, workload } = running;
    const machine = profile === 'declared' || !fact.hostNetwork ? null : fact.everyNode ? 'every' : 'one';
    const named = namedPorts(running, names);
    const ranges = guards.length === 0 ? undefined : fact.ranges;
    const addressed = ranges ? countedAll(ranges) : '-';
    const told = guards.length === 0 ? '' : `${labelsText(fact.labels, keys)} ${named.key} ${machine} ${addressed}`;
    const place = `${told}${fact.namespace === null ? '' : ` ${fact.namespace}`}`;
    const entry = found.get(place);
    if (entry) entry.members.push(workload);
    else
      found.set(place, {
        members: [workload],
        known: { sample: running, named, machine, addresses: addressesOf(ranges) },
      });
  }
  // Stable: within a namespace classes stay in the order of their first members.
  const sorted = [...found.values()].sort((a, b) =>
    byName(a.known.sample.fact.namespace, b.known.sample.fact.namespace),
  );
  const all = sorted.map(({ members, known }, index): KnownClass => {
    return { class: { index, members, namespace: known.sample.fact.namespace }, ...known };
  });
  const of = new Map<Workload, KnownClass>();
  const stretch = new Map<string | null, [number, number]>();
  for (const each of all) {
    const { index, members, namespace } = each.class;
    for (const member of members) of.set(member, each);
    const known = stretch.get(namespace);
    if (known) known[1] = index + 1;
    else stretch.set(namespace, [index, index + 1]);
  }
  return { all, of, stretch, keys, namespaceKeys };
}

/** None where one of the ranges is no range: then nobody knows. */
function addressesOf(ranges: readonly string[] | undefined): AddressSet | null {
  if (!ranges || ranges.length === 0) return null;
  const { set, bad } = parseAddressList(ranges);
  return bad.length > 0 ? null : set;
}

/** What guards ask about workloads. */
function askedFor(guards: readonly Guard[]) {
  const keys = new Set<string>();
  const namespaceKeys = new Set<string>();
  const names = new Set<string>();
  const ask = ({ requirements, namespaces }: Selector) => {
    for (const { key } of requirements) keys.add(key);
    for (const { key } of namespaces ?? []) namespaceKeys.add(key);
  };
  for (const { subject, grants } of guards) {
    ask(subject);
    for (const grant of grants) {
      for (const peer of grant.peers) if (peer.kind === 'workloads') ask(peer.selector);
      for (const { ports } of grant.ports) if (typeof ports === 'string') names.add(ports);
    }
  }
  return { keys, namespaceKeys, names };
}

/** The declared ports with one of these names: of every container that runs beside the others, not before them (R12). */
function namedPorts({ containers }: RunningWorkload, names: ReadonlySet<string>): KnownClass['named'] {
  if (names.size === 0) return NO_PORTS;
  const declared = containers.flatMap(({ fact, ports }) =>
    fact.role === 'init' ? [] : ports.filter(({ name }) => name !== undefined && names.has(name)),
  );
  if (declared.length === 0) return NO_PORTS;
  const texts = declared.map(({ name = '', protocol, ports: { from, to } }) => {
    return `${counted(name)}${protocol} ${from}-${to}`;
  });
  return { key: texts.length === 1 ? (texts[0] as string) : [...new Set(texts)].sort().join(), declared };
}

const NO_PORTS: KnownClass['named'] = { key: '', declared: [] };

/** The labels that selectors ask for, as a text that is the same for the same labels. */
function labelsText(labels: ReadonlyMap<string, string>, keys: ReadonlySet<string>): string {
  const texts: string[] = [];
  for (const [key, value] of labels) if (keys.has(key)) texts.push(counted(key) + counted(value));
  return texts.length === 1 ? (texts[0] as string) : texts.sort().join('');
}

function byName(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return a === null || (b !== null && a < b) ? -1 : 1;
}
