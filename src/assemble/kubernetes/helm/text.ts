/** Texts that know where each stretch of them was written, so that rendered YAML can be led back to a line to edit. */
import { type Origin, placeKey } from '../../../source/span.ts';

/** A stretch of a text that comes from one place. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** Undefined for what no file holds, such as a random password, until an action writes it somewhere. */
  readonly origin: Origin | undefined;
  /** Copied letter by letter, so that a part of the stretch is a part of the place. */
  readonly exact: boolean;
  /** Set where the text only stands in for a value that is made at deployment; it follows the word "because". */
  readonly because?: string;
}

/** A text; what no mark covers was made up by the template's functions. Marks are in order and do not overlap. */
export interface Text {
  readonly kind: 'text';
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A text from nowhere. */
export function plain(text: string): Text {
  return { kind: 'text', text, marks: [] };
}

/** A text that as a whole comes from `origin`. */
export function marked(text: string, origin: Origin | undefined, because?: string): Text {
  if (text === '' || (origin === undefined && because === undefined)) return plain(text);
  const mark = { start: 0, end: text.length, origin, exact: false };
  return { kind: 'text', text, marks: [because === undefined ? mark : { ...mark, because }] };
}

/** The text of a whole file. */
export function fileText(file: string, text: string): Text {
  const origin = { file, start: 0, end: text.length };
  return { kind: 'text', text, marks: text === '' ? [] : [{ start: 0, end: text.length, origin, exact: true }] };
}

/** A part of a text, `end` exclusive. */
export function sliceText(text: Text, start: number, end = text.text.length): Text {
  if (start <= 0 && end >= text.text.length) return text;
  if (start >= end) return plain('');
  const marks: Mark[] = [];
  for (let i = firstMark(text.marks, start); i < text.marks.length; i++) {
    const mark = text.marks[i] as Mark;
    if (mark.start >= end) break;
    marks.push(moved(cut(mark, start, end), -Math.max(0, start)));
  }
  return { kind: 'text', text: text.text.slice(Math.max(0, start), end), marks };
}

/** Texts one behind the other. */
export function joinTexts(parts: readonly Text[]): Text {
  if (parts.length === 1) return parts[0] as Text;
  const marks: Mark[] = [];
  let length = 0;
  for (const part of parts) {
    for (const mark of part.marks) marks.push(moved(mark, length));
    length += part.text.length;
  }
  return { kind: 'text', text: parts.map(({ text }) => text).join(''), marks };
}

/** A text made of others in a way that keeps no letter in its place: it comes from where they all come from, if that is one. */
export function derived(text: string, sources: readonly Text[]): Text {
  let origin: Origin | undefined;
  let several = false;
  for (const mark of sources.flatMap((source) => source.marks)) {
    if (mark.because !== undefined) return marked(text, mark.origin, mark.because);
    const place = mark.origin;
    if (place === undefined) continue;
    if (origin === undefined) origin = place;
    else if (placeKey(origin) !== placeKey(place)) several = true;
  }
  return marked(text, several ? undefined : origin);
}

/** How many links a way may have; of a longer one the middle is left out. */
const LONGEST_WAY = 6;

/** The text as an action at `place` writes it: each stretch came by way of it, and what came from nowhere is its own. */
export function writtenAt(text: Text, place: Origin | undefined): Text {
  if (place === undefined || text.text === '') return text;
  const marks: Mark[] = [];
  let at = 0;
  const own = (end: number) => {
    if (end > at) marks.push({ start: at, end, origin: place, exact: false });
  };
  for (const mark of text.marks) {
    own(mark.start);
    const origin = mark.origin === undefined ? place : byWayOf(mark.origin, place, LONGEST_WAY);
    marks.push(withPlace(mark, mark.start, mark.end, origin));
    at = mark.end;
  }
  own(text.text.length);
  return { kind: 'text', text: text.text, marks };
}

function byWayOf(origin: Origin, place: Origin, links: number): Origin {
  const { file, start, end, via } = origin;
  return { file, start, end, via: via === undefined || links <= 1 ? place : byWayOf(via, place, links - 1) };
}

/**
 * Where the stretch from `start` to `end` was written. Where its two ends come from different places: what holds both,
 * which is a longer stretch of one file, or the action that brought both here.
 */
export function originOf(text: Text, start: number, end: number): Origin | undefined {
  const from = markAt(text.marks, start, start === end);
  const to = markAt(text.marks, Math.max(start, end - 1), start === end);
  if (from === undefined || to === undefined) return undefined;
  const first = wayOf(cut(from, start, Math.max(end, start)).origin);
  const last = from === to ? first : wayOf(cut(to, start, Math.max(end, start)).origin);
  let shared = 0;
  while (shared < first.length && shared < last.length && same(first, last, shared)) shared++;
  const outer = first.slice(0, shared);
  const [one, other] = [first[shared], last[shared]];
  if (one && other && one.file === other.file) {
    outer.push({ file: one.file, start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) });
  }
  return outer.reduce<Origin | undefined>(
    (via, { file, start: at, end: until }) =>
      via ? { file, start: at, end: until, via } : { file, start: at, end: until },
    undefined,
  );
}

/** Why a part of the stretch stands in for a value that nobody knows; undefined where all of it is known. */
export function unknownWithin(text: Text, start: number, end: number): string | undefined {
  for (let i = firstMark(text.marks, start); i < text.marks.length; i++) {
    const mark = text.marks[i] as Mark;
    if (mark.start >= end) return undefined;
    if (mark.because !== undefined) return mark.because;
  }
  return undefined;
}

/** From where the text takes effect to where it is written. */
function wayOf(origin: Origin | undefined): Origin[] {
  const way: Origin[] = [];
  for (let link = origin; link; link = link.via) way.unshift(link);
  return way;
}

function same(one: readonly Origin[], other: readonly Origin[], index: number): boolean {
  return placeKey(one[index] as Origin) === placeKey(other[index] as Origin);
}

/** The mark at `offset`; where a stretch is `empty`, also one that ends there. */
function markAt(marks: readonly Mark[], offset: number, empty: boolean): Mark | undefined {
  const index = firstMark(marks, offset);
  const mark = marks[index];
  if (mark && mark.start <= offset) return mark;
  const before = marks[index - 1];
  return empty && before?.end === offset ? before : undefined;
}

/** The first mark that ends behind `offset`. */
function firstMark(marks: readonly Mark[], offset: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle] as Mark).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cut(mark: Mark, start: number, end: number): Mark {
  const from = Math.min(Math.max(mark.start, start), mark.end);
  const to = Math.max(from, Math.min(mark.end, end));
  if (from === mark.start && to === mark.end) return mark;
  if (!mark.exact || mark.origin === undefined) return withPlace(mark, from, to, mark.origin);
  const at = mark.origin.start + from - mark.start;
  return withPlace(mark, from, to, { ...mark.origin, start: at, end: at + to - from });
}

function moved(mark: Mark, by: number): Mark {
  return by === 0 ? mark : withPlace(mark, mark.start + by, mark.end + by, mark.origin);
}

function withPlace({ exact, because }: Mark, start: number, end: number, origin: Origin | undefined): Mark {
  return because === undefined ? { start, end, origin, exact } : { start, end, origin, exact, because };
}
