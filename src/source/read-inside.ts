import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, posix, sep } from 'node:path';
import { decode } from './decode.ts';
import type { Reading } from './tree.ts';

/** Larger files are not read, in bytes: hand-written infrastructure code is three orders smaller. */
const MAX_FILE_SIZE = 8 * 1024 * 1024;

/** Whether the real path `path` is `root` or below it. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** The text at `path`, relative to `root` (a real path) with `/`; refused where it leads out, by `..` or by a link. */
export function readInside(root: string, path: string): Reading {
  const normal = posix.normalize(path);
  if (normal === '..' || normal.startsWith('../') || isAbsolute(normal)) return refused('outside-root');
  try {
    const real = realpathSync.native(join(root, normal));
    if (!isInside(root, real)) return refused('link-not-followed');
    // Asked before opening: opening a pipe would wait for a writer.
    const stat = statSync(real);
    if (stat.isDirectory()) return { kind: 'missing' };
    if (!stat.isFile()) return refused('file-unreadable');
    return readBounded(real);
  } catch (error) {
    return refusalOf(error);
  }
}

/** The files that stand directly in the folder `path`, relative to `root` (a real path); none where it leads out. */
export function folderInside(root: string, path: string): readonly string[] {
  const normal = posix.normalize(path);
  if (normal === '..' || normal.startsWith('../') || isAbsolute(normal)) return [];
  try {
    const real = realpathSync.native(join(root, normal));
    if (!isInside(root, real)) return [];
    const entries = readdirSync(real, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
    return entries.map(({ name }) => posix.join(normal, name)).sort();
  } catch {
    return [];
  }
}

function readBounded(path: string): Reading {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size > MAX_FILE_SIZE) return refused('file-too-large');
    const bytes = Buffer.allocUnsafe(size);
    let length = 0;
    while (length < size) {
      const read = readSync(descriptor, bytes, length, size - length, null);
      if (read === 0) break;
      length += read;
    }
    return decode(bytes.subarray(0, length));
  } finally {
    closeSync(descriptor);
  }
}

function refusalOf(error: unknown): Reading {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  return refused(code === 'ELOOP' ? 'link-not-followed' : 'file-unreadable');
}

function refused(because: Extract<Reading, { kind: 'refused' }>['because']): Reading {
  return { kind: 'refused', because };
}
