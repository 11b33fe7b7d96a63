import { describe, expect, test } from 'vitest';
import type { Comment } from '../source/comment.ts';
import { judge, type Policy } from './judge.ts';
import { exposureOf, gatewayOf, graphOf, listenerOf, place, ruleOf, workloadOf } from './sample.fixture.ts';
import { mentionsSuppression, readSuppressions } from './suppression-comment.ts';

function comment(text: string, start = 38, end = 60, file = 'compose.yaml'): Comment {
  return { text, origin: { file, start: start - 1, end: start }, covers: { file, start, end } };
}

const read = (text: string, options = {}) =>
  readSuppressions([comment(text)], { peers: false, requireExpiry: false, ...options });

describe('a suppression', () => {
  test('names rules, an end, somebody, and a reason', () => {
    const { value, notices } = read('portolan:ignore rule-a, rule-b until=2026-12-31 by=team -- they -- asked');
    expect(notices).toEqual([]);
    expect(value).toMatchObject([
      {
        tool: 'portolan',
        ids: ['rule-a', 'rule-b'],
        reason: 'they -- asked',
        until: '2026-12-31',
        endsAt: Date.parse('2027-01-01T00:00:00Z'),
        by: 'team',
      },
    ]);
  });

  test('may end at a moment', () => {
    const { value } = read('portolan:ignore rule-a until=2026-11-01T09:00:00Z -- why');
    expect(value).toMatchObject([{ ids: ['rule-a'], endsAt: Date.parse('2026-11-01T09:00:00Z') }]);
  });

  test.each([
    ['portolan:ignore rule-a', 'without a reason'],
    ['portolan:ignore rule-a --', 'without a reason'],
    ['portolan:ignore rule-a --why', 'is no rule id'],
    ['portolan:ignore -- why', 'name the rules'],
    ['portolan:ignore RULE -- why', '"RULE" is no rule id'],
    ['portolan:ignore rule-a til=2026-12-31 -- why', 'it knows no "til"'],
    ['portolan:ignore rule-a until=tomorrow -- why', '"tomorrow" is no date'],
    ['portolan:ignore rule-a until=2026-02-30 -- why', '"2026-02-30" is no date'],
  ])('%s has no effect', (text, message) => {
    const { value, notices } = read(text);
    expect(value).toEqual([]);
    expect(notices).toMatchObject([{ code: 'suppression-invalid', origin: { file: 'compose.yaml', start: 37 } }]);
    expect(notices[0]?.message).toContain(message);
  });

  test('owes an end where the policy says so', () => {
    expect(read('portolan:ignore rule-a -- why', { requireExpiry: true }).notices[0]?.message).toContain(
      'asks for an end',
    );
  });

  test.each(['portolan:ignored', 'a word on portolan:ignore', 'something else'])('%s is none', (text) => {
    expect(read(text)).toEqual({ value: [], notices: [] });
  });

  test.each([
    ['checkov:skip=CKV_1,CKV_2: they asked', 'checkov', ['CKV_1', 'CKV_2'], 'they asked'],
    ['trivy:ignore:AVD-KSV-0024', 'trivy', ['KSV-0024'], 'suppressed for trivy'],
    ['tfsec:ignore:AWS-0107', 'trivy', ['AWS-0107'], 'suppressed for trivy'],
    ['tfsec:ignore:aws-x:exp:2030-01-01', 'trivy', ['aws-x'], 'suppressed for trivy'],
    ['kics-scan ignore-line', 'kics', [], 'suppressed for kics'],
    ['ignore-check.kube-linter.io/host-network: needed', 'kube-linter', ['host-network'], 'needed'],
    ['hadolint ignore=DL3008,SC1010', 'hadolint', ['DL3008', 'SC1010'], 'suppressed for hadolint'],
    ['ts:skip=AC_K8S_0046 needed', 'terrascan', ['AC_K8S_0046'], 'needed'],
  ])('of another tool counts when asked for: %s', (text, tool, ids, reason) => {
    expect(read(text).value).toEqual([]);
    expect(mentionsSuppression(`# ${text}`, false)).toBe(false);
    expect(mentionsSuppression(`# ${text}`, true)).toBe(tool !== 'kube-linter');
    expect(read(text, { peers: true }).value).toMatchObject([{ tool, ids, reason, until: null }]);
  });
});

const rules = [
  ruleOf({
    id: 'rule-a',
    equivalents: {
      checkov: ['CKV_A', { id: 'CKV_S', ports: [22] }, { id: 'CKV_I', scopes: ['internet'] }],
      kics: ['some_query'],
    },
  }),
  ruleOf({ id: 'rule-b' }),
  ruleOf({
    id: 'unused',
    on: 'suppression',
    when: '!suppression.used',
    message: '{suppression.rule} {suppression.known}',
  }),
  ruleOf({ id: 'expired', on: 'suppression', when: 'suppression.expired', message: '{suppression.until}' }),
];
const policy: Policy = {
  rules,
  known: new Set([...rules.map(({ declaration }) => declaration.id), 'switched-off']),
  inlineSuppressions: true,
  compatSuppressions: true,
  requireExpiry: false,
  services: [],
  nonSensitivePorts: new Set<number>(),
  waivers: [],
  longestWaiver: null,
  baseline: [],
  at: Date.parse('2026-11-22T00:00:00Z'),
};
const web = listenerOf(workloadOf('web'), 80);
const graph = graphOf({ exposures: [exposureOf(web)] });

function run(comments: readonly Comment[], over: Partial<Policy> = {}, judged = graph) {
  const { findings, suppressed, notices } = judge({ ...policy, ...over }, judged, comments);
  return { left: findings.map(({ ruleId, message }) => `${ruleId}: ${message}`), suppressed, notices };
}

describe('suppressing', () => {
  test('hides the rules that it names, in what it covers, and keeps the reason', () => {
    const { left, suppressed } = run([comment('portolan:ignore rule-a until=2026-11-22 by=team -- why')]);
    expect(left).toEqual(['rule-b: Something.']);
    expect(suppressed).toMatchObject([
      { finding: { ruleId: 'rule-a' }, reason: 'why', until: '2026-11-22', by: 'team', origin: { start: 37 } },
    ]);
  });

  test('works at any hop of the path', () => {
    const path = [{ kind: 'ingress', name: 'front', origin: place(7, 'front.yaml') }];
    const far = graphOf({ exposures: [exposureOf(web, { path, entry: gatewayOf('front') })] });
    const { suppressed } = run([comment('portolan:ignore rule-a -- why', 5, 30, 'front.yaml')], {}, far);
    expect(suppressed).toHaveLength(1);
  });

  test.each([
    ['another place', comment('portolan:ignore rule-a -- why', 100, 200)],
    ['another file', comment('portolan:ignore rule-a -- why', 38, 60, 'other.yaml')],
  ])('does nothing at %s, and is told', (_, one) => {
    const { left, suppressed } = run([one]);
    expect(suppressed).toEqual([]);
    expect(left).toEqual(['unused: rule-a true', 'rule-a: Something.', 'rule-b: Something.'].sort(byRule));
  });

  test('ends on its last day, and is told', () => {
    const { left } = run([comment('portolan:ignore rule-a until=2026-11-21 -- why')]);
    expect(left.sort()).toEqual(['expired: 2026-11-21', 'rule-a: Something.', 'rule-b: Something.']);
  });

  test('of no rule is told; of a rule that did not run it is not', () => {
    expect(run([comment('portolan:ignore rule-z -- why')]).left).toContain('unused: rule-z false');
    expect(run([comment('portolan:ignore switched-off -- why')]).left).toEqual([
      'rule-a: Something.',
      'rule-b: Something.',
    ]);
  });

  test('is off when it is switched off', () => {
    const { left, suppressed } = run([comment('portolan:ignore rule-a -- why')], { inlineSuppressions: false });
    expect(suppressed).toEqual([]);
    expect(left).toEqual(['rule-a: Something.', 'rule-b: Something.']);
  });

  test.each([
    ['checkov:skip=CKV_A', ['rule-a']],
    ['checkov:skip=CKV_S', []],
    ['checkov:skip=CKV_Z', []],
    ['kics-scan ignore-line', ['rule-a']],
  ])('%s hides what the rule subsumes', (text, hidden) => {
    const { suppressed, left } = run([comment(text)]);
    expect(suppressed.map(({ finding }) => finding.ruleId)).toEqual(hidden);
    expect(left.some((one) => one.startsWith('unused'))).toBe(false);
  });

  test('a slice of a rule hides only findings of its scopes', () => {
    const hidden = (scope: 'internet' | 'external') =>
      run([comment('checkov:skip=CKV_I')], {}, graphOf({ exposures: [exposureOf(web, { scope })] })).suppressed;
    expect(hidden('internet')).toHaveLength(1);
    expect(hidden('external')).toHaveLength(0);
  });

  test('a slice of a check hides only findings on its ports', () => {
    const ssh = graphOf({ exposures: [exposureOf(listenerOf(workloadOf('box'), 22))] });
    expect(run([comment('checkov:skip=CKV_S')], {}, ssh).suppressed).toHaveLength(1);
  });
});

function byRule(a: string, b: string): number {
  const order = ['rule-a', 'rule-b', 'unused'];
  return order.indexOf(a.split(':')[0] ?? '') - order.indexOf(b.split(':')[0] ?? '');
}
