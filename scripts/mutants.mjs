// Whether the tests notice mistakes in the semantics of reachability: `npm run mutants [word…]`. Each mistake of
// mutant-table.mjs is made in a copy of the tree, never in the tree itself, and the tests of reachability run there: the
// fixtures, and only if these let it live, the rest. Words choose the mutants whose names hold one of them.

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTANTS } from './mutant-table.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
/** What the tests need. */
const COPIED = ['src', 'rules', 'schemas', 'testdata/reach', 'package.json', 'tsconfig.json'];
/**
 * Without the set-up of the tree's own: what it generates is copied, and no mutant is in what it reads. What something
 * costs is not asked.
 */
const CONFIG = `export default {
  test: { include: ['src/**/*.test.ts'], exclude: ['src/**/*.size.test.ts'], testTimeout: 300_000 },
};
`;
/** Those that notice most in the least time first; the others are asked about what is left. */
const SUITES = [
  ['src/reach.test.ts'],
  ['src/adapters/kubernetes', 'src/graph/exposure', 'src/graph/gateway', 'src/graph/connections'],
  ['src/graph/reach'],
];
/** What a program says that is not one: a mutant that does not run shows nothing about the tests. */
const CRASH = /^(SyntaxError|ReferenceError|TypeError)\b/;
const AT_ONCE = 2;

const words = process.argv.slice(2);
const wanted = MUTANTS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

const stale = wanted.filter(({ file, find }) => readFileSync(join(ROOT, file), 'utf8').split(find).length !== 2);
for (const { name, file, find } of stale) console.log(`${name}: ${file} has not exactly one\n  ${find}`);
if (stale.length > 0) process.exit(1);

const copies = Array.from({ length: AT_ONCE }, () => copyOfTree());
try {
  const whole = await Promise.all(SUITES.map((suite, i) => failing(copies[i % AT_ONCE], suite)));
  const broken = whole.flat();
  if (broken.length > 0) {
    console.log(`These tests fail without any mutant:\n  ${broken.join('\n  ')}`);
    process.exitCode = 1;
  } else {
    const results = await eachAtOnce(wanted, killersOf);
    const survivors = results.filter((killers) => killers.length === 0).length;
    console.log(`\n${results.length} mutants, ${results.length - survivors} killed, ${survivors} survived`);
    if (survivors > 0) process.exitCode = 1;
  }
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}

function copyOfTree() {
  const copy = mkdtempSync(join(tmpdir(), 'portolan-mutants-'));
  for (const each of COPIED) cpSync(join(ROOT, each), join(copy, each), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'vitest.config.js'), CONFIG);
  return copy;
}

/** The test files that notice a mutant, those of the first suite that does; none for one that does not run. */
async function killersOf({ name, file, find, replace }, copy) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  let killers = [];
  let broken = '';
  try {
    for (const suite of SUITES) if (killers.length === 0) killers = await failing(copy, suite);
  } catch (error) {
    [broken] = error.message.split('\n');
  }
  writeFileSync(path, text);
  const outcome = broken ? 'BROKEN' : killers.length > 0 ? 'killed' : 'SURVIVED';
  console.log(`${outcome.padEnd(8)}  ${name.padEnd(72)}  ${broken || killers.join(' ')}`);
  return killers;
}

/** The test files of a suite that fail in a copy; the fixtures that do are named. */
function failing(copy, suite) {
  const report = join(copy, 'results.json');
  rmSync(report, { force: true });
  const args = [
    join(copy, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...suite,
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: copy, maxBuffer: 1 << 28 }, (_, stdout, stderr) => {
      let results;
      try {
        ({ testResults: results } = JSON.parse(readFileSync(report, 'utf8')));
      } catch {
        reject(new Error(`vitest did not run in ${copy}:\n${stdout}\n${stderr}`));
        return;
      }
      if (results.length === 0) reject(new Error(`there are no tests in ${suite.join(' ')}`));
      try {
        resolve(results.filter(({ status }) => status !== 'passed').map((one) => describe(one, copy)));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** The path of a test file, and the first of the tests that fail. */
function describe({ name, message, assertionResults }, copy) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const messages = [message, ...failed.flatMap(({ failureMessages }) => failureMessages)];
  const crash = messages.find((each) => CRASH.test(each));
  if (crash) throw new Error(`a mutant does not run: ${crash}`);
  const more = failed.length > 1 ? ` +${failed.length - 1}` : '';
  return `${relative(copy, name)}${failed.length > 0 ? ` (${failed[0].title}${more})` : ''}`;
}

/** Runs `job` for all items, each worker with a copy of its own; the answers are in the order of the items. */
async function eachAtOnce(items, job) {
  const results = [];
  let next = 0;
  const worker = async (copy) => {
    while (next < items.length) {
      const index = next++;
      results[index] = await job(items[index], copy);
    }
  };
  await Promise.all(copies.map(worker));
  return results;
}
