/** What listens in one environment, by whom a client has found, and which of it is what the workload is there for. */
import { append } from '../../source/multimap.ts';
import type { Catalogue } from '../catalogue.ts';
import { portIndex } from '../listener/port-index.ts';
import { imageEntry } from '../process/index.ts';
import type { RunningWorkload } from '../running.ts';
import type { Listener, Role, Workload } from '../vocabulary.ts';

/** What answers in a workload, as its clients see it. */
export interface Listening {
  /** Its own listeners, and those of workloads that share its network namespace. */
  of(workload: RunningWorkload): readonly Listener[];
  /**
   * What a workload is there for, among listeners of it: the only one; else, without those that serve only its own
   * operation, the only one, the store or broker that its image is, at its service's first port, or the one outside TLS.
   * Null where it cannot be told.
   */
  main(listeners: readonly Listener[]): Listener | null;
}

/** What listens in an environment with these workloads and listeners. */
export function listeningIn(
  workloads: readonly RunningWorkload[],
  listeners: readonly Listener[],
  catalogue: Catalogue,
): Listening {
  const index = portIndex(catalogue.ports);
  const running = new Map(workloads.map((each) => [each.workload, each]));
  const byNetwork = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const network = running.get(listener.workload)?.network;
    if (network === undefined || !listener.valid) continue;
    append(byNetwork, network, listener);
  }
  /** The services that the images of a workload are. */
  const servicesOf = (workload: Workload): ReadonlySet<string | undefined> => {
    const images = running.get(workload)?.containers.flatMap(({ image }) => image ?? []) ?? [];
    return new Set(images.map((image) => index.service(imageEntry(image, catalogue.images)?.service ?? '')?.service));
  };
  return {
    of: ({ network }) => byNetwork.get(network) ?? [],
    main(listeners) {
      const among = oneProtocol(listeners);
      const serving = among.filter((listener) => !OPERATION.has(roleOf(listener)));
      const stores = serving.filter((listener) => STORES.has(roleOf(listener)));
      const named = stores.filter(({ service, workload }) => service !== null && servicesOf(workload).has(service));
      const own = named.length > 0 ? named : stores;
      const first = own.filter(
        ({ service, ports }) => service !== null && index.service(service)?.ports[0]?.from === ports.from,
      );
      const plain = serving.filter(({ transport }) => transport !== 'tls');
      return one(among) ?? one(serving) ?? one(stores) ?? one(named) ?? one(first) ?? one(plain);
    },
  };
}

/** Without those at whose port another of the same workload speaks TCP: both are one service, like DNS. */
function oneProtocol(listeners: readonly Listener[]): readonly Listener[] {
  const key = ({ workload, container, ports }: Listener) => `${workload.id} ${container} ${ports.from}-${ports.to}`;
  const tcp = new Set(listeners.filter(({ protocol }) => protocol === 'tcp').map(key));
  return listeners.filter((listener) => listener.protocol === 'tcp' || !tcp.has(key(listener)));
}

function roleOf({ roles }: Listener): Role {
  return roles[0]?.role ?? 'unknown';
}

function one<T>(items: readonly T[]): T | null {
  return items.length === 1 ? (items[0] as T) : null;
}

const OPERATION: ReadonlySet<Role> = new Set(['management', 'metrics', 'debug', 'health', 'remote-admin', 'mesh']);
const STORES: ReadonlySet<Role> = new Set(['data-store', 'cache', 'message-broker', 'directory', 'file-share', 'mail']);
