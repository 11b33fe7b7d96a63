import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UsageError } from './exit.ts';

/** Where a run stands: the base of every path that it prints and the limit of what it may read. */
export interface Place {
  /** Absolute, links resolved. */
  readonly root: string;
  /** The configuration file, absolute; null where there is none. */
  readonly config: string | null;
  /** The top level of the git checkout that holds the root; null outside of one. */
  readonly checkout: string | null;
  /** The way from there to the root, `/`-separated with a `/` at its end: empty, or `deploy/shop/`. */
  readonly fromCheckout: string;
  /** What the user chose, relative to the root with `/`; empty for all of it. */
  readonly paths: readonly string[];
}

export const CONFIG_FILE = 'portolan.yaml';

/**
 * Finds the root: `--root`, else the folder of the `portolan.yaml` found upward from what is scanned, else the top level
 * of the git checkout, else the current folder. Git itself is not run: in a hostile checkout it would run programs.
 */
export function findPlace(
  cwd: string,
  paths: readonly string[],
  options: { readonly root?: string | undefined; readonly config?: string | undefined },
): Place {
  const absolute = paths.map((path) => real(resolve(cwd, path), path));
  const start = absolute.length > 0 ? commonFolder(absolute) : real(cwd, cwd);
  const checkout = upward(start, '.git');
  const configured = options.root === undefined ? upward(start, CONFIG_FILE, checkout) : null;
  const root =
    options.root === undefined
      ? (configured ?? checkout ?? (isWithin(real(cwd, cwd), start) ? real(cwd, cwd) : start))
      : folderAt(cwd, options.root);
  const chosen = absolute.map((path, index) => {
    if (isWithin(root, path)) return wayTo(path, root).slice(0, -1);
    throw new UsageError(`${paths[index]} lies outside of the root ${root}: give a --root that holds it`);
  });
  const top = upward(root, '.git');
  return {
    root,
    config: options.config === undefined ? existing(join(root, CONFIG_FILE)) : file(resolve(cwd, options.config)),
    checkout: top,
    fromCheckout: wayTo(root, top ?? root),
    paths: chosen.includes('') ? [] : [...new Set(chosen)].sort(),
  };
}

/** Whether `path` is one of `chosen`, or lies in one of them; everything is when nothing was chosen. */
export function isChosen(path: string, chosen: readonly string[]): boolean {
  return chosen.length === 0 || chosen.some((choice) => path === choice || path.startsWith(`${choice}/`));
}

/** The way from a folder to one inside it: empty where they are one, else with a `/` at its end. */
export function wayTo(inner: string, outer: string): string {
  const way = relative(outer, inner).split(sep).join('/');
  return way === '' ? '' : `${way}/`;
}

/** The nearest folder from `start` upward that holds `name`, not above `limit`. */
function upward(start: string, name: string, limit: string | null = null): string | null {
  for (let current = start; ; current = dirname(current)) {
    if (existsSync(join(current, name))) return current;
    if (current === limit || current === dirname(current)) return null;
  }
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => (statSync(path).isDirectory() ? path : dirname(path)));
  let common = folders[0] as string;
  while (!folders.every((path) => isWithin(common, path))) common = dirname(common);
  return common;
}

/** Whether a path is a folder or lies in it, as both are written. */
export function isWithin(parent: string, path: string): boolean {
  const way = relative(parent, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

function real(path: string, asGiven: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new UsageError(`${asGiven} does not exist: give files or folders that do`);
  }
}

/** The folder that an option names, links resolved. */
export function folderAt(cwd: string, asGiven: string): string {
  const found = real(resolve(cwd, asGiven), asGiven);
  if (!statSync(found).isDirectory()) throw new UsageError(`${asGiven} is not a folder: give one that is`);
  return found;
}

function file(path: string): string {
  if (!existsSync(path)) throw new UsageError(`--config ${path} does not exist`);
  if (statSync(path).isDirectory()) throw new UsageError(`--config ${path} is a folder: give a file`);
  return path;
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}
