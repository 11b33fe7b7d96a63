/** LabelSelectors of policies, as strictly as an API server reads them (R8). */
import type { Requirement } from '../../graph/fragment.ts';
import type { Notice } from '../../source/notice.ts';
import { at, entriesOf, textOf, type Unknown, unknown, type Value } from '../../source/value.ts';
import { allKnown, type Fault, isUnknown, listAt, present, tellStrangers } from './fault.ts';
import { firstLineOf, lineOf } from './field.ts';

const OPERATORS: ReadonlyMap<string, Requirement['operator']> = new Map([
  ['In', 'in'],
  ['NotIn', 'not-in'],
  ['Exists', 'exists'],
  ['DoesNotExist', 'absent'],
]);

/** What a reader tells of: faults of the object, and what is dropped from it. */
export interface Findings {
  readonly faults: Fault[];
  readonly notices: Notice[];
}

/**
 * The requirements of a LabelSelector, all of them together; none for `{}`, for null and where it is absent: what that
 * means is the field's matter (R7). Unknown where the code does not show all of it.
 */
export function labelSelector(value: Value | undefined, findings: Findings): readonly Requirement[] | Unknown {
  if (value === undefined || (value.kind === 'scalar' && value.value === null)) return [];
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'mapping') {
    findings.faults.push({ message: 'a selector is a mapping', origin: value.origin });
    return [];
  }
  tellStrangers(value, ['matchLabels', 'matchExpressions'], 'A selector', findings.notices);
  const labels = matchLabels(present(value, 'matchLabels'), findings.faults);
  const expressions = listAt(value, 'matchExpressions', findings.faults);
  if (isUnknown(labels)) return labels;
  if (isUnknown(expressions)) return expressions;
  const requirements = allKnown(expressions.map((expression) => requirementOf(expression, findings.faults)));
  return isUnknown(requirements) ? requirements : [...labels, ...requirements];
}

function matchLabels(value: Value | undefined, faults: Fault[]): readonly Requirement[] | Unknown {
  if (value?.kind === 'unknown') return value;
  if (value !== undefined && value.kind !== 'mapping') {
    faults.push({ message: 'matchLabels is a mapping of labels', origin: value.origin });
  }
  const found: Requirement[] = [];
  for (const entry of entriesOf(value)) {
    const text = labelText(entry.value);
    if (typeof text === 'object') return text;
    if (text === undefined || !isLabelKey(entry.key)) {
      faults.push({ message: `"${short(entry.key)}" is no label with a text as its value`, origin: lineOf(entry) });
      continue;
    }
    found.push({ key: entry.key, operator: 'in', values: [text] });
  }
  return found;
}

function requirementOf(expression: Value, faults: Fault[]): Requirement | Unknown {
  const nothing: Requirement = { key: '', operator: 'in', values: [] };
  const refuse = (message: string) => {
    faults.push({ message, origin: firstLineOf(expression) });
    return nothing;
  };
  const hidden = [expression, at(expression, 'key'), at(expression, 'operator')].find(
    (part) => part?.kind === 'unknown',
  );
  if (hidden?.kind === 'unknown') return hidden;
  const key = textOf(at(expression, 'key')) ?? '';
  const written = textOf(at(expression, 'operator')) ?? '';
  const operator = OPERATORS.get(written);
  if (!isLabelKey(key)) return refuse(`"${short(key)}" is no key of a label`);
  if (!operator) return refuse(`"${short(written)}" is no operator: write In, NotIn, Exists or DoesNotExist`);
  const items = listAt(expression, 'values', faults);
  if (isUnknown(items)) return items;
  const values: string[] = [];
  for (const item of items) {
    const text = labelText(item);
    if (typeof text === 'object') return text;
    if (text === undefined) return refuse(`a value of "${short(key)}" is no text that a label can have`);
    values.push(text);
  }
  const asks = operator === 'in' || operator === 'not-in';
  if (asks !== values.length > 0) {
    return refuse(asks ? `${written} needs values to compare with` : `${written} takes no values`);
  }
  return { key, operator, values };
}

/** The value of a label: a text, or null for the empty one; undefined for what no label can have. */
function labelText(value: Value): string | Unknown | undefined {
  if (value.kind === 'unknown') return unknown(value.because, value.origin);
  if (value.kind !== 'scalar') return undefined;
  if (value.value === null) return '';
  return typeof value.value === 'string' && isLabelValue(value.text) ? value.text : undefined;
}

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && NAME.test(text));
}

/** `app`, `example.com/app`. */
function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  return name.length <= 63 && NAME.test(name) && (prefix === undefined || (prefix.length <= 253 && NAME.test(prefix)));
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
