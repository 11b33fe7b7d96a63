import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sarifProblems } from '../reporters/sarif/conformance.fixture.ts';
import { main } from './main.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-diff-'));
  execFileSync('git', ['init', '-q', '-b', 'main', folder]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const WEB = 'services:\n  web: { image: "nginx:1.27" }\n';
const OPEN = `${WEB}  db: { image: "postgres:16", ports: ["5432:5432"] }\n`;

function commit(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const git = ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...git, 'add', '-A']);
  execFileSync('git', [...git, 'commit', '-q', '-m', 'more']);
}

async function diff(...words: readonly string[]): Promise<{ out: string; err: string; exit: number }> {
  const [out, err]: [string[], string[]] = [[], []];
  const sink = (into: string[]) => ({ isTTY: false, write: (text: string) => void into.push(text) });
  const io = { stdout: sink(out), stderr: sink(err), cwd: folder, env: {}, stdin: () => '', now: () => 0 };
  const exit = await main(['diff', ...words], io);
  return { out: out.join(''), err: err.join(''), exit };
}

function quietIo() {
  const sink = { isTTY: false, write: () => {} };
  return { stdout: sink, stderr: sink, cwd: folder, env: {}, stdin: () => '', now: () => 0 };
}

describe('revisions', () => {
  test('a commit that publishes a database names that exposure, its path and line', async () => {
    commit({ 'compose.yaml': WEB });
    commit({ 'compose.yaml': OPEN });
    const { out, exit } = await diff('HEAD~1', 'HEAD', '--format', 'json');
    const { exposures } = JSON.parse(out);
    expect(exposures).toHaveLength(1);
    const [{ kind, workload, port, after }] = exposures;
    expect([kind, workload, port, after.grant.file, after.grant.line]).toEqual([
      'added',
      'db',
      5432,
      'compose.yaml',
      3,
    ]);
    expect(after.path.map((hop: { name: string }) => hop.name)).toEqual(['5432:5432', 'db:5432/tcp']);
    expect(exit).toBe(1);
  });

  test('files renamed and lines moved are nothing', async () => {
    commit({ 'deploy/compose.yaml': OPEN });
    renameSync(join(folder, 'deploy'), join(folder, 'ops'));
    commit({ 'ops/compose.yaml': `# moved\n\n${OPEN}` });
    const { out, exit } = await diff('HEAD~1', 'HEAD');
    expect(out).toBe('From HEAD~1 to HEAD: no exposure changed.\n');
    expect(exit).toBe(0);
  });

  test('a range that is cut down to what is used is narrower, and one that also lets others in is not', async () => {
    const group = (from: number, to: number, cidr: string) => `
      resource "aws_vpc" "shop" {}
      resource "aws_subnet" "shop" {
        vpc_id                  = aws_vpc.shop.id
        map_public_ip_on_launch = true
      }
      resource "aws_internet_gateway" "shop" { vpc_id = aws_vpc.shop.id }
      resource "aws_route" "out" {
        route_table_id         = aws_vpc.shop.main_route_table_id
        destination_cidr_block = "0.0.0.0/0"
        gateway_id             = aws_internet_gateway.shop.id
      }
      resource "aws_security_group" "shop" {
        vpc_id = aws_vpc.shop.id
        ingress {
          from_port   = ${from}
          to_port     = ${to}
          protocol    = "tcp"
          cidr_blocks = ["${cidr}"]
        }
      }
      resource "aws_instance" "shop" {
        subnet_id              = aws_subnet.shop.id
        vpc_security_group_ids = [aws_security_group.shop.id]
      }`;
    commit({ 'main.tf': group(1, 65535, '203.0.113.0/25') });
    commit({ 'main.tf': group(22, 22, '203.0.113.0/26') });
    const told = async (base: string) => {
      const { out } = await diff(base, '--format', 'json');
      return (JSON.parse(out).exposures as { kind: string; what: string[] }[]).map(({ kind, what }) => [kind, ...what]);
    };
    expect(await told('HEAD~1')).toEqual([
      ['narrowed', 'ports 1-65535 → 22', '128 IPv4 addresses → 64 IPv4 addresses'],
    ]);
    writeFileSync(join(folder, 'main.tf'), group(22, 22, '203.0.113.0/24'));
    expect(await told('HEAD~1')).toEqual([['added'], ['removed']]);
  });

  test('are judged by another configuration where one is named', async () => {
    commit({ 'compose.yaml': WEB, 'ci/ports.yaml': 'version: 1\npolicy: { failOn: never }\n' });
    commit({ 'compose.yaml': OPEN });
    const words = ['HEAD~1', 'HEAD', '--fail-on-exposure', 'never', '--config'];
    expect((await diff(...words, 'ci/ports.yaml')).exit).toBe(0);
    const { err, exit } = await diff(...words, 'ports.yaml');
    expect([exit, err]).toEqual([
      2,
      'portolan: there is no ports.yaml in HEAD~1 or HEAD: name one that is there, relative to the root\n',
    ]);
  });

  test('without a second one, the work tree', async () => {
    commit({ 'compose.yaml': WEB });
    writeFileSync(join(folder, 'compose.yaml'), OPEN);
    const { out, exit } = await diff('HEAD');
    expect(out).toContain('+ added  PostgreSQL db:5432/tcp');
    expect(exit).toBe(1);
  });

  test('a folder of the repository by itself', async () => {
    commit({ 'a/compose.yaml': WEB, 'b/compose.yaml': WEB });
    commit({ 'a/compose.yaml': OPEN });
    expect((await diff('HEAD~1', 'HEAD', '--root', join(folder, 'b'))).exit).toBe(0);
    const { out } = await diff('HEAD~1', 'HEAD', '--root', join(folder, 'a'), '--format', 'sarif');
    const uris = JSON.parse(out).runs[0].results.map(
      (result: { locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }) =>
        result.locations[0].physicalLocation.artifactLocation.uri,
    );
    expect(new Set(uris)).toEqual(new Set(['a/compose.yaml']));
  });

  test('what there is not is told', async () => {
    commit({ 'compose.yaml': WEB });
    expect(await diff('HEAD~7')).toMatchObject({ exit: 2, err: expect.stringContaining('HEAD~7 is no revision') });
    expect(await diff('--', '--upload-pack=touch x')).toMatchObject({ exit: 2 });
  });

  test('a clone that was cut off cannot be compared', async () => {
    commit({ 'compose.yaml': WEB });
    commit({ 'compose.yaml': OPEN });
    const clone = mkdtempSync(join(tmpdir(), 'portolan-clone-'));
    try {
      execFileSync('git', ['clone', '-q', '--depth=1', `file://${folder}`, clone]);
      const { err, exit } = await diff('HEAD~1', '--root', clone);
      expect([err, exit]).toEqual([expect.stringContaining('fetch-depth: 2'), 3]);
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });
});

describe('the policy', () => {
  const LAX = 'version: 1\npolicy:\n  failOn: critical\n  overrides: { data-store-exposed: { enabled: false } }\n';
  const STRICT = 'version: 1\npolicy: { failOn: high }\n';

  test('is that of the base, whatever the change makes of it', async () => {
    commit({ 'compose.yaml': WEB, 'portolan.yaml': STRICT });
    commit({ 'compose.yaml': OPEN, 'portolan.yaml': LAX });
    const { out, exit } = await diff('HEAD~1', 'HEAD', '--fail-on-exposure', 'never');
    expect(out).toContain('data-store-exposed');
    expect(out).toContain('policy  portolan.yaml changed: it takes effect once it is merged');
    expect(exit).toBe(1);
    const head = await diff('HEAD~1', 'HEAD', '--fail-on-exposure', 'never', '--policy-from', 'head');
    expect(head.out).not.toContain('data-store-exposed');
    expect(head.exit).toBe(0);
  });
});

describe('what was approved beforehand', () => {
  const WAIVER = (listener: string) =>
    `version: 1\nwaivers:\n  - { rule: data-store-exposed, match: { listener: "${listener}" }, reason: migration, approvedBy: sec@example.com, expires: 2027-01-01 }\n`;

  test('by a waiver of the base is no growth, and is told', async () => {
    commit({ 'compose.yaml': WEB, 'portolan.yaml': WAIVER('db:5432/tcp') });
    commit({ 'compose.yaml': OPEN });
    const { out, exit } = await diff('HEAD~1', 'HEAD', '--at', '2026-01-01');
    expect(out).toContain('approved by sec@example.com: migration');
    expect(exit).toBe(0);
    // Of another port, or past its end, it is none.
    expect((await diff('HEAD~1', 'HEAD', '--at', '2027-01-01')).exit).toBe(1);
  });

  test('a service that is public may be published, on the ports that were approved', async () => {
    const service = (port: number) => `version: 1\nservices: { db: { public: true, listens: [{ port: ${port} }] } }\n`;
    commit({ 'compose.yaml': WEB, 'portolan.yaml': service(5432) });
    commit({ 'compose.yaml': OPEN });
    const { out, exit } = await diff('HEAD~1', 'HEAD', '--fail-on', 'never');
    expect([out.includes('approved by services: db is public'), exit]).toEqual([true, 0]);
    commit({ 'compose.yaml': WEB, 'portolan.yaml': service(3306) });
    commit({ 'compose.yaml': OPEN });
    expect((await diff('HEAD~1', 'HEAD', '--fail-on', 'never')).exit).toBe(1);
  });

  test('by a waiver that comes with the change is nothing', async () => {
    commit({ 'compose.yaml': WEB, 'portolan.yaml': WAIVER('db:3306/tcp') });
    commit({ 'compose.yaml': OPEN, 'portolan.yaml': WAIVER('db:5432/tcp') });
    expect((await diff('HEAD~1', 'HEAD', '--at', '2026-01-01')).exit).toBe(1);
  });

  test('a baseline that is none of ours is told, and what is no entry is none', async () => {
    commit({ 'compose.yaml': OPEN, '.portolan-baseline.json': '{ "version": 1, "findings": [null, 1, {}] }' });
    expect((await diff('HEAD')).exit).toBe(0);
    commit({ '.portolan-baseline.json': '[]' });
    const { exit, err } = await diff('HEAD');
    expect([exit, err]).toEqual([2, expect.stringContaining('this is no baseline of version 1')]);
  });

  test('what cannot be decided says why', async () => {
    const rds = (cidr: string) => `resource "aws_security_group" "db" {
  ingress {
    from_port   = 3306
    to_port     = 3306
    protocol    = "tcp"
    cidr_blocks = ["${cidr}"]
  }
}
resource "aws_db_subnet_group" "db" {
  subnet_ids = [aws_subnet.elsewhere.id]
}
resource "aws_db_instance" "db" {
  engine                 = "mysql"
  publicly_accessible    = true
  db_subnet_group_name   = aws_db_subnet_group.db.name
  vpc_security_group_ids = [aws_security_group.db.id]
}
`;
    commit({ 'main.tf': rds('10.0.0.0/16') });
    commit({ 'main.tf': rds('0.0.0.0/0') });
    for (const format of ['text', 'markdown']) {
      const { out } = await diff('HEAD~1', 'HEAD', '--format', format);
      expect(out.replaceAll(/\s+/g, ' ')).toMatch(/because aws\\?_subnet\.elsewhere is declared nowhere/);
    }
  });

  test('findings of the baseline of the base are not new', async () => {
    commit({ 'compose.yaml': OPEN });
    expect(await main(['baseline', '--quiet', '--root', folder], quietIo())).toBe(0);
    expect(readFileSync(join(folder, '.portolan-baseline.json'), 'utf8')).toContain('data-store-exposed');
    commit({});
    commit({ 'compose.yaml': `# moved\n${OPEN}` });
    expect((await diff('HEAD~1', 'HEAD')).exit).toBe(0);
    expect(await main(['scan', '--root', folder, folder], quietIo())).toBe(0);
    expect(await main(['scan', '--no-baseline', '--root', folder, folder], quietIo())).toBe(1);
    // What is mended goes; what is new does not come.
    commit({ 'compose.yaml': WEB.replace('web: {', 'web: { ports: ["22:22"],') });
    expect(await main(['baseline', '--quiet', '--prune', '--root', folder], quietIo())).toBe(0);
    expect(readFileSync(join(folder, '.portolan-baseline.json'), 'utf8')).not.toContain('data-store-exposed');
  });
});

test('the JSON is what its schema says, and SARIF tells what is new', async () => {
  commit({ 'compose.yaml': OPEN });
  commit({ 'compose.yaml': OPEN.replace('  web: {', '  web: { ports: ["22:22"],'), 'portolan.yaml': 'version: 1\n' });
  const schema = JSON.parse(readFileSync(new URL('../../schemas/difference.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  validate(JSON.parse((await diff('HEAD~1', 'HEAD', '--format', 'json')).out));
  expect(validate.errors).toBeNull();
  validate(JSON.parse((await diff('HEAD', 'HEAD~1', '--format', 'json')).out));
  expect(validate.errors).toBeNull();
  const sarif = (await diff('HEAD~1', 'HEAD', '--format', 'sarif')).out;
  expect(sarifProblems(sarif)).toEqual([]);
  const { results } = JSON.parse(sarif).runs[0];
  const states = new Set(results.map(({ baselineState }: { baselineState: string }) => baselineState));
  expect(states).toEqual(new Set(['new', 'unchanged']));
});
