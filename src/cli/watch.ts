import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { diskTree } from '../source/disk-tree.ts';

/** How often a person who types is looked after, in milliseconds. */
const INTERVAL = 500;

/**
 * Does something now, and again whenever a file of a folder changes, until it is stopped. The files are asked for rather than
 * waited for: watching folders needs a handle for each, those that nobody reads among them.
 *
 * @param ignored files that do not count: what is written each time
 */
export async function whenever(
  root: string,
  ignored: ReadonlySet<string>,
  again: () => Promise<void>,
  stopped: AbortSignal,
  interval: number = INTERVAL,
): Promise<void> {
  let before: string | null = null;
  while (!stopped.aborted) {
    const now = stateOf(root, ignored);
    if (now !== before) await again();
    before = now;
    await pause(interval, undefined, { signal: stopped }).catch(() => {});
  }
}

/** Every file with its size and the time of its last change, as one text. */
function stateOf(root: string, ignored: ReadonlySet<string>): string {
  const { value: paths } = diskTree(root).list();
  return paths
    .filter((path) => !ignored.has(path))
    .map((path) => {
      const stats = statSync(join(root, path), { throwIfNoEntry: false });
      return `${path} ${stats?.size} ${stats?.mtimeMs}`;
    })
    .join('\n');
}
