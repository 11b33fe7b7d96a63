/** A stretch of a text, end exclusive. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** Per file. Ten thousand are many; each costs some time, even when it is empty. */
export const MAX_DOCUMENTS = 20_000;

/**
 * The documents of a YAML text, cut at `---` and `...` in column 0 (a marker ends every scalar, quoted and block ones
 * too, so no lexing is needed). Each chunk can be parsed alone, so that one broken document leaves the others whole.
 * A `---` begins its chunk, a `...` ends it, and a chunk of nothing but directives belongs to the document behind it.
 * Where there are more than MAX_DOCUMENTS, the last chunk ends before the text does.
 */
export function splitDocuments(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  for (const match of text.matchAll(MARKER)) {
    const marker = match.index + match[0].length - 3;
    const opens = text.charCodeAt(marker) === DASH;
    const end = opens ? marker : marker + 3;
    if (end === start || (opens && isDirectives(text.slice(start, end)))) continue;
    chunks.push({ start, end });
    start = end;
    if (chunks.length === MAX_DOCUMENTS) return chunks;
  }
  if (start < text.length || chunks.length === 0) chunks.push({ start, end: text.length });
  return chunks;
}

const DASH = 45;
/** A line begins behind `\n` or `\r` and, unlike what the `m` flag has it, not behind U+2028. */
const MARKER = /(?:^|[\n\r])(?:---|\.\.\.)(?=[ \t\r\n]|$)/g;

/** Whether a stretch holds a directive (`%YAML 1.2`) and nothing else but comments. */
function isDirectives(stretch: string): boolean {
  if (!stretch.includes('%')) return false;
  const lines = stretch.split(/[\n\r]/).map((line) => line.trimStart());
  return lines.some((line) => line.startsWith('%')) && lines.every((line) => line === '' || /^[%#]/.test(line));
}
