import { fstatSync, statSync, writeSync } from 'node:fs';
import { UncheckedError } from './exit.ts';
import type { Sink } from './io.ts';

/** How long to wait for a reader that is slower than we are, in milliseconds. */
const PATIENCE = 5;

/**
 * Standard output or standard error. Written to directly and at once: a report is one text, a process that ends early
 * loses none of it, and Node's streams with all that they bring along need not be loaded.
 */
export function sinkOf(descriptor: 1 | 2): Sink {
  return {
    write: (text) => write(descriptor, Buffer.from(text)),
    get isTTY() {
      return isTerminal(descriptor);
    },
    get columns() {
      // Only a terminal is worth loading Node's streams for.
      if (!isTerminal(descriptor)) return undefined;
      return (descriptor === 1 ? process.stdout : process.stderr).columns;
    },
  };
}

/**
 * Writes all of it. A reader that has seen enough (`| head`) is no error of ours; a report that is lost for another
 * reason is an `UncheckedError`, and what is said on standard error is lost without one: there is nobody to tell.
 */
function write(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') {
        if (descriptor === 2) return;
        throw new UncheckedError(`standard output cannot be written: ${(error as Error).message}`);
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE);
    }
  }
}

/** Loads what asks the system only for what may be a terminal at all: files, pipes and the null device are none. */
function isTerminal(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    if (!status.isCharacterDevice() || status.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev)
      return false;
  } catch {
    return false;
  }
  const { isatty } = process.getBuiltinModule('node:tty');
  return isatty(descriptor);
}
