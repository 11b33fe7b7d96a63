import { beginsIdentifier, identifierEnd, isBlank, isSpace } from './characters.ts';
import { behindLine } from './marker.ts';
import { lineEnd, NEWLINE, next, type Scan } from './scan.ts';

const QUOTE = 34;
const ASSIGN = 61;
const ARROW_END = 62;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** What is known of the body that the wrong item stands in. */
interface Around {
  readonly header: number | undefined;
  readonly oneLine: boolean;
}

/**
 * Goes on to the next token from which reading makes sense, after the item that begins at `item` turned out wrong at the
 * next token: a line on which an item begins or a block ends, no further to the right than the wrong item. Heredocs are
 * passed over whole. Of a block in one line (`oneLine`), its closing brace is looked for first.
 */
export function recover(scan: Scan, item: number, { header, oneLine }: Around): void {
  const wrong = scan.start;
  scan.lines = true;
  scan.end = (oneLine ? braceOnLine(scan.text, wrong) : undefined) ?? nextItem(scan, item, wrong, header !== undefined);
  next(scan);
}

/** The first closing brace on the rest of the line that closes more than the line opens. */
function braceOnLine(text: string, from: number): number | undefined {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return undefined;
    if (code === OPEN_BRACE) open++;
    else if (code === CLOSE_BRACE && open-- === 0) return at;
    else if (code === QUOTE) {
      at++;
      while (at < text.length && text.charCodeAt(at) !== QUOTE && text.charCodeAt(at) !== NEWLINE) {
        at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
      }
      if (text.charCodeAt(at) === NEWLINE) return undefined;
    }
  }
  return undefined;
}

function nextItem(scan: Scan, item: number, wrong: number, nested: boolean): number {
  const { text } = scan;
  const column = columnOf(text, item);
  let line = item;
  for (;;) {
    line = behindLine(scan, line);
    if (line >= text.length) return text.length;
    if (lineEnd(text, line) < wrong) continue;
    const first = behindBlanks(text, line);
    if (first - line > column) continue;
    if (text.charCodeAt(first) === CLOSE_BRACE) {
      if (first - line < column || (nested && column === 0)) return first;
      // The end of the wrong item itself, if nothing follows it.
      const behind = behindBlanks(text, first + 1);
      if (behind >= text.length || isSpace(text.charCodeAt(behind))) return first + 1;
    } else if (looksLikeItem(text, first)) return first;
  }
}

/** How far to the right an offset stands, where only blanks stand before it on its line. */
export function columnOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start--;
  return start === 0 || text.charCodeAt(start - 1) === NEWLINE ? offset - start : Number.POSITIVE_INFINITY;
}

function behindBlanks(text: string, offset: number): number {
  let at = offset;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Whether a name stands at `at`, and behind it what makes it an attribute or a block. */
function looksLikeItem(text: string, at: number): boolean {
  const nameEnd = identifierEnd(text, at);
  if (nameEnd === at) return false;
  const behind = behindBlanks(text, nameEnd);
  const code = text.charCodeAt(behind);
  if (code === ASSIGN) return text.charCodeAt(behind + 1) !== ASSIGN && text.charCodeAt(behind + 1) !== ARROW_END;
  return code === QUOTE || code === OPEN_BRACE || (behind > nameEnd && beginsIdentifier(text, behind));
}
