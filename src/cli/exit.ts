/**
 * What the process answers to its caller. Never a count: a shell, a hook and a workflow ask "may this pass?", and the
 * four answers differ in who has to act.
 */
export const EXIT = {
  /** No finding at or above the threshold. */
  clean: 0,
  /** Findings. */
  findings: 1,
  /** Wrong usage, configuration or rule: whoever calls has to mend something. */
  usage: 2,
  /** What was asked could not be checked: nothing to read, unreadable, or an internal error. */
  unchecked: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const PRECEDENCE: readonly ExitCode[] = [EXIT.usage, EXIT.findings, EXIT.unchecked, EXIT.clean];

/** The code that stands for all of them: 2 before 1 before 3 before 0. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.clean;
}

/** Something the user has to mend before anything can be checked. Its message says what, where and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for cannot be checked. */
export class UncheckedError extends Error {
  override readonly name = 'UncheckedError';
}
