import { leadingSpace } from './characters.ts';
import { fail, failDepth, MAX_DEPTH, type Scan } from './scan.ts';
import type { Directive, Piece } from './sequence.ts';
import type { Part, Template, Text } from './syntax.ts';

export function isText(piece: Piece | undefined): piece is Text {
  return piece?.kind === 'text';
}

/**
 * Strips from the lines of a `<<-` heredoc the indent that all of them have. Only what is written counts: lines that hold
 * nothing but white space have no say, and a line that begins with a sequence has no indent (spec, "Template Literals").
 */
export function flush(pieces: Piece[]): void {
  let indent = Number.POSITIVE_INFINITY;
  const starts: number[] = [];
  let startsLine = true;
  for (const [index, piece] of pieces.entries()) {
    if (startsLine) {
      const spaces = isText(piece) ? leadingSpace(piece.value) : 0;
      const blank = isText(piece) && spaces === piece.value.length && piece.value.endsWith('\n');
      if (!blank) indent = Math.min(indent, spaces);
      if (!blank && isText(piece)) starts.push(index);
    }
    startsLine = isText(piece) && piece.value.endsWith('\n');
  }
  for (const index of starts) {
    const piece = pieces[index] as Text;
    pieces[index] = { ...piece, value: piece.value.slice(indent) };
  }
}

/** A list of parts that is still open: of the template, or of a directive in it. */
interface Open {
  /** Undefined for the template itself. */
  readonly directive: Directive | undefined;
  readonly parts: Part[];
  /** The parts before `else`, once it has been met. */
  readonly before: Part[] | undefined;
}

/** The template of some pieces: neighbouring texts are one, and directives hold what stands between them. */
export function assemble(scan: Scan, pieces: readonly Piece[], start: number, end: number): Text | Template {
  const joined = joinTexts(pieces);
  const [first] = joined;
  scan.height++;
  if (!first) return { kind: 'text', start, end, value: '' };
  if (joined.length === 1 && first.kind === 'text') return { kind: 'text', start, end, value: first.value };
  return { kind: 'template', start, end, parts: nest(scan, joined) };
}

function joinTexts(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index] as Piece;
    if (piece.kind !== 'text') {
      joined.push(piece);
      continue;
    }
    let { value, end } = piece;
    for (let other = pieces[index + 1]; isText(other); other = pieces[index + 1]) {
      value += other.value;
      end = other.end;
      index++;
    }
    joined.push({ kind: 'text', start: piece.start, end, value: value.normalize('NFC') });
  }
  return joined;
}

function nest(scan: Scan, pieces: readonly Piece[]): readonly Part[] {
  const open: Open[] = [{ directive: undefined, parts: [], before: undefined }];
  let deepest = 1;
  for (const piece of pieces) {
    const top = open.at(-1) as Open;
    if (piece.kind !== 'directive') top.parts.push(piece);
    else if (piece.word === 'if' || piece.word === 'for') {
      open.push({ directive: piece, parts: [], before: undefined });
      deepest = Math.max(deepest, open.length);
    } else if (piece.word === 'else') {
      if (top.directive?.word !== 'if' || top.before) fail(scan, unexpected('else'), piece.start, piece.end);
      open[open.length - 1] = { directive: top.directive, parts: [], before: top.parts };
    } else {
      if (piece.word !== `end${top.directive?.word}`) fail(scan, unexpected(piece.word), piece.start, piece.end);
      open.pop();
      (open.at(-1) as Open).parts.push(closed(top, piece.end));
    }
  }
  const { directive, parts } = open.at(-1) as Open;
  if (directive) fail(scan, `This has no %{ end${directive.word} } in its template.`, directive.start, directive.end);
  scan.height += deepest;
  if (scan.height > MAX_DEPTH) failDepth(scan);
  return parts;
}

function unexpected(word: string): string {
  return `No directive is open here that %{ ${word} } belongs to.`;
}

function closed({ directive, parts, before }: Open, end: number): Part {
  const { start, word, value, key, item } = directive as Directive;
  if (value === null) throw new Error(`"${word}" opens no directive`);
  if (word === 'for') return { kind: 'for-directive', start, end, key, item, of: value, parts };
  // biome-ignore lint/suspicious/noThenProperty: what holds where the condition does, and nothing that is awaited
  return { kind: 'if', start, end, condition: value, then: before ?? parts, otherwise: before ? parts : [] };
}
