#!/usr/bin/env node
import { cacheFolder, loadCompiled, purposeOf } from './compile-cache.ts';

/** The file that holds the program, beside this one, as the bundle has it; there is none where the sources run. */
declare const PORTOLAN_PROGRAM: string | undefined;

if (typeof PORTOLAN_PROGRAM === 'string') {
  const { argv, env } = process;
  const purpose = purposeOf(argv.slice(2));
  const keep = loadCompiled(`${__dirname}/${PORTOLAN_PROGRAM}`, cacheFolder(process.cwd(), env), purpose, env);
  if (keep) process.once('exit', keep);
}
import('./run.ts').then(({ run }) => run());
