import { descend, fail, IDENTIFIER, is, next, type Scan, TRIM_CLOSE } from './scan.ts';
import type { Expression, Interpolation, Range, Text } from './syntax.ts';

/** Reads the expression that the next token begins. Handed in, since templates and expressions hold each other. */
export type ReadExpression = (scan: Scan) => Expression;

/** What a template is written of, before its directives are put together. */
export type Piece = Text | Interpolation | Directive;

/** `%{ if … }` and the like. */
export interface Directive extends Range {
  readonly kind: 'directive';
  readonly word: Word;
  /** Of `if` the condition, of `for` what it goes through. */
  readonly value: Expression | null;
  readonly key: string | null;
  readonly item: string;
}

type Word = 'if' | 'else' | 'endif' | 'for' | 'endfor';

/** One sequence, and whether it asks for the white space on either side of it to be stripped. */
export interface Sequence {
  readonly piece: Interpolation | Directive;
  readonly trimBefore: boolean;
  readonly trimAfter: boolean;
}

const TILDE = 126;
const CLOSE_BRACE = 125;
const COMMA = 44;
const DOLLAR = 36;

/** Reads the `${ … }` or `%{ … }` at `start`; `scan.end` is behind it then, and the next token is not read. */
export function readSequence(scan: Scan, start: number, expression: ReadExpression): Sequence {
  descend(scan);
  const { text, lines, height } = scan;
  const trimBefore = text.charCodeAt(start + 2) === TILDE;
  scan.lines = false;
  scan.end = trimBefore ? start + 3 : start + 2;
  next(scan);
  const interpolation = text.charCodeAt(start) === DOLLAR;
  const content = interpolation ? expression(scan) : readDirective(scan, expression);
  if (!is(scan, CLOSE_BRACE) && !is(scan, TRIM_CLOSE)) failOpen(scan, start);
  const trimAfter = is(scan, TRIM_CLOSE);
  const { end } = scan;
  scan.lines = lines;
  scan.depth--;
  scan.height = Math.max(height, scan.height);
  const piece =
    content.kind === 'directive'
      ? { ...content, start, end }
      : ({ kind: 'interpolation', start, end, value: content } as const);
  return { piece, trimBefore, trimAfter };
}

function failOpen(scan: Scan, start: number): never {
  const opener = scan.text.slice(start, start + 2);
  const hint =
    opener === '${' ? 'Write $${ if the text is meant for another program.' : 'Write %%{ for these two characters.';
  return fail(scan, `A closing brace is expected here, for the sequence that ${opener} begins. ${hint}`);
}

/** The word and what follows it; its range is filled in by the one who asks. */
function readDirective(scan: Scan, expression: ReadExpression): Directive {
  const word = is(scan, IDENTIFIER) ? scan.text.slice(scan.start, scan.end) : '';
  if (!isWord(word)) return fail(scan, NO_DIRECTIVE);
  next(scan);
  scan.height = 0;
  const directive = { kind: 'directive', word, value: null, key: null, item: '', start: 0, end: 0 } as const;
  if (word === 'if') return { ...directive, value: expression(scan) };
  if (word !== 'for') return directive;
  return { ...directive, ...readIteration(scan, expression) };
}

const NO_DIRECTIVE = 'One of if, else, endif, for and endfor is expected here. Write %%{ for these two characters.';

function isWord(word: string): word is Word {
  return word === 'if' || word === 'else' || word === 'endif' || word === 'for' || word === 'endfor';
}

/** `k, v in collection`, of directives and of expressions. */
export function readIteration(
  scan: Scan,
  expression: ReadExpression,
): { readonly key: string | null; readonly item: string; readonly value: Expression } {
  let item = readName(scan);
  let key: string | null = null;
  if (is(scan, COMMA)) {
    next(scan);
    key = item;
    item = readName(scan);
  }
  if (!isKeyword(scan, 'in')) fail(scan, 'The word "in" is expected here, and behind it what "for" goes through.');
  next(scan);
  return { key, item, value: expression(scan) };
}

function readName(scan: Scan): string {
  if (!is(scan, IDENTIFIER)) fail(scan, 'The name of a variable is expected here.');
  const name = scan.text.slice(scan.start, scan.end);
  next(scan);
  return name;
}

/** Whether the next token is this word. */
export function isKeyword(scan: Scan, word: string): boolean {
  return is(scan, IDENTIFIER) && scan.end - scan.start === word.length && scan.text.startsWith(word, scan.start);
}
