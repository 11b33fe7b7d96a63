/** Regular expressions as programs for a matcher that never backtracks. */
import type { Letters } from './letters.ts';
import { type Assertion, broken, parsePattern, type Tree } from './parse.ts';

/** Alternatives are in the order in which they are preferred. */
export type Instruction =
  | { readonly op: 'letters'; readonly letters: Letters }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly what: Assertion }
  | { readonly op: 'match' };

/** A program, and the names of its groups; group 0 is the whole match. */
export interface Program {
  readonly code: readonly Instruction[];
  readonly groups: readonly (string | null)[];
}

const LARGEST_PROGRAM = 5_000;

/** The program of a pattern. A pattern that is none, or that is too large, is a fault. */
export function compilePattern(pattern: string): Program {
  const { tree, groups } = parsePattern(pattern);
  const code: Instruction[] = [];
  emit(code, tree);
  code.push({ op: 'match' });
  return { code, groups };
}

function emit(code: Instruction[], tree: Tree): void {
  if (code.length > LARGEST_PROGRAM) throw broken('it is too large');
  switch (tree.kind) {
    case 'letters':
      code.push({ op: 'letters', letters: tree.letters });
      return;
    case 'assert':
      code.push({ op: 'assert', what: tree.what });
      return;
    case 'group':
      code.push({ op: 'save', slot: 2 * tree.index });
      emit(code, tree.tree);
      code.push({ op: 'save', slot: 2 * tree.index + 1 });
      return;
    case 'all':
      for (const each of tree.trees) emit(code, each);
      return;
    case 'one':
      emitChoice(code, tree.trees);
      return;
    case 'repeat':
      emitRepeat(code, tree);
  }
}

function emitChoice(code: Instruction[], trees: readonly Tree[]): void {
  const jumps: number[] = [];
  for (const [index, tree] of trees.entries()) {
    const split = code.length;
    const last = index === trees.length - 1;
    if (!last) code.push({ op: 'match' });
    emit(code, tree);
    if (last) break;
    jumps.push(code.push({ op: 'match' }) - 1);
    code[split] = { op: 'split', first: split + 1, second: code.length };
  }
  for (const at of jumps) code[at] = { op: 'jump', to: code.length };
}

function emitRepeat(code: Instruction[], { tree, least, most, lazy }: Extract<Tree, { kind: 'repeat' }>): void {
  for (let i = 0; i < least; i++) emit(code, tree);
  const split = (at: number, into: number, past: number): void => {
    code[at] = lazy ? { op: 'split', first: past, second: into } : { op: 'split', first: into, second: past };
  };
  if (most === Number.POSITIVE_INFINITY) {
    const start = code.push({ op: 'match' }) - 1;
    emit(code, tree);
    code.push({ op: 'jump', to: start });
    split(start, start + 1, code.length);
    return;
  }
  const optional: number[] = [];
  for (let i = least; i < most; i++) {
    optional.push(code.push({ op: 'match' }) - 1);
    emit(code, tree);
  }
  for (const at of optional) split(at, at + 1, code.length);
}
