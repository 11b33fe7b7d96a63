/** Published ports: what the host forwards into containers (R83–R86). */
import type { ComposeUnit } from '../../assemble/unit.ts';
import type { DoorFact, GatewayFact, Place, PortRange } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { Entry } from '../../source/value.ts';
import { defaultAddress, EVERYWHERE, type Networks, type Placement } from './network.ts';
import type { PublishedPort } from './port.ts';

/** The gateways of a service, one for each of its `ports` that has an effect; the others are notices. */
export function readGateways(
  unit: ComposeUnit,
  service: Entry,
  ports: readonly PublishedPort[],
  networks: Networks,
): Result<readonly GatewayFact[]> {
  const gateways: GatewayFact[] = [];
  const notices: Notice[] = [];
  const placement = networks.placements.get(service.key);
  const ineffective = placement && whyIneffective(placement, networks);
  const address = placement ? defaultAddress(unit, placement) : EVERYWHERE;
  const named = new Map<string, number>();
  for (const port of ports) {
    const { name, target, origin } = port;
    if (port.problem !== undefined && port.published === null) continue;
    if (target === null) {
      const message = `Which port of ${service.key} is published hangs on a variable without value; it is left out.`;
      notices.push(notice('variable-unset', message, origin));
    } else if (ineffective && !(unit.swarm && !port.hostMode)) {
      const message = `${name} of ${service.key} is not published: ${ineffective}.`;
      notices.push(notice('no-effect', message, origin));
    } else {
      const count = (named.get(name) ?? 0) + 1;
      named.set(name, count);
      const id = `published-port/${service.key}/${name}${count === 1 ? '' : `#${count}`}`;
      const doors = [doorOf(unit, service, { ...port, target }, address)];
      gateways.push({ id, kind: 'published-port', name, namespace: null, names: [], doors, origin });
    }
  }
  return { value: gateways, notices };
}

function doorOf(
  unit: ComposeUnit,
  service: Entry,
  port: PublishedPort & { target: PortRange },
  address: string,
): DoorFact {
  const { target, published, protocol, origin } = port;
  const place = placeOf(unit, port, address);
  const open = place.kind === 'host' && EVERY_ADDRESS.has(place.address) && !unit.swarm && !port.unknown;
  return {
    place,
    protocol,
    ports: published,
    target: { kind: 'workload', workload: service.key, ports: target, origin },
    implicit: false,
    ...(port.tls ? { tls: true } : {}),
    ...(port.unknown ? { unknown: port.unknown } : {}),
    origin,
    ...(open && port.loopback ? { loopback: port.loopback } : {}),
  };
}

const EVERY_ADDRESS: ReadonlySet<string> = new Set([EVERYWHERE, '::']);

/** R86: a swarm publishes on every node, or with `mode: host` on the container's, and looks at no address. */
function placeOf({ swarm }: ComposeUnit, port: PublishedPort, address: string): Place {
  if (swarm && !port.hostMode) return { kind: 'nodes' };
  return { kind: 'host', address: swarm ? EVERYWHERE : (port.address ?? address) };
}

/** Why nothing of a service is published, whatever its `ports` say. */
function whyIneffective(placement: Placement, networks: Networks): string | undefined {
  if (placement.hostNetwork) return "it has the network of the host, and its ports are the host's";
  if (placement.isolated) return 'it has no network';
  if (placement.shares) return `it has the network of ${placement.shares.workload}, whose ports count`;
  const segments = placement.memberships.flatMap(({ segment }) => networks.segment(segment) ?? []);
  if (segments.some(({ internal, outer }) => !internal && !outer)) return undefined;
  if (segments.some(({ outer }) => outer)) return 'it stands on the outer network itself, with every port';
  return segments.length > 0 ? 'it is on internal networks only' : undefined;
}
