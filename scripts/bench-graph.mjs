// The whole graph of a cluster, at sizes from 100 to 10,000 Deployments with as many NetworkPolicies: from what adapters
// made of the manifests to who gets in where. Time, memory added after parsing, growth.
//   node scripts/bench-graph.mjs              the table that `npm run bench` prints
//   node scripts/bench-graph.mjs DEPLOYMENTS  one measurement, as JSON

import { fileURLToPath } from 'node:url';
import { bestAt, bundled, growthOf, megabytes } from './bench-sizes.mjs';

const SELF = fileURLToPath(import.meta.url);
const SIZES = [100, 1_000, 3_000, 10_000];
const PER_NAMESPACE = 20;

/**
 * Deployments in namespaces of twenty, and a policy for each: callers and targets in the namespace by the name of their
 * port, callers of a team's namespaces, and names everywhere. Over ten files.
 */
function manifests(count) {
  const spaces = Math.max(1, Math.round(count / PER_NAMESPACE));
  const files = Array.from({ length: 10 }, () => []);
  for (let i = 0; i < count; i++) {
    const namespace = `ns-${i % spaces}`;
    const neighbour = (step) => (i + spaces * (1 + ((i * step) % (PER_NAMESPACE - 1)))) % count;
    const neighbours = [7, 11].map((step) => `    - podSelector: { matchLabels: { app: app-${neighbour(step)} } }`);
    const team = `{ matchLabels: { team: team-${i % 25} } }`;
    files[i % 10].push(`apiVersion: apps/v1
kind: Deployment
metadata: { name: app-${i}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: app-${i} } }
  template:
    metadata: { labels: { app: app-${i}, tier: tier-${i % 5} } }
    spec:
      containers:
        - name: main
          image: registry.example/app-${i}:1
          ports: [{ name: http, containerPort: ${8080 + (i % 7)} }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: app-${i}, namespace: ${namespace} }
spec:
  podSelector: { matchLabels: { app: app-${i} } }
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
${neighbours.join('\n')}
    ports: [{ port: http }]
  - from: [{ namespaceSelector: ${team}, podSelector: { matchLabels: { tier: tier-${i % 5} } } }]
    ports: [{ port: 9090 }]
  egress:
  - to:
${neighbours.join('\n')}
    ports: [{ port: http }]
  - ports: [{ port: 53, protocol: UDP }]
`);
    if (i >= spaces) continue;
    files[i % 10].push(`apiVersion: v1
kind: Namespace
metadata: { name: ${namespace}, labels: { team: team-${i % 25} } }
`);
  }
  return Object.fromEntries(files.map((documents, i) => [`part-${i}.yaml`, documents.join('---\n')]));
}

/** Builds the graph of `count` Deployments; `reading` is how long everything before it takes. */
async function measure(count) {
  const program = await bundled(`export { openFiles } from './src/assemble/files.ts';
    export { assembleKubernetes } from './src/assemble/kubernetes/index.ts';
    export { kubernetesAdapter } from './src/adapters/kubernetes/index.ts';
    export { buildGraph } from './src/graph/build.ts';
    export { catalogueOf } from './src/graph/prepare-catalogue.ts';
    export * as guarding from './src/graph/guarding.ts';
    export { NO_ASSUMPTIONS } from './src/graph/vocabulary.ts';
    export { memoryTree } from './src/source/tree.ts';`);
  const tree = program.memoryTree(manifests(count));
  const opened = performance.now();
  const units = program.assembleKubernetes(program.openFiles(tree)).value;
  const adapt = await program.kubernetesAdapter(units);
  const fragments = units.map((unit) => adapt(unit).value);
  const read = process.memoryUsage().rss;
  const start = performance.now();
  const graph = program.buildGraph(
    fragments,
    program.catalogueOf([], []),
    program.NO_ASSUMPTIONS,
    program.guarding,
  ).value;
  const time = performance.now() - start;
  const added = process.memoryUsage().rss - read;
  const rows = graph.environments.reduce((sum, { reachability }) => sum + reachability.rows.length, 0);
  return { time, reading: start - opened, added, rows };
}

/** Prints what the graph takes at each size, the best of three. */
export function benchGraph() {
  const found = bestAt(SELF, SIZES);
  for (const { size, time, reading, added, rows } of found) {
    const what = `graph of ${size} Deployments`.padEnd(33);
    const ratio = `${(time / reading).toFixed(2)} × reading them`;
    console.log(`${what}${time.toFixed(0)} ms = ${ratio}, ${megabytes(added)} more (${rows} rows)`);
  }
  console.log(`${growthOf(found)} (10000 in at most 2000 ms and 400 MB more)`);
}

if (process.argv[1] === SELF) {
  const size = Number(process.argv[2]);
  if (size > 0) console.log(JSON.stringify(await measure(size)));
  else benchGraph();
}
