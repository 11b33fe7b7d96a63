import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import builtin from '../../generated/catalogue.json' with { type: 'json' };
import { unknown } from '../../source/value.ts';
import type { Catalogue } from '../catalogue.ts';
import type { CommandLine, ContainerFact, DeclaredPort, ImageFact, VariableFact } from '../fragment.ts';
import type { ProcessListener, RunningContainer } from '../running.ts';
import { listenersOfContainer } from './index.ts';

const catalogue = builtin as unknown as Catalogue;
const imageLine = { file: 'compose.yaml', start: 0, end: 5 };
const line = { file: 'compose.yaml', start: 10, end: 90 };

interface Given {
  readonly image?: string;
  /** A string is one for a shell. */
  readonly command?: string | readonly string[];
  /** The workload replaces the image's entrypoint. */
  readonly entrypoint?: true;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly exposed?: readonly number[];
  readonly role?: ContainerFact['role'];
}

function commandLine(words: string | readonly string[]): CommandLine {
  const all = typeof words === 'string' ? [words] : words;
  return { words: all.map((text) => ({ text, origin: line })), shell: typeof words === 'string', origin: line };
}

function container(given: Given): RunningContainer {
  const variables = Object.entries(given.environment ?? {}).map(
    ([name, value]): VariableFact => ({
      name,
      value: value ?? unknown(`${name} is a secret`, line),
      origin: { ...line, start: 50 },
    }),
  );
  const command = given.command === undefined ? null : commandLine(given.command);
  const exposed = (given.exposed ?? []).map(
    (port): DeclaredPort => ({ ports: { from: port, to: port }, protocol: 'tcp', origin: line }),
  );
  const fact: ContainerFact = {
    name: 'web',
    role: given.role ?? 'main',
    origin: line,
    image: { reference: given.image ?? null, origin: imageLine },
    ...(given.entrypoint && command ? { entrypoint: command } : {}),
    environment: variables,
    configs: [],
    ports: [],
    checks: [],
    mounts: [],
    capabilities: [],
  };
  return {
    fact,
    build: null as ImageFact | null,
    image: given.image ?? null,
    command,
    environment: new Map(variables.map((variable) => [variable.name, variable])),
    payloads: [],
    ports: [],
    exposed,
    checks: [],
  };
}

function listeners(given: Given): readonly ProcessListener[] {
  return listenersOfContainer(container(given), catalogue);
}

/** `0.0.0.0:8080`, `8080/udp debug`: where it binds if that is said, protocol unless tcp, and role if the words tell it. */
function shown(given: Given): string {
  return listeners(given)
    .map(({ ports, protocol, bind, flag }) => {
      const place = `${bind === null ? '' : `${bind}:`}${ports.from}${ports.to === ports.from ? '' : `-${ports.to}`}`;
      return `${place}${protocol === 'tcp' ? '' : `/${protocol}`}${flag ? ` ${flag}` : ''}`;
    })
    .join(', ');
}

describe('flags of any program', () => {
  test.each([
    ['/app/server --port 8080', '8080'],
    ['/app/server --port=8080', '8080'],
    ['/app/server -port 8080', '8080'],
    ['/app/server --host 0.0.0.0 --port 8080', '0.0.0.0:8080'],
    ['/app/server --host 127.0.0.1 --port 8080', '127.0.0.1:8080'],
    ['/app/server --bind 0.0.0.0:8000', '0.0.0.0:8000'],
    ['/app/server --listen=:8000', '0.0.0.0:8000'],
    ['/app/server --addr :8080', '0.0.0.0:8080'],
    ['/app/server --addr=redis:6379', ''],
    ['/app/server --grpc-addr=api:50051', ''],
    ['/app/server --listen=api:8080', '8080'],
    ['/app/server --bind api:8080 --metrics-port 9', '8080, 9 metrics'],
    ['/app/server --host db --port 3306', ''],
    ['/app/server --web.listen-address=:9121', '0.0.0.0:9121'],
    [
      '/app/server --metrics-bind-address=:8080 --health-probe-bind-address=:8081',
      '0.0.0.0:8080 metrics, 0.0.0.0:8081 health',
    ],
    ['/app/server --listen unix:///run/x.sock --port 0', ''],
    ['/app/server --port 99999', ''],
    ['/app/server --port', ''],
    ['/app/server -p 8080', ''],
    ['java -Dserver.port=8080 -jar app.jar', '8080'],
    ['java -jar app.jar --server.port=9000 --management.server.port=9001', '9000, 9001 management'],
    ['npm run dev -- --port 3000', '3000'],
    ['mysql --host db --port 3306', ''],
    ['curl --port 80 http://x', ''],
    ['wait-for-it.sh db:5432 -- /app/server --port 80', '80'],
    ['sh -c "exec /app/server --port 80"', '80'],
    ['cd /app && export PORT=90 && ./server --port $PORT', '90'],
    ['PORT=90 ./server --port $PORT', ''],
    ['./server --port ${P:-81} > /dev/null 2>&1', '81'],
    ['nc -l -p 9000', '9000'],
    ['nc -lk 127.0.0.1 9000', '127.0.0.1:9000'],
    ['nc -zv db 5432', ''],
    ['socat TCP-LISTEN:2375,fork UNIX-CONNECT:/var/run/docker.sock', '2375'],
    ['socat UDP4-LISTEN:53,bind=127.0.0.1 STDOUT', '127.0.0.1:53/udp'],
  ])('%s', (command, expected) => {
    expect(shown({ command })).toBe(expected);
  });

  test('a value comes from the environment, in a shell or by the cluster', () => {
    const environment = { PORT: '8080', SECRET: null };
    expect(shown({ command: './server --port "$PORT"', environment })).toBe('8080');
    expect(shown({ command: ['./server', '--port', '$(PORT)'], environment })).toBe('8080');
    expect(shown({ command: ['./server', '--port', '$(SECRET)'] })).toBe('');
    expect(shown({ command: ['./server', '--port', '$PORT'] })).toBe('');
  });

  test('the origin is the word, where the file has it letter by letter', () => {
    const text = './server --port 8080';
    const words = [{ text, origin: { file: 'Dockerfile', start: 100, end: 100 + text.length } }];
    const given = { ...container({}), command: { words, shell: true, origin: line } };
    const [found] = listenersOfContainer(given, catalogue);
    expect(found?.origin).toEqual({ file: 'Dockerfile', start: 109, end: 120 });
  });

  test('a sidecar has listeners, a container that is gone before anybody calls has none', () => {
    expect(shown({ command: './server --port 80', role: 'sidecar' })).toBe('80');
    expect(shown({ command: './server --port 80', role: 'init' })).toBe('');
  });
});

describe('servers that a command line starts', () => {
  test.each([
    ['gunicorn app:app -b 0.0.0.0:80 --workers 4', '0.0.0.0:80'],
    ['gunicorn -b :8000 -b 127.0.0.1:8001 app', '0.0.0.0:8000, 127.0.0.1:8001'],
    ['gunicorn --bind unix:/run/app.sock app', ''],
    ['gunicorn app', '127.0.0.1:8000'],
    ['gunicorn -c gunicorn.conf.py app', ''],
    ['uvicorn main:app', '127.0.0.1:8000'],
    ['uvicorn main:app --host 0.0.0.0 --port 80', '0.0.0.0:80'],
    ['python -m uvicorn main:app --host 0.0.0.0', '0.0.0.0:8000'],
    ['poetry run uvicorn main:app --host 0.0.0.0', '0.0.0.0:8000'],
    ['hypercorn -b 0.0.0.0:8443 app', '0.0.0.0:8443'],
    ['python3 manage.py runserver 0.0.0.0:8000', '0.0.0.0:8000'],
    ['python3 manage.py runserver --noreload 0.0.0.0:8000', '0.0.0.0:8000'],
    ['python3 manage.py runserver 8001', '127.0.0.1:8001'],
    ['python3 manage.py runserver', '127.0.0.1:8000'],
    ['python3 manage.py migrate', ''],
    ['python -m http.server 9000', '9000'],
    ['python -m http.server', '8000'],
    ['python app.py', ''],
    ['flask run', '127.0.0.1:5000'],
    ['flask --app hello run --host=0.0.0.0 --port 80', '0.0.0.0:80'],
    ['flask run --host 0.0.0.0 --debug', '0.0.0.0:5000, 0.0.0.0:5000 debug'],
    ['rails server -b 0.0.0.0', '0.0.0.0:3000'],
    ['bundle exec rails s -p 4000', '4000'],
    ['bundle exec puma -C config/puma.rb', ''],
    ['php -S 0.0.0.0:8000 -t public', '0.0.0.0:8000'],
    ['php artisan serve --host=0.0.0.0', '0.0.0.0:8000'],
    ['php worker.php', ''],
    ['ng serve --host 0.0.0.0', '0.0.0.0:4200'],
    ['npx ng serve', '127.0.0.1:4200'],
    ['vite --host', '0.0.0.0:5173'],
    ['vite --host 0.0.0.0 --port 80', '0.0.0.0:80'],
    ['vite build', ''],
    ['next dev', '3000'],
    ['next start -p 8080', '8080'],
    ['next build', ''],
    ['node node_modules/.bin/next start', '3000'],
    ['react-scripts start', '3000'],
    ['uwsgi --http :8000 --module app', '0.0.0.0:8000'],
    ['uwsgi --ini payment.ini', ''],
    ['nginx -g "daemon off;"', '80'],
    ['/usr/sbin/sshd -D -p 2222', '2222'],
    ['/usr/sbin/sshd -D', '22'],
    ['redis-server --port 7000 --bind 127.0.0.1', '127.0.0.1:7000'],
    ['etcd --listen-client-urls http://0.0.0.0:2379,http://127.0.0.1:4001', '0.0.0.0:2379, 127.0.0.1:4001'],
    ['dockerd -H unix:///var/run/docker.sock', ''],
    ['dockerd -H tcp://0.0.0.0:2375 -H unix:///var/run/docker.sock', '0.0.0.0:2375'],
    ['locust --headless -u 10', ''],
    ['locust', '8089'],
    ['npm start', ''],
    ['node server.js', ''],
    ['/app/tests.sh', ''],
  ])('%s', (command, expected) => {
    expect(shown({ command })).toBe(expected);
  });

  test('variables tell a server its port and address', () => {
    const environment = { FLASK_RUN_PORT: '8000', FLASK_RUN_HOST: '0.0.0.0', FLASK_ENV: 'development' };
    expect(shown({ command: ['flask', 'run'], environment })).toBe('0.0.0.0:8000, 0.0.0.0:8000 debug');
    expect(shown({ command: 'uvicorn a:b', environment: { UVICORN_PORT: null } })).toBe('');
  });
});

describe('debuggers', () => {
  test.each([
    ['node --inspect server.js', '127.0.0.1:9229 debug'],
    ['node --inspect=0.0.0.0 server.js', '0.0.0.0:9229 debug'],
    ['node --inspect=0.0.0.0:9230 server.js', '0.0.0.0:9230 debug'],
    ['node --inspect=9230 server.js', '127.0.0.1:9230 debug'],
    ['node --inspect-brk=[::]:9229 server.js', ':::9229 debug'],
    ['node -r ts-node/register --inspect=0.0.0.0 server.ts', '0.0.0.0:9229 debug'],
    ['node --inspect=0.0.0.0 --inspect-port=9300 server.js', '0.0.0.0:9300 debug'],
    ['node --inspect=0 server.js', ''],
    ['node server.js --inspect=0.0.0.0', ''],
    ['nodemon --inspect=0.0.0.0 server.js', '0.0.0.0:9229 debug'],
    ['nodemon --exec "node --inspect=0.0.0.0:9231" server.js', '0.0.0.0:9231 debug'],
    ['npx nodemon --inspect=0.0.0.0 server.js', '0.0.0.0:9229 debug'],
    ['ts-node-dev --inspect=0.0.0.0 -- src/index.ts', '0.0.0.0:9229 debug'],
    ['java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005 -jar app.jar', '0.0.0.0:5005 debug'],
    ['java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005 -jar app.jar', '127.0.0.1:5005 debug'],
    ['java -Xrunjdwp:transport=dt_socket,server=y,address=localhost:5005 -jar app.jar', '127.0.0.1:5005 debug'],
    ['java -agentlib:jdwp=transport=dt_socket,address=ide:5005 -jar app.jar', ''],
    ['java -Dcom.sun.management.jmxremote.port=9010 -jar app.jar', '9010 management'],
    ['java -javaagent:/opt/jmx_prometheus_javaagent.jar=9404:/etc/jmx.yml -jar app.jar', '9404 metrics'],
    ['dlv exec /app/server --headless --listen=:40000 --api-version=2 -- --port 80', '0.0.0.0:40000 debug, 80'],
    ['dlv debug', ''],
    ['python -m debugpy --listen 0.0.0.0:5678 -m flask run --host 0.0.0.0', '0.0.0.0:5678 debug, 0.0.0.0:5000'],
    ['python -m debugpy --listen 5678 app.py', '127.0.0.1:5678 debug'],
    ['chromium --headless --remote-debugging-address=0.0.0.0 --remote-debugging-port=9222', '0.0.0.0:9222 debug'],
  ])('%s', (command, expected) => {
    expect(shown({ command })).toBe(expected);
  });

  test('they ask nobody who is there, and say who they are', () => {
    expect(listeners({ command: 'node --inspect=0.0.0.0 a.js' })).toMatchObject([
      { program: 'Node.js inspector', authentication: 'none', evidence: 'coded' },
    ]);
  });

  test('variables open them too', () => {
    const jdwp = '-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005';
    expect(shown({ command: 'npm start', environment: { NODE_OPTIONS: '--inspect=0.0.0.0:9229' } })).toBe(
      '0.0.0.0:9229 debug',
    );
    expect(shown({ command: 'python app.py', environment: { NODE_OPTIONS: '--inspect=0.0.0.0:9229' } })).toBe('');
    expect(shown({ command: 'java -jar a.jar', environment: { JAVA_TOOL_OPTIONS: jdwp } })).toBe('0.0.0.0:5005 debug');
    expect(shown({ command: 'java -jar a.jar', environment: { JAVA_OPTS: jdwp } })).toBe('');
    expect(shown({ command: 'java $JAVA_OPTS -jar a.jar', environment: { JAVA_OPTS: jdwp } })).toBe(
      '0.0.0.0:5005 debug',
    );
    expect(shown({ image: 'example/api', environment: { JAVA_OPTS: jdwp } })).toBe('0.0.0.0:5005 debug');
  });

  test('a bare port of the wire protocol is everywhere before Java 9', () => {
    const command = 'java -agentlib:jdwp=transport=dt_socket,server=y,address=5005 -jar a.jar';
    expect(shown({ command, image: 'openjdk:8-jdk' })).toBe('0.0.0.0:5005 debug');
    expect(shown({ command, image: 'eclipse-temurin:17' })).toBe('127.0.0.1:5005 debug');
  });
});

describe('habits of images', () => {
  test.each([
    ['redis:7-alpine', '6379'],
    ['docker.io/library/postgres:16@sha256:00', '5432'],
    ['registry.example.com:5000/bitnami/postgresql:16', '5432'],
    ['public.ecr.aws/docker/library/nginx', '80'],
    ['rabbitmq:3-alpine', '5672'],
    ['rabbitmq:3.8-management-alpine', '5672, 15672'],
    ['php:7.4-apache', '80'],
    ['php:8.2-fpm-alpine', '9000'],
    ['php:8.2-cli', ''],
    ['wordpress:6-fpm', '9000'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-alpine', '8080'],
    ['mcr.microsoft.com/dotnet/aspnet:5.0', '80'],
    ['mcr.microsoft.com/mssql/server:2022-latest', '1433'],
    ['opensearchproject/opensearch:3.5.0', '9200, 9600'],
    ['docker.elastic.co/elasticsearch/elasticsearch:8.1.0', '9200'],
    ['docker.redpanda.com/vectorized/redpanda:v22.2.2', '9092, 9644, 8081, 8082'],
    ['docker:24-dind', '2376'],
    ['docker:24', ''],
    ['jaegertracing/all-in-one:1.57', '16686, 4317, 4318'],
    ['amazon/dynamodb-local:1.20.0', '8000'],
    ['node:18', ''],
    ['python:3.11-slim', ''],
    ['example/redis', ''],
    ['redis-tools', ''],
  ])('%s', (image, expected) => {
    expect(shown({ image })).toBe(expected);
  });

  test('evidence and origin are the image’s', () => {
    expect(listeners({ image: 'redis' })).toMatchObject([
      { evidence: 'conventional', origin: imageLine, program: 'Redis' },
    ]);
  });

  test.each([
    ['redis', ['redis-server', '--port', '7000'], '7000'],
    ['redis', ['--port', '7000'], '7000'],
    ['redis', ['--port', '0', '--tls-port', '6380'], '6380'],
    ['redis', 'redis-server --requirepass x --bind 127.0.0.1', '127.0.0.1:6379'],
    ['redis', ['redis-cli', '-h', 'redis', 'ping'], ''],
    ['redis', ['sleep', 'infinity'], ''],
    ['redis', 'until redis-cli -h redis ping; do sleep 1; done', ''],
    ['redis', ['docker-entrypoint.sh', 'redis-server', '--port', '7000'], '7000'],
    ['redis', ['/start.sh'], '6379'],
    ['postgres', ['postgres', '-c', 'max_connections=200'], '5432'],
    ['postgres', ['-p', '5433'], '5433'],
    ['postgres', ['psql', '-h', 'db', '-p', '5432'], ''],
    ['mysql:8', ['--default-authentication-plugin=mysql_native_password'], '3306'],
    ['mysql:8', ['mysqld', '--port=3307'], '3307'],
    ['mongo', ['mongod', '--bind_ip', '127.0.0.1,10.0.0.1'], '10.0.0.1:27017'],
    ['mongo', ['mongosh', '--host', 'mongo', '--port', '27017'], ''],
    ['prom/prometheus', ['--config.file=/etc/p.yml', '--web.listen-address=:9091'], '0.0.0.0:9091'],
    ['minio/minio', ['server', '/data', '--console-address', ':9001'], '9000, 0.0.0.0:9001'],
    ['minio/minio', ['server', '/data'], '9000'],
    [
      'traefik:2.6',
      ['--providers.docker', '--entrypoints.web.address=:80', '--entryPoints.x.address=:8443/tcp'],
      '0.0.0.0:80',
    ],
    ['traefik:2.6', ['--api.insecure=true', '--providers.docker'], '80, 8080'],
    ['traefik:2.6', ['--api.insecure=false'], '80'],
    ['nats', ['-js', '-m', '8222'], '4222, 8222'],
    ['nats', ['-js'], '4222'],
    ['etcd', ['etcd'], '127.0.0.1:2379'],
    ['hashicorp/consul', ['agent', '-dev', '-client=0.0.0.0'], '0.0.0.0:8500, 0.0.0.0:8600, 0.0.0.0:8600/udp'],
    ['nginx', `/bin/bash -c "envsubst < /tmp/n.conf > /etc/nginx/conf.d/default.conf && nginx -g 'daemon off;'"`, '80'],
    ['apache/airflow:2.8.0', ['webserver'], '8080'],
    ['apache/airflow:2.8.0', ['scheduler'], ''],
    [
      'mcr.microsoft.com/dotnet/aspnet:8.0',
      ['dotnet', 'app.dll', '--urls', 'http://+:5000;https://+:5001'],
      '0.0.0.0:5000, 0.0.0.0:5001',
    ],
    ['otel/opentelemetry-collector', ['--config=/etc/c.yaml'], ''],
    [
      'vectorized/redpanda',
      ['redpanda start', '--smp 1', '--kafka-addr A://0.0.0.0:29092,B://0.0.0.0:9092'],
      '0.0.0.0:29092, 0.0.0.0:9092, 9644, 8081, 8082',
    ],
    ['portainer/portainer-ce', ['-H', 'unix:///var/run/docker.sock'], '9000, 9443, 8000'],
  ])('%s %j', (image, command, expected) => {
    expect(shown({ image, command })).toBe(expected);
  });

  test('a workload that replaces the entrypoint runs what it says', () => {
    expect(shown({ image: 'redis', command: ['/usr/local/bin/redis-server', '--port', '1'], entrypoint: true })).toBe(
      '1',
    );
    expect(shown({ image: 'redis', command: ['server'], entrypoint: true })).toBe('');
    expect(shown({ image: 'postgres', command: ['python', 'load.py'], entrypoint: true })).toBe('');
  });

  test.each<[string, Readonly<Record<string, string | null>>, string]>([
    ['mysql', { MYSQL_TCP_PORT: '3310' }, '3310'],
    ['mcr.microsoft.com/dotnet/aspnet:10.0', { ASPNETCORE_HTTP_PORTS: '7070' }, '7070'],
    ['mcr.microsoft.com/dotnet/aspnet:6.0', { ASPNETCORE_URLS: 'http://*:5000' }, '0.0.0.0:5000'],
    [
      'confluentinc/cp-kafka:7.5.0',
      { KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://kafka:29092,PLAINTEXT_HOST://localhost:9092' },
      '29092, 9092',
    ],
    ['bitnami/kafka', { KAFKA_CFG_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093' }, '0.0.0.0:9092, 0.0.0.0:9093'],
    ['docker:dind', { DOCKER_TLS_CERTDIR: '' }, '2375'],
    ['adminer', { PORT: '1' }, '8080'],
    ['mongo-express', { PORT: '8082' }, '8082'],
    ['postgres', { PGPORT: null }, ''],
  ])('%s with %j', (image, environment, expected) => {
    expect(shown({ image, environment })).toBe(expected);
  });

  test('declared ports count in place of those of a configuration file', () => {
    expect(shown({ image: 'nginx', exposed: [8080] })).toBe('');
    expect(shown({ image: 'nginx', exposed: [80, 443] })).toBe('80');
    expect(shown({ image: 'postgres', exposed: [8080] })).toBe('5432');
  });
});

describe('authentication', () => {
  test.each<[string, Given['command'], Readonly<Record<string, string | null>>, string | undefined]>([
    ['redis', undefined, {}, 'none'],
    ['redis', ['redis-server', '--requirepass', '$(PASSWORD)'], { PASSWORD: null }, 'basic'],
    ['redis', ['redis-server', '/etc/redis.conf'], {}, undefined],
    ['bitnami/redis', undefined, {}, 'basic'],
    ['bitnami/redis', undefined, { ALLOW_EMPTY_PASSWORD: 'yes' }, 'none'],
    ['mongo', undefined, {}, 'none'],
    ['mongo', undefined, { MONGO_INITDB_ROOT_USERNAME: null }, 'basic'],
    ['mongo', ['--auth'], {}, 'basic'],
    ['postgres', undefined, { POSTGRES_PASSWORD: 'x' }, 'basic'],
    ['postgres', undefined, { POSTGRES_HOST_AUTH_METHOD: 'trust' }, 'none'],
    ['postgres', undefined, { POSTGRES_HOST_AUTH_METHOD: null }, undefined],
    ['mysql', undefined, { MYSQL_ALLOW_EMPTY_PASSWORD: 'yes' }, 'none'],
    ['mysql', undefined, { MYSQL_ALLOW_EMPTY_PASSWORD: 'yes', MYSQL_ROOT_PASSWORD: 'x' }, 'basic'],
    ['opensearchproject/opensearch:3', undefined, {}, 'basic'],
    ['opensearchproject/opensearch:3', undefined, { 'plugins.security.disabled': 'true' }, 'none'],
    ['elasticsearch:7.16.1', undefined, {}, 'none'],
    ['elasticsearch:8.1.0', undefined, {}, 'basic'],
    ['elasticsearch:8.1.0', undefined, { 'xpack.security.enabled': 'false' }, 'none'],
    ['memcached', undefined, {}, 'none'],
    ['bitnami/zookeeper', undefined, { ALLOW_ANONYMOUS_LOGIN: 'yes' }, 'none'],
    ['nginx', undefined, {}, undefined],
  ])('%s %j %j', (image, command, environment, expected) => {
    const given: Given = command === undefined ? { image, environment } : { image, command, environment };
    expect(listeners(given)[0]?.authentication).toBe(expected);
  });

  test('TLS is told where the habit has it', () => {
    expect(listeners({ image: 'opensearchproject/opensearch:3' })[0]?.transport).toBe('tls');
    expect(
      listeners({ image: 'opensearchproject/opensearch:3', environment: { DISABLE_SECURITY_PLUGIN: 'true' } })[0]
        ?.transport,
    ).toBeUndefined();
    expect(
      listeners({ image: 'opensearchproject/opensearch:3', environment: { DISABLE_SECURITY_PLUGIN: null } }).map(
        ({ transport, authentication }) => [transport, authentication],
      )[0],
    ).toEqual([undefined, undefined]);
    expect(
      listeners({ image: 'mcr.microsoft.com/dotnet/aspnet:8.0', environment: { ASPNETCORE_URLS: 'https://+:443' } })[0]
        ?.transport,
    ).toBe('tls');
  });
});

describe('the variable of the port', () => {
  test('counts where nothing else tells the port', () => {
    expect(listeners({ command: ['node', 'server.js'], environment: { PORT: '80' } })).toMatchObject([
      { ports: { from: 80, to: 80 }, evidence: 'conventional', origin: { start: 50 } },
    ]);
    expect(shown({ image: 'example/api', environment: { PORT: '80' } })).toBe('80');
    expect(shown({ command: ['node', '--inspect', 'server.js'], environment: { PORT: '80' } })).toBe(
      '127.0.0.1:9229 debug, 80',
    );
  });

  test.each<[string, Given]>([
    ['a flag tells another', { command: './server --port 81', environment: { PORT: '80' } }],
    ['it is a known program’s', { image: 'redis', environment: { PORT: '80' } }],
    ['nothing runs that could listen', { command: 'sleep 10', environment: { PORT: '80' } }],
    ['it is no port', { command: './server', environment: { PORT: 'tcp://10.0.0.1:80' } }],
    ['it is not known', { command: './server', environment: { PORT: null } }],
  ])('but not where %s', (_, given) => {
    expect(listeners(given).some(({ ports }) => ports.from === 80)).toBe(false);
  });
});

describe('properties', () => {
  const word = fc.constantFrom(
    ...[
      'sh',
      '-c',
      '--',
      'node',
      '--inspect',
      'flask',
      'run',
      '--port',
      '8080',
      '--bind',
      ':80',
      'exec',
      'env',
      'A=1',
      'python',
      '-m',
    ],
    ...[
      '$PORT',
      '$(PORT)',
      '"',
      "'",
      ';',
      '&&',
      '--port=${PORT:-1}',
      'redis-server',
      'tini',
      'entrypoint.sh',
      '-p',
      '😀',
      '',
    ],
  );
  const command = fc.oneof(
    fc.array(word, { maxLength: 12 }),
    fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
  );
  const image = fc.constantFrom(undefined, 'redis', 'nginx', 'example/api', 'docker:dind', '', ':', '@', 'a/b/c:d');

  test('any command line has listeners, on ports that machines have', () => {
    fc.assert(
      fc.property(command, image, fc.string(), (given, reference, port) => {
        const environment = { PORT: port };
        const all = listeners(
          reference === undefined ? { command: given, environment } : { command: given, image: reference, environment },
        );
        for (const { ports } of all) {
          expect(ports.from).toBeGreaterThan(0);
          expect(ports.to).toBeLessThan(65_536);
        }
      }),
    );
  });

  test('deep nesting and long scripts come to an end', () => {
    expect(listeners({ command: ['x', ...Array.from({ length: 200_000 }, () => '--port=80')] })).toHaveLength(1);
    expect(listeners({ command: 'sh -c '.repeat(20_000) })).toEqual([]);
    expect(listeners({ command: ['env', ...Array.from({ length: 20_000 }, () => 'env')] })).toEqual([]);
    expect(listeners({ command: './server --port 80; '.repeat(10_000) }).map(({ ports }) => ports.from)).toEqual([80]);
  });
});
