// Times as ratios and growth, so that they mean something on any machine: `npm run bench`. Prints, never asserts.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchGraph } from './bench-graph.mjs';
import { benchGuards } from './bench-guards.mjs';
import { benchHcl } from './bench-hcl.mjs';
import { benchReach } from './bench-reach.mjs';
import { benchTerraform } from './bench-terraform.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PROGRAM = join(ROOT, 'dist', 'portolan.js');
const VOTING_APP = join(ROOT, '..', 'shared', 'corpora', 'dockersamples+example-voting-app');

/** What V8 compiled is kept here, as in a user's own cache folder: a run is like any but a user's first. */
const CACHES = mkdtempSync(join(tmpdir(), 'portolan-caches-'));
process.once('exit', () => rmSync(CACHES, { recursive: true, force: true }));

/** Milliseconds of one run of Node. */
function run(words, cwd, more = {}) {
  const start = process.hrtime.bigint();
  const { error, signal } = spawnSync(process.execPath, words, {
    cwd,
    stdio: 'ignore',
    env: { ...process.env, XDG_CACHE_HOME: CACHES, CI: '', ...more },
  });
  if (error ?? signal) throw error ?? new Error(`${words.join(' ')} was ended by ${signal}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The medians of several jobs, run in turn, so that a slow moment of the machine meets all of them alike. */
function medians(times, ...jobs) {
  const samples = jobs.map(() => []);
  for (let i = 0; i < times; i++) for (const [index, job] of jobs.entries()) samples[index].push(job());
  return samples.map((all) => all.sort((a, b) => a - b)[all.length >> 1]);
}

/** Deployments, each with a Service that leads to it, over ten files. */
function manifests(folder, count) {
  const files = Array.from({ length: 10 }, () => []);
  for (let i = 0; i < count / 2; i++) {
    files[i % 10].push(`apiVersion: apps/v1
kind: Deployment
metadata: { name: app-${i}, namespace: team-${i % 50} }
spec:
  selector: { matchLabels: { app: app-${i} } }
  template:
    metadata: { labels: { app: app-${i} } }
    spec:
      containers:
        - name: main
          image: registry.example/app-${i}:1
          ports: [{ name: http, containerPort: 8080 }]
          env:
            - { name: UPSTREAM, value: "http://app-${(i * 7) % (count / 2)}.team-${((i * 7) % (count / 2)) % 50}:80" }
---
apiVersion: v1
kind: Service
metadata: { name: app-${i}, namespace: team-${i % 50} }
spec:
  selector: { app: app-${i} }
  ports: [{ port: 80, targetPort: http }]
`);
  }
  for (const [index, documents] of files.entries()) {
    writeFileSync(join(folder, `part-${index}.yaml`), documents.join('---\n'));
  }
}

function scanOf(count) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    manifests(folder, count);
    return medians(3, () => run([PROGRAM, 'scan', '--root', '.', '--format', 'sarif', '.'], folder))[0];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const project = existsSync(VOTING_APP) ? VOTING_APP : join(ROOT, 'testdata', 'example');
// The first of them fills the cache of what is compiled; the last runs as if it were the first, every time.
const COLD = { NODE_DISABLE_COMPILE_CACHE: '1' };
// Node reads such certificates at every start, which may take longer than all else it does then.
const BARE = { NODE_EXTRA_CA_CERTS: undefined };
const [node, version, scan, first, bareNode, bareFirst] = medians(
  21,
  () => run(['-e', '0']),
  () => run([PROGRAM, '--version']),
  () => run([PROGRAM, 'scan', '--root', '.', '.'], project),
  () => run([PROGRAM, 'scan', '--root', '.', '.'], project, COLD),
  () => run(['-e', '0'], undefined, BARE),
  () => run([PROGRAM, 'scan', '--root', '.', '.'], project, { ...COLD, ...BARE }),
);
const ms = (time) => `${time.toFixed(0)} ms`;
console.log(`node -e 0                        ${ms(node)}`);
console.log(`portolan --version               ${ms(version)} = ${(version / node).toFixed(2)} × node`);
console.log(`scan of a small project          ${ms(first)} = ${(first / node).toFixed(2)} × node (at most 2.5)`);
if (process.env.NODE_EXTRA_CA_CERTS) {
  const bare = `${ms(bareFirst)} = ${(bareFirst / bareNode).toFixed(2)} × node (${ms(bareNode)})`;
  console.log(`both without NODE_EXTRA_CA_CERTS ${bare}`);
}
console.log(`that scan, its code kept         ${ms(scan)} = ${(scan / node).toFixed(2)} × node`);

const [small, middle, large] = [1_000, 5_000, 10_000].map((count) => [count, scanOf(count)]);
for (const [count, time] of [small, middle, large]) console.log(`scan of ${count} documents`.padEnd(33) + ms(time));
const exponent = Math.log((large[1] - scan) / (small[1] - scan)) / Math.log(large[0] / small[0]);
console.log(`growth from 1000 to 10000        n^${exponent.toFixed(2)} (5000 documents in at most 3000 ms)`);

benchGraph();
benchGuards();
benchReach();
await benchHcl();
benchTerraform();
