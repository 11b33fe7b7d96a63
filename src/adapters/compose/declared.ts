import type { DeclaredPort } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, entriesOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import { loopbackEdit } from './loopback.ts';
import { type PublishedPort, readExposedPort, readPublishedPort } from './port.ts';

/** What a service says of the ports of its container. */
export interface ServicePorts {
  readonly published: readonly PublishedPort[];
  /** The ports that it says its container listens on: the container side of `ports`, `expose`, a proxy's label. */
  readonly declared: readonly DeclaredPort[];
  readonly notices: readonly Notice[];
}

/** Reads `ports`, `expose` and labels of a service; what is no port is an `invalid-value` notice. */
export function readPorts(service: Value): ServicePorts {
  const published: PublishedPort[] = [];
  const declared: DeclaredPort[] = [];
  const notices: Notice[] = [];
  const refuse = (problem: string, origin: Origin) => notices.push(notice('invalid-value', problem, origin));
  const list = at(service, 'ports');
  for (const item of itemsOf(list)) {
    const port = readPublishedPort(item);
    if (port.problem !== undefined) refuse(port.problem, item.origin);
    if (!('target' in port)) continue;
    const loopback = loopbackEdit(item, list);
    published.push(loopback ? { ...port, loopback } : port);
    const { target, protocol } = port;
    const name = textOf(at(item, 'name'));
    if (target) declared.push({ ports: target, protocol, ...(name ? { name } : {}), origin: item.origin });
  }
  for (const item of itemsOf(at(service, 'expose'))) {
    const port = readExposedPort(item);
    if (port) declared.push({ ...port, origin: item.origin });
    else refuse('This is no port of a container: write "8080", "8080/udp" or "8000-8010".', item.origin);
  }
  return { published, declared: [...declared, ...labelledPorts(service)], notices };
}

/** Labels in which a service tells a reverse proxy the port that it listens on. */
const PROXY_PORT = /^traefik\.(?:http|tcp|udp)\.services\.[^.]+\.loadbalancer\.server\.port$|^traefik\.port$/i;

/** The ports that labels tell a reverse proxy. */
export function labelledPorts(service: Value): readonly DeclaredPort[] {
  const labels = [at(service, 'labels'), at(service, 'deploy', 'labels')].flatMap((each) => [...entriesOf(each)]);
  return labels.flatMap(({ key, value }) => {
    const port = PROXY_PORT.test(key) ? readExposedPort(value) : undefined;
    if (!port) return [];
    return [{ ...port, protocol: key.startsWith('traefik.udp') ? 'udp' : 'tcp', origin: value.origin }];
  });
}
