import type { ParsedFile } from '../parsers/document.ts';
import { formatOf } from '../parsers/index.ts';
import { parseYaml } from '../parsers/yaml/index.ts';
import { type LineIndex, lineIndex } from '../source/line-index.ts';
import { type Notice, notice } from '../source/notice.ts';
import { fileOrigin } from '../source/span.ts';
import type { Reading, Tree } from '../source/tree.ts';

/** The files of a tree as assembling sees them: each is read and parsed at most once, however many units use it. */
export interface Files {
  /** What the tree lists, sorted by code units. */
  readonly paths: readonly string[];
  /** The text of a file that is listed or that another file names. */
  read(path: string): Reading;
  /** The YAML or JSON file at `path`, parsed; undefined where it is missing or refused. */
  parsed(path: string): ParsedFile | undefined;
}

/** What was done with the files of a tree. */
export interface FileCoverage {
  readonly listed: number;
  readonly parsed: number;
  /** Refused or unreadable: by the notice code that says why. */
  readonly refused: Readonly<Record<string, number>>;
  /** With at least one document that does not parse. */
  readonly failed: number;
}

/** Files with what a run needs of them besides. */
export interface OpenFiles extends Files {
  /** What listing, reading and parsing had to say so far. */
  notices(): readonly Notice[];
  coverage(): FileCoverage;
  /** The line starts of a file that can be read; of an empty text otherwise. */
  lines(path: string): LineIndex;
}

/** Opens a tree: it is listed at once, its files are read and parsed as they are asked for. */
export function openFiles(tree: Tree): OpenFiles {
  const listing = tree.list();
  const notices: Notice[] = [...listing.notices];
  const readings = new Map<string, Reading>();
  const parses = new Map<string, ParsedFile | undefined>();
  const indexes = new Map<string, LineIndex>();

  const read = (path: string): Reading => {
    let reading = readings.get(path);
    if (!reading) {
      reading = tree.read(path);
      readings.set(path, reading);
      if (reading.kind === 'refused') notices.push(notice(reading.because, 'This file is not read.', fileOrigin(path)));
    }
    return reading;
  };
  const parse = (path: string): ParsedFile | undefined => {
    const reading = read(path);
    if (reading.kind !== 'text') return undefined;
    const parsed = parseYaml({ path, format: formatOf(path) === 'json' ? 'json' : 'yaml', text: reading.text });
    notices.push(...parsed.notices);
    return parsed;
  };

  return {
    paths: listing.value,
    read,
    parsed(path) {
      if (!parses.has(path)) parses.set(path, parse(path));
      return parses.get(path);
    },
    notices: () => notices,
    coverage: () => ({ listed: listing.value.length, parsed: parses.size, refused: {}, failed: 0 }),
    lines(path) {
      const known = indexes.get(path);
      if (known) return known;
      const reading = read(path);
      const index = lineIndex(reading.kind === 'text' ? reading.text : '');
      indexes.set(path, index);
      return index;
    },
  };
}
