import { describe, expect, test } from 'vitest';
import { lint } from './index.ts';
import { differenceOf } from './policy/difference/index.ts';
import { type Difference, grows, type Side } from './policy/difference/view.ts';
import type { Finding } from './policy/finding.ts';
import { memoryTree } from './source/tree.ts';

type Files = Readonly<Record<string, string>>;

async function side(name: string, files: Files): Promise<Side> {
  const { report, analysis } = await lint(memoryTree(files), { at: 0 });
  return { name, graph: analysis.graph, report, lines: analysis.lines };
}

async function between(before: Files, after: Files): Promise<Difference> {
  return differenceOf(await side('before', before), await side('after', after), []);
}

/** The exposures that changed, in short. */
function told({ exposures }: Difference): readonly string[] {
  return exposures.map(({ kind, before, after, surely, what }) => {
    const { listener, scope } = after ?? (before as NonNullable<typeof before>);
    return `${kind} ${listener.workload.name}:${listener.ports.from} ${scope}/${surely?.scope} ${what.join('; ')}`.trim();
  });
}

const SHOP = `services:
  web:
    image: nginx:1.27
    ports: ["127.0.0.1:8080:80"]
  db:
    image: postgres:16
`;
const with_ = (service: string, line: string) => SHOP.replace(`  ${service}:\n`, `  ${service}:\n    ${line}\n`);

describe('exposures', () => {
  test('a published database is exactly that exposure, by its path and line', async () => {
    const found = await between({ 'compose.yaml': SHOP }, { 'compose.yaml': with_('db', 'ports: ["5432:5432"]') });
    expect(told(found)).toEqual(['added db:5432 internet/network']);
    const [change] = found.exposures;
    expect(change?.after?.path.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'published-port 5432:5432',
      'listener db:5432/tcp',
    ]);
    const { file, start, end } = change?.after?.grant ?? { file: '', start: 0, end: 0 };
    expect([file, with_('db', 'ports: ["5432:5432"]').slice(start, end)]).toEqual(['compose.yaml', '"5432:5432"']);
    expect(found.ports).toEqual([]);
    expect(found.fresh.map(({ finding }) => finding.ruleId)).toContain('data-store-exposed');
    expect(found.exposures.map((one) => [grows(one, 'network'), grows(one, 'internet')])).toEqual([[true, false]]);
  });

  test('another address is wider or narrower', async () => {
    const wide = { 'compose.yaml': SHOP.replace('127.0.0.1:', '10.0.0.1:') };
    expect(told(await between({ 'compose.yaml': SHOP }, wide))).toEqual([
      'widened web:80 network/network host → network',
    ]);
    const found = await between(wide, { 'compose.yaml': SHOP });
    expect(told(found)).toEqual(['narrowed web:80 host/host network → host']);
    expect(found.exposures.some((one) => grows(one, 'host'))).toBe(false);
  });

  test('what is closed is told as removed, and its findings as fixed', async () => {
    const found = await between({ 'compose.yaml': with_('db', 'ports: ["5432:5432"]') }, { 'compose.yaml': SHOP });
    expect(told(found)).toEqual(['removed db:5432 internet/undefined']);
    expect(found.fixed.map(({ ruleId }) => ruleId)).toContain('data-store-exposed');
    expect(found.fresh).toEqual([]);
  });

  test('the same names in a further project are something new', async () => {
    const shop = with_('db', 'ports: ["5432:5432"]');
    const found = await between({ 'a/compose.yaml': shop }, { 'a/compose.yaml': shop, 'b/compose.yaml': shop });
    expect(told(found)).toEqual([
      'added db:5432 internet/network',
      'added db:5432 segment/segment',
      'added web:80 segment/segment',
      'added web:80 host/host',
    ]);
  });

  test('what one environment closes and another opens is something new', async () => {
    const [closed, opened] = [SHOP, with_('db', 'ports: ["5432:5432"]')];
    const found = await between(
      { 'dev/compose.yaml': opened, 'prod/compose.yaml': closed },
      { 'dev/compose.yaml': closed, 'prod/compose.yaml': opened },
    );
    expect(told(found)).toEqual(['added db:5432 internet/network', 'removed db:5432 internet/undefined']);
    expect(found.exposures[0]?.after?.grant.file).toBe('prod/compose.yaml');
  });

  test('a port appears and goes', async () => {
    const before = { Dockerfile: 'FROM scratch\nEXPOSE 80 81\n' };
    const found = await between(before, { Dockerfile: 'FROM scratch\nEXPOSE 80 82\n' });
    expect(found.ports.map(({ kind, listener }) => `${kind} ${listener.ports.from}`)).toEqual([
      'gone 81',
      'appeared 82',
    ]);
  });
});

describe('a refactoring changes nothing', () => {
  const POD = (name: string, image: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} } }\nspec: { containers: [{ name: main, image: "${image}" }] }\n`;
  const SERVICE = `apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { type: LoadBalancer, selector: { app: db }, ports: [{ port: 5432 }] }\n`;
  const GROUPS = `resource "aws_security_group" "web" {}
resource "aws_security_group" "db" {}
resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id            = aws_security_group.db.id
  referenced_security_group_id = aws_security_group.web.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
`;
  const documents = [POD('db', 'postgres:16'), POD('web', 'nginx:1.27'), SERVICE];

  test.each<[string, Files, Files]>([
    [
      'lines moved',
      { 'compose.yaml': with_('db', 'ports: ["5432:5432"]') },
      { 'compose.yaml': `# a\n\n${with_('db', 'ports: ["5432:5432"]')}` },
    ],
    ['a file renamed', { 'deploy/compose.yaml': SHOP }, { 'ops/compose.yml': SHOP }],
    ['a module of Terraform renamed', { 'infra/main.tf': GROUPS }, { 'terraform/main.tf': GROUPS }],
    [
      'documents in another order',
      { 'all.yaml': documents.join('---\n') },
      { 'all.yaml': [...documents].reverse().join('---\n') },
    ],
    [
      'one file made several',
      { 'k8s/all.yaml': documents.join('---\n') },
      {
        'k8s/db.yaml': documents[0] as string,
        'k8s/web.yaml': documents[1] as string,
        'k8s/service.yaml': documents[2] as string,
      },
    ],
    [
      'the short form made the long one',
      { 'compose.yaml': with_('db', 'ports: ["5432:5432"]') },
      { 'compose.yaml': with_('db', 'ports: [{ target: 5432, published: "5432" }]') },
    ],
  ])('%s', async (_, before, after) => {
    const found = await between(before, after);
    expect([told(found), found.ports, found.fresh, found.fixed]).toEqual([[], [], [], []]);
  });
});

describe('findings', () => {
  const opened = with_('db', 'ports: ["5432:5432"]');

  test('stand where the change makes or mends them, whatever else is called alike', async () => {
    const [many, more] = [
      { 'b/compose.yaml': opened, 'c/compose.yaml': SHOP, 'd/compose.yaml': opened },
      { 'a/compose.yaml': opened, 'b/compose.yaml': opened, 'c/compose.yaml': opened, 'd/compose.yaml': opened },
    ];
    const exposed = (one: Finding) => (one.ruleId === 'data-store-exposed' ? [one.location.file] : []);
    const { fresh, fixed } = await between(many, more);
    expect([fresh.flatMap(({ finding }) => exposed(finding)), fixed]).toEqual([
      ['a/compose.yaml', 'c/compose.yaml'],
      [],
    ]);
    const back = await between(more, many);
    expect([back.fresh, back.fixed.flatMap(exposed)]).toEqual([[], ['a/compose.yaml', 'c/compose.yaml']]);
  });

  test('a comment that comes with the change accepts nothing', async () => {
    const excused = with_('db', 'ports: ["5432:5432"] # portolan:ignore data-store-exposed -- it is mine');
    const [one] = (await between({ 'compose.yaml': SHOP }, { 'compose.yaml': excused })).fresh.filter(
      ({ finding }) => finding.ruleId === 'data-store-exposed',
    );
    expect(one?.suppressed).toBe('it is mine');
  });

  test('what was accepted before stays accepted', async () => {
    const excused = with_('db', 'ports: ["5432:5432"] # portolan:ignore data-store-exposed -- it is mine');
    const rules = (view: Difference) => view.fresh.map(({ finding }) => finding.ruleId);
    expect(rules(await between({ 'compose.yaml': excused }, { 'compose.yaml': `# moved\n${excused}` }))).toEqual([]);
    expect(rules(await between({ 'compose.yaml': opened }, { 'compose.yaml': excused }))).toEqual([]);
  });
});
