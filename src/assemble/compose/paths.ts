import { posix } from 'node:path';

/**
 * A path that a compose file names, relative to the root of the tree: `./vote` in `shop/compose.yaml` is `shop/vote`.
 * Absolute paths, home folders and what hangs on a variable without value stay as they are.
 */
export function resolvePath(folder: string, path: string): string {
  if (/^(?:[/~\\]|[A-Za-z]:[\\/]|\$\{)/.test(path)) return path;
  return posix.normalize(posix.join(folder, path)).replace(/(.)\/$/, '$1');
}

/** Whether a reference leaves the tree for the network: a git repository, a registry, an archive. */
export function isRemote(reference: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|oci:|github\.com\/)/i.test(reference);
}
