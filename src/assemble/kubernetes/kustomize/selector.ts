/** Which objects a patch or a replacement is for: by kind, name, namespace, labels and annotations. */
import { at, entriesOf, textOf, type Value } from '../../../source/value.ts';
import type { Work } from '../../regexp/match.ts';
import { type Pattern, patternOf } from './pattern.ts';
import { currentId, originalId, type Resource } from './resource.ts';

/** Whether an object is one of those; `work` is counted down. */
export type Selection = (resource: Resource, work: Work) => boolean;

/**
 * The objects that `target` of a patch selects: group, version, kind, name and namespace are patterns of the whole text
 * (the name and namespace of now or of the beginning), the selectors are those of Kubernetes. Undefined, with a phrase
 * why, where one of them cannot be read.
 */
export function selectionOf(target: Value): Selection | { readonly failure: string } {
  const patterns = new Map<string, Pattern>();
  for (const field of ['group', 'version', 'kind', 'name', 'namespace'] as const) {
    const source = textOf(at(target, field)) ?? '';
    if (source === '') continue;
    const pattern = patternOf(source, true);
    if (!pattern) return { failure: `the pattern of its ${field} cannot be read` };
    patterns.set(field, pattern);
  }
  const labels = labelSelectorOf(textOf(at(target, 'labelSelector')) ?? '');
  const annotations = labelSelectorOf(textOf(at(target, 'annotationSelector')) ?? '');
  if (!labels || !annotations) return { failure: 'its label or annotation selector cannot be read' };
  return (resource, work) => {
    work.steps--;
    const [now, first] = [currentId(resource.root), originalId(resource)];
    const fits = (field: string, ...texts: readonly string[]) => {
      const pattern = patterns.get(field);
      return !pattern || texts.some((text) => pattern(text, work));
    };
    return (
      fits('namespace', first.namespace, now.namespace) &&
      fits('name', first.name, now.name) &&
      fits('group', now.group) &&
      fits('version', now.version) &&
      fits('kind', now.kind) &&
      labels(at(resource.root, 'metadata', 'labels')) &&
      annotations(at(resource.root, 'metadata', 'annotations'))
    );
  };
}

/** Whether labels are those of a selector. */
export type LabelSelection = (labels: Value | undefined) => boolean;

interface Requirement {
  readonly key: string;
  readonly holds: (value: string | undefined) => boolean;
}

/** A selector in Kubernetes' text form: `app=web,tier in (a,b),!legacy`; undefined where it is none. */
export function labelSelectorOf(text: string): LabelSelection | undefined {
  const requirements: Requirement[] = [];
  for (const part of partsOf(text)) {
    const requirement = requirementOf(part);
    if (!requirement) return undefined;
    requirements.push(requirement);
  }
  if (requirements.length === 0) return () => true;
  return (labels) => {
    const values = new Map([...entriesOf(labels)].map(({ key, value }) => [key, textOf(value) ?? '']));
    return requirements.every(({ key, holds }) => holds(values.get(key)));
  };
}

/** The parts between commas that stand outside of brackets. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let inside = false;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '(') inside = true;
    else if (text[at] === ')') inside = false;
    if (at < text.length && (inside || text[at] !== ',')) continue;
    parts.push(text.slice(from, at).trim());
    from = at + 1;
  }
  return parts.length === 1 && parts[0] === '' ? [] : parts;
}

const KEY = '[A-Za-z0-9._/-]+';
const VALUE = '[A-Za-z0-9._-]*';
const EXISTS = new RegExp(`^(!?)\\s*(${KEY})$`);
const EQUALS = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*(${VALUE})$`);
const AMONG = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const COMPARED = new RegExp(`^(${KEY})\\s*([<>])\\s*(\\d+)$`);

function requirementOf(text: string): Requirement | undefined {
  const exists = EXISTS.exec(text);
  if (exists) return { key: exists[2] as string, holds: (value) => (value !== undefined) === (exists[1] === '') };
  const equals = EQUALS.exec(text);
  if (equals) {
    const [, key = '', operator, wanted] = equals;
    return { key, holds: (value) => (value === wanted) === (operator !== '!=') };
  }
  const among = AMONG.exec(text);
  if (among) {
    const [, key = '', operator, list = ''] = among;
    const wanted = new Set(list.split(',').map((each) => each.trim()));
    return { key, holds: (value) => (value !== undefined && wanted.has(value)) === (operator === 'in') };
  }
  const compared = COMPARED.exec(text);
  if (!compared) return undefined;
  const [, key = '', operator, bound] = compared;
  return {
    key,
    holds: (value) =>
      /^-?\d+$/.test(value ?? '') && (operator === '<' ? Number(value) < Number(bound) : Number(value) > Number(bound)),
  };
}
