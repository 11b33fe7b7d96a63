// Turns the policy data of rules/ and the schemas of schemas/ into what the program loads: src/generated/ (never committed).
// Runs before type checking, bundling and testing; Vitest calls the default export as its global set-up.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build, transform } from 'esbuild';
import { load } from 'js-yaml';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CATALOGUES = ['images', 'ports'];

/** What of a rule only its reader wants. */
const PROSE = ['why', 'fix', 'references', 'controls', 'examples'];
/** What is evaluated of a rule. The rest says what it finds. */
const EXPRESSIONS = ['when', 'at', 'message'];

export default async function generate() {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  for (const name of schemas()) ajv.addSchema(read(join('schemas', `${name}.schema.json`), JSON.parse), name);

  const rules = readRules(ajv);
  write('prose.json', JSON.stringify(Object.fromEntries(rules.map((rule) => [rule.id, only(rule, PROSE)]))));
  const program = await sources();
  const catalogue = program.catalogueOf(readCatalogue(ajv, 'ports'), readCatalogue(ajv, 'images'));
  write('catalogue.json', JSON.stringify(catalogue));
  write('modules.json', JSON.stringify(readModules(ajv)));
  const translation = translated(rules, catalogue, program);
  write('rules.js', translation.module);
  const headers = rules.map((rule) => ({
    ...without(rule, [...PROSE, ...EXPRESSIONS]),
    ...translation.rules[rule.id],
  }));
  write('policy.json', JSON.stringify(headers));
  write('rules.d.ts', RULES_DECLARATIONS);
  write('page.json', JSON.stringify(await page()));
  write('validate.js', validators(ajv));
  write('validate.d.ts', VALIDATE_DECLARATIONS);
}

/** What the page of `--format html` holds besides what it tells: its style sheet and its script, as they stand in it. */
async function page() {
  const file = (name) => readFileSync(join(ROOT, 'src', 'reporters', 'html', 'browser', name), 'utf8');
  const { code } = await transform(file('page.ts'), {
    loader: 'ts',
    target: 'es2022',
    charset: 'ascii',
    format: 'iife',
  });
  return { style: file('page.css'), script: code };
}

/** The schemas that exist, by name, sorted. */
function schemas() {
  return readdirSync(join(ROOT, 'schemas'))
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => name.slice(0, -'.schema.json'.length))
    .sort();
}

/** Every rule of rules/, sorted by id. Its file is named after it. */
function readRules(ajv) {
  return readdirSync(join(ROOT, 'rules'))
    .filter((name) => name.endsWith('.yaml') && !CATALOGUES.includes(name.slice(0, -5)))
    .sort()
    .map((name) => {
      const rule = valid(ajv, 'rule', join('rules', name));
      if (`${rule.id}.yaml` !== name) throw new Error(`rules/${name}: the rule calls itself ${rule.id}`);
      return { confidence: 'medium', ...rule };
    });
}

/** The entries of rules/ports.yaml or rules/images.yaml, in the shape of src/graph/catalogue.ts. */
function readCatalogue(ajv, name) {
  return valid(ajv, name, join('rules', `${name}.yaml`)).map((entry) => CATALOGUE_ENTRIES[name](entry));
}

const CATALOGUE_ENTRIES = {
  // Where a port is written down is for those who read the catalogue, not for the program.
  ports: ({ reference: _, ...entry }) => ({
    protocols: ['tcp'],
    sensitive: false,
    plaintext: false,
    tls: false,
    dedicated: false,
    names: [],
    secureNames: [],
    ...entry,
    ports: entry.ports.map(portRange),
  }),
  images: (entry) => ({
    images: [],
    programs: [],
    ...entry,
    ports: (entry.ports ?? []).map((port) => ({ protocol: 'tcp', ...port, ports: portRange(port.ports) })),
    ...(entry.besides && { besides: entry.besides.map(portRange) }),
  }),
};

/** The models of rules/modules/, in the shape of src/assemble/terraform/model-table.ts. */
function readModules(ajv) {
  const folder = join('rules', 'modules');
  const paths = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  return paths.sort().flatMap((path) =>
    valid(ajv, 'modules', join(folder, path)).map(
      ({ sources, newest, inputs = {}, presets = {}, data = {}, terraform }) => {
        const variables = Object.entries(inputs).map(
          ([name, value]) => `variable "${name}" { default = ${hcl(value)} }`,
        );
        const locals = Object.entries(data).map(([name, value]) => `locals { ${name} = ${hcl(value)} }`);
        const preset = Object.fromEntries(Object.entries(presets).map(([name, value]) => [name, hcl(value)]));
        return { sources, newest, presets: preset, text: [...variables, ...locals, terraform].join('\n') };
      },
    ),
  );
}

/** A value as Terraform writes it, which is JSON but for what it takes for a template. */
function hcl(value) {
  return JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{');
}

/** `8080`, `"6000-6063"` or `{ from, to }` as a range. */
function portRange(written) {
  if (typeof written === 'object') return written;
  const [from, to = from] = String(written).split('-').map(Number);
  return { from, to };
}

/** The content of a YAML file, which the schema `name` admits. */
function valid(ajv, name, path) {
  const content = read(path, load);
  const validate = ajv.getSchema(name);
  if (!validate) throw new Error(`${path}: there is no schemas/${name}.schema.json`);
  if (validate(content)) return content;
  const problems = validate.errors.map((error) => `  ${error.instancePath || '/'} ${error.message}`);
  throw new Error([`${path} is not what schemas/${name}.schema.json asks for:`, ...problems].join('\n'));
}

function read(path, parse) {
  try {
    return parse(readFileSync(join(ROOT, path), 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error.reason ?? error.message}`);
  }
}

/** What the rules evaluate, checked and translated by the program itself. Throws where a rule is wrong. */
function translated(rules, catalogue, { declarationOf, translateRules }) {
  const declarations = rules.map((rule) => {
    const origin = { file: `rules/${rule.id}.yaml`, start: 0, end: 0 };
    return declarationOf(rule, (text) => ({ text, place: () => origin }), origin);
  });
  return translateRules(declarations, catalogue, '../policy/operators.ts');
}

/** What of the program's own sources is needed here. */
async function sources() {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-generate-'));
  try {
    const outfile = join(folder, 'sources.mjs');
    const contents = `export { translateRules } from './src/policy/translate.ts';
      export { declarationOf } from './src/config/written.ts';
      export { catalogueOf } from './src/graph/prepare-catalogue.ts';`;
    const stdin = { contents, resolveDir: ROOT, sourcefile: 'sources.ts', loader: 'ts' };
    await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node' });
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const RULES_DECLARATIONS = `import type { TranslatedCode } from '../policy/translated.ts';
/** By rule id. */
export const RULES: Readonly<Record<string, TranslatedCode>>;
`;

/** The validators that the program needs at run time, as one module that imports nothing. */
function validators(ajv) {
  const code = standalone.default(ajv, { validateRule: 'rule', validateConfig: 'config' });
  if (/\brequire\(/.test(code)) {
    throw new Error(
      'schemas/: a keyword of the rule or config schema needs code from ajv at run time; write it another way',
    );
  }
  return code;
}

const VALIDATE_DECLARATIONS = `/** What ajv says of a value that a schema does not admit. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  /** The key that is wrong, where one is. */
  readonly propertyName?: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: { readonly description?: string; readonly properties?: Readonly<Record<string, unknown>> };
  readonly data?: unknown;
}
interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
export const validateRule: Validator;
export const validateConfig: Validator;
`;

function without(object, keys) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

function only(object, keys) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));
}

/** Writes only what changed, so that nothing that watches the files starts for nothing. */
function write(name, text) {
  const path = join(ROOT, 'src', 'generated', name);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
