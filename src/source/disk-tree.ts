import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, posix } from 'node:path';
import { decode } from './decode.ts';
import type { Result } from './result.ts';
import type { Reading, Tree } from './tree.ts';
import { isInside, walk } from './walk.ts';

/** Larger files are not read, in bytes: hand-written infrastructure code is three orders smaller. */
const MAX_FILE_SIZE = 8 * 1024 * 1024;

/**
 * The tree of a folder on disk. The folder is walked once, when first listed; files are read as they are asked for.
 * Nothing outside `root` is read, neither by `..` nor through a symbolic link. Throws where `root` does not exist.
 */
export function diskTree(root: string): Tree {
  const realRoot = realpathSync.native(root);
  let listed: Result<readonly string[]> | undefined;
  return {
    list() {
      listed ??= walk(realRoot);
      return listed;
    },
    read: (path) => readInside(realRoot, path),
  };
}

function readInside(root: string, path: string): Reading {
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
