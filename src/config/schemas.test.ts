/** The schemas as editors and SchemaStore want them: schemas/catalog.json says which of them are meant to be published. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { matchesGlob } from '../source/glob.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SUFFIX = '.schema.json';
/** What people write in an editor, where a description is what they are shown; the others say what Portolan writes. */
const WRITTEN = ['config', 'rule', 'images', 'modules', 'ports'];

interface Schema {
  readonly $schema: string;
  readonly $id: string;
  readonly title: string;
  readonly description: string;
}
interface Entry {
  readonly name: string;
  readonly description: string;
  readonly fileMatch: readonly string[];
  readonly url: string;
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const files = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`);
const names = files('schemas').flatMap((path) => (path.endsWith(SUFFIX) ? [basename(path, SUFFIX)] : []));
const schemaOf = (name: string): Schema => JSON.parse(read(`schemas/${name}${SUFFIX}`));
const { schemas: catalog } = JSON.parse(read('schemas/catalog.json')) as { readonly schemas: readonly Entry[] };

/** What the strictest reader says of a value; empty where it fits. */
function problems(name: string, value: unknown): readonly string[] {
  const validate = new Ajv({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true }).compile(
    schemaOf(name),
  );
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe.each(names)('%s', (name) => {
  test('is a strict schema of draft 7 that says what it is for', () => {
    const { $schema, $id, title, description } = schemaOf(name);
    expect($schema).toBe('http://json-schema.org/draft-07/schema#');
    expect($id).toMatch(/^https:\/\/\S+\.json$/);
    expect([title, description]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
    problems(name, {});
  });
});

test('no two schemas are called alike', () => {
  expect(new Set(names.map((name) => schemaOf(name).$id)).size).toBe(names.length);
});

test.each(WRITTEN)('every key of %s is described', (name) => {
  const schema = schemaOf(name);
  expect(undescribed(schema, schema, '')).toEqual([]);
});

/** The keys that an editor would show without a word. */
function undescribed(at: unknown, root: Schema, path: string): readonly string[] {
  if (typeof at !== 'object' || at === null) return [];
  return Object.entries(at).flatMap(([key, value]) => {
    const keys = key === 'properties' ? Object.entries(value as object) : [];
    const silent = keys.filter(([, each]) => !('description' in each) && !('description' in referred(each, root)));
    return [...silent.map(([each]) => `${path}/${each}`), ...undescribed(value, root, `${path}/${key}`)];
  });
}

function referred({ $ref }: { readonly $ref?: string }, root: Schema): object {
  const name = $ref?.replace('#/definitions/', '');
  const { definitions = {} } = root as { readonly definitions?: Readonly<Record<string, object>> };
  return (name === undefined ? null : definitions[name]) ?? {};
}

describe('the catalog', () => {
  test('names schemas by their own address, in order', () => {
    const ids = names.map((name) => schemaOf(name).$id);
    expect(catalog.filter(({ url }) => !ids.includes(url))).toEqual([]);
    expect(catalog.map(({ name }) => name)).toEqual(catalog.map(({ name }) => name).sort());
    for (const { description } of catalog) expect(description).toMatch(/^[A-Z].*[^.]$/);
  });

  test.each([
    ['portolan.yaml', 'Portolan'],
    ['shop/portolan/rules/no-telnet.yaml', 'Portolan rule'],
    ['shop/rules/no-telnet.yaml', undefined],
    ['compose.yaml', undefined],
  ])('%s is %s', (path, name) => {
    // A pattern without a slash speaks of the file's name alone.
    const fits = (glob: string) => matchesGlob(glob, glob.includes('/') ? path : basename(path));
    expect(catalog.find(({ fileMatch }) => fileMatch.some(fits))?.name).toBe(name);
  });
});

test.each(files('rules').filter((path) => /^rules\/[^/]+\.yaml$/.test(path)))('%s tells editors its schema', (path) => {
  const [, name = ''] = /^# yaml-language-server: \$schema=\.\.\/schemas\/(\w+)\.schema\.json\n/.exec(read(path)) ?? [];
  expect(problems(name, load(read(path)))).toEqual([]);
});

test.each(files('testdata').filter((path) => path.endsWith('/portolan.yaml')))('%s is admitted', (path) => {
  expect(problems('config', load(read(path)))).toEqual([]);
});

test('the examples of the reference are admitted', () => {
  const readme = [...read('README.md').matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
  const rule = readme.find((text) => text.startsWith('id:'));
  const config = readme.find((text) => text.startsWith('version:'));
  expect(problems('rule', { title: 'x', ...(load(rule ?? '') as object) })).toEqual([]);
  expect(problems('config', load(config ?? ''))).toEqual([]);
});

describe('what is wrong is not admitted', () => {
  test.each([
    ['version: 2', '/version must be equal to constant'],
    ['versoin: 1', ' must NOT have additional properties'],
    ['policy: { failOn: severe }', '/policy/failOn must be equal to one of the allowed values'],
    ['policy: { maxWaiver: 2 weeks }', '/policy/maxWaiver must match pattern'],
    ['assume: { cni: weave }', '/assume/cni must be equal to one of the allowed values'],
    ['services: { web: { listens: [80] } }', '/services/web/listens/0 must be object'],
    ['services: { web: { listens: [{ port: 70000 }] } }', '/services/web/listens/0/port must be <= 65535'],
    ['waivers: [{ rule: debug-port }]', "/waivers/0 must have required property 'reason'"],
  ])('%s', (text, problem) => {
    const said = problems('config', { version: 1, ...(load(text) as object) });
    expect(said).toContainEqual(expect.stringContaining(problem));
  });

  const rule = { id: 'a', title: 'A', severity: 'high', on: 'exposure', when: 'true', message: 'A.' };
  test.each([
    [{ id: 'Not-An-Id' }, '/id must match pattern'],
    [{ severity: 'severe' }, '/severity must be equal to one of the allowed values'],
    [{ severity: { galaxy: 'high' } }, '/severity must NOT have additional properties'],
    [{ on: 'pod' }, '/on must be equal to one of the allowed values'],
    [{ when: ' ' }, '/when must match pattern'],
    [{ references: ['here'] }, '/references/0 must match pattern'],
    [{ weight: 1 }, ' must NOT have additional properties'],
  ])('%j', (change, problem) => {
    expect(problems('rule', rule)).toEqual([]);
    expect(problems('rule', { ...rule, ...change })).toContainEqual(expect.stringContaining(problem));
  });
});
