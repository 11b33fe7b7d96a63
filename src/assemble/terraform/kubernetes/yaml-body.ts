/** Manifests that a resource holds as a text. */
import { parseData } from '../../../parsers/yaml/index.ts';
import type { Notice } from '../../../source/notice.ts';
import type { Result } from '../../../source/result.ts';
import type { Origin } from '../../../source/span.ts';
import type { Entry, Mapping, Scalar, Value } from '../../../source/value.ts';
import { manifestRoots } from '../../kubernetes/manifest.ts';

/** Tells where a stretch of the text is written. */
type Place = (start: number, end: number) => Origin;

/**
 * The objects in the text of `body`, each value where it is written: in the lines of a here-document, as far as these
 * are in the text as they are in `source`, the whole of its file; else where the text as a whole is.
 */
export function objectsIn(body: Scalar, source: string | undefined): Result<readonly Mapping[]> {
  const parsed = parseData({ path: body.origin.file, format: 'yaml', text: body.text });
  const { value, notices } = manifestRoots(parsed);
  const place = source === undefined ? () => body.origin : placing(body, source);
  return {
    value: value.map((root) => placed(root, place)),
    notices: [...parsed.notices, ...notices].map(
      (each): Notice => ({ ...each, origin: place(each.origin.start, each.origin.end) }),
    ),
  };
}

/** A line of the text, and the line of the file that it is written in. */
interface Line {
  readonly at: number;
  readonly start: number;
  readonly end: number;
  /** The file has it as the text does: its characters can be told apart. */
  readonly same: boolean;
}

/** By lines: those of a here-document are those of the text, indented, but for what is filled in. */
function placing({ text, origin }: Scalar, source: string): Place {
  const [opening = '', ...written] = source.slice(origin.start, origin.end).split('\n');
  const texts = text.split('\n');
  // The line that ends a here-document stands for the empty one behind the last break.
  if (!opening.startsWith('<<') || written.length < texts.length) return () => origin;
  let at = 0;
  let start = origin.start + opening.length + 1;
  const lines = texts.map((line, index): Line => {
    const raw = written[index] ?? '';
    const shown = raw.trimEnd();
    const indent = shown.length - shown.trimStart().length;
    const same = shown.endsWith(line.trimEnd()) && line.length <= raw.length;
    const offset = same ? Math.min(indent, Math.max(0, shown.length - line.trimEnd().length)) : indent;
    const found = { at, start: start + offset, end: start + shown.length, same };
    at += line.length + 1;
    start += raw.length + 1;
    return found;
  });
  return (from, to) => {
    const first = lineAt(lines, from);
    const last = lineAt(lines, Math.max(from, to - 1));
    const begin = first.same ? Math.min(first.start + from - first.at, first.end) : first.start;
    const end = last.same ? Math.min(last.start + to - last.at, last.end) : last.end;
    return { ...origin, start: begin, end: Math.max(begin, end) };
  };
}

/** The line that holds `offset`. */
function lineAt(lines: readonly Line[], offset: number): Line {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] as Line).at <= offset) low = middle;
    else high = middle - 1;
  }
  return lines[low] as Line;
}

function placed<V extends Value>(value: V, place: Place): V;
function placed(value: Value, place: Place): Value {
  const origin = place(value.origin.start, value.origin.end);
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => placed(item, place)), origin };
  if (value.kind !== 'mapping') return { ...value, origin };
  const entries = new Map<string, Entry>();
  for (const [key, entry] of value.entries) {
    const keyOrigin = place(entry.keyOrigin.start, entry.keyOrigin.end);
    entries.set(key, { ...entry, keyOrigin, value: placed(entry.value, place) });
  }
  return { ...value, entries, origin };
}
