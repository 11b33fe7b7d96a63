/** Leads rendered YAML back to the lines that a person would edit. */
import type { Comment } from '../../../source/comment.ts';
import type { Notice } from '../../../source/notice.ts';
import type { Origin } from '../../../source/span.ts';
import { type Entry, type Scalar, unknown, type Value } from '../../../source/value.ts';
import { originOf, type Text, unknownWithin } from './text.ts';

/** The place of a stretch of rendered text. */
type Placing = (start: number, end: number) => Origin;

/** What no file holds. */
export const NOWHERE: Origin = { file: '', start: 0, end: 0 };

/**
 * The value of a rendered text with the origins of its source, `otherwise` where it has none; what only deployment
 * knows is unknown.
 */
export function placed(value: Value, text: Text, otherwise: Origin): Value {
  return place(value, text, placing(text, otherwise));
}

/** What was said of the rendered text, at the places of its source. */
export function placedNotice(found: Notice, text: Text, otherwise: Origin): Notice {
  return { ...found, origin: placing(text, otherwise)(found.origin.start, found.origin.end) };
}

/** A comment of the rendered text where it is written, with what it covers. */
export function placedComment(comment: Comment, text: Text, otherwise: Origin): Comment {
  const at = placing(text, otherwise);
  const { origin, covers } = comment;
  return { ...comment, origin: at(origin.start, origin.end), covers: at(covers.start, covers.end) };
}

function placing(text: Text, otherwise: Origin): Placing {
  return (start, end) => originOf(text, start, end) ?? otherwise;
}

function place(value: Value, text: Text, at: Placing): Value {
  const { start, end } = value.origin;
  switch (value.kind) {
    case 'scalar':
      return scalar(value, text, at);
    case 'list':
      return { ...value, items: value.items.map((item) => place(item, text, at)), origin: at(start, end) };
    case 'unknown':
      return { ...value, origin: at(start, end) };
    case 'mapping': {
      const entries = new Map<string, Entry>();
      for (const { key, keyOrigin, value: under } of value.entries.values()) {
        const [from, to] = inner(text.text, keyOrigin.start, keyOrigin.end);
        const placedValue = place(under, text, at);
        entries.set(key, { key, keyOrigin: at(from, to), value: NAMES.has(key) ? named(placedValue) : placedValue });
      }
      return { ...value, entries, origin: at(start, end) };
    }
  }
}

/** The fields by which things are called. */
const NAMES: ReadonlySet<string> = new Set(['name', 'generateName']);

/** A name at the place where it is given: one value names many things, and each is told apart by where it stands. */
function named(value: Value): Value {
  if (value.kind !== 'scalar') return value;
  let { origin } = value;
  while (origin.via) origin = origin.via;
  return { ...value, origin };
}

function scalar(value: Scalar, text: Text, at: Placing): Value {
  const [start, end] = inner(text.text, value.origin.start, value.origin.end);
  const because = unknownWithin(text, start, end);
  return because === undefined ? { ...value, origin: at(start, end) } : unknown(because, at(start, end));
}

/** A scalar without its quotes or the header of its block: what is inside may come from somewhere else than they. */
function inner(text: string, start: number, end: number): readonly [number, number] {
  const mark = text[start];
  if ((mark === '"' || mark === "'") && end - start > 2) return [start + 1, end - 1];
  if (mark !== '|' && mark !== '>') return [start, end];
  let from = text.indexOf('\n', start) + 1;
  while (from > 0 && from < end && /\s/.test(text[from] as string)) from++;
  return from > 0 && from < end ? [from, end] : [start, end];
}
