/** Managed services of Google Cloud (R80): databases, caches, clusters, containers that are run on demand. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { accessList } from '../access-list.ts';
import type { Context } from '../context.ts';
import { type Facts, type Readers, segmentKey, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import {
  type Block,
  blocks,
  firstBlock,
  get,
  isUnknown,
  knownText,
  originOf,
  text,
  texts,
  truth,
  whole,
} from '../resource.ts';
import { cluster } from './cluster.ts';
import { networkOf, surroundings } from './network.ts';
import { RUN_SERVICES, run, webFunction } from './run.ts';

export const SERVICE_READERS: Readers = {
  google_sql_database_instance: database,
  google_redis_instance: (cache, context) =>
    inside(cache, { kind: 'cache', service: 'redis', network: 'authorized_network', ...redisAsks(cache) }, context),
  google_memcache_instance: (cache, context) =>
    inside(cache, { kind: 'cache', service: 'memcached', network: 'authorized_network' }, context),
  google_filestore_instance: (share, context) =>
    inside(share, { kind: 'file-share', service: 'nfs', network: 'networks' }, context),
  google_container_cluster: cluster,
  ...Object.fromEntries(RUN_SERVICES.map((type) => [type, run])),
  google_cloudfunctions_function: webFunction,
  google_cloudfunctions2_function: webFunction,
};

const ENGINES: readonly (readonly [RegExp, string])[] = [
  [/^POSTGRES/, 'postgresql'],
  [/^MYSQL/, 'mysql'],
  [/^SQLSERVER/, 'mssql'],
];

/** Cloud SQL has a public address unless it is turned off, and lets in the networks that it is told of. */
function database(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const settings = firstBlock(body, 'settings');
  const network = firstBlock(settings, 'ip_configuration');
  const open = truth(network, 'ipv4_enabled', true);
  const inner = network?.origin ?? settings?.origin ?? origin;
  const place = originOf(network, 'ipv4_enabled', inner);
  const allowed = blocks(network, 'authorized_networks').flatMap((block) =>
    isUnknown(block) ? [block] : texts(block, 'value'),
  );
  const list = accessList(resource, allowed, context);
  const version = text(body, 'database_version');
  const engine = isUnknown(version)
    ? undefined
    : (ENGINES.find(([pattern]) => pattern.test(version ?? 'MYSQL'))?.[1] ?? undefined);
  const provided: ProvidedPort = {
    service: engine ?? null,
    ports: null,
    protocol: 'tcp',
    ...encryption(network, inner),
    origin: originOf(body, 'database_version', origin),
  };
  return {
    guards: [list],
    workloads: [
      workloadFact(resource, {
        kind: 'database',
        labels: new Map([mark(list.id, context)]),
        publicAddresses:
          open === false ? [] : [{ address: null, origin: place, ...(isUnknown(open) ? { unknown: open } : {}) }],
        provides: [provided],
      }),
    ],
  };
}

/** What Cloud SQL makes of who speaks no TLS: it answers, unless a mode says otherwise; the older switch asks for certificates. */
function encryption(network: Block | undefined, unsaid: Origin): Pick<ProvidedPort, 'transport' | 'transportOrigin'> {
  const mode = get(network, 'ssl_mode');
  const required = truth(network, 'require_ssl', false);
  const transportOrigin = mode?.origin ?? originOf(network, 'require_ssl', unsaid);
  if (isUnknown(mode) || (!mode && isUnknown(required))) return {};
  const written = mode ? knownText(network, 'ssl_mode') : required ? CERTIFICATES : 'ALLOW_UNENCRYPTED_AND_ENCRYPTED';
  if (written === CERTIFICATES) return { transport: 'mtls', transportOrigin };
  return { transport: written === 'ENCRYPTED_ONLY' ? 'tls' : 'plaintext', transportOrigin };
}

const CERTIFICATES = 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED';

/** What a cache asks of its callers: neither TLS nor a password, unless told to. */
function redisAsks({ body, origin }: Resource): Asked {
  const mode = text(body, 'transit_encryption_mode');
  const password = truth(body, 'auth_enabled', false);
  const transport = mode === 'SERVER_AUTHENTICATION' ? 'tls' : 'plaintext';
  return {
    ...(isUnknown(mode) ? {} : { transport, transportOrigin: originOf(body, 'transit_encryption_mode', origin) }),
    ...(password === false
      ? { authentication: 'none', authenticationOrigin: originOf(body, 'auth_enabled', origin) }
      : {}),
  };
}

type Asked = Pick<ProvidedPort, 'transport' | 'transportOrigin' | 'authentication' | 'authenticationOrigin'>;

/** What answers inside of a network, the attribute that names the network, and what it asks of callers. */
interface Inner extends Asked {
  readonly kind: string;
  readonly service: string;
  readonly network: 'authorized_network' | 'networks';
}

/** A service that has an address inside a network, and none outside. */
function inside(resource: Resource, { kind, service, network: named, ...asked }: Inner, context: Context): Facts {
  const { body, origin } = resource;
  const block = named === 'networks' ? firstBlock(body, 'networks') : body;
  const value = get(block, named === 'networks' ? 'network' : named);
  const network = networkOf(value, resource, context);
  const place = value?.origin ?? origin;
  const port = whole(body, 'port');
  const ports = typeof port === 'number' ? { from: port, to: port } : null;
  return {
    ...surroundings(network, resource, place),
    workloads: [
      workloadFact(resource, {
        kind,
        memberships: [{ segment: segmentKey('virtual-network', network.name), origin: place }],
        provides: [{ service, ports, protocol: 'tcp', ...asked, origin }],
      }),
    ],
  };
}
