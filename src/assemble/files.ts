import { posix } from 'node:path';
import type { ParsedFile } from '../parsers/document.ts';
import { type Dotenv, parseDotenv } from '../parsers/dotenv.ts';
import type { HclFile } from '../parsers/hcl/index.ts';
import { formatOf } from '../parsers/index.ts';
import { parseData, parseYaml } from '../parsers/yaml/index.ts';
import { type LineIndex, lineIndex } from '../source/line-index.ts';
import { type Notice, type NoticeCode, notice } from '../source/notice.ts';
import type { SourceFile } from '../source/source-file.ts';
import { fileOrigin } from '../source/span.ts';
import type { Reading, Tree } from '../source/tree.ts';

/** The files of a tree as assembling sees them: each is read and parsed at most once, however many units use it. */
export interface Files {
  /** What the tree lists, sorted by code units. */
  readonly paths: readonly string[];
  /** The text of a file that is listed or that another file names; cheap to ask before parsing. */
  read(path: string): Reading;
  /** The files that stand directly in a folder, ignored or not, sorted by code units. */
  folder(path: string): readonly string[];
  /** The YAML or JSON file at `path`, parsed; undefined where it is missing or refused. */
  parsed(path: string): ParsedFile | undefined;
  /** The environment file at `path`, parsed; undefined where it is missing or refused. */
  dotenv(path: string): Dotenv | undefined;
  /**
   * The file of Terraform at `path`, parsed; undefined where it is missing or refused. The parser is given by the one who
   * asks: it is loaded only where there is such a file.
   */
  hcl(path: string, parse: (file: SourceFile) => HclFile): HclFile | undefined;
}

/** What was done with the files of a tree, so that nothing is left out in silence. */
export interface FileCoverage {
  readonly listed: number;
  /** Parsed as data, templates left to other programs among them. */
  readonly parsed: number;
  /** Of those, the files with something that does not parse. */
  readonly failed: number;
  /** Not analysed, by the notice code that says why: too large, binary, a template … */
  readonly skipped: Readonly<Partial<Record<NoticeCode, number>>>;
}

/** Files, with what a run needs of them besides. */
export interface OpenFiles extends Files {
  /** What listing, reading and parsing have had to say so far. */
  notices(): readonly Notice[];
  coverage(): FileCoverage;
  /** The lines of a file; of an empty text where it cannot be read. */
  lines(path: string): LineIndex;
}

/**
 * Opens a tree: it is listed at once, its files are read and parsed as they are asked for. A refused file that the tree
 * lists is a notice here; of one that only another file names, the one who follows the name says so, at its place.
 */
export function openFiles(tree: Tree): OpenFiles {
  const listing = tree.list();
  const listed = new Set(listing.value);
  const charts = chartFolders(listing.value);
  const notices: Notice[] = [...listing.notices];

  const read = cached((path): Reading => {
    const reading = tree.read(path);
    if (reading.kind === 'refused' && listed.has(path)) {
      notices.push(notice(reading.because, REFUSALS[reading.because], fileOrigin(path)));
    } else if (reading.kind === 'text' && reading.lossyAt !== undefined) {
      notices.push(
        notice('encoding-error', NOT_UTF8, { file: path, start: reading.lossyAt, end: reading.lossyAt + 1 }),
      );
    }
    return reading;
  });
  const textOf = (path: string): string | undefined => {
    const reading = read.get(path);
    return reading.kind === 'text' ? reading.text : undefined;
  };
  const noted = <T extends ParsedFile | Dotenv | HclFile>(parsed: T): T => {
    for (const note of parsed.notices) notices.push(note);
    return parsed;
  };
  const data = cached((path) => {
    const text = textOf(path);
    if (text === undefined) return undefined;
    const format = formatOf(path) === 'json' ? 'json' : 'yaml';
    const file = { path, format, text } as const;
    return noted(isChartValues(path, charts) ? parseData(file) : parseYaml(file, isChartTemplate(path, charts)));
  });
  const environments = cached((path) => {
    const text = textOf(path);
    return text === undefined ? undefined : noted(parseDotenv({ path, format: 'dotenv', text }));
  });
  const configurations = new Map<string, HclFile | undefined>();
  const hcl: Files['hcl'] = (path, parse) => {
    if (!configurations.has(path)) {
      const text = textOf(path);
      const format = formatOf(path) === 'hcl-json' ? 'hcl-json' : 'hcl';
      configurations.set(path, text === undefined ? undefined : noted(parse({ path, format, text })));
    }
    return configurations.get(path);
  };
  const lines = cached((path) => lineIndex(textOf(path) ?? ''));

  return {
    paths: listing.value,
    read: read.get,
    folder: (path) => tree.folder(path),
    parsed: data.get,
    dotenv: environments.get,
    hcl: (path, parse) => hcl(posix.normalize(path), parse),
    lines: lines.get,
    notices: () => notices,
    coverage: () =>
      coverageOf(listing.value.length, read.values(), [
        ...data.values(),
        ...environments.values(),
        ...configurations.values(),
      ]),
  };
}

const NOT_UTF8 = 'From here on this file holds bytes that are not UTF-8; they read as U+FFFD. Save it as UTF-8.';

const REFUSALS: Record<Extract<Reading, { kind: 'refused' }>['because'], string> = {
  'outside-root': 'This path leads out of the scanned folder and is not read.',
  'link-not-followed': 'This symbolic link leads out of the scanned folder, or in a circle, and is not followed.',
  'file-too-large': 'This file is larger than 8 MiB and is not analysed.',
  'file-binary': 'This file holds binary data and is not analysed.',
  'file-unreadable': 'This file cannot be read; give read permission or leave it out of the scan.',
};

interface Cached<T> {
  get(path: string): T;
  values(): readonly T[];
}

/** What `make` makes of each path, made once however the path is written. */
function cached<T>(make: (path: string) => T): Cached<T> {
  const known = new Map<string, T>();
  const get = (path: string): T => {
    const before = known.get(path);
    if (before !== undefined || known.has(path)) return before as T;
    const normal = posix.normalize(path);
    if (normal !== path) return get(normal);
    const made = make(path);
    known.set(path, made);
    return made;
  };
  return { get, values: () => [...known.values()] };
}

function chartFolders(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.filter((path) => posix.basename(path) === 'Chart.yaml').map((path) => posix.dirname(path)));
}

/** Whether Helm would take the file for a template: it lies in the folder `templates` beside a Chart.yaml. */
function isChartTemplate(path: string, charts: ReadonlySet<string>): boolean {
  for (let folder = posix.dirname(path); posix.dirname(folder) !== folder; folder = posix.dirname(folder)) {
    if (posix.basename(folder) === 'templates' && charts.has(posix.dirname(folder))) return true;
  }
  return false;
}

/** Whether the file holds values of a chart, in which actions are texts that a template may evaluate. */
function isChartValues(path: string, charts: ReadonlySet<string>): boolean {
  return /^values\b[^/]*$/.test(posix.basename(path)) && charts.has(posix.dirname(path));
}

function coverageOf(
  listed: number,
  readings: readonly Reading[],
  parses: readonly (ParsedFile | Dotenv | HclFile | undefined)[],
): FileCoverage {
  const skipped: Partial<Record<NoticeCode, number>> = {};
  const skip = (code: NoticeCode) => {
    skipped[code] = (skipped[code] ?? 0) + 1;
  };
  for (const reading of readings) if (reading.kind === 'refused') skip(reading.because);
  let parsed = 0;
  let failed = 0;
  for (const file of parses) {
    if (!file) continue;
    parsed++;
    const codes = file.notices.map(({ code }) => code);
    if (codes.includes('syntax-error') || codes.includes('depth-limit')) failed++;
    for (const code of TEMPLATES) if (codes.includes(code)) skip(code);
  }
  return { listed, parsed, failed, skipped };
}

const TEMPLATES = ['helm-template', 'template-file'] as const;
