/** Needs that strings show: each host that a workload mentions, found by name and answered by listeners (E1–E4, E10). */
import type { LinkedGateway, RunningWorkload } from '../running.ts';
import { answer } from './answer.ts';
import type { Evidence } from './evidence.ts';
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

/** What the strings of one workload show. Its own names, and those of whom it shares a network with, are no needs. */
export function addressEvidence(
  client: RunningWorkload,
  mentions: readonly Mention[],
  find: Finder,
  listening: Listening,
  gateways: readonly LinkedGateway[],
): readonly Evidence[] {
  const evidence = mentions.flatMap((mention) => {
    const holders = find(client, mention.host);
    if (HOST_NAMES.has(mention.host)) return throughHost(client, mention, gateways);
    if (holders.length > 0) return holders.flatMap((holder) => inside(client, mention, holder, listening));
    return mention.external ? [outside(client, mention, mention.host)] : [];
  });
  return [...evidence, ...lookups(client, evidence, find)];
}

function inside(client: RunningWorkload, mention: Mention, holder: Holder, listening: Listening): readonly Evidence[] {
  const { host, kind, transport, origins } = mention;
  const own = new Set(listening.of(client));
  const weight = holder.kind === 'gateway' && host.includes('.') ? Math.max(mention.weight, FULL_NAME) : mention.weight;
  const targets = holder.kind === 'gateway' ? holder.gateway.doors.map(({ fact }) => fact.target) : [];
  const alias = targets.find((target) => target.kind === 'outside');
  if (alias?.kind === 'outside') return [outside(client, mention, alias.name ?? host)];
  return answer(holder, mention, listening)
    .filter((listener) => !own.has(listener))
    .map((to) => ({ from: client.workload, to, kind, weight, transport, origins }));
}

/** The names that containers have for the machine that runs them. */
const HOST_NAMES: ReadonlySet<string> = new Set([
  'host.docker.internal',
  'gateway.docker.internal',
  'host.containers.internal',
  'host.minikube.internal',
]);

/** Out to the machine that runs the container, and in again at one of its ports; what is not of this tree lies outside. */
function throughHost(
  client: RunningWorkload,
  mention: Mention,
  gateways: readonly LinkedGateway[],
): readonly Evidence[] {
  const { port, kind, weight, transport, origins } = mention;
  if (port === null) return [];
  const doors = gateways.flatMap((gateway) => gateway.doors).filter(({ fact }) => fact.place.kind === 'host');
  const routes = doors.flatMap((door) => door.routes);
  const found = routes.filter(({ ports }) => ports !== null && ports.from <= port && port <= ports.to);
  if (found.length === 0) return [outside(client, mention, mention.host)];
  return found
    .filter(({ listener }) => listener.workload !== client.workload)
    .map(({ listener: to }) => ({ from: client.workload, to, kind, weight, transport, origins }));
}

function outside(
  { workload }: RunningWorkload,
  { port, kind, weight, transport, origins }: Mention,
  host: string,
): Evidence {
  return { from: workload, to: { external: host, port }, kind, weight, transport, origins };
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
