// How fast the HCL parser reads once it is warm, on one core: all .tf files of ../shared, over and over.
//   node scripts/bench-hcl.mjs

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SHARED = join(ROOT, '..', 'shared');
const FOLDER = existsSync(SHARED) ? SHARED : join(ROOT, 'testdata');
const ROUNDS = 12;
/** Texts that are read in one round, in bytes. */
const ROUND = 8e6;

async function parser() {
  const entryPoints = [join(ROOT, 'src', 'parsers', 'hcl', 'index.ts')];
  const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: 'esm', platform: 'node' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

/** Prints the megabytes in a second of processor time: the median of the second half of the rounds. */
export async function benchHcl() {
  const { parseHcl } = await parser();
  const paths = readdirSync(FOLDER, { recursive: true }).filter((path) => path.endsWith('.tf'));
  const files = paths.map((path) => ({ path, format: 'hcl', text: readFileSync(join(FOLDER, path), 'utf8') }));
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const times = Math.max(1, Math.round(ROUND / bytes));
  const speeds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    for (let time = 0; time < times; time++) for (const file of files) parseHcl(file);
    const { user, system } = process.cpuUsage(before);
    return (bytes * times) / (user + system);
  });
  const warm = speeds.slice(ROUNDS / 2).sort((a, b) => a - b);
  const speed = warm[warm.length >> 1];
  const what = `HCL of ${files.length} files`.padEnd(33);
  console.log(`${what}${speed.toFixed(1)} MB/s warm, ${speeds[0].toFixed(1)} cold (at least 20 warm)`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchHcl();
