import { now } from '../cli/scan.ts';
import { runAction } from './run.ts';

const { env } = process;

runAction({
  environment: env,
  print: (text) => process.stdout.write(text),
  now: now({ env, now: Date.now }),
}).then((exit) => {
  process.exitCode = exit;
});
