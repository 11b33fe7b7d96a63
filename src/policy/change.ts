import type { Edit } from '../source/edit.ts';
import type { Change } from './finding.ts';
import type { Edge, SubjectName } from './subjects/table.ts';

/** What a rule can name under `change`: the changes of text that the graph offers, and of what they are. */
export const CHANGES = {
  loopback: {
    on: 'exposure',
    about: 'Publish the port on the loopback address of its host alone',
    edit: ({ exposure }: Edge): Edit | null => exposure?.loopback ?? null,
  },
  removal: {
    on: 'listener',
    about: 'Remove the declaration of the port',
    edit: ({ listener }: Edge): Edit | null => listener?.removal ?? null,
  },
} as const satisfies Readonly<
  Record<string, { readonly on: SubjectName; readonly about: string; readonly edit: unknown }>
>;
export type ChangeName = keyof typeof CHANGES;

/** The change that a rule names, where the graph offers it for what the rule fired on. */
export function changeOf(name: ChangeName | null, edge: Edge): Change | null {
  if (name === null) return null;
  const { about, edit } = CHANGES[name];
  const found = edit(edge);
  return found ? { about, edit: found } : null;
}
