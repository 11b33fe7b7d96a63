import type { ParsedFile } from '../parsers/document.ts';
import type { Reading } from '../source/tree.ts';

/** The files of a tree as assembling sees them: each is read and parsed at most once, however many units use it. */
export interface Files {
  /** What the tree lists, sorted by code units. */
  readonly paths: readonly string[];
  /** The text of a file that is listed or that another file names. */
  read(path: string): Reading;
  /** The YAML or JSON file at `path`, parsed; undefined where it is missing or refused. */
  parsed(path: string): ParsedFile | undefined;
}
