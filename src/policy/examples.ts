import { compareExpectations, readExpectations } from './expectation.ts';
import type { Finding } from './finding.ts';
import type { RuleExample } from './rule.ts';

export interface ExampleResult {
  readonly title: string;
  /** What differs from the expectations in the example, one sentence each with its file and line; empty if nothing. */
  readonly problems: readonly string[];
}

/**
 * Runs the examples of a rule. `lint` answers the findings of all rules over the files of one example; those of other
 * rules do not count.
 */
export async function runExamples(
  rule: string,
  examples: readonly RuleExample[],
  lint: (files: RuleExample['files']) => Promise<readonly Finding[]>,
): Promise<readonly ExampleResult[]> {
  const results: ExampleResult[] = [];
  for (const { title, files } of examples) {
    const strangers = readExpectations(files).filter((expectation) => expectation.rule !== rule);
    results.push({
      title,
      problems: [
        ...strangers.map((one) => `${one.file}:${one.line}: this example is about ${rule}, not ${one.rule}`),
        ...compareExpectations(files, await lint(files), rule),
      ],
    });
  }
  return results;
}
