import { posix } from 'node:path';
import { decode } from './decode.ts';
import { git } from './git.ts';
import { append, type Multimap } from './multimap.ts';
import type { Reading, Tree } from './tree.ts';

/** Larger files are not read, in bytes, as on disk. */
const MAX_FILE_SIZE = 8 * 2 ** 20;
/** A list of files longer than this, in bytes, is nobody's repository. */
const MOST_LISTED = 2 ** 28;
/** What is asked of git at once, in bytes. */
const MOST_AT_ONCE = 64 * 2 ** 20;

interface Entry {
  readonly mode: string;
  readonly object: string;
  readonly size: number;
}

/**
 * The tree of a commit, without touching the work tree. Its files are what is committed: nothing of them is ignored.
 *
 * @param folder a folder of the repository
 * @param commit the full hash of a commit (`commitOf`)
 * @param root the folder of the repository that paths are relative to, with a `/` at its end; empty for its top
 * @param likely whether a path is likely to be read, so that it is asked for together with others
 */
export function gitTree(folder: string, commit: string, root: string, likely: (path: string) => boolean): Tree {
  const entries = entriesOf(folder, commit, root);
  const paths = [...entries].filter(([, { mode }]) => mode.startsWith('100')).map(([path]) => path);
  const folders: Multimap<string, string> = new Map();
  for (const path of [...entries.keys()]) append(folders, posix.dirname(path), path);
  const known = new Map<string, Buffer>();
  let asked = false;

  const load = (wanted: readonly Entry[]) => {
    let batch: Entry[] = [];
    let bytes = 0;
    const flush = () => {
      for (const [object, content] of contents(folder, batch, bytes)) known.set(object, content);
      [batch, bytes] = [[], 0];
    };
    for (const entry of wanted) {
      if (bytes + entry.size > MOST_AT_ONCE) flush();
      batch.push(entry);
      bytes += entry.size;
    }
    if (batch.length > 0) flush();
  };
  const bytesOf = (entry: Entry): Buffer => {
    if (!asked) {
      asked = true;
      const all = paths.filter(likely).map((path) => entries.get(path) as Entry);
      load(all.filter(({ size }) => size <= MAX_FILE_SIZE));
    }
    if (!known.has(entry.object)) load([entry]);
    return known.get(entry.object) ?? Buffer.alloc(0);
  };
  return {
    list: () => ({ value: paths, notices: [] }),
    folder: (path) => folders.get(posix.normalize(path)) ?? [],
    read(path): Reading {
      const normal = posix.normalize(path);
      if (normal === '..' || normal.startsWith('../') || posix.isAbsolute(normal)) return refused('outside-root');
      const entry = entries.get(normal);
      if (!entry) return { kind: 'missing' };
      // A link is a file that holds a path; what it leads to may be outside of the revision.
      if (!entry.mode.startsWith('100')) return refused('link-not-followed');
      if (entry.size > MAX_FILE_SIZE) return refused('file-too-large');
      return decode(bytesOf(entry));
    },
  };
}

function refused(because: Extract<Reading, { kind: 'refused' }>['because']): Reading {
  return { kind: 'refused', because };
}

/** Files and links below `root`, by path, sorted by code units. */
function entriesOf(folder: string, commit: string, root: string): ReadonlyMap<string, Entry> {
  const listed = git(folder, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit], '', MOST_LISTED).toString('utf8');
  const found = listed.split('\0').flatMap((line): readonly (readonly [string, Entry])[] => {
    const [, mode = '', kind, object = '', size = '', path = ''] =
      /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    if (kind !== 'blob' || !path.startsWith(root)) return [];
    return [[path.slice(root.length), { mode, object, size: Number(size) }]];
  });
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the objects hold, as `git cat-file --batch` prints it: a line about each, then its bytes and a newline. */
function contents(folder: string, entries: readonly Entry[], bytes: number): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  const objects = [...new Set(entries.map(({ object }) => object))];
  const input = objects.map((object) => `${object}\n`).join('');
  const printed = git(folder, ['cat-file', '--batch'], input, bytes + 256 * (objects.length + 1));
  let at = 0;
  for (const object of objects) {
    const end = printed.indexOf(10, at);
    const [name, kind, size] = printed.toString('latin1', at, end).split(' ');
    if (end < 0 || name !== object) break;
    at = end + 1;
    // In a clone without all objects some are missing, and are not fetched.
    if (kind !== 'blob') continue;
    found.set(object, printed.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}
