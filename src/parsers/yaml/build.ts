import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { type Entry, type List, type Mapping, type Scalar, unknown, type Value } from '../../source/value.ts';
import { type Expansion, expand } from './alias.ts';
import { clip } from './clip.ts';
import { seek, trimEnd } from './gap.ts';
import { resolvePlain, resolveTagged } from './scalar.ts';
import { HELM_CONTROL } from './template.ts';

type ScalarEvent = Extract<Event, { valueStart: number }>;
type CollectionEvent = Extract<Event, { start: number }>;
type Tagged = ScalarEvent | CollectionEvent;

/** What the documents of one file share while they are built. */
export interface FileBuild {
  readonly file: string;
  readonly text: string;
  readonly notices: Notice[];
  readonly expansion: Expansion;
  repeatedKeys: number;
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
interface DocumentBuild {
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

/** Of repeated keys this many are told one by one; a file full of them would drown the rest. */
const MAX_REPEATED_KEYS = 20;

const CODE = { bar: [124, 62], dash: [45], brace: [125], bracket: [93] } as const;

/**
 * The tree of one document from its parse events, the document's own first; null where it is empty. `exact` is false
 * where the events are of a lenient copy of `source`, so that every scalar must be decoded from the original.
 */
export function buildRoot(
  file: FileBuild,
  source: string,
  base: number,
  events: readonly Event[],
  exact: boolean,
): Value | null {
  const build: DocumentBuild = { file, source, base, events, exact, anchors: new Map(), next: 1, end: base };
  const first = events[1];
  if (first?.type === EVENT_ID.SCALAR && first.valueStart < 0 && first.tagStart < 0) return null;
  const root = buildNode(build, 0, undefined);
  file.outline?.block(root.origin.start, root.origin.end, true);
  return root;
}

/** `holder` is what an empty value points at: its key. */
function buildNode(build: DocumentBuild, depth: number, holder: Origin | undefined): Value {
  const event = build.events[build.next++] as Event;
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return keepAnchor(build, event, buildScalar(build, event, holder));
    case EVENT_ID.SEQUENCE:
      openAnchor(build, event);
      return keepAnchor(build, event, buildList(build, event, depth));
    case EVENT_ID.MAPPING:
      openAnchor(build, event);
      return keepAnchor(build, event, buildMapping(build, event, depth));
    case EVENT_ID.ALIAS:
      return resolveAlias(build, event.anchorStart, event.anchorEnd, depth);
    default:
      throw new Error('the events of a document are out of balance');
  }
}

function buildScalar(build: DocumentBuild, event: ScalarEvent, holder: Origin | undefined): Scalar {
  const text = decode(build, event);
  const origin = scalarOrigin(build, event, holder);
  const plain = event.style === SCALAR_STYLE.PLAIN;
  if (plain && text.includes('{{') && HELM_CONTROL.test(text)) build.file.templateAt ??= origin.start;
  if (event.tagStart < 0)
    return { kind: 'scalar', value: plain ? resolvePlain(text) : text, text, quoted: !plain, origin };
  const { standard, local } = tagOf(build, event);
  const tagged = standard === undefined ? undefined : resolveTagged(standard, text);
  const value = tagged !== undefined ? tagged : plain && standard !== '' ? resolvePlain(text) : text;
  const quoted = typeof value === 'string' && (!plain || standard === 'str' || standard === '');
  return { kind: 'scalar', value, text, quoted, origin, ...(local !== undefined && { tag: local }) };
}

function decode(build: DocumentBuild, event: ScalarEvent): string {
  if (event.valueStart < 0) return '';
  if (event.fast && build.exact) return build.source.slice(event.valueStart, event.valueEnd);
  return getScalarValue(build.source, event.fast ? { ...event, fast: false } : event);
}

/** Where a scalar stands, with its quotes or its block indicator; an empty one stands where its holder does. */
function scalarOrigin(build: DocumentBuild, event: ScalarEvent, holder: Origin | undefined): Origin {
  const { base, file } = build;
  const before = build.end;
  const properties = Math.max(event.tagEnd, event.anchorEnd);
  if (properties >= 0) build.end = base + properties;
  if (event.valueStart < 0) return emptyOrigin(build, event, holder, before);
  let start = base + event.valueStart;
  let end = base + event.valueEnd;
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
    start--;
    end++;
  } else if (event.style !== SCALAR_STYLE.PLAIN) {
    start = seek(file.text, build.end, CODE.bar);
    end = trimEnd(file.text, start, end);
  }
  build.end = end;
  file.outline?.scalar(Math.min(end, base + event.valueStart), end);
  return { file: file.file, start, end };
}

function emptyOrigin(build: DocumentBuild, event: ScalarEvent, holder: Origin | undefined, before: number): Origin {
  const { base, file } = build;
  if (event.tagStart >= 0) return { file: file.file, start: base + event.tagStart, end: base + event.tagEnd };
  return holder ?? { file: file.file, start: before, end: before };
}

function buildList(build: DocumentBuild, event: CollectionEvent, depth: number): List {
  const { base, file } = build;
  const start = base + event.start;
  const flow = event.style === COLLECTION_STYLE.FLOW;
  const items: Value[] = [];
  build.end = flow ? start + 1 : start;
  while ((build.events[build.next] as Event).type !== EVENT_ID.POP) {
    const dash = flow ? build.end : seek(file.text, build.end, CODE.dash);
    if (!flow) build.end = dash + 1;
    const holder = flow ? undefined : { file: file.file, start: dash, end: dash + 1 };
    const item = buildNode(build, depth + 1, holder);
    items.push(item);
    file.outline?.block(flow ? (item.origin.via ?? item.origin).start : dash, build.end, false);
  }
  build.next++;
  if (flow) build.end = Math.min(seek(file.text, build.end, CODE.bracket) + 1, file.text.length);
  const origin = { file: file.file, start, end: build.end };
  return event.tagStart < 0
    ? { kind: 'list', items, origin }
    : { kind: 'list', items, origin, ...localTag(build, event) };
}

function buildMapping(build: DocumentBuild, event: CollectionEvent, depth: number): Mapping {
  const { base, file } = build;
  const start = base + event.start;
  const braced = isBraced(build, event);
  const entries = new Map<string, Entry>();
  const merged = new Set<string>();
  build.end = braced ? start + 1 : start;
  while ((build.events[build.next] as Event).type !== EVENT_ID.POP) {
    const keyEvent = build.events[build.next] as Event;
    if (braced && keyEvent.type === EVENT_ID.MAPPING && keyEvent.start === event.start + 1) file.templateAt ??= start;
    const { key, keyOrigin } = buildKey(build, depth);
    const value = buildNode(build, depth + 1, keyOrigin);
    file.outline?.block(keyOrigin.start, build.end, false);
    if (key === '<<' && keyEvent.type === EVENT_ID.SCALAR && keyEvent.style === SCALAR_STYLE.PLAIN) {
      merge(build, entries, merged, value, keyOrigin);
      continue;
    }
    if (entries.has(key) && !merged.delete(key)) repeatedKey(build, key, keyOrigin);
    entries.set(key, { key, keyOrigin, value });
  }
  build.next++;
  if (braced) build.end = Math.min(seek(file.text, build.end, CODE.brace) + 1, file.text.length);
  const origin = { file: file.file, start, end: build.end };
  return event.tagStart < 0
    ? { kind: 'mapping', entries, origin }
    : { kind: 'mapping', entries, origin, ...localTag(build, event) };
}

/** Whether a mapping has braces: a block has none, nor has a pair written straight into a list (`[a: b]`, `[{a: b}: c]`). */
function isBraced(build: DocumentBuild, event: CollectionEvent): boolean {
  if (event.style !== COLLECTION_STYLE.FLOW || build.source[event.start] !== '{') return false;
  const first = build.events[build.next];
  return first?.type !== EVENT_ID.MAPPING || first.start !== event.start;
}

/** Keys are texts; a collection as a key, which none of our formats knows, goes by the way it is written. */
function buildKey(build: DocumentBuild, depth: number): { key: string; keyOrigin: Origin } {
  const node = buildNode(build, depth + 1, undefined);
  const via = node.origin.via;
  const keyOrigin = via ? { file: via.file, start: via.start, end: via.end } : node.origin;
  const key = node.kind === 'scalar' ? node.text : build.file.text.slice(keyOrigin.start, keyOrigin.end);
  return { key, keyOrigin };
}

/** What `<<` adds: keys that the mapping does not write itself, the earlier mapping of a list first. */
function merge(
  build: DocumentBuild,
  entries: Map<string, Entry>,
  merged: Set<string>,
  value: Value,
  keyOrigin: Origin,
): void {
  for (const source of value.kind === 'list' ? value.items : [value]) {
    if (source.kind === 'mapping') {
      for (const entry of source.entries.values()) {
        if (entries.has(entry.key)) continue;
        entries.set(entry.key, entry);
        merged.add(entry.key);
      }
    } else if (source.kind !== 'unknown') {
      const message = 'What `<<` merges must be a mapping or a list of mappings; this is ignored.';
      build.file.notices.push(notice('syntax-error', message, keyOrigin));
    }
  }
}

function repeatedKey(build: DocumentBuild, key: string, keyOrigin: Origin): void {
  const { file } = build;
  file.repeatedKeys++;
  if (file.repeatedKeys > MAX_REPEATED_KEYS) return;
  const rest = file.repeatedKeys === MAX_REPEATED_KEYS ? ' Further repeated keys of this file are not listed.' : '';
  const message = `The key "${clip(key)}" stands here a second time; the last one counts.${rest}`;
  file.notices.push(notice('duplicate-key', message, keyOrigin));
}

function openAnchor(build: DocumentBuild, event: CollectionEvent): void {
  if (event.anchorStart >= 0) build.anchors.set(build.source.slice(event.anchorStart, event.anchorEnd), null);
}

function keepAnchor<T extends Value>(build: DocumentBuild, event: Tagged, value: T): T {
  if (event.anchorStart >= 0) build.anchors.set(build.source.slice(event.anchorStart, event.anchorEnd), value);
  return value;
}

function resolveAlias(build: DocumentBuild, nameStart: number, nameEnd: number, depth: number): Value {
  const { base, file } = build;
  const name = build.source.slice(nameStart, nameEnd);
  const origin = { file: file.file, start: base + nameStart - 1, end: base + nameEnd };
  build.end = origin.end;
  const target = build.anchors.get(name);
  if (!target) {
    const because =
      target === null ? `the anchor "${clip(name)}" contains itself` : `no anchor "${clip(name)}" precedes it`;
    file.notices.push(notice('syntax-error', `This alias cannot be resolved: ${because}.`, origin));
    return unknown(because, origin);
  }
  const before = file.expansion.exceeded;
  const value = expand(target, origin, depth, file.expansion);
  if (before === null && file.expansion.exceeded !== null) {
    const message = 'The aliases of this file expand without end; this one and the later ones count as unknown.';
    file.notices.push(notice(file.expansion.exceeded, message, origin));
  }
  return value;
}

const STANDARD = 'tag:yaml.org,2002:';

/** A tag as the core schema's name (empty for `!`, which only says "a string") or as a local one; never both. */
function tagOf(build: DocumentBuild, event: Tagged): { standard?: string; local?: string } {
  const tag = build.source.slice(event.tagStart, event.tagEnd);
  if (tag === '!') return { standard: '' };
  if (tag.startsWith('!!')) return { standard: tag.slice(2) };
  if (!tag.startsWith('!<')) return { local: tag };
  const verbatim = tag.slice(2, -1);
  return verbatim.startsWith(STANDARD) ? { standard: verbatim.slice(STANDARD.length) } : { local: verbatim };
}

function localTag(build: DocumentBuild, event: CollectionEvent): { tag?: string } {
  const { local } = tagOf(build, event);
  return local === undefined ? {} : { tag: local };
}
