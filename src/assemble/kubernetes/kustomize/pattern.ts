/**
 * The regular expressions of kustomizations (RE2 without captures), run in step with all that could match so that none
 * takes longer than its length times that of the text. The file is hostile, and a backtracking engine is not bounded.
 */
import { type Node, readPattern } from './pattern-reader.ts';

/** What a run may still do; counted down, and nothing more is done at zero. */
export interface Work {
  steps: number;
}

/** Whether a text matches, as a whole or in part as the pattern was compiled. */
export type Pattern = (text: string, work: Work) => boolean;

/** A state: what it takes, and where it leads. `split` takes nothing and leads to both. */
type State =
  | { readonly kind: 'sign'; readonly accepts: (code: number) => boolean; readonly next: number }
  | { readonly kind: 'split'; next: number; readonly other: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'match' };

/** What a pattern may be compiled to; none in use comes near. */
const MOST_STATES = 2_000;
const MOST_LENGTH = 1_000;

/** The pattern over whole texts (`whole`) or any part of one; undefined where it is none that is understood. */
export function patternOf(source: string, whole: boolean): Pattern | undefined {
  if (!/[\\^$.|?*+()[\]{}]/.test(source)) return whole ? (text) => text === source : (text) => text.includes(source);
  if (source.length > MOST_LENGTH) return undefined;
  const node = readPattern(source);
  if (!node || sizeOf(node) > MOST_STATES) return undefined;
  const states: State[] = [{ kind: 'match' }];
  const start = compile(node, 0, states);
  return (text, work) => run(states, start, text, whole, work);
}

/** How many states the pattern is compiled to. */
function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'sign':
    case 'start':
    case 'end':
      return 1;
    case 'sequence':
    case 'choice':
      return node.parts.reduce((sum, part) => sum + sizeOf(part) + 1, 0);
    case 'repeat': {
      const times = node.most === Number.POSITIVE_INFINITY ? node.least + 1 : Math.max(node.most, 1);
      return (sizeOf(node.of) + 1) * times;
    }
  }
}

/** Compiles the part so that what follows it begins at `next`; answers where it begins. */
function compile(part: Node, next: number, states: State[]): number {
  const add = (state: State): number => states.push(state) - 1;
  switch (part.kind) {
    case 'start':
    case 'end':
      return add({ kind: part.kind, next });
    case 'sign':
      return add({ kind: 'sign', accepts: part.accepts, next });
    case 'sequence':
      return part.parts.reduceRight((after, each) => compile(each, after, states), next);
    case 'choice':
      return part.parts
        .map((each) => compile(each, next, states))
        .reduceRight((other, each) => add({ kind: 'split', next: each, other }));
    case 'repeat':
      return compileRepeat(part, next, states);
  }
}

function compileRepeat({ of, least, most }: Extract<Node, { kind: 'repeat' }>, next: number, states: State[]): number {
  let tail = next;
  if (most === Number.POSITIVE_INFINITY) {
    const loop: Extract<State, { kind: 'split' }> = { kind: 'split', next: 0, other: next };
    tail = states.push(loop) - 1;
    loop.next = compile(of, tail, states);
  } else {
    for (let i = least; i < most; i++) {
      const inner = compile(of, tail, states);
      tail = states.push({ kind: 'split', next: inner, other: next }) - 1;
    }
  }
  for (let i = 0; i < least; i++) tail = compile(of, tail, states);
  return tail;
}

function run(states: readonly State[], start: number, text: string, whole: boolean, work: Work): boolean {
  let current = new Set<number>();
  const matched = () => [...current].some((each) => states[each]?.kind === 'match');
  for (let at = 0; at < text.length; at++) {
    if (at === 0 || !whole) enter(states, start, at, text.length, current);
    if (!whole && matched()) return true;
    work.steps -= current.size + 1;
    if (work.steps <= 0) return false;
    const next = new Set<number>();
    for (const each of current) {
      const state = states[each] as State;
      if (state.kind === 'sign' && state.accepts(text.charCodeAt(at))) {
        enter(states, state.next, at + 1, text.length, next);
      }
    }
    current = next;
  }
  if (text === '' || !whole) enter(states, start, text.length, text.length, current);
  return matched();
}

/** Joins `into` with everything that is reached from `state` at `at` without taking a sign. */
function enter(states: readonly State[], state: number, at: number, length: number, into: Set<number>): void {
  const open = [state];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (into.has(index)) continue;
    into.add(index);
    const each = states[index] as State;
    if (each.kind === 'split') open.push(each.other, each.next);
    else if (each.kind === 'start' && at === 0) open.push(each.next);
    else if (each.kind === 'end' && at === length) open.push(each.next);
  }
}
