import { describe, expect, test } from 'vitest';
import {
  hasTerraform,
  ourAnswer,
  readTable,
  TABLE,
  terraformAnswers,
  withoutNullTypes,
  writeTable,
} from './console.fixture.ts';

const ROWS = readTable();

/** The branch that is not taken is not evaluated, so the one that is keeps its type where Terraform finds one for both. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'true ? [1] : ["a"]': '[\n  1,\n]',
  'true ? { a = 1 } : { b = 2 }': '{\n  "a" = 1\n}',
};

describe('expressions have the values that terraform console prints', () => {
  test.each(ROWS)('$expression', ({ expression, answer }) => {
    expect(ourAnswer(expression)).toBe(DIFFERENT[expression] ?? withoutNullTypes(answer));
  });
});

test('several hundred of them', () => {
  expect(ROWS.length).toBeGreaterThan(600);
});

test.runIf(hasTerraform())('the table holds what the program answers', async () => {
  const expressions = ROWS.map(({ expression }) => expression);
  const answers = terraformAnswers(expressions);
  const rows = expressions.map((expression, index) => ({ expression, answer: answers[index] as string }));
  await expect(writeTable(rows)).toMatchFileSnapshot(TABLE);
});
