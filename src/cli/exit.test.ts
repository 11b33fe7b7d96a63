import { expect, test } from 'vitest';
import { EXIT, worst } from './exit.ts';

test('2 comes before 1 before 3 before 0', () => {
  const { clean, findings, usage, unchecked } = EXIT;
  expect(worst([])).toBe(clean);
  expect(worst([clean, unchecked])).toBe(unchecked);
  expect(worst([unchecked, findings, clean])).toBe(findings);
  expect(worst([clean, findings, usage, unchecked])).toBe(usage);
});
