/** The paths and addresses that kustomizations name. */
import { posix } from 'node:path';

/** `reference` seen from `folder`, relative to the root of the tree; undefined where it leaves the tree. */
export function resolvePath(folder: string, reference: string): string | undefined {
  if (posix.isAbsolute(reference)) return undefined;
  const path = posix.join(folder, reference, '.').replace(/\/$/, '');
  return path === '..' || path.startsWith('../') ? undefined : path;
}

/** References that kustomize clones or downloads. */
export function isRemote(reference: string): boolean {
  return (
    reference.includes('://') ||
    reference.startsWith('git@') ||
    reference.startsWith('git::') ||
    /[?&]ref=/.test(reference) ||
    /^(www\.)?(github|gitlab|bitbucket)\.(com|org)[/:]/.test(reference)
  );
}
