import { describe, expect, test } from 'vitest';
import { builtinCatalogue } from '../../config/builtin.ts';
import { analyse } from '../../lint.ts';
import { explainText } from '../../reporters/explain-text.ts';
import type { Context } from '../../reporters/reporter.ts';
import { plain } from '../../reporters/style.ts';
import { memoryTree } from '../../source/tree.ts';
import { NO_ASSUMPTIONS } from '../vocabulary.ts';
import { explain } from './index.ts';
import type { AskedEnd, AskedPort, EnvironmentExplanation } from './view.ts';

/** Explains the way from one workload to another, by name, and prints it. */
async function ask(text: string, from: string, to: string, port: AskedPort | null = null) {
  const analysis = await analyse(memoryTree({ 'a.yaml': text }), {
    catalogue: builtinCatalogue(),
    assume: NO_ASSUMPTIONS,
  });
  const [environment] = analysis.graph.environments;
  if (!environment) throw new Error('nothing was read');
  const end = (name: string): AskedEnd => {
    const workload = environment.workloads.find((each) => each.name === name);
    if (!workload) throw new Error(`no ${name}`);
    return { kind: 'workload', workload };
  };
  const explanation: EnvironmentExplanation = explain(environment, end(from), end(to), port);
  const context = { lines: analysis.lines, style: plain } as Context;
  return { ...explanation, text: explainText({ environments: [explanation] }, context) };
}

const pod = (name: string, ...ports: readonly number[]) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: main, image: example.org/${name}, ports: [${ports.map((port) => `{ containerPort: ${port} }`).join(', ')}] }] }
---
`;
const policy = (name: string, spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
---
`;

describe('the least to change', () => {
  test('is one guard where one denies at both ends', async () => {
    const text =
      pod('web') +
      pod('db', 5432) +
      policy('closed', 'podSelector: {}, policyTypes: [Ingress, Egress]') +
      policy('out', 'podSelector: { matchLabels: { app: web } }, policyTypes: [Egress]') +
      policy('in', 'podSelector: { matchLabels: { app: db } }');
    const { answers } = await ask(text, 'web', 'db');
    expect(answers[0]?.sides.map(({ by }) => by.map(({ guard }) => guard.name))).toEqual([
      ['closed', 'out'],
      ['closed', 'in'],
    ]);
    expect(answers[0]?.changes.map(({ guard, text: change }) => [guard?.name, change])).toEqual([
      ['closed', 'grant egress of shop/db on tcp/5432 in network policy shop/closed'],
      ['closed', 'grant ingress of shop/web on tcp/5432 in network policy shop/closed'],
    ]);
  });

  test('is the nearest grant, and nothing where it gets through', async () => {
    const near = (app: string, port: number) =>
      `podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: ${app} } } }], ports: [{ port: ${port} }] }]`;
    const text = pod('web') + pod('db', 5432) + policy('other', near('api', 1)) + policy('port', near('web', 5433));
    const { answers } = await ask(text, 'web', 'db');
    expect(answers[0]?.changes.map(({ guard, text: change }) => [guard?.name, change])).toEqual([
      ['port', 'widen this ingress rule of network policy shop/port: allows TCP 5433, not TCP 5432'],
    ]);
    const open = await ask(text, 'web', 'db', { port: 5433, protocol: 'tcp' });
    expect(open.answers[0]).toMatchObject({ verdict: 'reachable', changes: [], listener: null });
  });
});

describe('an answer', () => {
  test('is possible where nobody can be sure, and says why', async () => {
    const text =
      pod('web') +
      pod('db', 5432) +
      policy(
        'db',
        'podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]',
      );
    const { answers, text: told } = await ask(text, 'web', 'db');
    expect(answers[0]?.verdict).toBe('possible');
    expect(told).toContain('because whether a range of addresses means workloads depends on the network');
  });

  test('names every grant that admits', async () => {
    const all = 'podSelector: { matchLabels: { app: db } }, ingress: [{}]';
    const { text } = await ask(pod('web') + pod('db', 5432) + policy('one', all) + policy('two', all), 'web', 'db');
    expect(text).toContain('network policy shop/one');
    expect(text).toContain('also granted by network policy shop/two');
  });
});

describe('size', () => {
  test('thousands of guards are counted, and the first are told', async () => {
    const guards = Array.from({ length: 3000 }, (_, i) => policy(`deny-${i}`, 'podSelector: {}')).join('');
    const { answers, text } = await ask(pod('web') + pod('db', 5432) + guards, 'web', 'db');
    expect(answers[0]?.sides[1]?.by).toHaveLength(3000);
    expect(text).toContain('blocked by 3000 guards');
    expect(text).toContain('and 2990 more guards (--format json has all)');
    expect(text.split('\n').length).toBeLessThan(60);
  });

  test('a workload with more ports than anybody reads is told in part', async () => {
    const ports = Array.from({ length: 100 }, (_, i) => 1000 + i);
    const { answers, left, text } = await ask(pod('web') + pod('db', ...ports), 'web', 'db');
    expect([answers.length, left]).toEqual([20, 80]);
    expect(text).toContain('80 more ports: ask for one to have it told.');
  });

  test('text of the tree that moves the cursor does not', async () => {
    const text = pod('web') + pod('db', 5432) + policy('"\\e[2J\\n::error::x"', 'podSelector: {}');
    const { text: told } = await ask(text, 'web', 'db');
    expect(told).toContain('error');
    expect(told).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^\s*::/m);
  });
});
