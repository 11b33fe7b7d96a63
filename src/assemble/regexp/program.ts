/** Regular expressions as programs for a matcher that never backtracks. */
import { PatternFault } from './fault.ts';
import type { Letters } from './letters.ts';
import { type Assertion, parsePattern, type Tree } from './parse.ts';

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
  /** What it took to make it, in steps. */
  readonly cost: number;
}

const LARGEST_PROGRAM = 5_000;
/** A part that stands for nothing takes its time and makes no program longer: a thousand times a thousand of it. */
const MOST_PARTS = 3 * LARGEST_PROGRAM;

interface Draft {
  readonly code: Instruction[];
  /** How many parts were turned into instructions. */
  parts: number;
}

/**
 * The program of a pattern, which with `whole` has to match a text from its beginning to its end. Of a pattern that is
 * none that is read here, or that is too large: why, as a phrase.
 */
export function compilePattern(pattern: string, whole = false): Program | { readonly failure: string } {
  try {
    const { tree, groups } = parsePattern(pattern);
    const draft: Draft = { code: [], parts: 0 };
    emit(draft, whole ? { kind: 'all', trees: [TEXT_START, tree, TEXT_END] } : tree);
    draft.code.push({ op: 'match' });
    return { code: draft.code, groups, cost: pattern.length + draft.parts };
  } catch (error) {
    if (error instanceof PatternFault) return { failure: error.message };
    throw error;
  }
}

const TEXT_START: Tree = { kind: 'assert', what: 'text start' };
const TEXT_END: Tree = { kind: 'assert', what: 'text end' };

function emit(draft: Draft, tree: Tree): void {
  const { code } = draft;
  if (++draft.parts > MOST_PARTS || code.length > LARGEST_PROGRAM) throw new PatternFault('it is too large');
  switch (tree.kind) {
    case 'letters':
      code.push({ op: 'letters', letters: tree.letters });
      return;
    case 'assert':
      code.push({ op: 'assert', what: tree.what });
      return;
    case 'group':
      code.push({ op: 'save', slot: 2 * tree.index });
      emit(draft, tree.tree);
      code.push({ op: 'save', slot: 2 * tree.index + 1 });
      return;
    case 'all':
      for (const each of tree.trees) emit(draft, each);
      return;
    case 'one':
      emitChoice(draft, tree.trees);
      return;
    case 'repeat':
      emitRepeat(draft, tree);
  }
}

function emitChoice(draft: Draft, trees: readonly Tree[]): void {
  const { code } = draft;
  const jumps: number[] = [];
  for (const [index, tree] of trees.entries()) {
    const split = code.length;
    const last = index === trees.length - 1;
    if (!last) code.push({ op: 'match' });
    emit(draft, tree);
    if (last) break;
    jumps.push(code.push({ op: 'match' }) - 1);
    code[split] = { op: 'split', first: split + 1, second: code.length };
  }
  for (const at of jumps) code[at] = { op: 'jump', to: code.length };
}

function emitRepeat(draft: Draft, { tree, least, most, lazy }: Extract<Tree, { kind: 'repeat' }>): void {
  const { code } = draft;
  for (let i = 0; i < least; i++) emit(draft, tree);
  const split = (at: number, into: number, past: number): void => {
    code[at] = lazy ? { op: 'split', first: past, second: into } : { op: 'split', first: into, second: past };
  };
  if (most === Number.POSITIVE_INFINITY) {
    const start = code.push({ op: 'match' }) - 1;
    emit(draft, tree);
    code.push({ op: 'jump', to: start });
    split(start, start + 1, code.length);
    return;
  }
  const optional: number[] = [];
  for (let i = least; i < most; i++) {
    optional.push(code.push({ op: 'match' }) - 1);
    emit(draft, tree);
  }
  for (const at of optional) split(at, at + 1, code.length);
}
