import { notice } from '../../source/notice.ts';
import { fileOrigin, type Origin } from '../../source/span.ts';
import type { Mapping } from '../../source/value.ts';
import type { Files } from '../files.ts';
import { canonicalFile } from './canonical.ts';
import { isNull } from './construct.ts';
import type { Lookup } from './interpolate.ts';
import type { MergeLimits } from './merge.ts';
import { readVariables } from './variables.ts';

/** What loading one project shares. */
export interface Loading extends MergeLimits {
  readonly tree: TreeLoading;
  /** Variables whose absence was told. */
  readonly told: Set<string>;
  /** Every file that contributed so far. */
  readonly used: Set<string>;
  /** How many more compose files it may read, each time that one is named. */
  reads: number;
}

/** What loading all projects of a tree shares: files read already, and what all of them may cost together. */
export interface TreeLoading {
  readonly files: Files;
  /** Of compose files and `.env` files, each time that one is read into a project. */
  characters: number;
  /** Of mappings and lists, each time that they are merged. */
  entries: number;
  /** Of `.env` files, each time that one is read into a project or a service. */
  variables: number;
  /** Whether it was told that there is no more. */
  told: boolean;
}

/** Begins a tree, with what ten thousand ordinary projects would cost. */
export function startTree(files: Files): TreeLoading {
  return { files, characters: 200_000_000, entries: 3_000_000, variables: 300_000, told: false };
}

/** Real projects read a dozen files. */
const MAX_READS = 500;

/** Begins one project of the tree. */
export function startLoading(tree: TreeLoading): Loading {
  return { tree, notices: [], told: new Set(), used: new Set(), reads: MAX_READS };
}

/** Whether nothing more may be read or merged: for this project, or for the tree. */
export function isExhausted({ reads, tree }: Loading): boolean {
  return reads < 0 || tree.characters < 0 || tree.entries < 0;
}

/** Says, once for the tree, that something was left out for its size; `origin` is the project that went too far. */
export function tellExhausted(loading: Loading, origin: Origin): void {
  const { tree, notices } = loading;
  if (tree.told || (!isExhausted(loading) && tree.variables >= 0)) return;
  tree.told = true;
  const message =
    'The compose files read and merged here grow beyond what any real project needs; the rest is left out.';
  notices.push(notice('expansion-limit', message, origin));
}

/** Where the relative paths and the variables of a file come from. */
export interface FileScope {
  readonly folder: string;
  readonly lookup: Lookup;
  /** The line that names the file; undefined where the user gives it. */
  readonly origin?: Origin;
}

/** The documents of a compose file in canonical form: each is a layer over the one before. */
export function readLayers(path: string, scope: FileScope, loading: Loading): readonly Mapping[] {
  loading.reads--;
  if (isExhausted(loading)) return [];
  const parsed = loading.tree.files.parsed(path);
  if (!parsed) {
    const message = `${path} is named here and cannot be read; what it holds is missing. Check the path.`;
    loading.notices.push(notice('reference-missing', message, scope.origin ?? fileOrigin(path)));
    return [];
  }
  loading.used.add(path);
  const reading = loading.tree.files.read(path);
  const source = reading.kind === 'text' ? reading.text : '';
  return parsed.documents.flatMap(({ root, span }) => {
    loading.tree.characters -= span.end - span.start;
    const { notices, told, tree } = loading;
    if (root?.kind !== 'mapping') {
      if (root && !isNull(root))
        notices.push(notice('invalid-value', 'A compose file must be a mapping.', root.origin));
      return [];
    }
    const { folder, lookup } = scope;
    return [canonicalFile(root, { folder, lookup, notices, told, source, budget: tree })];
  });
}

/**
 * The variables of `.env` files under those of `outer`; the later file wins. A file counts as used when a value is
 * taken from it. `namedAt` is the line that names the files: that one is missing is then worth telling.
 */
export function readScope(paths: readonly string[], outer: Lookup, loading: Loading, namedAt?: Origin): Lookup {
  const values = new Map<string, { readonly value: string; readonly file: string }>();
  for (const file of paths) {
    const variables = readVariables(file, outer, loading);
    if (!variables && namedAt) {
      const message = `${file} is named here and cannot be read, so its variables have no value. Check the path.`;
      loading.notices.push(notice('file-missing', message, namedAt));
    }
    for (const { name, value } of variables ?? []) values.set(name, { value, file });
  }
  return (name) => {
    const above = outer(name);
    const own = above === undefined ? values.get(name) : undefined;
    if (own) loading.used.add(own.file);
    return above ?? own?.value;
  };
}
