import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import { ruleLanguage } from './reference.ts';
import { SPEECH } from './sample.fixture.ts';
import { SUBJECTS, type TypeName } from './subjects/table.ts';
import { SUBJECT_TABLE } from './subjects.ts';

const members = SUBJECTS.flatMap((name) => {
  const { fields, methods } = SUBJECT_TABLE[name];
  return Object.entries({ ...fields, ...methods }).map(
    ([key, member]) => [`${name}.${key}`, name, key, member] as const,
  );
});

describe('every field and method', () => {
  test('is one of the two', () => {
    for (const name of SUBJECTS) {
      const { fields, methods } = SUBJECT_TABLE[name];
      expect(Object.keys(fields).filter((key) => key in methods)).toEqual([]);
    }
  });

  test.each(members)(
    '%s has an example that uses it, and says what it is',
    (_, name, key, { example, type, about }) => {
      const wanted: TypeName[] = type === 'Origin' ? ['Origin'] : ['bool'];
      expect(compile(example, name, wanted, SPEECH)).toHaveProperty('fields');
      expect(example).toContain(key);
      expect(about).toMatch(/^[A-Z].*\.$/);
    },
  );
});

test.each(SUBJECTS)('%s has a place of its own', (name) => {
  expect(compile(SUBJECT_TABLE[name].at, name, ['Origin'], SPEECH)).toHaveProperty('fields');
});

test('the reference is written from the tables', async () => {
  await expect(ruleLanguage()).toMatchFileSnapshot('../../docs/rule-language.md');
});
