import { isBlank, isBreak, lineEnd } from './gap.ts';

const TAB = 9;
const SPACE = 32;
const BANG = 33;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const AMPERSAND = 38;
const SINGLE_QUOTE = 39;
const COMMA = 44;
const DASH = 45;
const COLON = 58;
const GREATER = 62;
const QUESTION = 63;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const BAR = 124;
const CLOSE_BRACE = 125;

/**
 * A copy of one document, of the same length, in which every flow collection and every quoted scalar stands on one
 * line: tabs, line breaks and comments inside them are spaces. Go's parser does not look at indentation there (a closer
 * or a quoted line further left than its parent is common in hand-written files), the grammar of YAML 1.2 does. Since
 * nothing moves, offsets in the copy are offsets in the document.
 */
export function lenientCopy(text: string): string {
  const copy = Buffer.from(text, 'utf16le');
  const clear = (from: number, to: number) => {
    for (let i = from; i < to; i++) copy.writeUInt16LE(SPACE, 2 * i);
  };
  let depth = 0;
  /** Whether a token may begin here: a quote or bracket inside a plain scalar is just a character. */
  let fresh = true;
  let line = 0;
  let offset = 0;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    const next = text.charCodeAt(offset + 1);
    if (isBreak(code)) {
      fresh = true;
      line = offset + 1;
      if (depth > 0) clear(offset, offset + 1);
    } else if (code === SPACE || code === TAB) {
      if (depth > 0) clear(offset, offset + 1);
    } else if (code === HASH && isBlank(text.charCodeAt(offset - 1))) {
      const end = lineEnd(text, offset);
      if (depth > 0) clear(offset, end);
      offset = end;
      continue;
    } else if (fresh && (code === SINGLE_QUOTE || code === DOUBLE_QUOTE)) {
      const end = quotedEnd(text, offset, code);
      for (let i = offset; i < end; i++) if (isBreak(text.charCodeAt(i))) clear(i, i + 1);
      fresh = false;
      offset = end;
      continue;
    } else if ((fresh || depth > 0) && (code === OPEN_BRACKET || code === OPEN_BRACE)) {
      depth++;
      fresh = true;
    } else if (depth > 0 && (code === CLOSE_BRACKET || code === CLOSE_BRACE)) {
      depth--;
      fresh = false;
    } else if ((depth > 0 && code === COMMA) || (code === COLON && (isBlank(next) || depth > 0))) {
      fresh = true;
    } else if (fresh && (code === AMPERSAND || code === BANG)) {
      offset = propertyEnd(text, offset);
      continue;
    } else if (fresh && depth === 0 && (code === BAR || code === GREATER)) {
      offset = blockEnd(text, line, offset);
      line = offset;
      continue;
    } else if (!(fresh && (code === DASH || code === QUESTION) && isBlank(next))) {
      fresh = false;
    }
    offset++;
  }
  return copy.toString('utf16le');
}

/** Behind the quote that ends the scalar begun at `start`; the text's length where there is none. */
function quotedEnd(text: string, start: number, quote: number): number {
  let offset = start + 1;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (quote === DOUBLE_QUOTE && code === BACKSLASH) offset++;
    else if (code === quote) {
      if (quote === DOUBLE_QUOTE || text.charCodeAt(offset + 1) !== SINGLE_QUOTE) return offset + 1;
      offset++;
    }
    offset++;
  }
  return text.length;
}

function propertyEnd(text: string, start: number): number {
  let offset = start + 1;
  while (offset < text.length && !isBlank(text.charCodeAt(offset)) && !',[]{}'.includes(text[offset] as string))
    offset++;
  return offset;
}

/** Behind the lines of the block scalar whose indicator stands at `indicator` in the line that begins at `line`. */
function blockEnd(text: string, line: number, indicator: number): number {
  const parent = indentation(text, line);
  let offset = pastBreak(text, lineEnd(text, indicator));
  while (offset < text.length) {
    const indent = indentation(text, offset);
    if (indent <= parent && !isBreak(text.charCodeAt(offset + indent))) return offset;
    offset = pastBreak(text, lineEnd(text, offset));
  }
  return text.length;
}

function indentation(text: string, line: number): number {
  let offset = line;
  while (text.charCodeAt(offset) === SPACE) offset++;
  return offset - line;
}

function pastBreak(text: string, end: number): number {
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
}
