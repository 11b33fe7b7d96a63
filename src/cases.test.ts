/**
 * The cases of testdata/cases/: small projects whose files say what must be found in them (policy/expectation.ts).
 * `case.json` may name the rules that run, `{"rules": ["debug-port"]}`, where the others would only be noise.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { builtinCatalogue } from './config/builtin.ts';
import { loadPolicy, policyOf, ruleInfos } from './config/load-policy.ts';
import { analyse, judge } from './lint.ts';
import { compareExpectations } from './policy/expectation.ts';
import { graphJson } from './reporters/graph-json.ts';
import type { Context } from './reporters/reporter.ts';
import { sarifProblems } from './reporters/sarif/conformance.fixture.ts';
import { scanSarif } from './reporters/sarif/sarif.ts';
import { scanJson } from './reporters/scan-json.ts';
import { plain } from './reporters/style.ts';
import { diskTree } from './source/disk-tree.ts';
import type { Tree } from './source/tree.ts';

const CASES = fileURLToPath(new URL('../testdata/cases/', import.meta.url));
/** Between the dates that cases write for what is past and what is to come. */
const AT = Date.UTC(2026, 0, 1);

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const areas = folders(CASES);

const graphSchema = schemaOf('graph');
const reportSchema = schemaOf('report');

test('there are cases of every area', () => {
  expect(areas).toEqual(expect.arrayContaining(['compose', 'docker', 'kubernetes', 'mixed', 'terraform']));
});

describe.each(areas)('%s', (area) => {
  test.each(folders(`${CASES}${area}`))('%s', async (name) => {
    const folder = `${CASES}${area}/${name}`;
    const tree = diskTree(folder);
    const config = tree.read('portolan.yaml');
    const loaded = await loadPolicy(tree, config.kind === 'text' ? { path: 'portolan.yaml', text: config.text } : null);
    const only = rulesOf(folder);
    expect(only.filter((id) => !loaded.known.has(id))).toEqual([]);
    const policy = policyOf(loaded, { only, skip: [], inlineSuppressions: true, at: AT });

    const analysis = await analyse(tree, { catalogue: builtinCatalogue(), assume: loaded.config.assume });
    const report = await judge(analysis, policy, await ruleInfos(policy.rules, loaded.prose));

    expect(compareExpectations(textsOf(tree), report.findings)).toEqual([]);
    expect(report.notices.filter(({ code }) => code === 'rule-defect')).toEqual([]);
    const context = contextFor(analysis.lines);
    expect(sarifProblems(scanSarif(report, context))).toEqual([]);
    expect(schemaProblems(reportSchema, scanJson(report, context))).toEqual([]);
    expect(schemaProblems(graphSchema, graphJson(analysis, context))).toEqual([]);
  });
});

function rulesOf(folder: string): readonly string[] {
  const path = `${folder}/case.json`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { rules: readonly string[] }).rules : [];
}

function schemaOf(name: string): ValidateFunction {
  const path = fileURLToPath(new URL(`../schemas/${name}.schema.json`, import.meta.url));
  return new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(path, 'utf8')));
}

function schemaProblems(validate: ValidateFunction, text: string): readonly string[] {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Path → text of every file that can be read. */
function textsOf(tree: Tree): Readonly<Record<string, string>> {
  const texts = tree.list().value.flatMap((path) => {
    const reading = tree.read(path);
    return reading.kind === 'text' ? [[path, reading.text] as const] : [];
  });
  return Object.fromEntries(texts);
}

function contextFor(lines: Context['lines']): Context {
  return {
    version: '0.0.0',
    lines,
    style: plain,
    verbose: false,
    quiet: false,
    showSuppressed: false,
    pairs: false,
    sarif: { prefix: '', category: null, suppressed: true, provenance: null, successful: true },
  };
}
