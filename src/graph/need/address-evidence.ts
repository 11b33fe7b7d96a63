/** Needs that strings show: each host that a workload mentions, found by name and answered by listeners (E1–E4, E10). */
import type { Origin } from '../../source/span.ts';
import type { Route, RunningWorkload } from '../running.ts';
import { answer } from './answer.ts';
import { CROWD, type Evidence, type Found } from './evidence.ts';
import type { Listening } from './listening.ts';
import type { Finder, Holder } from './names.ts';
import type { Mention } from './setting.ts';

/** A full name in the cluster's DNS is no accident. */
const FULL_NAME = 0.95;
/** Whoever calls somebody by name asks for the name first (E10). */
const LOOKUP = 0.95;
/** The name that clusters give to the Service of their DNS. */
const CLUSTER_DNS = 'kube-dns.kube-system.svc';
const DNS_PORT = 53;

/** Where the clients of one environment find what they mention. */
export interface Surroundings {
  readonly find: Finder;
  readonly listening: Listening;
  /** The ways in at ports of the machines that run the containers. */
  readonly hostRoutes: readonly Route[];
}

/** What the strings of one workload show. Its own names, and those of whom it shares a network with, are no needs. */
export function addressEvidence(
  client: RunningWorkload,
  mentions: readonly Mention[],
  surroundings: Surroundings,
): Found<Evidence> {
  const own = new Set(surroundings.listening.of(client));
  const evidence: Evidence[] = [];
  const crowds: Origin[] = [];
  for (const mention of mentions) {
    const { host, kind, weight, transport, origins } = mention;
    const found = answers(client, mention, surroundings);
    if (found === null) crowds.push(...origins.slice(0, 1));
    for (const to of found ?? []) {
      if ('external' in to) evidence.push({ from: client.workload, to, kind, weight, transport, origins });
      else if (!own.has(to)) {
        const full = to.workload.namespace !== null && host.includes('.');
        const sure = full ? Math.max(weight, FULL_NAME) : weight;
        evidence.push({ from: client.workload, to, kind, weight: sure, transport, origins });
      }
    }
  }
  return { evidence: [...evidence, ...lookups(client, evidence, surroundings.find)], crowds };
}

/**
 * The listeners that a mention means, or the host outside; nothing where a name leads to nobody who listens, null where it
 * leads to a crowd.
 */
function answers(
  client: RunningWorkload,
  mention: Mention,
  { find, listening, hostRoutes }: Surroundings,
): readonly Evidence['to'][] | null {
  const { host, port, external } = mention;
  const outside = (name: string) => [{ external: name, port }];
  if (HOST_NAMES.has(host) && port !== null) {
    const through = hostRoutes.filter(({ ports }) => ports !== null && ports.from <= port && port <= ports.to);
    return through.length > 0 ? through.map(({ listener }) => listener) : outside(host);
  }
  const holders = find(client, host);
  if (holders.length === 0) return external ? outside(host) : [];
  if (holders.length > CROWD) return null;
  const found = holders.flatMap((holder): readonly Evidence['to'][] => {
    const alias = aliasOf(holder);
    return alias === undefined ? answer(holder, mention, listening) : outside(alias ?? host);
  });
  return found.length > CROWD ? null : found;
}

/** The names that containers have for the machine that runs them. */
const HOST_NAMES: ReadonlySet<string> = new Set([
  'host.docker.internal',
  'gateway.docker.internal',
  'host.containers.internal',
  'host.minikube.internal',
]);

/** What lies outside under a name inside: its name there, null where that is not said; undefined for all else. */
function aliasOf(holder: Holder): string | null | undefined {
  if (holder.kind === 'workload') return undefined;
  const targets = holder.gateway.doors.map(({ fact }) => fact.target);
  const outside = targets.find((target) => target.kind === 'outside');
  return outside?.kind === 'outside' ? outside.name : undefined;
}

/** A client of anybody by name is a client of the cluster's DNS, over both protocols, where that is in sight. */
function lookups(client: RunningWorkload, evidence: readonly Evidence[], find: Finder): readonly Evidence[] {
  const [first] = evidence;
  if (!first) return [];
  return find(client, CLUSTER_DNS)
    .flatMap((holder) => (holder.kind === 'gateway' ? holder.gateway.doors : []))
    .flatMap(({ routes }) => routes)
    .filter(({ ports, listener }) => ports?.from === DNS_PORT && listener.workload !== client.workload)
    .map(({ listener: to }) => ({
      from: client.workload,
      to,
      kind: 'lookup',
      weight: LOOKUP,
      transport: 'plaintext',
      origins: first.origins,
    }));
}
