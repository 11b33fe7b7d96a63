/** The table of mistakes (scripts/mutant-table.mjs) speaks of the code as it is: a run of all of them takes minutes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const ROOT = new URL('../', import.meta.url);
const { MUTANTS }: { readonly MUTANTS: readonly Mutant[] } = await import(
  new URL('scripts/mutant-table.mjs', ROOT).href
);

test.each(MUTANTS)('$name', ({ file, find, replace }) => {
  const text = readFileSync(new URL(file, ROOT), 'utf8');
  expect(text.split(find).length - 1, `${find} in ${file}`).toBe(1);
  expect(replace).not.toBe(find);
});

test('every mutant has a name of its own', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});
