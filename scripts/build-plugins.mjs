// What the bundler does with modules that are no program of ours, or more than the program needs. Starting is what a run of
// a small project takes longest for, and every kilobyte of program that it does not use is part of that.

import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Data as files that are read when they are needed: several times faster to start with than the same as a program. */
const data = {
  name: 'data',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /\.json$/, namespace: 'file' }, ({ path }) => ({ contents: reading(path) }));
    onResolve({ filter: /^data:/ }, ({ path }) => ({ path: path.slice('data:'.length), namespace: 'data' }));
    // Relative paths: the names of chunks are made from them too, and must not depend on where this folder stands.
    onLoad({ filter: /^/, namespace: 'data' }, ({ path }) => ({
      contents: readFileSync(join(ROOT, path)),
      loader: 'file',
    }));
  },
};

/** A module that reads a JSON file and exports what it says. */
export const reading = (path) => `import { readFileSync } from 'node:fs';
  import file from ${JSON.stringify(`data:${relative(ROOT, path)}`)};
  export default JSON.parse(readFileSync(\`\${__dirname}/\${file}\`, 'utf8'));`;

/**
 * Node's own modules, asked for by a call and name by name: an import would load all that they can lead to, such as the
 * streams of `fs`.
 */
const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtins' }));
    onLoad({ filter: /^/, namespace: 'builtins' }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path)).filter((name) => name !== 'default');
      const parts = names.map((name) => `export const ${name} = /* @__PURE__ */ part('${name}');`);
      return { contents: [`const part = (name) => process.getBuiltinModule('${path}')[name];`, ...parts].join('\n') };
    });
  },
};

/**
 * What dependencies make when they are loaded and this program never uses, marked so that it is left out: of js-yaml, which
 * reads events here, the schemas; of the types of language servers, all but the positions and ranges of dockerfile-ast.
 */
const unused = {
  name: 'unused',
  setup({ onLoad }) {
    const mark = (filter, made, marked) =>
      onLoad({ filter }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replaceAll(made, marked) }));
    const statement = /^var ([\w$]+) = ((?:new |[\w.]+\(|[{`])[\s\S]*?);$(?=\n\S)/gm;
    mark(/js-yaml\.mjs$/, statement, 'var $1 = /* @__PURE__ */ (() => ($2))();');
    const namespace = /^(?=\(function \((?!(?:uinteger|Position|Range|Is)\)))/gm;
    mark(/vscode-languageserver-types[\\/]lib[\\/]esm[\\/]main\.js$/, namespace, '/* @__PURE__ */ ');
  },
};

/** The language of rules without what only its reference tells (policy/reference.ts), which the program does not print. */
const reference = {
  name: 'reference',
  setup({ onLoad }) {
    const told = /(?<=[{,]\s*)(?:about|example|unit):\s*(?:'(?:[^'\\\n]|\\.)*'|`[^`\n]*`),?/g;
    onLoad(
      { filter: /[\\/]src[\\/](?:policy[\\/](?:subjects[\\/][\w-]+|change)|graph[\\/]trait)\.ts$/ },
      ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll(told, ''),
        loader: 'ts',
      }),
    );
  },
};

/**
 * HashiCorp's parser in WebAssembly, which is loaded for files that ours rejects: its program stands among the data, and of
 * its dependencies it gets what it uses of them, from Node itself.
 */
const hcl2json = {
  name: 'hcl2json',
  setup({ onResolve, onLoad }) {
    const PROGRAM = 'hcl2json:program';
    onResolve({ filter: /^hcl2json:/ }, ({ path }) => ({ path, namespace: 'hcl2json' }));
    onResolve({ filter: /^(?:fs|util|crypto|path|zlib|performance|fs-extra)$/ }, ({ path, importer }) =>
      /[\\/]@cdktf[\\/]hcl2json[\\/]/.test(importer) ? { path, namespace: 'hcl2json' } : undefined,
    );
    onLoad({ filter: /^/, namespace: 'hcl2json' }, ({ path }) => {
      const program = `import file from 'data:node_modules/@cdktf/hcl2json/main.wasm.gz';
        export const program = \`\${__dirname}/\${file}\`;`;
      if (path === PROGRAM) return { contents: program, resolveDir: ROOT };
      const name = { 'fs-extra': 'node:fs/promises', performance: 'node:perf_hooks' }[path] ?? `node:${path}`;
      return { contents: `module.exports = process.getBuiltinModule('${name}');` };
    });
    onLoad({ filter: /[\\/]hcl2json[\\/]lib[\\/]bridge\.js$/ }, ({ path }) => {
      const beside = '(0, path_1.join)(__dirname, "..", "main.wasm.gz")';
      const contents = readFileSync(path, 'utf8');
      if (!contents.includes(beside)) throw new Error(`${path} finds its program in another way`);
      return { contents: contents.replace(beside, `require('${PROGRAM}').program`) };
    });
  },
};

/** Packages that many runs do without, each a function: in files of their own, loaded when they are first called. */
export const LATE = { 'late-ignore': 'node_modules/ignore/index.js' };
const late = {
  name: 'late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^ignore$/ }, ({ path }) => ({ path, namespace: 'late' }));
    onLoad({ filter: /^/, namespace: 'late' }, ({ path }) => ({
      contents: `export default (...given) => require('late:${path}').default(...given);`,
    }));
    // From the chunk of the program, which stands in a folder of its own.
    onResolve({ filter: /^late:/ }, ({ path }) => ({ path: `../${path.replace(':', '-')}.js`, external: true }));
  },
};

export const PLUGINS = [data, builtins, unused, reference, hcl2json, late];
