/** Which listeners answer a client that has found somebody: by port, by what is spoken, or by what there is. */
import type { PortIndex } from '../port-index.ts';
import type { LinkedGateway, RunningWorkload } from '../running.ts';
import type { Listener, Role } from '../vocabulary.ts';
import type { Holder } from './names.ts';

/** What the client wants, as far as its strings say. */
export interface Wish {
  readonly port: number | null;
  /** In the catalogue's words. */
  readonly service: string | null;
}

/** Listeners by the network namespace that a workload has. */
export type ListenersOf = (workload: RunningWorkload) => readonly Listener[];

/** The listeners that stand in the network namespace of a workload: its own, and those of workloads that share it. */
export function listenersByNetwork(workloads: readonly RunningWorkload[], listeners: readonly Listener[]): ListenersOf {
  const networks = new Map(workloads.map(({ workload, network }) => [workload, network]));
  const byNetwork = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const network = networks.get(listener.workload);
    if (network === undefined || !listener.valid) continue;
    const known = byNetwork.get(network);
    if (known) known.push(listener);
    else byNetwork.set(network, [listener]);
  }
  return ({ network }) => byNetwork.get(network) ?? [];
}

/** The listeners of a holder that a wish means; none where it cannot be told. */
export function answer(holder: Holder, wish: Wish, listenersOf: ListenersOf, index: PortIndex): readonly Listener[] {
  if (holder.kind === 'gateway') return behindGateway(holder.gateway, wish, index);
  const listeners = listenersOf(holder.workload);
  const { port, service } = wish;
  if (port === null) return meant(listeners, service, index);
  const there = listeners.filter(({ ports }) => ports.from <= port && port <= ports.to);
  const tcp = there.filter(({ protocol }) => protocol === 'tcp');
  return tcp.length > 0 ? tcp : there;
}

/** Through the doors of a gateway that lie inside: their ports are what a client dials. */
function behindGateway({ doors }: LinkedGateway, { port, service }: Wish, index: PortIndex): readonly Listener[] {
  const inside = doors.filter(({ fact }) => fact.place.kind === 'segment');
  const routes = inside.flatMap((door) => door.routes);
  if (port !== null) {
    const dialled = routes.filter(({ ports }) => ports !== null && ports.from <= port && port <= ports.to);
    return distinct(dialled.map(({ listener }) => listener));
  }
  const listeners = distinct(routes.map(({ listener }) => listener));
  return inside.length === 1 ? listeners : meant(listeners, service, index);
}

/**
 * The listener that is meant where no port is said: of each workload the one of the service that is spoken of, else its
 * main one.
 */
function meant(listeners: readonly Listener[], service: string | null, index: PortIndex): readonly Listener[] {
  const workloads = new Set(listeners.map(({ workload }) => workload));
  return [...workloads].flatMap((workload) => {
    const own = listeners.filter((listener) => listener.workload === workload && listener.protocol === 'tcp');
    const spoken = service === null ? [] : own.filter((listener) => listener.service === service);
    return mainListener(spoken.length > 0 ? spoken : own, index) ?? [];
  });
}

/**
 * What a workload is there for: its only listener; else, without those that serve only its own operation, the only one,
 * the store or broker at its service's first port, or the web's plain port beside its TLS one. Null where it cannot be
 * told.
 */
export function mainListener(listeners: readonly Listener[], index: PortIndex): Listener | null {
  const role = ({ roles }: Listener): Role => roles[0]?.role ?? 'unknown';
  const serving = listeners.filter((listener) => !OPERATION.has(role(listener)));
  const stores = serving.filter((listener) => STORES.has(role(listener)));
  const first = stores.filter(
    ({ service, ports }) => service !== null && index.service(service)?.ports[0]?.from === ports.from,
  );
  const plain = serving.filter(({ transport }) => transport !== 'tls');
  return one(listeners) ?? one(serving) ?? one(stores) ?? one(first) ?? one(plain);
}

function one<T>(items: readonly T[]): T | null {
  return items.length === 1 ? (items[0] as T) : null;
}

function distinct(listeners: readonly Listener[]): readonly Listener[] {
  return [...new Set(listeners)];
}

const OPERATION: ReadonlySet<Role> = new Set(['management', 'metrics', 'debug', 'health', 'remote-admin', 'mesh']);
const STORES: ReadonlySet<Role> = new Set(['data-store', 'cache', 'message-broker', 'directory', 'file-share', 'mail']);
