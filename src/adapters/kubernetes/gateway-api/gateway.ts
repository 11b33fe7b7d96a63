/** Gateways of the Gateway API: doors that routes stand at (R41). */
import type { KubernetesObject } from '../../../assemble/kubernetes/object.ts';
import type { Admission, DoorFact, GatewayFact } from '../../../graph/fragment.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { at, entryOf, textOf, type Unknown, unknown, type Value } from '../../../source/value.ts';
import { isUnknown, listAt, present } from '../fault.ts';
import { firstLineOf, lineAt } from '../field.ts';
import { labelSelector } from '../label-selector.ts';
import { portNumber } from '../network-policy-rule.ts';
import { onePort } from '../port.ts';
import { GATEWAY_GROUP, type GatewayEntrance, gatewayEntrance } from './entrance.ts';

/** As many listeners as nobody's Gateway has. */
const MOST_LISTENERS = 1024;

/** A Gateway, with a door for each listener. */
export function gatewayFact(
  object: KubernetesObject,
  controllers: ReadonlyMap<string, string>,
  notices: Notice[],
): GatewayFact {
  const spec = at(object.root, 'spec');
  const entrance = gatewayEntrance(object, controllers);
  const listeners = listAt(spec, 'listeners', []);
  const doors = isUnknown(listeners)
    ? [hiddenDoor(entrance, listeners)]
    : listeners.slice(0, MOST_LISTENERS).flatMap((listener) => doorOf(listener, entrance, notices) ?? []);
  const beyond = isUnknown(listeners) ? undefined : listeners[MOST_LISTENERS];
  if (beyond) {
    const message = 'This Gateway has more listeners than are followed: this one and the later ones are left out.';
    notices.push(notice('expansion-limit', message, firstLineOf(beyond)));
  }
  return {
    id: `gateway/${object.namespace}/${object.name}`,
    kind: 'gateway',
    name: object.name,
    namespace: object.namespace,
    names: [],
    doors,
    origin: object.origin,
  };
}

/** Listeners that the code does not show take in whatever asks for them. */
function hiddenDoor({ place, common }: GatewayEntrance, hidden: Unknown): DoorFact {
  const { origin } = hidden;
  return {
    ...common,
    place,
    protocol: 'tcp',
    ports: null,
    target: { kind: 'routes', origin },
    implicit: false,
    admits: { routes: null, namespaces: 'all', hosts: [] },
    unknown: hidden,
    origin,
  };
}

/** The kinds of routes that a protocol can carry; TLS depends on who ends it. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

function routesOf(protocol: string, listener: Value): readonly string[] | null {
  if (protocol === 'TLS') {
    return textOf(at(listener, 'tls', 'mode')) === 'Passthrough' ? ['TLSRoute'] : ['TLSRoute', 'TCPRoute'];
  }
  return Object.hasOwn(ROUTES, protocol) ? (ROUTES[protocol] ?? null) : null;
}

function doorOf(listener: Value, entrance: GatewayEntrance, notices: Notice[]): DoorFact | undefined {
  if (listener.kind === 'unknown') return hiddenDoor(entrance, listener);
  const port = at(listener, 'port');
  const written = at(listener, 'protocol');
  const origin = lineAt(listener, 'port', firstLineOf(listener));
  const number = portNumber(port);
  if (number === undefined && port?.kind !== 'unknown') {
    notices.push(notice('invalid-value', 'A listener needs a port from 1 to 65535: this one is left out.', origin));
    return undefined;
  }
  const protocol = textOf(written) ?? '';
  const carried = routesOf(protocol, listener);
  const hidden =
    [port, written].find((part) => part?.kind === 'unknown') ??
    (carried === null ? unknown(`what the protocol ${protocol} carries is not known`, origin) : undefined);
  const name = textOf(at(listener, 'name'));
  const host = textOf(at(listener, 'hostname'))?.toLowerCase();
  const admission = admissionOf(listener, carried, host ? [host] : [], notices);
  const doubt = hidden?.kind === 'unknown' ? hidden : admission && isUnknown(admission) ? admission : undefined;
  const wide: Admission = { routes: carried, namespaces: 'all', hosts: host ? [host] : [] };
  const admits = admission && isUnknown(admission) ? wide : admission;
  return {
    ...entrance.common,
    ...(name ? { name } : {}),
    place: entrance.place,
    protocol: protocol === 'UDP' ? 'udp' : 'tcp',
    ports: entrance.picked || number === undefined ? null : onePort(number),
    target: { kind: 'routes', origin },
    implicit: false,
    ...(protocol === 'HTTP' ? { tls: false } : ['HTTPS', 'TLS'].includes(protocol) ? { tls: true } : {}),
    ...(admits ? { admits } : {}),
    ...(doubt ? { unknown: doubt } : {}),
    origin,
  };
}

/**
 * Which routes a listener takes in: of the kinds that it can carry, from its own namespace unless it says more. Undefined
 * where it takes none.
 */
function admissionOf(
  listener: Value,
  carried: readonly string[] | null,
  hosts: readonly string[],
  notices: Notice[],
): Admission | Unknown | undefined {
  const allowed = present(listener, 'allowedRoutes');
  if (allowed?.kind === 'unknown') return allowed;
  const kinds = listAt(allowed, 'kinds', []);
  if (isUnknown(kinds)) return kinds;
  const asked = kinds.flatMap((kind) =>
    (textOf(at(kind, 'group')) ?? GATEWAY_GROUP) === GATEWAY_GROUP ? (textOf(at(kind, 'kind')) ?? []) : [],
  );
  const routes = kinds.length === 0 ? carried : asked.filter((kind) => carried === null || carried.includes(kind));
  const namespaces = present(allowed, 'namespaces');
  const from = at(namespaces, 'from');
  const hidden = [namespaces, from].find((part) => part?.kind === 'unknown');
  if (hidden?.kind === 'unknown') return hidden;
  switch (textOf(from) ?? 'Same') {
    case 'Same':
      return { routes, namespaces: 'same', hosts };
    case 'All':
      return { routes, namespaces: 'all', hosts };
    case 'None':
      return undefined;
    case 'Selector': {
      const selector = entryOf(namespaces, 'selector');
      if (!selector) return undefined;
      const faults: { readonly message: string; readonly origin: Value['origin'] }[] = [];
      const requirements = labelSelector(selector.value, { faults, notices });
      for (const { message, origin } of faults)
        notices.push(notice('invalid-value', `${message}: nothing is taken in.`, origin));
      if (isUnknown(requirements)) return requirements;
      return faults.length > 0 ? undefined : { routes, namespaces: requirements, hosts };
    }
    default: {
      const message = 'Routes are taken from Same, All, None or Selector namespaces: this listener takes none.';
      notices.push(notice('invalid-value', message, lineAt(namespaces, 'from', listener.origin)));
      return undefined;
    }
  }
}
