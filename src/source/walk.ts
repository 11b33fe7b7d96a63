import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Ignores, ignoresOf, isIgnored } from './ignores.ts';
import { type Notice, notice } from './notice.ts';
import { isInside, readInside } from './read-inside.ts';
import type { Result } from './result.ts';
import { fileOrigin } from './span.ts';

/** Bounds of a hostile tree; a repository of a hundred thousand files is a large one. */
const MAX_FILES = 500_000;
const MAX_DEPTH = 100;
/** In UTF-16 code units; every pattern is tried on every path below. */
const MAX_IGNORE_SIZE = 64 * 1024;

/** Folders that hold no code of the repository's own, whether or not a .gitignore says so. */
const PRUNED: ReadonlySet<string> = new Set([
  '.git', // git's own database
  'node_modules', // installed packages: examples of others, by the thousand
  '.terraform', // downloaded providers and modules; what a module call names is read through it, not listed
]);

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

/** The patterns that hold below `prefix`, whose folder has a .gitignore. */
function withIgnores(state: Walk, prefix: string, outer: Ignores | null): Ignores | null {
  const path = `${prefix}.gitignore`;
  const reading = readInside(state.root, path);
  if (reading.kind !== 'text' || reading.text.length > MAX_IGNORE_SIZE) {
    const message = 'This file cannot be read, or is too large; what it ignores is scanned.';
    state.notices.push(notice('file-unreadable', message, fileOrigin(path)));
    return outer;
  }
  const { value, notices } = ignoresOf(reading.text, prefix, outer);
  state.notices.push(...notices);
  return value;
}
