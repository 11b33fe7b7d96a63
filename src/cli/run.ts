import { readFileSync } from 'node:fs';
import { main } from './main.ts';
import { sinkOf } from './sink.ts';

/** Runs the program on the streams, arguments and clock of this process, which ends with it. */
export async function run(): Promise<never> {
  const code = await main(process.argv.slice(2), {
    stdout: sinkOf(1),
    stderr: sinkOf(2),
    cwd: process.cwd(),
    env: process.env,
    stdin: () => readFileSync(0, 'utf8'),
    now: () => Date.now(),
    onInterrupt: (stop) => {
      process.once('SIGINT', stop);
    },
  });
  // All is written by now, and nothing runs: taking the heap down first would only take time.
  process.exit(code);
}
