const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const HASH = 35;

/**
 * The first place from `from` on where one of `wanted` (code units) stands, jumping over comments. Meant for the gaps
 * between tokens, where nothing but blanks, comments and indicators is. The text's length where there is none.
 */
export function seek(text: string, from: number, wanted: readonly number[]): number {
  let offset = from;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code === HASH && isBlank(text.charCodeAt(offset - 1))) {
      offset = lineEnd(text, offset);
      continue;
    }
    if (wanted.includes(code)) return offset;
    offset++;
  }
  return text.length;
}

/** The offset of the line break that ends the line of `offset`, or the text's length. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
}

export function isBreak(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

/** Blank, line break, or the edge of the text. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || isBreak(code) || Number.isNaN(code);
}

/** `end` moved back over the blanks and line breaks before it, not before `start`. */
export function trimEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && isBlank(text.charCodeAt(trimmed - 1))) trimmed--;
  return trimmed;
}
