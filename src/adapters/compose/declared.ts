import type { DeclaredPort } from '../../graph/fragment.ts';
import { at, entriesOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import { readExposedPort, readPublishedPort } from './port.ts';

/** Labels in which a service tells a reverse proxy the port that it listens on. */
const PROXY_PORT = /^traefik\.(?:http|tcp|udp)\.services\.[^.]+\.loadbalancer\.server\.port$|^traefik\.port$/i;

/** The ports that a service says its container listens on: the container side of `ports`, `expose`, a proxy's label. */
export function declaredPorts(service: Value): readonly DeclaredPort[] {
  const declared: DeclaredPort[] = [];
  for (const item of itemsOf(at(service, 'ports'))) {
    const port = readPublishedPort(item);
    if (!('target' in port) || port.target === null) continue;
    const name = textOf(at(item, 'name'));
    const { target, protocol } = port;
    declared.push({ ports: target, protocol, ...(name ? { name } : {}), origin: item.origin });
  }
  for (const item of itemsOf(at(service, 'expose'))) {
    const port = readExposedPort(item);
    if (port) declared.push({ ...port, origin: item.origin });
  }
  return [...declared, ...labelledPorts(service)];
}

/** The ports that labels tell a reverse proxy. */
export function labelledPorts(service: Value): readonly DeclaredPort[] {
  const labels = [at(service, 'labels'), at(service, 'deploy', 'labels')].flatMap((each) => [...entriesOf(each)]);
  return labels.flatMap(({ key, value }) => {
    const port = PROXY_PORT.test(key) ? readExposedPort(value) : undefined;
    if (!port) return [];
    return [{ ...port, protocol: key.startsWith('traefik.udp') ? 'udp' : 'tcp', origin: value.origin }];
  });
}
