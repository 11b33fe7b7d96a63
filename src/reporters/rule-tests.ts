import type { Context } from './reporter.ts';

/** What running the examples of rules gave: the view that `rules test` reports. */
export interface ExampleReport {
  readonly examples: readonly ExampleResult[];
}

export interface ExampleResult {
  readonly rule: string;
  readonly title: string;
  /** What differs from the expectations; empty for an example that holds. */
  readonly problems: readonly string[];
}

/** Which examples hold; every problem with its file and line. */
export function ruleTestsText({ examples }: ExampleReport, { style, verbose }: Context): string {
  const failed = examples.filter(({ problems }) => problems.length > 0);
  const lines = examples
    .filter(({ problems }) => verbose || problems.length > 0)
    .flatMap(({ rule, title, problems }) => [
      `${problems.length === 0 ? style('green', 'holds') : style('red', 'fails')}  ${style('bold', rule)}  ${title}`,
      ...problems.map((problem) => `    ${problem}`),
    ]);
  const count = `${examples.length - failed.length} of ${examples.length} examples hold`;
  return [...lines, count].map((line) => `${line}\n`).join('');
}

export function ruleTestsJson(report: ExampleReport): string {
  return `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`;
}
