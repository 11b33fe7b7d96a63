/** What the tests hold every SARIF file against: the official schema, and what GitHub refuses or drops besides. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Location, Log, ReportingDescriptor, Result } from 'sarif';

let validator: ValidateFunction | undefined;

function schema(): ValidateFunction {
  if (validator) return validator;
  const text = readFileSync(new URL('../../../testdata/sarif-2.1.0.json', import.meta.url), 'utf8');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  validator = ajv.compile(JSON.parse(text));
  return validator;
}

/** One sentence for everything that is wrong with a SARIF text; empty when it may be uploaded. */
export function sarifProblems(text: string): readonly string[] {
  const log = JSON.parse(text) as Log;
  const validate = schema();
  if (!validate(log)) return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return log.runs.flatMap(({ tool, results = [] }) => {
    const rules = tool.driver.rules ?? [];
    return [
      ...duplicates(rules.map(({ id }) => id)).map((id) => `rule ${id} twice`),
      ...rules.flatMap(ruleProblems),
      ...results.flatMap((result) => resultProblems(result, rules)),
      ...duplicates(results.map(identity)).map((key) => `two results with the identity ${key}`),
    ];
  });
}

function ruleProblems({ id, help, properties, shortDescription }: ReportingDescriptor): readonly string[] {
  const tags = properties?.tags ?? [];
  const severity = Number(properties?.['security-severity']);
  return [
    ...(help?.text ? [] : [`rule ${id} has no help text`]),
    ...((shortDescription?.text.length ?? 0) > 1024 ? [`rule ${id} has too long a description`] : []),
    ...(tags.length > 10 ? [`rule ${id} has more than 10 tags`] : []),
    ...(severity > 0 && severity <= 10 ? [] : [`rule ${id} has no security-severity`]),
  ];
}

function resultProblems(result: Result, rules: readonly ReportingDescriptor[]): readonly string[] {
  const { ruleId, ruleIndex, locations = [], relatedLocations = [], message, partialFingerprints, codeFlows } = result;
  const ids = new Set(relatedLocations.map(({ id }) => id));
  const links = [...(message.text ?? '').matchAll(/(?<!\\)\[(?:\\.|[^\]\\])*\]\((\d+)\)/g)].map((match) =>
    Number(match[1]),
  );
  const steps = (codeFlows ?? []).flatMap(({ threadFlows }) =>
    threadFlows.flatMap(({ locations: flow }) => flow.flatMap(({ location }) => location ?? [])),
  );
  return [
    ...(rules[ruleIndex ?? -1]?.id === ruleId ? [] : [`${ruleId} has the wrong index`]),
    ...(locations.length === 1 ? [] : [`${ruleId} has ${locations.length} locations`]),
    ...links.filter((id) => !ids.has(id)).map((id) => `${ruleId} links to ${id}, which is not there`),
    ...(relatedLocations.length > 100 ? [`${ruleId} has more related locations than are kept`] : []),
    ...(partialFingerprints?.primaryLocationLineHash ? [] : [`${ruleId} has no line hash`]),
    ...[...locations, ...relatedLocations, ...steps].flatMap((location) => locationProblems(location, ruleId ?? '')),
  ];
}

function locationProblems({ physicalLocation }: Location, rule: string): readonly string[] {
  const uri = physicalLocation?.artifactLocation?.uri ?? '';
  const region = physicalLocation?.region;
  return [
    ...(uri === '' || /^[/\\]|^[a-z]+:|\\|(^|\/)\.\.(\/|$)/i.test(uri)
      ? [`${rule} has a location outside: "${uri}"`]
      : []),
    ...(region?.startLine !== undefined && region.startLine === region.endLine
      ? []
      : [`${rule} has a region over lines`]),
  ];
}

/** What GitHub knows an alert by. */
function identity({ ruleId, locations, partialFingerprints }: Result): string {
  const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri;
  return `${ruleId} ${uri} ${partialFingerprints?.primaryLocationLineHash}`;
}

function duplicates(items: readonly string[]): readonly string[] {
  return items.filter((item, index) => items.indexOf(item) !== index);
}
