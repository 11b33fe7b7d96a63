/** What stands behind a proxy of Google Cloud: services that it or its map of URLs names, and the groups of these (E6). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Context } from '../context.ts';
import { programPort } from '../endpoint.ts';
import type { Destination } from '../facts.ts';
import type { Filter } from '../filter.ts';
import { type Block, blocks, firstBlock, get, knownBlocks, knownText, originOf, truth, whole } from '../resource.ts';
import { filterOf } from './armor.ts';
import { GROUP, MACHINE, MANAGERS, machinesOf, resourcesOf, SERVICES } from './backend.ts';
import { RUN_SERVICES, runSpec } from './run.ts';

const MAPS = ['google_compute_url_map', 'google_compute_region_url_map'];
const ENDPOINT_GROUPS = ['google_compute_network_endpoint_group', 'google_compute_region_network_endpoint_group'];
const ENDPOINTS = ['google_compute_network_endpoint', 'google_compute_network_endpoints'];
const BUCKET = 'google_compute_backend_bucket';
const FUNCTIONS = ['google_cloudfunctions_function', 'google_cloudfunctions2_function'];

/** The attributes by which proxies and maps name services. */
const SERVICE_NAMES = ['default_service', 'service', 'backend_service'];

/** What a proxy leads to, and whom the policies before it let through. */
export interface Behind {
  readonly destinations: readonly Destination[];
  readonly filter: Filter | undefined;
}

/** What stands behind a proxy, service by service; what is served there besides has no policy that the code shows. */
export function servedBy(proxy: Resource, context: Context): readonly Behind[] {
  const maps = resourcesOf(proxy.body, 'url_map', MAPS, context);
  const holders = [proxy.body, ...maps.flatMap(({ body }) => routesIn(body))];
  const named = holders.flatMap((block) =>
    SERVICE_NAMES.map((name) => context.meaning(get(block, name), [...SERVICES, BUCKET])),
  );
  const services = new Set(named.flatMap(({ meant }) => meant.map(({ resource }) => resource)));
  const known = [...services].map((service) => ({
    destinations: service.type === BUCKET ? [] : behind(service, context),
    filter: filterOf(service, context),
  }));
  const unseen = services.size === 0 || named.some(({ unknown }) => unknown.length > 0);
  return unseen ? [...known, { destinations: [], filter: undefined }] : known;
}

/** Whether a proxy sends everybody on to TLS and serves nobody. */
export function onlyRedirects(proxy: Resource, context: Context): boolean {
  const maps = resourcesOf(proxy.body, 'url_map', MAPS, context);
  const redirects = (block: Block) =>
    truth(firstBlock(block, 'default_url_redirect'), 'https_redirect', false) === true;
  return maps.length > 0 && maps.every(({ body }) => redirects(body) && blocks(body, 'path_matcher').length === 0);
}

/** Every block of a map that may name a service. */
function routesIn(map: Block): readonly Block[] {
  const matchers = knownBlocks(map, 'path_matcher');
  const rules = matchers.flatMap((matcher) => [
    ...knownBlocks(matcher, 'path_rule'),
    ...knownBlocks(matcher, 'route_rules'),
  ]);
  const weighed = [map, ...matchers, ...rules].flatMap((block) =>
    ['default_route_action', 'route_action'].flatMap((name) =>
      knownBlocks(block, name).flatMap((action) => knownBlocks(action, 'weighted_backend_services')),
    ),
  );
  return [map, ...matchers, ...rules, ...weighed];
}

function behind(service: Resource, context: Context): readonly Destination[] {
  // Without a name of a port it is the one that the protocol is called by.
  const name = knownText(service.body, 'port_name') ?? (knownText(service.body, 'protocol') ?? 'HTTP').toLowerCase();
  return knownBlocks(service.body, 'backend').flatMap((backend) => [
    ...resourcesOf(backend, 'group', [GROUP, ...MANAGERS], context).flatMap((group) => inGroup(group, name, context)),
    ...resourcesOf(backend, 'group', ENDPOINT_GROUPS, context).flatMap((group) => atEndpoints(group, context)),
  ]);
}

/** The machines of a group, at the port to which the group gives the name. */
function inGroup(group: Resource, name: string, context: Context): readonly Destination[] {
  const port = knownBlocks(group.body, 'named_port').find((block) => knownText(block, 'name') === name);
  const number = whole(port, 'port');
  if (typeof number !== 'number') return [];
  const origin = originOf(port, 'port', group.origin);
  return machinesOf([group], context).map((workload) => ({ workload, port: number, origin }));
}

/** Endpoints by themselves: machines with ports, or a service that runs without machines. */
function atEndpoints(group: Resource, context: Context): readonly Destination[] {
  const { body, origin } = group;
  const lists = ENDPOINTS.flatMap((type) => context.users(group, type, 'network_endpoint_group'));
  const endpoints = lists.flatMap((list) => [list.body, ...knownBlocks(list.body, 'network_endpoints')]);
  const machines = endpoints.flatMap((endpoint) =>
    resourcesOf(endpoint, 'instance', [MACHINE], context).flatMap((machine): Destination[] => {
      const port = whole(endpoint, 'port') ?? whole(body, 'default_port');
      return typeof port === 'number' ? [{ workload: machine.address, port, origin: endpoint.origin }] : [];
    }),
  );
  const run = knownBlocks(body, 'cloud_run').flatMap((block) => resourcesOf(block, 'service', RUN_SERVICES, context));
  const programs = run.map((service): Destination => {
    const spec = runSpec(service);
    const ports = spec && knownBlocks(spec, 'containers').map((block) => firstBlock(block, 'ports'));
    const { from } = programPort(ports?.find(Boolean), 'container_port', service.origin).ports;
    return { workload: service.address, port: from, origin };
  });
  const functions = knownBlocks(body, 'cloud_function').flatMap((block) =>
    resourcesOf(block, 'function', FUNCTIONS, context),
  );
  return [...machines, ...programs, ...functions.map(({ address }) => ({ workload: address, port: 443, origin }))];
}
