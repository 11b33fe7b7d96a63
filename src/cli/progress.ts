import type { Io } from './io.ts';

/** How long a run takes before it says what it is doing, in milliseconds. */
const PATIENCE = 1000;

export interface Progress {
  /** A stage begins. */
  readonly stage: (name: string) => void;
  /** Clears what was shown. */
  readonly done: () => void;
}

/** Tells a person at a terminal what takes so long, on standard error; nothing to anybody else. */
export function progressOf(io: Io, quiet: boolean): Progress {
  if (!io.stderr.isTTY || quiet || io.env.CI || io.env.TERM === 'dumb') return { stage: () => {}, done: () => {} };
  const start = io.now();
  let shown = false;
  return {
    stage(name) {
      if (io.now() - start < PATIENCE) return;
      io.stderr.write(`\r\u001b[K${name} …`);
      shown = true;
    },
    done() {
      if (shown) io.stderr.write('\r\u001b[K');
    },
  };
}
