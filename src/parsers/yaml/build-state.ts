import type { Event } from 'js-yaml';
import type { SourceFile } from '../../source/source-file.ts';
import type { Value } from '../../source/value.ts';
import { type FileNotices, fileNotices } from '../file-notices.ts';
import { EXPANSION_BUDGET, type Expansion } from './alias.ts';

export type ScalarEvent = Extract<Event, { valueStart: number }>;
export type CollectionEvent = Extract<Event, { start: number }>;
export type Tagged = ScalarEvent | CollectionEvent;

/** What the documents of one file share while they are built. */
export interface FileBuild {
  readonly file: string;
  readonly text: string;
  readonly notices: FileNotices;
  readonly expansion: Expansion;
  /** Where the structure shows that the text is a template which only happens to parse; null where it does not. */
  templateAt: number | null;
  readonly outline?: Outline;
}

/** Told where the tree stands in the text: entries, items and roots, inner ones first. */
export interface Outline {
  /** The content of a scalar, in the order of the text; the header line of a block scalar is no part of it. */
  scalar(start: number, end: number): void;
  block(start: number, end: number, root: boolean): void;
}

/** One document: `source` is its chunk of the text, from `base` on. */
export interface DocumentBuild {
  readonly file: FileBuild;
  readonly source: string;
  readonly base: number;
  readonly events: readonly Event[];
  readonly exact: boolean;
  /** Null while the anchored node is being built: an alias inside it would never end. */
  readonly anchors: Map<string, Value | null>;
  next: number;
  /** Where the last token read ended, in the file. */
  end: number;
}

/** The beginning of building a file's documents. */
export function startBuild({ path, text }: SourceFile, outline?: Outline): FileBuild {
  const expansion: Expansion = { budget: EXPANSION_BUDGET, exceeded: null };
  const build = { file: path, text, notices: fileNotices(), expansion, templateAt: null };
  return outline ? { ...build, outline } : build;
}

const STANDARD = 'tag:yaml.org,2002:';

/** A tag as the core schema's name (empty for `!`, which only says "a string") or as a local one; never both. */
export function tagOf(build: DocumentBuild, event: Tagged): { standard?: string; local?: string } {
  const tag = build.source.slice(event.tagStart, event.tagEnd);
  if (tag === '!') return { standard: '' };
  if (tag.startsWith('!!')) return { standard: tag.slice(2) };
  if (!tag.startsWith('!<')) return { local: tag };
  const verbatim = tag.slice(2, -1);
  return verbatim.startsWith(STANDARD) ? { standard: verbatim.slice(STANDARD.length) } : { local: verbatim };
}

/** The `tag` of a node that has a local one. */
export function localTag(build: DocumentBuild, event: CollectionEvent): { tag?: string } {
  const { local } = tagOf(build, event);
  return local === undefined ? {} : { tag: local };
}
