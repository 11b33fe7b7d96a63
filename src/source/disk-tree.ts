import { realpathSync } from 'node:fs';
import { folderInside, readInside } from './read-inside.ts';
import type { Result } from './result.ts';
import type { Tree } from './tree.ts';
import { walk } from './walk.ts';

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
    folder: (path) => folderInside(realRoot, path),
  };
}
