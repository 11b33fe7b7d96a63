// Bundles src/ into dist/, which is committed: the npm package, the Action and the pre-commit hook run it as it is.
//   node scripts/build.mjs           makes dist/ anew
//   node scripts/build.mjs --check   builds beside it and names every file of dist/ that is not what a build makes
// Every module that the program imports lazily is an entry point, so that its file has a stable name; what several of
// them share stands in chunks named by their content.

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { LATE, PLUGINS, reading } from './build-plugins.mjs';
import { makeEager } from './eager.mjs';
import generate from './generate.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
const PROGRAM = 'src/cli/main.ts';
const ENTRIES = { portolan: 'src/cli/portolan.ts', index: 'src/index.ts', action: 'src/action/main.ts' };
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const MODULE = { platform: 'node', target: 'node20', minify: true, charset: 'ascii', legalComments: 'none' };
const OPTIONS = {
  ...MODULE,
  absWorkingDir: ROOT,
  bundle: true,
  splitting: true,
  format: 'esm',
  metafile: true,
  define: { PORTOLAN_VERSION: JSON.stringify(version) },
  chunkNames: 'chunks/[hash]',
  assetNames: 'data/[name]',
  logLevel: 'warning',
};

async function bundle(outdir) {
  const probe = await build({
    ...OPTIONS,
    plugins: PLUGINS,
    entryPoints: entries(ENTRIES),
    outdir,
    write: false,
  });
  const lazy = rooms(probe.metafile);
  const { metafile } = await build({
    ...OPTIONS,
    plugins: [behind([ENTRIES.index, ENTRIES.action, ...Object.values(lazy)]), ...PLUGINS],
    entryPoints: entries({ ...ENTRIES, ...LATE, ...lazy }),
    outdir,
  });
  const program = await commonJs(outdir, metafile.outputs);
  makeEager(program, [join(outdir, 'portolan.js'), 'scan', '--fail-on', 'never'], join(ROOT, 'testdata', 'example'));
  writeFileSync(join(outdir, 'THIRD-PARTY-LICENCES.txt'), licences(metafile));
  declarations(outdir);
}

/**
 * Makes each file a CommonJS module: Node takes several milliseconds to set up its loader of ES modules, which is part of
 * every start. The files are split before, since esbuild splits ES modules only. Answers the file that holds the program.
 */
async function commonJs(outdir, outputs) {
  const paths = Object.keys(outputs).filter((each) => each.endsWith('.js'));
  const [program] = paths.filter((path) => PROGRAM in outputs[path].inputs);
  const place = relative(outdir, join(ROOT, program)).split(sep).join('/');
  for (const path of paths) {
    const file = join(ROOT, path);
    const { code } = await transform(readFileSync(file, 'utf8'), {
      ...MODULE,
      format: 'cjs',
      // An `import()` would set that loader up after all.
      supported: { 'dynamic-import': false },
      define: { PORTOLAN_PROGRAM: JSON.stringify(place) },
    });
    const plain = plainExports(code);
    if (path === program && plain === code)
      throw new Error(`${path} exports in a form that plainExports does not know`);
    writeFileSync(file, plain);
  }
  writeFileSync(join(outdir, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
  return join(ROOT, program);
}

/** One object with a getter for each export, in place of two that are filled name by name: a millisecond for the program. */
function plainExports(code) {
  const made = /(?<![\w$])[\w$]+\(([\w$]+),(\{(?:[\w$]+:\(\)=>[\w$]+,?)+\})\);module\.exports=[\w$]+\(\1\);/;
  return code.replace(made, (_, _exports, named) => {
    const getters = named.replace(/([\w$]+):\(\)=>([\w$]+)/g, 'get $1(){return $2}');
    return `module.exports={__esModule:!0,${getters.slice(1)};`;
  });
}

/**
 * Lets every other entry begin with an import of the program. For a lazy room that costs nothing, since the program is
 * there before; and all that the program is made of then stands in one chunk, instead of one for each set of rooms.
 */
const behind = (lazy) => ({
  name: 'behind',
  setup({ onLoad }) {
    const paths = new Set(lazy.filter((path) => !/(^|\/)node_modules\//.test(path)).map((path) => join(ROOT, path)));
    const program = JSON.stringify(join(ROOT, PROGRAM));
    onLoad({ filter: /\.(ts|js|json)$/, namespace: 'file' }, ({ path }) => {
      if (!paths.has(path)) return undefined;
      const text = path.endsWith('.json') ? reading(path) : readFileSync(path, 'utf8');
      const loader = path.endsWith('.ts') ? 'ts' : 'js';
      return { contents: `import ${program};\n${text}`, loader, resolveDir: dirname(path) };
    });
  },
});

function entries(named) {
  return Object.entries(named).map(([out, path]) => ({ in: path, out }));
}

/** What is imported lazily anywhere, by the name of its file in dist/: `reporters/sarif/sarif.ts` → `reporters-sarif-sarif`. */
function rooms({ inputs }) {
  const lazy = Object.values(inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ kind, external }) => kind === 'dynamic-import' && !external)
    .map(({ path }) => path);
  return Object.fromEntries(
    [...new Set(lazy)].sort().map((path) => [
      path
        .replace(/^src\//, '')
        .replace(/\.[a-z]+$/, '')
        .replaceAll('/', '-'),
      path,
    ]),
  );
}

/** The licence of every package that the bundle holds a part of. */
function licences({ inputs }) {
  const packages = new Set(
    Object.keys(inputs).flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const texts = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(ROOT, folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? readFileSync(join(ROOT, folder, file), 'utf8').trim() : '(The package has no licence file.)';
    return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n')}\n`;
  });
  return ['The files beside this one hold parts of the packages below.\n', ...texts].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The types of the public interface, as the compiler sees them: the modules that it names, and those that these name. */
function declarations(outdir) {
  const all = mkdtempSync(join(tmpdir(), 'portolan-types-'));
  try {
    const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const words = [compiler, '--project', join(ROOT, 'tsconfig.types.json'), '--outDir', all];
    execFileSync(process.execPath, words, { stdio: 'inherit' });
    const kept = new Set();
    const keep = (path) => {
      if (kept.has(path)) return;
      kept.add(path);
      const text = readFileSync(join(all, path), 'utf8');
      mkdirSync(dirname(join(outdir, 'types', path)), { recursive: true });
      writeFileSync(join(outdir, 'types', path), text);
      const named = text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)\.[jt]s['"]/g);
      for (const [, module] of named) keep(join(dirname(path), `${module}.d.ts`));
    };
    keep('index.d.ts');
    writeFileSync(join(outdir, 'index.d.ts'), "export * from './types/index.js';\n");
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}

/** Every file below `folder`, relative to it, with its content. */
function contents(folder) {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.sort().map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path))]));
}

/** One line for each file in which dist/ differs from a fresh build. */
function differences(fresh) {
  const wanted = contents(fresh);
  const found = contents(DIST);
  const names = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return names.flatMap((name) => {
    if (!found.has(name)) return [`missing: ${name}`];
    if (!wanted.has(name)) return [`left over: ${name}`];
    return wanted.get(name).equals(found.get(name)) ? [] : [`stale: ${name}`];
  });
}

await generate();
if (process.argv.includes('--check')) {
  const fresh = mkdtempSync(join(tmpdir(), 'portolan-dist-'));
  try {
    await bundle(fresh);
    const problems = differences(fresh);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) {
      console.error(`${relative(ROOT, DIST)}/ is not what its sources build: run \`npm run build\` and commit it`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
} else {
  rmSync(DIST, { recursive: true, force: true });
  await bundle(DIST);
}
