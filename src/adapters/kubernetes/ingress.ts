/** Ingresses: routes from a proxy to Services (R40). */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { DoorFact, GatewayFact, Target } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { at, entryOf, itemsOf, textOf, unknown, type Value } from '../../source/value.ts';
import { firstLineOf, lineAt } from './field.ts';
import { type Entrance, entranceOf } from './ingress-entrance.ts';
import { numberOrName, onePort } from './port.ts';

/** An Ingress of either API, with a door for every route and port that its proxy serves it on. */
export function ingressFact(object: KubernetesObject, notices: Notice[]): GatewayFact {
  const spec = at(object.root, 'spec');
  const entrance = entranceOf(object);
  const doors: DoorFact[] = [];
  // `backend` is what the old API calls the default backend: it answers what no rule takes.
  const fallback = at(spec, 'defaultBackend') ?? at(spec, 'backend');
  if (fallback) doors.push(...routeDoors(object, entrance, fallback, fallback, [], [], notices));
  for (const rule of itemsOf(at(spec, 'rules'))) {
    const host = textOf(at(rule, 'host'));
    for (const path of itemsOf(at(rule, 'http', 'paths'))) {
      const backend = at(path, 'backend');
      const written = textOf(at(path, 'path'));
      if (!backend) continue;
      doors.push(...routeDoors(object, entrance, backend, path, host ? [host] : [], written ? [written] : [], notices));
    }
  }
  return {
    id: `ingress/${object.namespace}/${object.name}`,
    kind: 'ingress',
    name: object.name,
    namespace: object.namespace,
    names: [],
    doors,
    origin: object.origin,
  };
}

/** The doors of one route; `holder` has the line that a person would change: its path, or its backend. */
function routeDoors(
  object: KubernetesObject,
  entrance: Entrance,
  backend: Value,
  holder: Value,
  hosts: readonly string[],
  paths: readonly string[],
  notices: Notice[],
): DoorFact[] {
  const target = targetOf(object, backend, notices);
  if (!target) return [];
  const origin = lineAt(holder, 'path', target.origin);
  return entrance.ports(hosts[0]).map(({ port, tls, doubt }) => ({
    place: entrance.place,
    protocol: 'tcp',
    ports: onePort(port),
    target,
    implicit: false,
    http: { hosts, paths },
    tls,
    origin,
    ...(doubt ? { unknown: unknown(doubt, origin) } : {}),
    ...(entrance.sources ? { sources: entrance.sources } : {}),
  }));
}

/** The Service of a backend: `service.name` and `service.port`, or `serviceName` and `servicePort` of the old API. */
function targetOf(object: KubernetesObject, backend: Value, notices: Notice[]): Target | undefined {
  const service = at(backend, 'service');
  const name = textOf(at(service, 'name') ?? at(backend, 'serviceName'));
  const old = at(backend, 'servicePort');
  const port = service
    ? (numberOrName(at(service, 'port', 'number')) ?? numberOrName(at(service, 'port', 'name')))
    : numberOrName(old);
  // An action of the AWS controller, such as a redirect, stands in an annotation and leads to no Service.
  if (port === 'use-annotation') return undefined;
  if (!name) {
    const resource = entryOf(backend, 'resource');
    const message = 'This backend names no Service: where it leads is not followed.';
    const origin = resource?.keyOrigin ?? firstLineOf(backend);
    notices.push(notice(resource ? 'unsupported-construct' : 'invalid-value', message, origin));
    return undefined;
  }
  const origin = service ? lineAt(service, 'name', backend.origin) : lineAt(backend, 'serviceName', backend.origin);
  return { kind: 'gateway', gateway: 'service', namespace: object.namespace, name, port: port ?? null, origin };
}
