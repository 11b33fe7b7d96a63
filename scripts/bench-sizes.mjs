// What measurements at several sizes have in common: one bundle of what is measured, a process for each run, growth.

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What `contents`, which stands in the root, exports: as one module. */
export async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

/** What `script` prints as JSON for each size, with its time: the best of three runs. */
export function bestAt(script, sizes) {
  return sizes.map((size) => {
    const runs = [1, 2, 3].map(() => {
      const { stdout, error, signal } = spawnSync(process.execPath, [script, `${size}`]);
      if (error ?? signal) throw error ?? new Error(`the measurement of ${size} was ended by ${signal}`);
      return JSON.parse(stdout);
    });
    return { size, ...runs.sort((a, b) => a.time - b.time)[0] };
  });
}

/** The exponent of growth from the smallest size to the largest, as text. */
export function growthOf(found) {
  const [small, large] = [found[0], found.at(-1)];
  const exponent = Math.log(large.time / small.time) / Math.log(large.size / small.size);
  return `${`growth from ${small.size} to ${large.size}`.padEnd(33)}n^${exponent.toFixed(2)}`;
}

/** Bytes as text. */
export const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
