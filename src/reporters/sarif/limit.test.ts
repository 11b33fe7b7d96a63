import type { Log, Result } from 'sarif';
import { expect, test } from 'vitest';
import type { Finding, Report } from '../../policy/finding.ts';
import { SEVERITIES } from '../../policy/finding.ts';
import { lineIndex } from '../../source/line-index.ts';
import { notice } from '../../source/notice.ts';
import { fileOrigin } from '../../source/span.ts';
import { sampleContext, sampleReport } from '../report.fixture.ts';
import { sarifProblems } from './conformance.fixture.ts';
import { scanSarif } from './sarif.ts';

const COUNT = 7_000;
const FILE = 'deploy/all [of] it.yaml';
const LINE = 'port: 1\n';
const text = lineIndex(LINE.repeat(COUNT));
const context = { ...sampleContext, lines: () => text };

/** A finding on a line of its own, of a severity that its number gives. */
function findingAt(index: number, more: Partial<Finding> = {}): Finding {
  const start = index * LINE.length;
  const origin = { file: FILE, start, end: start + 4 };
  return {
    ...(sampleReport.findings[0] as Finding),
    ruleId: 'greeting',
    severity: SEVERITIES[index % SEVERITIES.length] as Finding['severity'],
    location: origin,
    path: [...Array(12).keys()].map((hop) => ({
      kind: 'service',
      name: `hop-${hop}`,
      origin: fileOrigin(`${hop}.yaml`),
    })),
    fingerprint: String(index),
    ...more,
  };
}

const findings = [...Array(COUNT).keys()].map((index) => findingAt(index));
const report: Report = { ...sampleReport, findings, suppressed: [], notices: [] };

const runOf = (sarif: string) => (JSON.parse(sarif) as Log).runs[0];

test('of more findings than code scanning takes, the worst are kept, and the rest is told', () => {
  const sarif = scanSarif(report, context);
  expect(sarifProblems(sarif)).toEqual([]);
  const { results = [], invocations } = runOf(sarif) ?? {};
  expect(results).toHaveLength(5_000);
  const fingerprints = new Set(results.map(({ partialFingerprints }) => partialFingerprints?.['portolan/v1']));
  const left = findings.filter(({ fingerprint }) => !fingerprints.has(fingerprint));
  expect(new Set(left.map(({ severity }) => severity))).toEqual(new Set(['low', 'info']));
  expect(left.filter(({ severity }) => severity === 'info')).toHaveLength(COUNT / SEVERITIES.length);

  const [told] = invocations?.[0]?.toolExecutionNotifications ?? [];
  expect(told?.message.text).toContain('worst 5000 of 7000 findings');
});

test('what is certain is kept before what is undecided', () => {
  const undecided = findings.map((finding) => ({ ...finding, verdict: 'undecided' as const }));
  const certain = findingAt(1, { severity: 'info', fingerprint: 'certain' });
  const { results = [] } = runOf(scanSarif({ ...report, findings: [...undecided, certain] }, context)) ?? {};
  expect(results.some(({ partialFingerprints }) => partialFingerprints?.['portolan/v1'] === 'certain')).toBe(true);
});

test('suppressed results are told where there is room for them', () => {
  const accepted = { how: 'waiver' as const, reason: 'so', origin: fileOrigin(FILE), until: null, by: null };
  const suppressed = findings.map((finding) => ({ finding, ...accepted }));
  const sarif = { ...context.sarif, suppressed: true };
  const both = { ...report, findings: findings.slice(0, 4_999), suppressed };
  const { results = [] } = runOf(scanSarif(both, { ...context, sarif })) ?? {};
  const isAccepted = (result: Result) => result.suppressions !== undefined;
  expect([results.length, results.filter(isAccepted).length]).toEqual([5_000, 1]);
});

test('a thousand notices are told, and how many more there are', () => {
  const notices = findings.map(({ location }) => notice('syntax-error', 'It does not end.', location));
  const { invocations } = runOf(scanSarif({ ...report, findings: [], notices }, context)) ?? {};
  const told = invocations?.[0]?.toolExecutionNotifications ?? [];
  expect(told).toHaveLength(1_001);
  expect(told.at(-1)?.message.text).toContain('6000 more notices');
});

test('what stands a thousand times on one line is one result, with each sentence once', () => {
  const at = findingAt(0).location;
  const message = (index: number) => `Port ${index % 20} is open. ${'Names are long. '.repeat(200)}`;
  const alike = findings.map((finding, index) => ({ ...finding, location: at, message: message(index) }));
  const { results = [] } = runOf(scanSarif({ ...report, findings: alike.slice(0, 5_000) }, context)) ?? {};
  expect(results).toHaveLength(1);
  const said = results[0]?.message.text ?? '';
  expect(said).toContain('Port 3 is open. Port 4 is open.');
  expect(said).toContain('And 9 more.');
  expect(said.length).toBeLessThan(4_000);
});
