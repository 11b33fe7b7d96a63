import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { type Notice, notice } from './notice.ts';
import type { Result } from './result.ts';
import { fileOrigin } from './span.ts';

/** Bounds of a hostile tree; a repository of a hundred thousand files is a large one. */
const MAX_FILES = 500_000;
const MAX_DEPTH = 100;

/** Folders that hold no code of the repository's own, whether or not a .gitignore says so. */
const PRUNED: ReadonlySet<string> = new Set([
  '.git', // git's own database
  'node_modules', // installed packages: examples of others, by the thousand
  '.terraform', // downloaded providers and modules; what a module call names is read through it, not listed
]);

/** The patterns of one .gitignore; they hold for paths below `prefix`, and more deeply nested ones come first. */
interface Ignores {
  readonly prefix: string;
  readonly patterns: Ignore;
  readonly outer: Ignores | null;
}

interface Walk {
  readonly root: string;
  readonly files: string[];
  readonly notices: Notice[];
  full: boolean;
}

/**
 * The files below `root` (a real path) that the .gitignore files among them leave, sorted by code units, with `/`.
 * Links to files inside the root are files; a linked folder is walked where it really stands, and nowhere else.
 */
export function walk(root: string): Result<readonly string[]> {
  const state: Walk = { root, files: [], notices: [], full: false };
  walkFolder(state, '', null, 0);
  return { value: state.files.sort(), notices: state.notices };
}

/** Whether the real path `path` is `root` or below it. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** `prefix` is the folder's path with a `/` at its end, empty for the root. */
function walkFolder(state: Walk, prefix: string, outer: Ignores | null, depth: number): void {
  const entries = entriesOf(state, prefix);
  const ignores = entries.some((entry) => entry.name === '.gitignore') ? withIgnores(state, prefix, outer) : outer;
  for (const entry of entries) {
    if (state.full) return;
    const path = prefix + entry.name;
    if (entry.isDirectory()) {
      if (PRUNED.has(entry.name) || isIgnored(ignores, `${path}/`)) continue;
      if (depth < MAX_DEPTH) walkFolder(state, `${path}/`, ignores, depth + 1);
      else state.notices.push(notice('tree-too-large', tooDeep(), fileOrigin(path)));
    } else if (entry.isFile() || (entry.isSymbolicLink() && !PRUNED.has(entry.name))) {
      if (isIgnored(ignores, path)) continue;
      if (entry.isFile() || leadsToFile(state, path)) add(state, path);
    }
  }
}

function entriesOf(state: Walk, prefix: string): readonly Dirent[] {
  try {
    return readdirSync(join(state.root, prefix), { withFileTypes: true });
  } catch {
    const message = 'This folder cannot be read; give read permission or leave it out of the scan.';
    state.notices.push(notice('file-unreadable', message, fileOrigin(prefix.slice(0, -1) || '.')));
    return [];
  }
}

function add(state: Walk, path: string): void {
  if (state.files.length < MAX_FILES) {
    state.files.push(path);
    return;
  }
  state.full = true;
  const message = `There are more than ${MAX_FILES} files; those from here on are not analysed. Scan a smaller folder.`;
  state.notices.push(notice('tree-too-large', message, fileOrigin(path)));
}

function tooDeep(): string {
  return `Folders are nested more than ${MAX_DEPTH} deep; what is below this one is not analysed.`;
}

/** The answer for a symbolic link, with a notice where it leads nowhere that may be read. */
function leadsToFile(state: Walk, path: string): boolean {
  try {
    const real = realpathSync.native(join(state.root, path));
    if (isInside(state.root, real)) return statSync(real).isFile();
    unfollowed(state, path, 'This symbolic link leads out of the scanned folder and is not followed.');
  } catch (error) {
    const loops = (error as NodeJS.ErrnoException).code === 'ELOOP';
    unfollowed(state, path, loops ? 'This symbolic link leads in a circle.' : 'This symbolic link leads nowhere.');
  }
  return false;
}

function unfollowed(state: Walk, path: string, message: string): void {
  state.notices.push(notice('link-not-followed', message, fileOrigin(path)));
}

function withIgnores(state: Walk, prefix: string, outer: Ignores | null): Ignores | null {
  try {
    const real = realpathSync.native(join(state.root, prefix, '.gitignore'));
    if (!isInside(state.root, real)) return outer;
    return { prefix, patterns: ignore().add(readFileSync(real, 'utf8')), outer };
  } catch {
    return outer;
  }
}

/** As git decides: the innermost file with a pattern for the path. A folder's path ends with `/`. */
function isIgnored(ignores: Ignores | null, path: string): boolean {
  for (let level = ignores; level !== null; level = level.outer) {
    const { ignored, unignored } = level.patterns.test(path.slice(level.prefix.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
