/** Which listeners answer a client that has found somebody: by port, by what is spoken, or by what there is. */
import type { LinkedGateway } from '../running.ts';
import type { Listener } from '../vocabulary.ts';
import type { Listening } from './listening.ts';
import type { Holder } from './names.ts';

/** What the client wants, as far as its strings say. */
export interface Wish {
  readonly port: number | null;
  /** In the catalogue's words. */
  readonly service: string | null;
}

/** The listeners of a holder that a wish means; none where it cannot be told. */
export function answer(holder: Holder, wish: Wish, listening: Listening): readonly Listener[] {
  if (holder.kind === 'gateway') return behindGateway(holder.gateway, wish, listening);
  const listeners = listening.of(holder.workload);
  const { port, service } = wish;
  if (port === null) return meant(listeners, service, listening);
  const there = listeners.filter(({ ports }) => ports.from <= port && port <= ports.to);
  const tcp = there.filter(({ protocol }) => protocol === 'tcp');
  return tcp.length > 0 ? tcp : there;
}

/** Through the doors of a gateway that lie inside: their ports are what a client dials. */
function behindGateway({ doors }: LinkedGateway, { port, service }: Wish, listening: Listening): readonly Listener[] {
  const inside = doors.filter(({ fact }) => fact.place.kind === 'segment');
  const routes = inside.flatMap((door) => door.routes);
  if (port !== null) {
    const dialled = routes.filter(({ ports }) => ports !== null && ports.from <= port && port <= ports.to);
    return distinct(dialled.map(({ listener }) => listener));
  }
  const listeners = distinct(routes.map(({ listener }) => listener));
  return inside.length === 1 ? listeners : meant(listeners, service, listening);
}

/**
 * The listener that is meant where no port is said: of each workload the one of the service that is spoken of, else its
 * main one.
 */
function meant(listeners: readonly Listener[], service: string | null, listening: Listening): readonly Listener[] {
  const workloads = new Set(listeners.map(({ workload }) => workload));
  return [...workloads].flatMap((workload) => {
    const own = listeners.filter((listener) => listener.workload === workload && listener.protocol === 'tcp');
    const spoken = service === null ? [] : own.filter((listener) => listener.service === service);
    return listening.main(spoken.length > 0 ? spoken : own) ?? [];
  });
}

function distinct(listeners: readonly Listener[]): readonly Listener[] {
  return [...new Set(listeners)];
}
