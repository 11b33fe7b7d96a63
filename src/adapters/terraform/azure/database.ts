/** Database servers of Azure, and the firewall rules that let addresses in to them (R76). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Peer, ProvidedPort } from '../../../graph/fragment.ts';
import { cidrsOf, parseAddressRange } from '../../../graph/sets/address-set.ts';
import type { Unknown } from '../../../source/value.ts';
import { accessListId } from '../access-list.ts';
import type { Context } from '../context.ts';
import { type Facts, workloadFact } from '../facts.ts';
import { addressPeer, grantsOf, mark, marked, unseenPeer } from '../guard.ts';
import { get, isUnknown, knownText, originOf, text, truth } from '../resource.ts';

/** A database server, and the resources that let addresses in to it. */
interface Server {
  readonly service: string;
  readonly port?: number;
  readonly rule: string;
  readonly server: string;
}

export const SERVERS: Readonly<Record<string, Server>> = {
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

/** R76: the public address of a server is there unless it is turned off, and lets in whom its firewall rules name. */
export function database(resource: Resource, { service, rule, server }: Server, context: Context): Facts {
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
