/** A Dockerfile taken apart. Words and variables are left as they are written: what they mean is the adapter's matter. */
import type { Comment } from '../../source/comment.ts';
import type { Notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';

/** A Dockerfile as written. */
export interface Dockerfile {
  readonly file: string;
  /** Where it begins. */
  readonly origin: Origin;
  /** What ends a line that goes on, and takes the meaning from the character after it. */
  readonly escape: '\\' | '`';
  /** In the order of the file, stages not yet told apart. */
  readonly instructions: readonly Instruction[];
  readonly notices: readonly Notice[];
  /** The comments of the file; scanned for only when asked. */
  comments(): readonly Comment[];
}

/** One instruction, whatever number of lines it takes. */
export interface Instruction {
  /** Upper case: `EXPOSE`. */
  readonly keyword: string;
  /** `--platform=linux/amd64` and the like, which stand before everything else. */
  readonly flags: readonly Flag[];
  /** What follows keyword and flags. */
  readonly rest: Line;
  /** What ONBUILD holds back for the images built on this one; null for every other instruction. */
  readonly trigger: Instruction | null;
  /** Without the bodies of its here-documents. */
  readonly origin: Origin;
}

/** One flag of an instruction. */
export interface Flag {
  /** Lower case, without its dashes. */
  readonly name: string;
  /** Empty where it has none. */
  readonly value: string;
  readonly origin: Origin;
}

/** A word of an instruction, quotes and escapes still in it. */
export interface SourceWord {
  readonly text: string;
  readonly origin: Origin;
}

/** A line as the builder sees it: continued lines joined, comments between them gone. */
export interface Line {
  readonly text: string;
  /** Where the characters from `start` up to `end` stand in the file; without arguments, the whole of it. */
  origin(start?: number, end?: number): Origin;
  /** The part from `start` on. */
  from(start: number): Line;
}
