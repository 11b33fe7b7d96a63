import { describe, expect, test } from 'vitest';
import type { Notice } from '../../../source/notice.ts';
import type { Origin } from '../../../source/span.ts';
import { memoryTree } from '../../../source/tree.ts';
import { at, entryOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { openFiles } from '../../files.ts';
import { chartsOf } from '../chart.ts';

async function charts(files: Record<string, string>) {
  const open = openFiles(memoryTree(files));
  const { units, notices, templates, left } = await chartsOf(open);
  const named = (object: Mapping) => `${textOf(at(object, 'kind'))}/${textOf(at(object, 'metadata', 'name'))}`;
  return {
    units,
    templates,
    left,
    notices: [...open.notices(), ...notices].map(({ code, message }: Notice) => `${code}: ${message}`),
    summary: units.map(({ id, objects }) => `${id}: ${objects.map(named).sort().join(' ')}`),
    /** The text at an origin, and what it came by way of. */
    source(origin: Origin | undefined): readonly string[] {
      const way: string[] = [];
      for (let link = origin; link; link = link.via)
        way.push(`${link.file} ${files[link.file]?.slice(link.start, link.end)}`);
      return way;
    },
  };
}

const CHART = 'name: app\nversion: 1.0.0\n';
const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: main, image: web }] }\n`;

describe('places', () => {
  const files = {
    'Chart.yaml': CHART,
    'values.yaml': 'port: 8080\nname: web\nlabels: { tier: front }\nports:\n  - 1234\n',
    'config/app.conf': 'upstream db:5432;\n',
    'templates/_helpers.tpl': '{{ define "labels" }}app: {{ .Values.name | quote }}\nfixed: yes-indeed{{ end }}',
    'templates/pod.yaml': [
      'apiVersion: v1',
      'kind: Pod',
      'metadata:',
      '  name: {{ .Release.Name }}-pod',
      '  labels:',
      '    {{- include "labels" . | nindent 4 }}',
      '    {{- toYaml .Values.labels | nindent 4 }}',
      'spec:',
      '  containers:',
      '    - name: main',
      '      image: "example/{{ .Values.name }}:1"',
      '      ports: [{ containerPort: {{ int .Values.port | default 80 }} }, { containerPort: {{ index .Values.ports 0 }} }]',
      '      password: {{ randAlphaNum 8 | b64enc }}',
      '      config: |',
      '        {{- .Files.Get "config/app.conf" | nindent 8 }}',
      '',
    ].join('\n'),
  };
  const read = async () => {
    const found = await charts(files);
    const root = found.units[0]?.objects[0];
    const container = (at(root, 'spec', 'containers') as { items: readonly Value[] }).items[0];
    return { ...found, root, container };
  };

  test('of text are in the template', async () => {
    const { root, source } = await read();
    expect(source(at(root, 'kind')?.origin)).toEqual(['templates/pod.yaml Pod']);
    expect(source(entryOf(root, 'spec')?.keyOrigin)).toEqual(['templates/pod.yaml spec']);
    expect(source(at(root, 'metadata', 'name')?.origin)).toEqual(['templates/pod.yaml {{ .Release.Name }}-pod']);
  });

  test('of values are in the values file, by way of the action', async () => {
    const { container, source } = await read();
    const ports = at(container, 'ports') as { items: readonly Value[] };
    expect(source(at(ports.items[0], 'containerPort')?.origin)).toEqual([
      'values.yaml 8080',
      'templates/pod.yaml {{ int .Values.port | default 80 }}',
    ]);
    expect(source(at(ports.items[1], 'containerPort')?.origin)[0]).toBe('values.yaml 1234');
    expect(source(at(container, 'image')?.origin)).toEqual(['templates/pod.yaml example/{{ .Values.name }}:1']);
  });

  test('of what is included lead through the helper', async () => {
    const { root, source } = await read();
    expect(source(at(root, 'metadata', 'labels', 'app')?.origin)).toEqual([
      'values.yaml web',
      'templates/_helpers.tpl {{ .Values.name | quote }}',
      'templates/pod.yaml {{- include "labels" . | nindent 4 }}',
    ]);
    expect(source(at(root, 'metadata', 'labels', 'fixed')?.origin)[0]).toBe('templates/_helpers.tpl yes-indeed');
    const tier = entryOf(at(root, 'metadata', 'labels'), 'tier');
    expect(source(tier?.keyOrigin)[0]).toBe('values.yaml tier');
    expect(source(tier?.value.origin)[0]).toBe('values.yaml front');
  });

  test('of names are where they are given, since one value names many things', async () => {
    const { root, source } = await charts({
      'Chart.yaml': CHART,
      'values.yaml': 'name: web\n',
      'templates/a.yaml': pod('{{ .Values.name }}'),
    }).then((found) => ({ ...found, root: found.units[0]?.objects[0] }));
    expect(source(at(root, 'metadata', 'name')?.origin)).toEqual(['templates/a.yaml {{ .Values.name }}']);
  });

  test('of files are in the files', async () => {
    const { container, source } = await read();
    expect(source(at(container, 'config')?.origin)[0]).toBe('config/app.conf upstream db:5432;');
  });

  test('what is made at deployment is unknown', async () => {
    const { container, source } = await read();
    const password = at(container, 'password');
    expect(password).toMatchObject({ kind: 'unknown', because: 'it is random' });
    expect(source(password?.origin)).toEqual(['templates/pod.yaml {{ randAlphaNum 8 | b64enc }}']);
  });

  test('files are those that contributed', async () => {
    const { units, templates, left } = await read();
    expect(units[0]?.files).toEqual([
      'Chart.yaml',
      'config/app.conf',
      'templates/_helpers.tpl',
      'templates/pod.yaml',
      'values.yaml',
    ]);
    expect({ templates, left }).toEqual({ templates: 2, left: 0 });
  });

  test('a mistake in what was rendered is told where it is written', async () => {
    const { notices } = await charts({ 'Chart.yaml': CHART, 'templates/a.yaml': 'a: [\nb: {{ "}" }}\n' });
    expect(notices).toEqual([expect.stringContaining('not valid YAML')]);
  });
});

describe('charts in charts', () => {
  const part = (name: string) => ({
    [`${name}/Chart.yaml`]: `name: ${name.replace(/.*\//, '')}\nversion: 1.2.3\n`,
    [`${name}/values.yaml`]: 'own: default\nglobal: { shared: inner }\nexports: { out: { exported: 1 } }\n',
    [`${name}/templates/a.yaml`]: pod('{{ .Chart.Name }}-{{ .Values.own }}-{{ .Values.global.shared }}'),
  });
  const app = (dependencies: string, values = '', template = pod('app')) => ({
    'app/Chart.yaml': `${CHART}dependencies:\n${dependencies}`,
    'app/values.yaml': values,
    'app/templates/app.yaml': template,
  });

  test('have the values that the chart around them gives them', async () => {
    const values = 'db: { own: given }\nglobal: { shared: outer }\n';
    const { summary, notices } = await charts({ ...app('', values), ...part('app/charts/db') });
    expect(summary).toEqual(['kubernetes:app: Pod/app Pod/db-given-outer']);
    expect(notices).toEqual([]);
  });

  test('lie where a path says, and are then no units of their own', async () => {
    const { summary } = await charts({ ...app('- { name: db, repository: "file://../db" }\n'), ...part('db') });
    expect(summary).toEqual(['kubernetes:app: Pod/app Pod/db-default-inner']);
  });

  test('have another name by an alias, twice where they are asked for twice', async () => {
    const asked = (alias: string) => `- { name: db, version: ^1.0.0, repository: "", alias: ${alias} }\n`;
    const { summary } = await charts({
      ...app(asked('one') + asked('two'), 'two: { own: second }\n'),
      ...part('app/charts/db'),
    });
    expect(summary).toEqual(['kubernetes:app: Pod/app Pod/one-default-inner Pod/two-second-inner']);
  });

  test.each([
    ['condition: db.enabled', 'db: { enabled: false }\n', false],
    ['condition: db.enabled', 'db: { enabled: true }\n', true],
    ['condition: "db.none,db.enabled"', 'db: { enabled: false }\n', false],
    ['tags: [back]', 'tags: { back: false }\n', false],
    ['tags: [back, front]', 'tags: { back: false, front: true }\n', true],
    ['condition: db.enabled, tags: [back]', 'db: { enabled: true }\ntags: { back: false }\n', true],
    ['condition: db.enabled', '', true],
  ])('are switched by %s with %s', async (how, values, on) => {
    const { summary } = await charts({
      ...app(`- { name: db, version: 1.x.x, repository: "", ${how} }\n`, values),
      ...part('app/charts/db'),
    });
    expect(summary).toEqual([`kubernetes:app: Pod/app${on ? ' Pod/db-default-inner' : ''}`]);
  });

  test('give values to the chart around them', async () => {
    const imports = 'import-values: [out, { child: global, parent: taken.here }]';
    const { summary } = await charts({
      ...app(
        `- { name: db, version: 1.2.3, repository: "", ${imports} }\n`,
        '',
        pod('{{ .Values.exported }}-{{ .Values.taken.here.shared }}'),
      ),
      ...part('app/charts/db'),
    });
    expect(summary).toEqual(['kubernetes:app: Pod/1-inner Pod/db-default-inner']);
  });

  test('that are not there are told', async () => {
    const remote = '- { name: mail, version: 2.0.0, repository: "https://charts.example.com" }\n';
    const packed = '- { name: db, version: 1.0.0, repository: "" }\n';
    const { notices } = await charts({ ...app(remote + packed), 'app/charts/db-1.0.0.tgz': 'packed' });
    expect(notices).toEqual([
      expect.stringMatching(/^not-built: The chart "mail" 2\.0\.0 is in https:/),
      expect.stringMatching(/^not-built: The chart "db" 1\.0\.0 is packed in app\/charts\/db-1\.0\.0\.tgz/),
    ]);
  });

  test('that are libraries bring their definitions only', async () => {
    const { summary } = await charts({
      ...app('', '', pod('{{ include "lib.name" . }}')),
      'app/charts/lib/Chart.yaml': 'name: lib\nversion: 1.0.0\ntype: library\n',
      'app/charts/lib/templates/_names.tpl': '{{ define "lib.name" }}from-the-library{{ end }}',
      'app/charts/lib/templates/pod.yaml': pod('never'),
    });
    expect(summary).toEqual(['kubernetes:app: Pod/from-the-library']);
  });

  test('are overridden by the definitions of the chart around them', async () => {
    const name = (text: string) => `{{ define "name" }}${text}{{ end }}`;
    const { summary } = await charts({
      ...app('', '', pod('{{ include "name" . }}')),
      'app/templates/_names.tpl': name('outer'),
      'app/charts/db/Chart.yaml': 'name: db\nversion: 1.0.0\n',
      'app/charts/db/templates/_names.tpl': name('inner'),
    });
    expect(summary).toEqual(['kubernetes:app: Pod/outer']);
  });
});

describe('ways to deploy a chart', () => {
  const chart = { 'Chart.yaml': CHART, 'templates/a.yaml': pod('{{ .Values.name }}') };

  test('are the values files beside its own', async () => {
    const { summary } = await charts({
      ...chart,
      'values.yaml': 'name: base\n',
      'values-prod.yaml': 'name: prod\n',
      'values.dev.yml': 'name: dev\n',
      'ci/test-values.yaml': 'name: ci\n',
      'values.schema.yaml': 'type: object\n',
    });
    expect(summary).toEqual([
      'kubernetes:.: Pod/base',
      'kubernetes:.#ci-test: Pod/ci',
      'kubernetes:.#dev: Pod/dev',
      'kubernetes:.#prod: Pod/prod',
    ]);
  });

  test('are without its own values where only others satisfy it', async () => {
    const { summary, notices } = await charts({
      'Chart.yaml': CHART,
      'templates/a.yaml': pod('{{ required "a name is needed" .Values.name }}'),
      'values-prod.yaml': 'name: prod\n',
    });
    expect(summary).toEqual(['kubernetes:.#prod: Pod/prod']);
    expect(notices).toEqual([]);
  });

  test('may all lack a value, which is told, and the rest is read', async () => {
    const { units, notices } = await charts({
      'Chart.yaml': CHART,
      'templates/a.yaml': pod('{{ required "a name is needed" .Values.name }}'),
    });
    expect(at(units[0]?.objects[0], 'metadata', 'name')).toMatchObject({ kind: 'unknown' });
    expect(notices).toEqual([expect.stringMatching(/^variable-unset: .* a name is needed$/)]);
  });

  test('are too many to be all read', async () => {
    const files: Record<string, string> = { ...chart };
    for (let i = 0; i < 20; i++) files[`values-${i}.yaml`] = `name: n${i}\n`;
    const { units, notices } = await charts(files);
    expect(units).toHaveLength(9);
    expect(notices).toEqual([expect.stringMatching(/^expansion-limit: Beside this chart stand 20 values files/)]);
  });
});

describe('what .helmignore says', () => {
  const chart = (ignore: string, files: Record<string, string> = {}) =>
    charts({ 'app/Chart.yaml': CHART, 'app/templates/a.yaml': pod('a'), 'app/.helmignore': ignore, ...files });

  test('is no part of the chart: files by name and by path, folders, and hidden templates', async () => {
    const { summary, notices } = await chart(
      '# by hand\n*.bak.yaml\n  /templates/old.yaml\ndraft/\nb?.yaml\na.yaml/\n',
      {
        'app/templates/deep/web.bak.yaml': pod('bak'),
        'app/templates/old.yaml': pod('old'),
        'app/templates/deep/old.yaml': pod('kept'),
        'app/templates/draft/more/x.yaml': pod('draft'),
        'app/templates/bb.yaml': pod('bb'),
        'app/templates/.hidden.yaml': pod('hidden'),
      },
    );
    expect(summary).toEqual(['kubernetes:app: Pod/a Pod/kept']);
    expect(notices).toEqual([]);
  });

  test('holds for the charts packed in it, whose own says nothing; values files are read all the same', async () => {
    const part = (name: string) => ({
      [`app/charts/${name}/Chart.yaml`]: `name: ${name}\nversion: 1.0.0\n`,
      [`app/charts/${name}/.helmignore`]: 'own.yaml\n',
      [`app/charts/${name}/templates/own.yaml`]: pod(name),
      [`app/charts/${name}/templates/test.yaml`]: pod('test'),
    });
    const { summary } = await chart('test.yaml\nvalues-*\n', { ...part('db'), 'app/values-x.yaml': 'a: 1\n' });
    expect(summary).toEqual(['kubernetes:app: Pod/a Pod/db', 'kubernetes:app#x: Pod/a Pod/db']);
  });

  test('with ! leaves out everything else, as Helm has it', async () => {
    const { summary } = await chart('!a.yaml\n!templates\n', { 'app/templates/b.yaml': pod('b') });
    expect(summary).toEqual([]);
  });

  test('is told where it is not honoured', async () => {
    const many = Array.from({ length: 300 }, (_, i) => `x${i}\n`).join('');
    const { summary, notices } = await chart(`**/a.yaml\n[a].yaml\n${many}a.yaml\n`);
    expect(summary).toEqual(['kubernetes:app: Pod/a']);
    expect(notices.map((each) => each.split(':')[0])).toEqual([
      'invalid-value',
      'unsupported-construct',
      'expansion-limit',
    ]);
  });
});

test.each([
  ['>=1.19.0-0', 'v1.34.0'],
  ['< 1.25', 'v1.24.0'],
  ['>=1.36', 'v1.36.0'],
  ['<1.0', 'v1.34.0'],
])('the cluster is one that a chart for Kubernetes %s takes', async (range, version) => {
  const { summary } = await charts({
    'Chart.yaml': `${CHART}kubeVersion: "${range}"\n`,
    'templates/a.yaml': pod('{{ .Capabilities.KubeVersion }}'),
  });
  expect(summary).toEqual([`kubernetes:.: Pod/${version}`]);
});

test('a chart without a name, and values that are no mapping', async () => {
  expect((await charts({ 'Chart.yaml': 'version: 1.0.0\n', 'templates/a.yaml': pod('a') })).notices).toEqual([
    expect.stringMatching(/^invalid-value: A chart needs a name/),
  ]);
  const odd = await charts({
    'Chart.yaml': CHART,
    'values.yaml': '[1, 2]\n',
    'templates/a.yaml': pod('a{{ .Values.x }}'),
  });
  expect(odd.summary).toEqual(['kubernetes:.: Pod/a']);
});
