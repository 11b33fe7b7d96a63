import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import type { Origin } from '../../source/span.ts';
import { type Entry, type List, type Mapping, unknown, type Value } from '../../source/value.ts';
import { tell } from '../file-notices.ts';
import { expand } from './alias.ts';
import { buildScalar } from './build-scalar.ts';
import { type CollectionEvent, type DocumentBuild, type FileBuild, localTag, type Tagged } from './build-state.ts';
import { clip } from './clip.ts';
import { seek } from './gap.ts';

const DASH = [45];
const CLOSE_BRACE = [125];
const CLOSE_BRACKET = [93];

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

function buildList(build: DocumentBuild, event: CollectionEvent, depth: number): List {
  const { base, file } = build;
  const start = base + event.start;
  const flow = event.style === COLLECTION_STYLE.FLOW;
  const items: Value[] = [];
  build.end = flow ? start + 1 : start;
  while ((build.events[build.next] as Event).type !== EVENT_ID.POP) {
    const dash = flow ? build.end : seek(file.text, build.end, DASH);
    if (!flow) build.end = dash + 1;
    const holder = flow ? undefined : { file: file.file, start: dash, end: dash + 1 };
    const item = buildNode(build, depth + 1, holder);
    items.push(item);
    file.outline?.block(flow ? (item.origin.via ?? item.origin).start : dash, build.end, false);
  }
  build.next++;
  if (flow) build.end = Math.min(seek(file.text, build.end, CLOSE_BRACKET) + 1, file.text.length);
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
  /** The keys that are here by `<<` only; few mappings have any. */
  let merged: Set<string> | undefined;
  build.end = braced ? start + 1 : start;
  while ((build.events[build.next] as Event).type !== EVENT_ID.POP) {
    const keyEvent = build.events[build.next] as Event;
    if (braced && keyEvent.type === EVENT_ID.MAPPING && keyEvent.start === event.start + 1) file.templateAt ??= start;
    const { key, keyOrigin } = buildKey(build, depth);
    const value = buildNode(build, depth + 1, keyOrigin);
    file.outline?.block(keyOrigin.start, build.end, false);
    if (key === '<<' && keyEvent.type === EVENT_ID.SCALAR && keyEvent.style === SCALAR_STYLE.PLAIN) {
      merged ??= new Set();
      merge(build, entries, merged, value, keyOrigin);
      continue;
    }
    if (entries.has(key) && !merged?.delete(key)) {
      const message = `The key "${clip(key)}" stands here a second time; the last one counts.`;
      tell(file.notices, 'duplicate-key', message, keyOrigin);
    }
    entries.set(key, { key, keyOrigin, value });
  }
  build.next++;
  if (braced) build.end = Math.min(seek(file.text, build.end, CLOSE_BRACE) + 1, file.text.length);
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
      tell(build.file.notices, 'syntax-error', message, keyOrigin);
    }
  }
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
    tell(file.notices, 'syntax-error', `This alias cannot be resolved: ${because}.`, origin);
    return unknown(because, origin);
  }
  const before = file.expansion.exceeded;
  const value = expand(target, origin, depth, file.expansion);
  if (before === null && file.expansion.exceeded !== null) {
    const message =
      'The aliases of this file expand to more than any real file holds; from here on they count as unknown.';
    tell(file.notices, file.expansion.exceeded, message, origin);
  }
  return value;
}
