/** Where an object holds the pods that it runs. */
import { at, entryOf, type Mapping, textOf, type Value } from '../../source/value.ts';

/** What a controller makes pods of; of a pod, the pod itself. */
export interface PodTemplate {
  /** Its metadata, whose labels are the pods'; absent where it has none. */
  readonly metadata: Value | undefined;
  readonly spec: Mapping;
}

/**
 * The pods of an object: a Pod itself, `spec.jobTemplate.spec.template` of a CronJob, and `spec.template` of every other
 * kind, built in or custom (R20). Undefined where no containers are listed there: a `spec.template` of something else.
 */
export function podTemplateOf(root: Mapping): PodTemplate | undefined {
  if (textOf(at(root, 'kind')) === 'Pod' && textOf(at(root, 'apiVersion')) === 'v1') return template(root);
  const spec = entryOf(root, 'spec')?.value;
  return template(at(spec, 'jobTemplate', 'spec', 'template')) ?? template(entryOf(spec, 'template')?.value);
}

function template(value: Value | undefined): PodTemplate | undefined {
  const spec = entryOf(value, 'spec')?.value;
  if (spec?.kind !== 'mapping' || entryOf(spec, 'containers')?.value.kind !== 'list') return undefined;
  return { metadata: entryOf(value, 'metadata')?.value, spec };
}
