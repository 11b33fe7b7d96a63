import { describe, expect, test } from 'vitest';
import { facts } from './facts.fixture.ts';

describe('containers', () => {
  test('images: built, named, without a tag that is not known, and unknown', () => {
    const { container } = facts(`
services:
  built: { build: { context: ./app, target: dev } }
  both: { build: ., image: "shop/both:1" }
  tag: { image: "redis:\${TAG}" }
  digest: { image: "localhost:5000/redis@\${DIGEST}" }
  repository: { image: "\${REPO}/web:1" }
`);
    expect(container('built').image).toMatchObject({ reference: null, build: 'docker:shop/app/Dockerfile#dev' });
    expect(container('both').image).toMatchObject({ reference: 'shop/both:1', build: 'docker:shop/Dockerfile' });
    expect(container('tag').image.reference).toBe('redis');
    expect(container('digest').image.reference).toBe('localhost:5000/redis');
    expect(container('repository').image.reference).toMatchObject({ kind: 'unknown', because: 'REPO has no value' });
  });

  test('commands: strings are split and run without a shell, lists are words, empty ones are nothing', () => {
    const fragment = facts(`
services:
  a: { image: a, entrypoint: "nodemon --inspect=0.0.0.0 server.js", command: "sh -c 'a b'" }
  b: { image: a, entrypoint: [docker, run], command: [--port, 80, "a b"] }
  c: { image: a, command: [] , entrypoint: "" }
  d: { image: a, command: , entrypoint: null }
`);
    const words = (name: string) => {
      const { entrypoint, command } = fragment.container(name);
      return [entrypoint?.words.map(({ text }) => text), command?.words.map(({ text }) => text)];
    };
    expect(words('a')).toEqual([
      ['nodemon', '--inspect=0.0.0.0', 'server.js'],
      ['sh', '-c', 'a b'],
    ]);
    expect(words('b')).toEqual([
      ['docker', 'run'],
      ['--port', '80', 'a b'],
    ]);
    expect(words('c')).toEqual([[], []]);
    expect(words('d')).toEqual([undefined, undefined]);
    expect(fragment.container('a').command?.shell).toBe(false);
    expect(fragment.quote(fragment.container('b').command?.words[2]?.origin)).toBe('"a b"');
  });

  test('environment: files in their order, the fields over them, and what is not known', () => {
    const fragment = facts(
      `
services:
  web:
    image: web
    env_file: [a.env, b.env]
    environment:
      - B=own
      - C=\${UNSET}
`,
      { 'shop/a.env': 'A=1\nX=a', 'shop/b.env': 'B=2\nX=b' },
    );
    const values = fragment
      .container('web')
      .environment.map(({ name, value, origin }) => [
        name,
        typeof value === 'string' ? value : value.because,
        fragment.line(origin),
      ]);
    expect(values).toEqual([
      ['A', '1', 'shop/a.env:1'],
      ['X', 'b', 'shop/b.env:2'],
      ['B', 'own', 'shop/compose.yaml:7'],
      ['C', 'UNSET has no value', 'shop/compose.yaml:8'],
    ]);
  });

  test('expose and the labels of a reverse proxy declare ports', () => {
    const { container } = facts(`
services:
  web:
    image: web
    expose: [3000, "4000-4001/udp", bad]
    labels:
      - traefik.http.services.web.loadbalancer.server.port=8080
      - traefik.http.services.web.loadbalancer.server.scheme=http
`);
    expect(container('web').ports.map(({ ports, protocol }) => [ports.from, ports.to, protocol])).toEqual([
      [3000, 3000, 'tcp'],
      [4000, 4001, 'udp'],
      [8080, 8080, 'tcp'],
    ]);
  });

  test('checks', () => {
    const { container } = facts(`
services:
  cmd: { image: a, healthcheck: { test: [CMD, curl, -f, "http://localhost:8080"] } }
  shell: { image: a, healthcheck: { test: [CMD-SHELL, "pg_isready -h db || exit 1"] } }
  text: { image: a, healthcheck: { test: curl localhost } }
  none: { image: a, healthcheck: { test: [NONE] } }
  off: { image: a, healthcheck: { test: curl localhost, disable: true } }
`);
    const check = (name: string) => container(name).checks[0];
    expect(check('cmd')).toMatchObject({ kind: 'command', command: { shell: false } });
    expect(check('cmd')?.command?.words.map(({ text }) => text)).toEqual(['curl', '-f', 'http://localhost:8080']);
    expect(check('shell')?.command?.words.map(({ text }) => text)).toEqual([
      'pg_isready',
      '-h',
      'db',
      '||',
      'exit',
      '1',
    ]);
    expect(check('text')?.command?.shell).toBe(true);
    expect(check('none')).toBeUndefined();
    expect(check('off')).toBeUndefined();
  });

  test('mounts: paths of the host, volumes, and a volume that is a path of the host', () => {
    const { container } = facts(`
services:
  web:
    image: web
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
      - ./here:/here
      - data:/data
      - /anonymous
      - C:\\data:/windows
      - { type: bind, source: /etc, target: /host, read_only: true }
      - { type: tmpfs, target: /tmp }
      - sock:/sock
volumes:
  data:
  sock: { driver_opts: { type: none, o: "bind,rw", device: /var/run/docker.sock } }
`);
    expect(
      container('web').mounts.map(({ kind, source, target, readOnly }) => [kind, source, target, readOnly]),
    ).toEqual([
      ['host', '/var/run/docker.sock', '/var/run/docker.sock', true],
      ['host', './here', '/here', false],
      ['volume', 'data', '/data', false],
      ['host', 'C:\\data', '/windows', false],
      ['host', '/etc', '/host', true],
      ['host', '/var/run/docker.sock', '/sock', false],
    ]);
  });

  test('capabilities, profiles and replicas', () => {
    const fragment = facts(
      `
services:
  a: { image: a, cap_add: [NET_ADMIN, CAP_SYS_PTRACE, net_admin] }
  b: { image: a, privileged: true, cap_add: [NET_ADMIN], profiles: [debug] }
  c: { image: a, profiles: [seed], deploy: { replicas: 2 } }
  d: { image: a, scale: 0, profiles: [] }
`,
      { 'shop/.env': 'COMPOSE_PROFILES=debug' },
    );
    expect(fragment.container('a').capabilities).toEqual(['NET_ADMIN', 'SYS_PTRACE']);
    expect(fragment.container('b').capabilities).toEqual(['ALL']);
    expect(['a', 'b', 'c', 'd'].map((name) => fragment.workload(name).optional !== null)).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(['a', 'c', 'd'].map((name) => fragment.workload(name).replicas)).toEqual([null, 2, 0]);
  });

  test('configs with their text, secrets never', () => {
    const fragment = facts(`
services: { web: { image: web, configs: [proxy, { source: gone }], secrets: [key] } }
configs: { proxy: { content: "http://api:8080" }, gone: { external: true } }
secrets: { key: { environment: KEY } }
`);
    expect(fragment.container('web').configs.map(({ config }) => `${config.kind} ${config.name}`)).toEqual([
      'config shop_proxy',
      'config shop_gone',
      'secret shop_key',
    ]);
    expect(fragment.configs.map(({ name, entries }) => [name, entries[0]?.value])).toMatchObject([
      ['shop_proxy', 'http://api:8080'],
      ['shop_gone', { kind: 'unknown' }],
      ['shop_key', { kind: 'unknown' }],
    ]);
  });
});
