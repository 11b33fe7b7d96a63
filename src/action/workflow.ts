/** What a step of a GitHub workflow is given, and how it answers: files that the runner names, and lines that it reads. */
import { appendFileSync } from 'node:fs';

/** The environment of a step. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of an input; empty where it is not given: the runner cannot tell the two apart. */
export function input(name: string, environment: Environment): string {
  return (environment[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}

/** A summary that is longer is refused as a whole, in bytes (1 MiB a step). */
const MOST_SUMMARY = 2 ** 20 - 2 ** 14;

/** A comment that is longer is refused, in characters (65,536); bytes are never fewer. */
export const MOST_COMMENT = 2 ** 16 - 2 ** 10;

/** Tells an output of the step. Its value is one line: what else it holds could say another output. */
export function setOutput(name: string, value: string, environment: Environment): void {
  const file = environment.GITHUB_OUTPUT;
  if (file) appendFileSync(file, `${name}=${value.replaceAll(/[\r\n]/g, ' ')}\n`);
}

/** Adds to the summary of the job, as far as it takes it. */
export function addSummary(markdown: string, environment: Environment): void {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (file) appendFileSync(file, `${cutTo(markdown, MOST_SUMMARY)}\n`);
}

/** As many whole lines as fit, and a line that says that there were more. */
export function cutTo(markdown: string, bytes: number): string {
  if (Buffer.byteLength(markdown) <= bytes) return markdown;
  const kept = Buffer.from(markdown).subarray(0, bytes).toString('utf8');
  // A drawing that is cut off would swallow what follows.
  const whole = kept.slice(0, kept.lastIndexOf('\n'));
  const open = (whole.match(/^```/gm) ?? []).length % 2 === 1;
  return `${whole}${open ? '\n```' : ''}\n\n*The rest does not fit here: the SARIF file holds it.*`;
}
