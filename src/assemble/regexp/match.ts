/** Matches programs in time that grows with text and pattern only (Thompson's way, with captures as Pike has them). */
import { hasLetter } from './letters.ts';
import type { Assertion } from './parse.ts';
import type { Program } from './program.ts';

/** What a run may still do; counted down, and nothing more is done below zero. */
export interface Work {
  steps: number;
}

/** Beginnings and ends of the groups of a match, two for each; undefined for a group that took no part. */
export type Match = readonly (number | undefined)[];

interface Thread {
  readonly at: number;
  readonly slots: Match;
}

/**
 * The first match from `from` on, the preferred one of those that begin there; undefined where there is none, and where
 * the work is used up before it is found.
 */
export function findMatch(program: Program, text: string, from: number, work: Work): Match | undefined {
  let threads: Thread[] = [];
  let found: Match | undefined;
  for (let offset = from; ; ) {
    const marks = new Set<number>(threads.map(({ at }) => at));
    if (!found) follow(program, text, offset, 0, [], threads, marks);
    if (threads.length === 0 && (found || offset >= text.length)) break;
    work.steps -= 1 + threads.length;
    if (work.steps < 0) return undefined;
    const code = offset < text.length ? (text.codePointAt(offset) as number) : -1;
    const width = code > 0xffff ? 2 : 1;
    const next: Thread[] = [];
    const seen = new Set<number>();
    for (const { at, slots } of threads) {
      const instruction = program.code[at];
      if (instruction?.op === 'match') {
        found = slots;
        break;
      }
      if (instruction?.op === 'letters' && code !== -1 && hasLetter(instruction.letters, code)) {
        follow(program, text, offset + width, at + 1, slots, next, seen);
      }
    }
    work.steps -= (marks.size + seen.size) >> 2;
    threads = next;
    if (offset >= text.length) break;
    offset += width;
  }
  return found;
}

/** Adds the threads that `start` leads to without reading a letter, in the order of preference. */
function follow(
  program: Program,
  text: string,
  offset: number,
  start: number,
  slots: Match,
  into: Thread[],
  seen: Set<number>,
): void {
  const open: Thread[] = [{ at: start, slots }];
  for (let thread = open.pop(); thread; thread = open.pop()) {
    const { at } = thread;
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = program.code[at];
    switch (instruction?.op) {
      case 'jump':
        open.push({ at: instruction.to, slots: thread.slots });
        break;
      case 'split':
        open.push({ at: instruction.second, slots: thread.slots }, { at: instruction.first, slots: thread.slots });
        break;
      case 'save': {
        const saved = [...thread.slots];
        saved[instruction.slot] = offset;
        open.push({ at: at + 1, slots: saved });
        break;
      }
      case 'assert':
        if (holds(instruction.what, text, offset)) open.push({ at: at + 1, slots: thread.slots });
        break;
      default:
        into.push(thread);
    }
  }
}

function holds(what: Assertion, text: string, offset: number): boolean {
  switch (what) {
    case 'text start':
      return offset === 0;
    case 'text end':
      return offset === text.length;
    case 'line start':
      return offset === 0 || text[offset - 1] === '\n';
    case 'line end':
      return offset === text.length || text[offset] === '\n';
    default:
      return (isWord(text[offset - 1]) !== isWord(text[offset])) === (what === 'word edge');
  }
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /\w/.test(letter);
}
