import { expect, test } from 'vitest';
import { fragment, somewhere, workload } from '../fragment.fixture.ts';
import type { GuardFact, Selector } from '../fragment.ts';
import { selectFrom } from '../workload/select.ts';
import { attachGuards } from './guard.ts';
import { workload as running, selector } from './guarded.fixture.ts';

const NAMESPACES = new Map([['shop', { labels: new Map([['team', 'a']]), open: false }]]);

function attachment(subject: Selector): string | undefined {
  const fact: GuardFact = {
    id: 'one',
    kind: 'network-policy',
    name: 'one',
    namespace: null,
    subject,
    tier: 0,
    priority: null,
    isolates: [],
    grants: [],
    origin: somewhere(),
  };
  const { unit } = fragment('kubernetes:.', { workloads: [workload('web', [])] });
  const workloads = [running('shop/web', { labels: { app: 'web' } })];
  const select = selectFrom(workloads, NAMESPACES);
  return attachGuards([{ id: 'one', fact, unit }], workloads, select)[0]?.attachment;
}

test.each([
  ['shop', 'attached'],
  ['shop app=web', 'attached'],
  ['shop app=gone', 'unattached'],
  ['bank app=web', 'unknown'],
  ['{}', 'attached'],
  ['{} app=gone', 'unattached'],
  ['{team=a}', 'attached'],
  ['{team=a} app=gone', 'unattached'],
  ['{team=b}', 'unknown'],
])('a guard of "%s" is %s', (text, expected) => {
  expect(attachment(selector(text))).toBe(expected);
});
