/** Small environments with many guards, made from a seed: what the engine and the naive evaluator are compared on. */
import { unknown } from '../../source/value.ts';
import { somewhere, workload } from '../fragment.fixture.ts';
import type { GrantFact, GrantPort, Peer, Protocol, Requirement, Selector } from '../fragment.ts';
import type { RunningContainer, RunningWorkload } from '../running.ts';
import type { Assumptions, Guard } from '../vocabulary.ts';
import { NO_ASSUMPTIONS } from '../vocabulary.ts';
import type { NaiveEnd } from './naive.fixture.ts';
import type { RelationInput } from './relation.ts';

/** Random numbers in [0, 1) that are the same for the same seed (Marsaglia's xorshift). */
export function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const NAMESPACES = ['one', 'two', 'three'];
const APPS = ['web', 'api', 'db'];
const RANGES = ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '203.0.113.0/24', '192.168.7.0/24', '::/0', '2001:db8::/32'];
const EXCEPTIONS = ['10.1.2.0/24', '203.0.113.128/25', '192.168.7.9/32', '2001:db8:1::/48'];
const ADDRESSES = [
  '10.1.2.3',
  '10.9.9.9',
  '203.0.113.7',
  '203.0.113.200',
  '8.8.8.8',
  '192.168.7.9',
  '2001:db8:1::5',
  '2001:4860::8',
];
const PORTS = [53, 80, 443, 8080, 9090];
/** Ports at which callers take answers: all of them, as many as it takes, and too few. */
const ANSWERED = [
  { from: 1024, to: 65_535 },
  { from: 32_768, to: 60_999 },
  { from: 32_768, to: 40_000 },
  { from: 1024, to: 5000 },
];
const NAMES = ['http', 'metrics'];
const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'sctp'];

/** What one test asks. */
export interface Question {
  readonly from: NaiveEnd;
  readonly to: NaiveEnd;
  readonly protocol: Protocol;
  readonly port: number;
}

/** An environment, and questions about it. */
export function randomCluster(seed: number, questions: number): { input: RelationInput; asked: readonly Question[] } {
  const random = randomOf(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const chance = (odds: number) => random() < odds;
  const times = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, make);

  const requirement = (keys: Readonly<Record<string, readonly string[]>>): Requirement => {
    const key = pick(Object.keys(keys));
    const operator = pick(['in', 'in', 'in', 'not-in', 'exists', 'absent'] as const);
    const values = operator === 'exists' || operator === 'absent' ? [] : [pick(keys[key] as readonly string[])];
    return { key, operator, values: chance(0.2) && values.length > 0 ? [...values, pick(APPS)] : values };
  };
  const few = (make: () => Requirement) => [...times(1, make), ...(chance(0.2) ? [make()] : [])];
  const requirements = () => few(() => requirement({ app: APPS, tier: ['front', 'back'] }));
  const ofNamespaces = () => few(() => requirement({ team: ['a', 'b'], name: NAMESPACES }));
  const own = (namespace: string): Selector => ({ namespace, requirements: requirements(), origin: somewhere() });
  const anywhere = (): Selector => ({
    namespace: null,
    namespaces: ofNamespaces(),
    requirements: requirements(),
    origin: somewhere(),
  });
  const peer = (namespace: string | null): Peer => {
    if (chance(0.1)) {
      const of = pick([undefined, 'workloads', 'anybody'] as const);
      return { kind: 'unknown', because: 'names', ...(of ? { of } : {}), origin: somewhere() };
    }
    if (chance(0.3)) {
      const cidr = pick(RANGES);
      const inside = EXCEPTIONS.filter((each) => (cidr === '0.0.0.0/0' ? !each.includes(':') : within(each, cidr)));
      const means = namespace === null ? { workloads: true as const } : {};
      return { kind: 'addresses', cidr, except: chance(0.6) ? inside.slice(0, 1) : [], ...means, origin: somewhere() };
    }
    return {
      kind: 'workloads',
      selector: namespace !== null && chance(0.6) ? own(namespace) : anywhere(),
      origin: somewhere(),
    };
  };
  const port = (): GrantPort => {
    const protocol = pick(PROTOCOLS);
    const kind = random();
    if (kind < 0.05) return { protocol: 'other', ports: null, origin: somewhere() };
    if (kind < 0.2) return { protocol, ports: null, origin: somewhere() };
    if (kind < 0.4) return { protocol: chance(0.3) ? null : protocol, ports: pick(NAMES), origin: somewhere() };
    if (kind < 0.55) return { protocol: chance(0.5) ? 'tcp' : protocol, ports: pick(ANSWERED), origin: somewhere() };
    const from = pick(PORTS);
    return {
      protocol: chance(0.7) ? 'tcp' : protocol,
      ports: { from, to: chance(0.3) ? from + 400 : from },
      origin: somewhere(),
    };
  };
  const grants = (id: string, namespace: string | null, verdicts: readonly GrantFact['verdict'][]) =>
    times(6, () => 0).map(
      (_, i): GrantFact => ({
        id: `${id}/${i}`,
        direction: pick(['ingress', 'egress']),
        peers: chance(0.2) ? [] : [peer(namespace), ...times(1, () => peer(namespace))],
        ports: chance(0.35) ? [] : [port(), ...times(1, port)],
        verdict: pick(verdicts),
        ...(chance(0.1) ? { perhaps: unknown('it is made only where somebody asks for it', somewhere()) } : {}),
        origin: somewhere(),
      }),
    );
  const guard = (
    id: string,
    parts: Pick<Guard, 'namespace' | 'subject' | 'tier' | 'priority' | 'isolates' | 'grants'>,
  ): Guard => ({
    id,
    kind: 'network-policy',
    name: id,
    unit: 'test',
    technology: 'kubernetes',
    byName: false,
    ...(chance(0.2) ? { layer: 1 } : {}),
    ...(chance(0.2) ? { stateless: true as const } : {}),
    attachment: 'attached',
    origins: [somewhere()],
    ...parts,
  });
  const ordered = (id: string, tier: number) =>
    guard(id, {
      namespace: null,
      subject: anywhere(),
      tier,
      priority: chance(0.25) ? unknown('somebody fills it in', somewhere()) : Math.floor(random() * 2),
      isolates: [],
      grants: grants(id, null, ['allow', 'deny', 'pass', 'pass']),
    });
  const plain = (id: string) => {
    const namespace = pick(NAMESPACES);
    return guard(id, {
      namespace,
      subject: own(namespace),
      tier: 10,
      priority: null,
      isolates: pick([['ingress'], ['egress'], ['ingress', 'egress'], ['ingress']] as const),
      grants: grants(id, namespace, ['allow']),
    });
  };

  const workloads = Array.from({ length: 4 + Math.floor(random() * 8) }, (_, i) => {
    const labels = new Map(chance(0.9) ? [['app', pick(APPS)]] : []);
    if (chance(0.5)) labels.set('tier', pick(['front', 'back']));
    const ports = NAMES.flatMap((name) =>
      chance(0.5)
        ? [{ name, ports: one(pick(PORTS)), protocol: pick(PROTOCOLS.slice(0, 2)), origin: somewhere() }]
        : [],
    );
    return running(`w${i}`, pick(NAMESPACES), labels, ports, chance(0.12) ? (chance(0.4) ? 'every' : 'one') : null);
  });
  const assume: Assumptions = {
    ...NO_ASSUMPTIONS,
    profile: chance(0.5) ? 'declared' : 'effective',
    guardsEnforced: chance(0.05) ? false : 'unknown',
    addressesMatchWorkloads: pick([true, false, 'unknown']),
  };
  const namespaces = new Map(
    NAMESPACES.map((name) => {
      const labels = new Map([['name', name]]);
      if (chance(0.5)) labels.set('team', pick(['a', 'b']));
      return [name, { labels, open: chance(0.45) }] as const;
    }),
  );
  const guards = [
    ...times(5, () => 0).map((_, i) => plain(`plain-${i}`)),
    ...times(4, () => 0).map((_, i) => ordered(`early-${i}`, 1)),
    ...times(3, () => 0).map((_, i) => ordered(`late-${i}`, 20)),
  ];
  const end = (): NaiveEnd => (chance(0.35) ? pick(ADDRESSES) : pick(workloads));
  const anyPort = () => ({ protocol: pick(PROTOCOLS), ports: one(pick([...PORTS, 81, 8090, 65535])) });
  const asked: Question[] = [];
  while (asked.length < questions) {
    const [from, to] = [end(), end()];
    if (from === to || (typeof from === 'string' && typeof to === 'string')) continue;
    // On paper there is IPv4 alone.
    if (assume.profile === 'declared' && [from, to].some((each) => typeof each === 'string' && each.includes(':')))
      continue;
    // What has a name at the far end is asked for more often than chance would.
    const named = typeof to === 'string' ? [] : to.containers.flatMap(({ ports }) => ports);
    const { protocol, ports } = named.length > 0 && chance(0.3) ? pick(named) : anyPort();
    asked.push({ from, to, protocol, port: ports.from });
  }
  return { input: { workloads, guards, namespaces, assume }, asked };
}

const one = (port: number) => ({ from: port, to: port });

function within(inner: string, outer: string): boolean {
  return (
    inner.includes(':') === outer.includes(':') &&
    inner.startsWith(outer.slice(0, outer.indexOf('/')).replace(/(\.0)+$|::$/, ''))
  );
}

function running(
  name: string,
  namespace: string,
  labels: ReadonlyMap<string, string>,
  ports: RunningContainer['ports'],
  machine: 'one' | 'every' | null,
): RunningWorkload {
  const fact = workload(name, [], {
    namespace,
    labels,
    hostNetwork: machine ? somewhere() : null,
    ...(machine === 'every' ? { everyNode: true as const } : {}),
    container: { ports },
  });
  const [container] = fact.containers as [RunningContainer['fact']];
  return {
    fact,
    workload: { id: name, name, namespace } as RunningWorkload['workload'],
    containers: [{ fact: container, ports } as RunningContainer],
    segments: [],
    network: name,
  };
}
