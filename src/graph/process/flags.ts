/** Flags by which programs that no catalogue knows say where they listen. */
import type { ProcessListener } from '../running.ts';
import type { Role } from '../vocabulary.ts';
import { isOwnAddress, parseAddress } from './address.ts';
import type { Invocation } from './invocation.ts';
import { sightings } from './signs.ts';

/** Flags that take a port, an address or a URL to listen at, by what the port is for. */
const LISTEN_FLAGS: readonly { readonly flag: string; readonly role: Role | null }[] = [
  ...flags(null, '--port --http-port --https-port --http.port --server-port --server.port --web-port --web.port'),
  ...flags(
    null,
    '--listen-port --bind-port --secure-port --insecure-port --grpc-port --grpc.port --rpc-port --api-port',
  ),
  ...flags(null, '--bind --bind-address --bind-addr --http-bind-address --addr --address'),
  ...flags(null, '--listen --listen-address --listen-addr --listen.address --web.listen-address --listen-client-urls'),
  ...flags(null, '--http-listen --http-listen-address --http.listen-address --grpc-listen-address'),
  ...flags(null, '--http-address --http-addr --http.addr --https-address --grpc-address --grpc-addr --api-addr'),
  ...flags(null, '--server.addr --server-addr --server.address'),
  ...flags(null, '-Dserver.port -Dquarkus.http.port -Dmicronaut.server.port -Dhttp.port -Djetty.http.port'),
  ...flags('metrics', '--metrics-port --metrics.port --metrics-addr --metrics-address --metrics.address'),
  ...flags('metrics', '--metrics-bind-address --metrics-listen-address --listen-metrics-urls --monitoring-port'),
  ...flags('metrics', '--prometheus-port --prometheus-address --telemetry-port --telemetry.address'),
  ...flags('health', '--health-port --healthz-port --health-addr --health-probe-bind-address --health-probe-addr'),
  ...flags('health', '--healthz-bind-address --probe-addr --readiness-port --liveness-port'),
  ...flags('debug', '--debug-port --debug-addr --debug-address'),
  ...flags('debug', '--pprof-port --pprof-addr --pprof-address --pprof-bind-address --profiling-port'),
  ...flags('management', '--admin-port --admin-addr --admin-address --admin.listen'),
  ...flags('management', '--management-port --management.port --management.server.port -Dmanagement.server.port'),
];

function flags(role: Role | null, names: string): readonly { readonly flag: string; readonly role: Role | null }[] {
  return names.split(' ').map((flag) => ({ flag, role }));
}

/** Flags that name the address for a port that another flag gives. */
const HOST_FLAGS = ['--host', '--hostname', '--bind', '--bind-address', '--listen-address', '--address', '--ip', '-H'];

/** The listeners that the flags of a program say, whatever the program is. `known` are flags that its entry explains. */
export function flaggedListeners(invocation: Invocation, known: ReadonlySet<string>): readonly ProcessListener[] {
  // Most command lines have no flag at all.
  if (!invocation.arguments.some(({ text }) => text?.startsWith('-'))) return [];
  const hosts = HOST_FLAGS.flatMap((flag) => sightings(flag, invocation)).flatMap(({ value }) => {
    const address = parseAddress(value ?? '');
    return address === null || address.host === null || address.port !== null ? [] : [address.host];
  });
  // `--host db --port 3306` is a client's.
  if (hosts.some((host) => !isOwnAddress(host))) return [];
  return LISTEN_FLAGS.filter(({ flag }) => !known.has(flag)).flatMap(({ flag, role }) =>
    sightings(flag, invocation).flatMap(({ value, origin }) =>
      (value ?? '').split(',', 20).flatMap((text): readonly ProcessListener[] => {
        const address = parseAddress(text);
        if (address === null || address.port === null) return [];
        const own = address.host === null || isOwnAddress(address.host);
        // A name in a flag that does not speak of listening is some other machine's.
        if (!own && !/listen|bind/.test(flag)) return [];
        return [
          {
            ports: { from: address.port, to: address.port },
            protocol: address.scheme === 'udp' ? 'udp' : 'tcp',
            bind: address.host === null ? (hosts[0] ?? null) : own ? address.host : null,
            evidence: 'coded',
            ...(role === null ? {} : { flag: role }),
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

/** Whether a program opens no ports: its flags name those of others. */
export function isClient(program: string): boolean {
  return CLIENTS.has(program);
}
