import { runAction } from './run.ts';

/** SOURCE_DATE_EPOCH makes a run repeatable; it counts seconds. */
const epoch = process.env.SOURCE_DATE_EPOCH;
const now = epoch !== undefined && /^\d{1,11}$/.test(epoch) ? Number(epoch) * 1000 : Date.now();

runAction({ environment: process.env, print: (text) => process.stdout.write(text), now }).then((exit) => {
  process.exitCode = exit;
});
