/** Attributes that a provider sets and that what is written decides: nothing has to be asked for them. */
import { type Datum, isStructure, type StructureDatum } from './evaluate/datum.ts';
import { derived } from './evaluate/derive.ts';
import { fillTemplate } from './invoke.ts';
import type { ResourceInstance, Run } from './run.ts';

/** What an attribute is, from those that are written; undefined where they do not tell. */
type Told = (written: StructureDatum, run: Run) => Datum | undefined;

/**
 * By resource and attribute: `template_file` fills its template in as `templatefile` does (hashicorp/template, archived),
 * and `terraform_data` hands on what it is given (website/docs/language/resources/terraform-data).
 */
const TOLD: ReadonlyMap<string, Told> = new Map<string, Told>([
  ['data.template_file.rendered', rendered],
  ['terraform_data.output', ({ entries }) => entries.get('input')],
]);

/** Whether the attribute is told by others. */
export function isTold({ declaration: { mode, type } }: ResourceInstance, name: string): boolean {
  return TOLD.has(keyOf(mode, type, name));
}

/** What the attribute is; undefined where what is written does not tell. */
export function toldBy({ declaration, value }: ResourceInstance, name: string, run: Run): Datum | undefined {
  const told = TOLD.get(keyOf(declaration.mode, declaration.type, name));
  return isStructure(value) ? told?.(value, run) : undefined;
}

function keyOf(mode: string, type: string, name: string): string {
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
}

function rendered({ entries }: StructureDatum, run: Run): Datum | undefined {
  const template = entries.get('template');
  const variables = entries.get('vars');
  if (template?.kind === 'unknown') return derived(template);
  if (variables?.kind === 'unknown') return derived(variables);
  if (template?.kind !== 'string' || (variables && !isStructure(variables))) return undefined;
  const filled = fillTemplate(run, template.value, variables?.entries ?? new Map(), template.origin);
  return template.sensitive || variables?.sensitive ? { ...filled, sensitive: true } : filled;
}
