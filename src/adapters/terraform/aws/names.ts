/**
 * The names by which clients in a network find what runs there: aliases of Service Connect, services of Cloud Map, and records
 * of Route 53 that point at a resource.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { append } from '../../../source/multimap.ts';
import type { Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { firstBlock, get, knownBlocks, knownText, referencesIn, truth } from '../resource.ts';

/** Names in lower case, by the address of the resource that answers to them. */
export function namesIn(context: Context): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (address: string, name: string | undefined) => {
    const plain = name?.toLowerCase().replace(/\.$/, '');
    if (plain && !found.get(address)?.includes(plain)) append(found, address, plain);
  };
  for (const service of context.all('aws_ecs_service')) {
    for (const name of [...aliasesOf(service, context), ...registeredAs(service, context)]) add(service.address, name);
  }
  for (const record of context.all('aws_route53_record')) {
    const name = recordName(record, context);
    for (const address of pointedAt(record, context)) add(address, name);
  }
  return found;
}

/** What clients with Service Connect call a service: by an alias of their own, else by its name in the namespace. */
function aliasesOf({ body }: Resource, context: Context): readonly (string | undefined)[] {
  const connect = firstBlock(body, 'service_connect_configuration');
  if (!connect || truth(connect, 'enabled', true) !== true) return [];
  const namespace = namespaceName(get(connect, 'namespace'), context);
  return knownBlocks(connect, 'service').flatMap((service) => {
    const name = knownText(service, 'discovery_name') ?? knownText(service, 'port_name');
    const full = name && namespace ? `${name}.${namespace}` : undefined;
    return knownBlocks(service, 'client_alias').map((alias) => knownText(alias, 'dns_name') ?? full);
  });
}

/** What Cloud Map answers for a service that it is told of. */
function registeredAs({ body }: Resource, context: Context): readonly (string | undefined)[] {
  return knownBlocks(body, 'service_registries').flatMap((block) => {
    const { meant } = context.meaning(get(block, 'registry_arn'), ['aws_service_discovery_service']);
    return meant.map(({ resource }) => {
      const [name, value] = [
        knownText(resource.body, 'name'),
        get(firstBlock(resource.body, 'dns_config'), 'namespace_id'),
      ];
      const namespace = namespaceName(value, context);
      return name && namespace ? `${name}.${namespace}` : undefined;
    });
  });
}

const NAMESPACES = [
  'aws_service_discovery_private_dns_namespace',
  'aws_service_discovery_public_dns_namespace',
  'aws_service_discovery_http_namespace',
];

function namespaceName(value: Value | undefined, context: Context): string | undefined {
  const [meant] = context.meaning(value, NAMESPACES).meant;
  if (meant) return knownText(meant.resource.body, 'name');
  // An ARN or an id says nothing of the name.
  const written = value?.kind === 'scalar' ? value.text : undefined;
  return written && !/^(arn:|ns-)/.test(written) ? written : undefined;
}

/** The whole name of a record: a short one stands in the zone's. */
function recordName(record: Resource, context: Context): string | undefined {
  const name = knownText(record.body, 'name');
  const zone = context.one(record, 'zone_id', ['aws_route53_zone']);
  const within = zone && knownText(zone.body, 'name')?.replace(/\.$/, '');
  if (name === undefined || within === undefined || name.replace(/\.$/, '').endsWith(within)) return name;
  return name === '' ? within : `${name}.${within}`;
}

/** The resources whose addresses a record answers with. */
function pointedAt({ body }: Resource, context: Context): readonly string[] {
  const values = [get(firstBlock(body, 'alias'), 'name'), get(body, 'records')];
  const references = values.flatMap((value) => (value ? referencesIn(value) : []));
  return [...new Set(references.flatMap(({ address }) => context.named(address)))];
}
