/** Paths inside the tree, with `/`, relative to its root; the root itself is `.`. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` stands in `folder` or below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}

/** `reference` seen from `folder`; undefined where it leaves the tree. */
export function resolvePath(folder: string, reference: string): string | undefined {
  const parts = folder === '.' ? [] : folder.split('/');
  for (const part of reference.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
