import type { Problem } from '../policy/rule.ts';
import { lineIndex } from '../source/line-index.ts';

/** A policy file or a rule that cannot be used: nothing is scanned. `message` is one line a problem, with its place. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  /** `textOf` gives the text of the files that the problems are in, for line and column. */
  constructor(problems: readonly Problem[], textOf: (file: string) => string | undefined) {
    super(problems.map((problem) => lineFor(problem, textOf)).join('\n'));
    this.problems = problems;
  }
}

/** `portolan.yaml:3:5: unknown key "polcy": did you mean "policy"?` */
function lineFor({ origin, message, hint }: Problem, textOf: (file: string) => string | undefined): string {
  const { line, column } = lineIndex(textOf(origin.file) ?? '').position(origin.start);
  return `${origin.file}:${line}:${column}: ${message}${hint === '' ? '' : `; ${hint}`}`;
}
