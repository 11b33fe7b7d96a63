/** Managed services of Azure (R76): databases, caches, clusters, applications, each with the switch that closes it. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Peer, ProvidedPort } from '../../../graph/fragment.ts';
import { cidrsOf, parseAddressRange } from '../../../graph/sets/address-set.ts';
import type { Unknown } from '../../../source/value.ts';
import { accessList, accessListId } from '../access-list.ts';
import type { Context } from '../context.ts';
import { environmentOf } from '../environment.ts';
import { type Facts, NOTHING, type Reader, type Readers, workloadFact } from '../facts.ts';
import { addressPeer, grantsOf, mark, marked, unseenPeer } from '../guard.ts';
import { type Block, firstBlock, get, isUnknown, knownText, originOf, text, texts, truth } from '../resource.ts';

/** A database server, and the resources that let addresses in to it. */
interface Server {
  readonly service: string;
  readonly port?: number;
  readonly rule: string;
  readonly server: string;
}

const SERVERS: Readonly<Record<string, Server>> = {
  azurerm_mssql_server: { service: 'mssql', rule: 'azurerm_mssql_firewall_rule', server: 'server_id' },
  azurerm_sql_server: { service: 'mssql', rule: 'azurerm_sql_firewall_rule', server: 'server_name' },
  azurerm_postgresql_server: { service: 'postgresql', rule: 'azurerm_postgresql_firewall_rule', server: 'server_name' },
  azurerm_postgresql_flexible_server: {
    service: 'postgresql',
    rule: 'azurerm_postgresql_flexible_server_firewall_rule',
    server: 'server_id',
  },
  azurerm_mysql_server: { service: 'mysql', rule: 'azurerm_mysql_firewall_rule', server: 'server_name' },
  azurerm_mysql_flexible_server: {
    service: 'mysql',
    rule: 'azurerm_mysql_flexible_server_firewall_rule',
    server: 'server_name',
  },
  azurerm_mariadb_server: { service: 'mysql', rule: 'azurerm_mariadb_firewall_rule', server: 'server_name' },
  azurerm_redis_cache: { service: 'redis-tls', rule: 'azurerm_redis_firewall_rule', server: 'redis_cache_name' },
};

export const SERVICE_READERS: Readers = {
  ...Object.fromEntries(
    Object.entries(SERVERS).map(([type, server]): [string, Reader] => [
      type,
      (resource, context) => database(resource, server, context),
    ]),
  ),
  ...Object.fromEntries(Object.values(SERVERS).map(({ rule }): [string, Reader] => [rule, () => NOTHING])),
  azurerm_kubernetes_cluster: cluster,
  azurerm_app_service: application,
  azurerm_linux_web_app: application,
  azurerm_windows_web_app: application,
  azurerm_function_app: application,
  azurerm_linux_function_app: application,
  azurerm_windows_function_app: application,
};

/** R76: the public address of a server is there unless it is turned off, and lets in whom its firewall rules name. */
function database(resource: Resource, { service, rule, server }: Server, context: Context): Facts {
  const { body, origin, address } = resource;
  const rules = context.users(resource, rule, server);
  const open = truth(body, 'public_network_access_enabled', true);
  const inside = get(body, 'delegated_subnet_id') ?? get(body, 'subnet_id');
  const place = originOf(body, 'public_network_access_enabled', origin);
  const id = accessListId(resource);
  const kind = service.startsWith('redis') ? 'cache' : 'database';
  const provided: ProvidedPort = { service, ports: null, protocol: 'tcp', origin };
  const grants = rules.flatMap((one) =>
    grantsOf({
      id: `${address}/${one.address}`,
      name: knownText(one.body, 'name'),
      direction: 'ingress',
      peers: rangePeers(one),
      ports: [],
      perhaps: one.uncertain,
      verdict: 'allow',
    }),
  );
  return {
    guards: [
      {
        id,
        kind: 'access-list',
        name: id,
        namespace: null,
        subject: marked(id, context, origin),
        tier: 0,
        priority: null,
        isolates: ['ingress'],
        grants,
        origin,
      },
    ],
    workloads: [
      workloadFact(resource, {
        kind,
        labels: new Map([mark(id, context)]),
        publicAddresses:
          open === false || inside
            ? []
            : [{ address: null, origin: place, ...(isUnknown(open) ? { unknown: open } : {}) }],
        provides: [provided],
      }),
    ],
  };
}

/** The addresses from one to another; from 0.0.0.0 to itself means whatever runs in Azure, whoever runs it (R76). */
function rangePeers({ body, origin }: Resource): readonly Peer[] {
  const [from, to] = [
    text(body, 'start_ip_address') ?? text(body, 'start_ip'),
    text(body, 'end_ip_address') ?? text(body, 'end_ip'),
  ];
  const place = originOf(body, 'start_ip_address', originOf(body, 'start_ip', origin));
  const hidden = [from, to].find((end): end is Unknown => isUnknown(end));
  if (hidden) return [unseenPeer(hidden)];
  if (from === '0.0.0.0' && to === '0.0.0.0')
    return [
      { kind: 'unknown', because: 'which addresses the services of Azure have is not in the code', origin: place },
    ];
  const range = parseAddressRange(String(from), String(to));
  return range ? cidrsOf(range).map((cidr) => addressPeer(cidr, place)) : [addressPeer(String(from), place)];
}

function cluster(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const hidden = truth(body, 'private_cluster_enabled', false);
  const profile = firstBlock(body, 'api_server_access_profile');
  const listed = [...texts(body, 'api_server_authorized_ip_ranges'), ...texts(profile, 'authorized_ip_ranges')];
  const list = listed.length === 0 ? undefined : accessList(resource, listed, context);
  const place = originOf(body, 'private_cluster_enabled', origin);
  return {
    guards: list ? [list] : [],
    workloads: [
      workloadFact(resource, {
        kind: 'kubernetes-api',
        labels: new Map(list ? [mark(list.id, context)] : []),
        publicAddresses:
          hidden === true ? [] : [{ address: null, origin: place, ...(isUnknown(hidden) ? { unknown: hidden } : {}) }],
        provides: [
          {
            service: 'kube-apiserver',
            ports: { from: 443, to: 443 },
            protocol: 'tcp',
            transport: 'tls',
            authentication: 'iam',
            origin,
          },
        ],
      }),
    ],
  };
}

function application(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const open = truth(body, 'public_network_access_enabled', true);
  const place = originOf(body, 'public_network_access_enabled', origin);
  const allowed = restrictions(firstBlock(body, 'site_config'));
  const list = allowed.length === 0 ? undefined : accessList(resource, allowed, context);
  const secure = truth(body, 'https_only', false);
  const { variables, needs } = environmentOf(get(body, 'app_settings'), resource, context);
  const plain: ProvidedPort = {
    service: 'HTTP',
    ports: null,
    protocol: 'tcp',
    transport: 'plaintext',
    origin: originOf(body, 'https_only', origin),
  };
  const tls: ProvidedPort = { service: 'HTTPS', ports: null, protocol: 'tcp', transport: 'tls', origin };
  return {
    needs,
    guards: list ? [list] : [],
    workloads: [
      workloadFact(resource, {
        kind: 'application',
        labels: new Map(list ? [mark(list.id, context)] : []),
        publicAddresses:
          open === false ? [] : [{ address: null, origin: place, ...(isUnknown(open) ? { unknown: open } : {}) }],
        provides:
          secure === true ? [tls] : [tls, { ...plain, ...(isUnknown(secure) ? { doubt: secure.because } : {}) }],
        environment: variables,
      }),
    ],
  };
}

/** R76: who is not on a list of allowed addresses stays outside, once there is one. */
function restrictions(site: Block | undefined): ReturnType<typeof texts> {
  const value = get(site, 'ip_restriction');
  const items = value?.kind === 'list' ? value.items : value ? [value] : [];
  return items.flatMap((item) => {
    if (isUnknown(item)) return [item];
    const block = item.kind === 'mapping' ? item : undefined;
    return knownText(block, 'action')?.toLowerCase() === 'deny' ? [] : texts(block, 'ip_address');
  });
}
