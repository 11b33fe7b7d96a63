/** Needs that the structure of a compose file states (E4): who starts after whom, links, shared volumes, log drivers. */
import type { ComposeUnit } from '../../assemble/unit.ts';
import type { DoorFact, GatewayFact, NeedFact, PortRange } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { Origin } from '../../source/span.ts';
import { at, type Entry, entriesOf, entryOf, itemsOf, textOf } from '../../source/value.ts';
import { labelledPorts } from './declared.ts';

/** The direction is known, the port is guessed, and some depend on what they never call. */
const DEPENDS = 0.6;
const LINKS = 0.6;
/** Sharing files shows that two belong together, and hardly that they talk. */
const SHARES_FILES = 0.3;
/** A route is there to be used. */
const ROUTES = 0.9;
/** The daemon sends each line that the container prints there. */
const LOGS = 0.9;

/** The needs that a service states; `doors` are the published ports of the project, for what calls the host. */
export function readNeeds(
  unit: ComposeUnit,
  service: Entry,
  doors: ReadonlyMap<number, DoorFact>,
): Result<readonly NeedFact[]> {
  const needs: NeedFact[] = [];
  const notices: Notice[] = [];
  const add = (name: string, kind: NeedFact['kind'], weight: number, origin: Origin) => {
    if (name === service.key) return;
    if (entryOf(at(unit.model, 'services'), name)) {
      const from = { kind: 'workload', workload: service.key } as const;
      const to = { kind: 'workload', workload: name } as const;
      needs.push({ from, to, port: null, protocol: 'tcp', kind, weight, origin });
      return;
    }
    const message = `${service.key} names the service ${name}, which is not in this project. Check the name.`;
    notices.push(notice('reference-missing', message, origin));
  };
  for (const { key, keyOrigin, value } of entriesOf(at(service.value, 'depends_on'))) {
    // What has ended before this one starts is not called by it.
    if (textOf(at(value, 'condition')) === 'service_completed_successfully') continue;
    add(key, 'depends-on', DEPENDS, keyOrigin);
  }
  for (const link of linksOf(service)) add(link.service, 'link', LINKS, link.origin);
  for (const item of itemsOf(at(service.value, 'volumes_from'))) {
    const written = textOf(item);
    if (written === undefined || written.startsWith('container:')) continue;
    add(written.split(':')[0] as string, 'depends-on', SHARES_FILES, item.origin);
  }
  for (const item of itemsOf(at(service.value, 'external_links'))) {
    const message = 'What this links to is started elsewhere and is not looked for.';
    notices.push(notice('unsupported-construct', message, item.origin));
  }
  const log = logNeed(service, doors);
  return { value: log ? [...needs, log] : needs, notices };
}

/** An entry of `links`. */
export interface Link {
  readonly service: string;
  /** The name under which this client alone finds it; null where the link gives none. */
  readonly alias: string | null;
  readonly origin: Origin;
}

/** `links`: `service` or `service:alias`. */
export function linksOf(service: Entry): readonly Link[] {
  return itemsOf(at(service.value, 'links')).flatMap((item) => {
    const written = textOf(item);
    if (written === undefined) return [];
    const [name = '', alias] = written.split(':');
    return [{ service: name, alias: alias || null, origin: item.origin }];
  });
}

const LOG_ADDRESSES = ['fluentd-address', 'gelf-address', 'syslog-address', 'splunk-url'];

/**
 * Routes that services declare in labels for the reverse proxy beside them (Traefik): the proxy calls the service at
 * the port of its label, or at its only one. None where the project has no such proxy, or several.
 */
export function routeNeeds(services: readonly Entry[]): readonly NeedFact[] {
  const proxies = services.filter(({ value }) =>
    /^(?:.*\/)?traefik(?:[:@].*)?$/.test(textOf(at(value, 'image')) ?? ''),
  );
  const [proxy] = proxies;
  if (!proxy || proxies.length > 1) return [];
  return services.flatMap((service): NeedFact[] => {
    const labels = [at(service.value, 'labels'), at(service.value, 'deploy', 'labels')];
    const routed = labels.flatMap((each) => [...entriesOf(each)]).find(({ key }) => ROUTE.test(key));
    if (service === proxy || !routed) return [];
    return [
      {
        from: { kind: 'workload', workload: proxy.key },
        to: { kind: 'workload', workload: service.key },
        port: labelledPorts(service.value)[0]?.ports.from ?? null,
        protocol: 'tcp',
        kind: 'route',
        weight: ROUTES,
        origin: routed.keyOrigin,
      },
    ];
  });
}

const ROUTE = /^traefik\.(?:http|tcp)\.routers\.[^.]+\.rule$|^traefik\.frontend\.rule$/i;

/** The doors of one port each, by the port at which callers of the host knock. */
export function doorsByPort(gateways: readonly GatewayFact[]): ReadonlyMap<number, DoorFact> {
  const doors = gateways.flatMap((gateway) => gateway.doors);
  const single = doors.flatMap((door) => (door.ports?.from === door.ports?.to && door.ports ? [door] : []));
  return new Map(single.map((door) => [(door.ports as PortRange).from, door]));
}

/** The Docker daemon as a client: its log driver calls the host's own port, which leads to a service of the project. */
function logNeed(service: Entry, doors: ReadonlyMap<number, DoorFact>): NeedFact | undefined {
  const options = at(service.value, 'logging', 'options');
  for (const key of LOG_ADDRESSES) {
    const address = at(options, key);
    const match = /^(?:[a-z]+:\/\/)?(?:localhost|127\.0\.0\.1):(\d{1,5})\/?$/.exec(textOf(address) ?? '');
    const door = match ? doors.get(Number(match[1])) : undefined;
    if (!address || door?.target.kind !== 'workload') continue;
    return {
      from: { kind: 'platform' },
      to: { kind: 'workload', workload: door.target.workload },
      port: door.target.ports.from,
      protocol: door.protocol,
      kind: 'config',
      weight: LOGS,
      origin: address.origin,
    };
  }
  return undefined;
}
