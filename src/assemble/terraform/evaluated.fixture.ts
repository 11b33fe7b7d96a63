/** Terraform evaluated from texts, as plain values that a test can compare. */
import type { Notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { memoryTree } from '../../source/tree.ts';
import type { Value } from '../../source/value.ts';
import { openFiles } from '../files.ts';
import { assembleTerraform, type TerraformOptions } from './index.ts';
import type { TerraformUnit } from './unit.ts';

type Texts = Readonly<Record<string, string>>;

/** The units of a tree, and what is said about them. */
export async function assembled(
  texts: Texts,
  options: TerraformOptions = { models: () => undefined },
): Promise<{ readonly units: readonly TerraformUnit[]; readonly notices: readonly Notice[] }> {
  const files = openFiles(memoryTree(texts));
  const { value, notices } = await assembleTerraform(files, options);
  return { units: value, notices: [...files.notices(), ...notices] };
}

/** The bodies of the one unit by address; of an uncertain instance with its reason under `?`. */
export async function bodies(texts: Texts | string, options?: TerraformOptions): Promise<Record<string, unknown>> {
  const { units } = await assembled(typeof texts === 'string' ? { 'main.tf': texts } : texts, options);
  if (units.length !== 1)
    throw new Error(`one unit is expected, and there are ${units.map(({ id }) => id).join(', ')}`);
  return bodiesOf(units[0] as TerraformUnit);
}

/** The bodies of a unit by address. */
export function bodiesOf({ resources }: TerraformUnit): Record<string, unknown> {
  return Object.fromEntries(
    resources.map(({ address, body, uncertain }) => [
      address,
      { ...(uncertain && { '?': uncertain.because }), ...(plain(body) as object) },
    ]),
  );
}

/** A value as plain data: an unknown is `?reason: because`, with `→ what it refers to` behind. */
export function plain(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(plain);
    case 'mapping': {
      const entries = [...value.entries.values()].map((entry) => [entry.key, plain(entry.value)] as const);
      return Object.fromEntries(value.uncertain ? [['?', value.uncertain.because], ...entries] : entries);
    }
    case 'unknown': {
      const refers = (value.refers ?? []).map(({ address, attribute }) => `${address}.${attribute}`);
      return `?${value.reason}: ${value.because}${refers.length > 0 ? ` → ${refers.join(', ')}` : ''}`;
    }
  }
}

/** An origin as the pieces of text that it is about, the cause first. */
export function pieces(texts: Texts, origin: Origin): readonly string[] {
  const text = `${origin.file}: ${(texts[origin.file] ?? '').slice(origin.start, origin.end)}`;
  return origin.via ? [text, ...pieces(texts, origin.via)] : [text];
}
