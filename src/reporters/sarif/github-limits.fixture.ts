/** What GitHub refuses, drops or does not show of a SARIF file, beyond what the schema and sarif-multitool say. */
import { gzipSync } from 'node:zlib';
import type { CodeFlow, Location, Log, ReportingDescriptor, Result, Run } from 'sarif';

const MAX_RUNS = 20;
/** It takes 25,000 and shows the 5,000 worst. */
const MAX_RESULTS = 5_000;
const MAX_RULES = 25_000;
const MAX_BYTES = 10_000_000;
/** It takes 20 and keeps 10. */
const MAX_TAGS = 10;
const MAX_NAME = 255;
const MAX_DESCRIPTION = 1_024;
/** It takes 1,000 and keeps 100. */
const MAX_LOCATIONS = 100;
/** It takes 10,000 and keeps 1,000. */
const MAX_STEPS = 1_000;

/**
 * One sentence for everything that code scanning would object to, leave out or show badly.
 *
 * @param category what the user gave to tell uploads apart: without one, a run that names one hides that of the upload
 */
export function githubProblems(text: string, category: string | null = null): readonly string[] {
  const { $schema, runs } = JSON.parse(text) as Log;
  return [
    ...unless(/sarif-2\.1\.0/.test($schema ?? ''), 'no schema is named'),
    ...unless(runs.length <= MAX_RUNS, `${runs.length} runs`),
    ...unless(gzipSync(text).length <= MAX_BYTES, 'more bytes than are taken'),
    ...runs.flatMap((run) => runProblems(run, category)),
  ];
}

function runProblems({ tool, results = [], automationDetails }: Run, category: string | null): readonly string[] {
  const { name, rules = [] } = tool.driver;
  const id = category === null ? undefined : `${category}/`;
  return [
    ...unless(name !== '', 'the tool has no name'),
    ...unless(automationDetails?.id === id, `the category is ${automationDetails?.id}`),
    ...unless(results.length <= MAX_RESULTS, `${results.length} results`),
    ...unless(rules.length <= MAX_RULES, `${rules.length} rules`),
    ...duplicates(rules.map((rule) => rule.id)).map((rule) => `rule ${rule} twice`),
    ...rules.flatMap((rule) => ruleProblems(rule).map((problem) => `rule ${rule.id}: ${problem}`)),
    ...results.flatMap((result) => resultProblems(result, rules).map((problem) => `${result.ruleId}: ${problem}`)),
    ...duplicates(results.map(identity)).map((key) => `two results with the identity ${key}`),
  ];
}

function ruleProblems(rule: ReportingDescriptor): readonly string[] {
  const { id, name, help, properties, shortDescription, fullDescription, defaultConfiguration } = rule;
  const tags = properties?.tags ?? [];
  const severity = properties?.['security-severity'];
  return [
    ...unless(id !== '', 'no id'),
    ...unless((name ?? '').length <= MAX_NAME, 'its name is too long'),
    ...unless(isDescription(shortDescription?.text), 'no short description, or too long a one'),
    ...unless(isDescription(fullDescription?.text), 'no full description, or too long a one'),
    ...unless(help?.text, 'no help text'),
    ...unless(['note', 'warning', 'error'].includes(defaultConfiguration?.level ?? 'warning'), 'an unknown level'),
    ...unless(tags.length <= MAX_TAGS, `${tags.length} tags`),
    ...unless(duplicates(tags).length === 0, 'a tag twice'),
    ...unless(
      !tags.includes('security') || (typeof severity === 'string' && Number(severity) >= 0.1 && Number(severity) <= 10),
      `its security-severity is ${JSON.stringify(severity)}`,
    ),
    ...unless(['very-high', 'high', 'medium', 'low'].includes(properties?.precision), 'no precision'),
  ];
}

function isDescription(text: string | undefined): boolean {
  return text !== undefined && text !== '' && text.length <= MAX_DESCRIPTION;
}

function resultProblems(result: Result, rules: readonly ReportingDescriptor[]): readonly string[] {
  const { ruleId, ruleIndex, locations = [], relatedLocations = [], message, partialFingerprints, codeFlows } = result;
  const ids = relatedLocations.map(({ id }) => id);
  const steps = stepsOf(codeFlows ?? []);
  const texts = [message.text, ...(codeFlows ?? []).map((flow) => flow.message?.text)];
  return [
    ...unless(rules[ruleIndex ?? -1]?.id === ruleId, 'its index is that of another rule'),
    ...unless(message.text, 'no message'),
    ...unless(locations.length === 1, `${locations.length} locations`),
    ...unless(relatedLocations.length <= MAX_LOCATIONS, `${relatedLocations.length} related locations`),
    ...unless(steps.length <= MAX_STEPS, `${steps.length} steps`),
    ...unless(ids.every(Number.isInteger), 'a related location without an id'),
    ...duplicates(ids.map(String)).map((id) => `two related locations ${id}`),
    ...texts.flatMap(linksIn).flatMap((id) => unless(ids.includes(id), `a link to ${id}, which is not there`)),
    ...unless(
      relatedLocations.every((location) => location.message?.text),
      'a related location without a message',
    ),
    ...unless(/^[0-9a-f]{1,16}:[1-9]\d*$/.test(partialFingerprints?.primaryLocationLineHash ?? ''), 'no line hash'),
    ...[...locations, ...relatedLocations, ...steps].flatMap(locationProblems),
  ];
}

function stepsOf(flows: readonly CodeFlow[]): readonly Location[] {
  return flows.flatMap(({ threadFlows }) =>
    threadFlows.flatMap(({ locations }) => locations.map(({ location }) => location ?? {})),
  );
}

/** The related locations that `[text](12)` leads to, as viewers find them: no other link may stand in a message. */
function linksIn(text: string | undefined): readonly number[] {
  return [...(text ?? '').matchAll(/\]\(([^)]*)\)?/g)].map((match) => Number(match[1]));
}

function locationProblems({ physicalLocation }: Location): readonly string[] {
  const uri = physicalLocation?.artifactLocation?.uri ?? '';
  const { startLine = 0, startColumn = 0, endLine, endColumn = 0 } = physicalLocation?.region ?? {};
  return [
    ...unless(isRelative(uri), `a location outside of the checkout, or written another way: "${uri}"`),
    ...unless(startLine >= 1 && startLine === endLine, 'a region of several lines, or none'),
    ...unless(startColumn >= 1 && startColumn <= endColumn, 'a region without columns'),
  ];
}

/** Below the top of the checkout, with `/`, and every other character as RFC 3986 wants it. */
function isRelative(uri: string): boolean {
  const segments = uri.split('/');
  return segments.every(
    (segment) => !['', '.', '..'].includes(segment) && /^(?:[\w.~!*'()-]|%[\dA-F]{2})+$/.test(segment),
  );
}

/** What GitHub knows an alert by. */
function identity({ ruleId, locations, partialFingerprints }: Result): string {
  const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri;
  return `${ruleId} ${uri} ${partialFingerprints?.primaryLocationLineHash}`;
}

function duplicates(items: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.has(item) || !seen.add(item));
}

function unless(holds: unknown, problem: string): readonly string[] {
  return holds ? [] : [problem];
}
