/** Flags by which programs that no catalogue knows say where they listen. */
import type { ProcessListener } from '../running.ts';
import type { Role } from '../vocabulary.ts';
import { isOwnAddress, parseAddress } from './address.ts';
import type { Invocation } from './invocation.ts';
import { sightings } from './signs.ts';

interface ListenFlag {
  readonly flag: string;
  readonly role?: Role;
  /** Clients use it too, for the address that they call: only an address of one's own is listened on. */
  readonly ambiguous?: true;
}

function flags(role: Role | undefined, names: string): readonly ListenFlag[] {
  return names.split(' ').map((flag) => ({ flag, ...(role === undefined ? {} : { role }) }));
}

/** Each takes a port, an address or a URL. */
const LISTEN_FLAGS: readonly ListenFlag[] = [
  ...flags(
    undefined,
    '--port --http-port --https-port --http.port --server-port --server.port --web-port --web.port --listen-port --secure-port --insecure-port --grpc-port --grpc.port --rpc-port --api-port --bind-port',
  ),
  ...flags(
    undefined,
    '--bind --listen --listen-address --listen-addr --listen.address --web.listen-address --http-address --http-addr --http.addr --http-listen --http-listen-address --http.listen-address --https-address --grpc-address --grpc-addr --grpc-listen-address --bind-address --bind-addr --http-bind-address --server.addr --server-addr --server.address --api-addr --serve --listen-client-urls',
  ),
  { flag: '--addr', ambiguous: true },
  { flag: '--address', ambiguous: true },
  { flag: '-Dserver.port' },
  { flag: '-Dquarkus.http.port' },
  { flag: '-Dmicronaut.server.port' },
  { flag: '-Dhttp.port' },
  { flag: '-Djetty.http.port' },
  { flag: '-Dplay.server.http.port' },
  ...flags(
    'metrics',
    '--metrics-port --metrics.port --metrics-addr --metrics-address --metrics.address --metrics-bind-address --metrics-listen-address --prometheus-port --prometheus-address --telemetry.address --telemetry-port --monitoring-port --listen-metrics-urls',
  ),
  ...flags(
    'health',
    '--health-port --healthz-port --health-addr --health-probe-bind-address --health-probe-addr --healthz-bind-address --probe-addr --readiness-port --liveness-port',
  ),
  ...flags(
    'debug',
    '--debug-port --debug-addr --debug-address --pprof-port --pprof-addr --pprof-address --pprof-bind-address --profiling-port',
  ),
  ...flags(
    'management',
    '--admin-port --admin-addr --admin-address --admin.listen --management-port --management.port --management.server.port -Dmanagement.server.port --api.address',
  ),
];

/** Flags that name the address for a port that another flag gives. */
const HOST_FLAGS = ['--host', '--hostname', '--bind', '--bind-address', '--listen-address', '--address', '--ip', '-H'];

/** The listeners that the flags of a program say, whatever the program is. `known` are flags that its entry explains. */
export function flaggedListeners(invocation: Invocation, known: ReadonlySet<string>): readonly ProcessListener[] {
  const hosts = HOST_FLAGS.flatMap((flag) => sightings(flag, invocation)).flatMap(
    ({ value }) => parseAddress(value ?? '')?.host ?? [],
  );
  // `--host db --port 3306` is a client's.
  if (hosts.some((host) => !isOwnAddress(host))) return [];
  return LISTEN_FLAGS.filter(({ flag }) => !known.has(flag)).flatMap(({ flag, role, ambiguous }) =>
    sightings(flag, invocation).flatMap(({ value, origin }) =>
      (value ?? '').split(',', 20).flatMap((text): readonly ProcessListener[] => {
        const address = parseAddress(text);
        if (address === null || address.port === null) return [];
        const own = address.host === null || isOwnAddress(address.host);
        if (!own && (ambiguous || address.scheme !== null)) return [];
        return [
          {
            ports: { from: address.port, to: address.port },
            protocol: address.scheme === 'udp' ? 'udp' : 'tcp',
            bind: address.host === null ? (hosts[0] ?? null) : own ? address.host : null,
            evidence: 'coded',
            ...(role === undefined ? {} : { flag: role }),
            ...(address.scheme === 'https' ? { transport: 'tls' as const } : {}),
            origin,
          },
        ];
      }),
    ),
  );
}

/** Programs that ask and are not asked: what looks like a listener's flag in their words is somebody else's address. */
const CLIENTS: ReadonlySet<string> = new Set(
  (
    'curl wget http httpie xh mysql mysqladmin mysqldump mysqlimport mariadb mariadb-admin mariadb-dump psql pg_isready ' +
    'pg_dump pg_restore pg_basebackup createdb dropdb mongo mongosh mongodump mongorestore mongoimport redis-cli ' +
    'redis-benchmark valkey-cli memcached-tool sqlcmd sqlplus cqlsh nodetool clickhouse-client influx etcdctl ' +
    'rabbitmqadmin rabbitmqctl rabbitmq-diagnostics kafkacat kcat kafka-topics kafka-topics.sh kafka-console-consumer.sh ' +
    'kafka-console-producer.sh nats mosquitto_pub mosquitto_sub ssh scp sftp rsync telnet ping dig nslookup traceroute ' +
    'kubectl helm docker docker-compose aws gcloud az vault-cli grpcurl grpc_health_probe ab wrk hey k6 vegeta siege ' +
    'artillery wait-for-it wait-for-it.sh wait-for wait-for.sh wait4x dockerize flyway liquibase alembic ' +
    'sqlx diesel migrate goose dbmate prisma knex sequelize typeorm composer pip pip3 apt apt-get apk yum gem ' +
    'make git tar sed awk grep cat echo printf sleep tail head test [ true false ls cp mv rm mkdir chmod chown ' +
    'find touch date env export set cd source . trap wait kill until while for'
  ).split(' '),
);

export function isClient(program: string): boolean {
  return CLIENTS.has(program);
}
