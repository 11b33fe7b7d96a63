/** The page about a few files, made as the program makes it. */
import { builtinCatalogue } from '../../config/builtin.ts';
import { loadPolicy, policyOf, ruleInfos } from '../../config/load-policy.ts';
import { NO_ASSUMPTIONS } from '../../graph/vocabulary.ts';
import { analyse, judge } from '../../lint.ts';
import { memoryTree } from '../../source/tree.ts';
import type { Context } from '../reporter.ts';
import { plain } from '../style.ts';
import { htmlPage } from './page.ts';

/** With what the built-in rules find, or the graph alone. */
export async function pageOf(files: Readonly<Record<string, string>>, judged = true): Promise<string> {
  const tree = memoryTree(files);
  const analysis = await analyse(tree, { catalogue: builtinCatalogue(), assume: NO_ASSUMPTIONS });
  const loaded = await loadPolicy(tree, null);
  const run = { only: [], skip: [], inlineSuppressions: true, at: 0, baseline: [] };
  const policy = policyOf(loaded, run);
  const { graph, lines, notices, coverage } = analysis;
  const report = judged ? await judge(analysis, policy, await ruleInfos(policy.rules, loaded.prose)) : {};
  return htmlPage({ notices, coverage, ...report, graph }, { ...CONTEXT, lines });
}

const CONTEXT: Context = {
  version: '0.0.0',
  lines: () => undefined,
  style: plain,
  verbose: false,
  quiet: false,
  showSuppressed: false,
  pairs: false,
  sarif: { prefix: '', category: null, suppressed: false, provenance: null, successful: true },
};

/** A shop: a page on the internet, a database that should not be there, a worker that needs it, a stray debugger. */
export const SHOP: Readonly<Record<string, string>> = {
  'compose.yaml': `services:
  web:
    image: node:22
    command: node --inspect=0.0.0.0:9229 server.js
    ports:
      - "8080:3000"
    environment:
      DATABASE_URL: postgres://shop@db:5432/shop
  db:
    image: postgres:16
    ports:
      - "5432:5432"
  worker:
    image: example.org/shop/worker
    environment:
      DATABASE_URL: postgres://shop@db:5432/shop
  cache:
    image: redis:7
`,
  'deploy/api.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: api
          image: example.org/shop/api
          ports: [{ containerPort: 8080 }]
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec:
  selector: { app: api }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front, namespace: shop }
spec:
  rules:
    - host: shop.example.org
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }
`,
};

/** Services beside one another, each with a port, the first ones published. */
export function services(count: number): Readonly<Record<string, string>> {
  const lines = Array.from({ length: count }, (_, index) => {
    const published = index < count / 10 ? `\n    ports: ["${10_000 + index}:6379"]` : '';
    return `  cache-${index}:\n    image: redis:7${published}\n`;
  });
  return { 'compose.yaml': `services:\n${lines.join('')}` };
}
