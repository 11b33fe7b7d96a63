/** Whoever checks has to be able to object: each limit, overstepped by hand in a file that is right. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { expect, test } from 'vitest';
import { githubProblems } from './github-limits.fixture.ts';

const TEXT = readFileSync(new URL('../../../testdata/golden/scan.sarif', import.meta.url), 'utf8');

/** The problems of the golden after `change`. */
function problemsOf(change: (log: Log) => void): readonly string[] {
  const log = JSON.parse(TEXT) as Log;
  change(log);
  return githubProblems(JSON.stringify(log));
}

const run = (log: Log) => log.runs[0] as Run;
const rule = (log: Log) => run(log).tool.driver.rules?.[0] as ReportingDescriptor;
const result = (log: Log) => run(log).results?.[0] as Result;
const place = (log: Log) => result(log).locations?.[0]?.physicalLocation as NonNullable<Place>;
type Place = NonNullable<Result['locations']>[number]['physicalLocation'];
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

test('the golden has no problem', () => {
  expect(githubProblems(TEXT)).toEqual([]);
});

test.each<[string, (log: Log) => void, RegExp]>([
  ['runs', (log) => log.runs.push(...many(20, run(log))), /^21 runs/],
  ['no schema', (log) => delete log.$schema, /no schema/],
  [
    'bytes',
    (log) => Object.assign(result(log), { properties: { noise: randomBytes(11_000_000).toString('base64') } }),
    /more bytes/,
  ],
  ['results', (log) => run(log).results?.push(...many(5_000, result(log))), /results$/],
  ['rules', (log) => run(log).tool.driver.rules?.push(...many(25_000, rule(log))), /rules$/],
  ['a rule twice', (log) => run(log).tool.driver.rules?.push(rule(log)), /twice/],
  ['a category nobody gave', (log) => Object.assign(run(log), { automationDetails: { id: 'mine/' } }), /category/],
  ['tags', (log) => Object.assign(rule(log).properties as object, { tags: many(11, 'a') }), /11 tags/],
  ['a number for a severity', (log) => severity(log, 8), /security-severity is 8/],
  ['a severity out of range', (log) => severity(log, '0.0'), /security-severity is "0.0"/],
  ['no severity', (log) => severity(log, undefined), /security-severity is undefined/],
  ['a name', (log) => Object.assign(rule(log), { name: 'x'.repeat(256) }), /name is too long/],
  ['a short description', (log) => Object.assign(rule(log), { shortDescription: { text: 'x'.repeat(1025) } }), /short/],
  ['a full description', (log) => Object.assign(rule(log), { fullDescription: { text: 'x'.repeat(1025) } }), /full/],
  ['no help', (log) => delete rule(log).help, /help/],
  ['the index of another rule', (log) => Object.assign(result(log), { ruleIndex: 0 }), /another rule/],
  ['no location', (log) => Object.assign(result(log), { locations: [] }), /0 locations/],
  ['related locations', (log) => result(log).relatedLocations?.push(...many(100, {})), /101 related/],
  ['a related location twice', (log) => twice(result(log).relatedLocations), /two related locations 1/],
  ['no id', (log) => delete result(log).relatedLocations?.[0]?.id, /without an id/],
  ['a dangling link', (log) => Object.assign(result(log).message, { text: 'See [this](9).' }), /link to 9/],
  [
    'a link of somebody else',
    (log) => Object.assign(result(log).message, { text: '[x\\](https://e.org)' }),
    /link to NaN/,
  ],
  ['steps', (log) => twice(result(log).codeFlows?.[0]?.threadFlows[0]?.locations, 1_000), /steps/],
  ['no line hash', (log) => delete result(log).partialFingerprints?.primaryLocationLineHash, /line hash/],
  ['one identity for two', (log) => twice(run(log).results), /two results with the identity/],
  ['several lines', (log) => Object.assign(place(log).region as object, { endLine: 99 }), /several lines/],
  ['no columns', (log) => delete place(log).region?.startColumn, /without columns/],
  ...['/etc/passwd', '../a', 'a//b', './a', 'a\\b', 'C:/a', 'file:///a', 'a b', 'é', 'a?b', 'a#b', 'a%2', ''].map(
    (uri): [string, (log: Log) => void, RegExp] => [
      `the uri "${uri}"`,
      (log) => Object.assign(place(log).artifactLocation as object, { uri }),
      /outside of the checkout/,
    ],
  ),
])('tells %s', (_, change, problem) => {
  expect(problemsOf(change)).toContainEqual(expect.stringMatching(problem));
});

function severity(log: Log, value: unknown): void {
  Object.assign(rule(log).properties as object, { 'security-severity': value });
}

function twice<T>(items: T[] | undefined, more = 1): void {
  items?.push(...many(more, items[0] as T));
}
