import { placingWithin } from '../../source/scalar-origin.ts';
import { type List, type Scalar, type Unknown, unknown } from '../../source/value.ts';
import { list, text } from './construct.ts';
import { type Filling, fillPieces } from './fill.ts';

/** What a Dockerfile inside a compose file is read with. */
interface InlineScope extends Filling {
  /** The text of the compose file. */
  readonly source: string;
  readonly budget: { characters: number };
}

/** A longer one, in characters, belongs into a file; and each of its lines costs as much as many characters do. */
const MAX_LENGTH = 262_144;
const COST = 100;

/**
 * The Dockerfile that `dockerfile_inline` holds, as a list of its pieces in their order: a line, or a word where a line is
 * not written as it reads, or what a variable of Compose was filled in with, each at its place in the file. Unknown where
 * it is too long.
 */
export function inlineDockerfile(value: Scalar, scope: InlineScope): List | Unknown {
  const tooLong = value.text.length > MAX_LENGTH;
  if (!tooLong) scope.budget.characters -= value.text.length * COST;
  if (tooLong || scope.budget.characters < 0)
    return unknown('the Dockerfile inside the compose file is too long', value.origin);
  const place = placingWithin(scope.source, value);
  const pieces: Scalar[] = [];
  for (const piece of fillPieces(value, scope)) {
    if (piece.filled) {
      pieces.push(text(piece.text, place(piece.from, piece.to)));
      continue;
    }
    for (const { 0: line, index } of piece.text.matchAll(/[^\n]*\n|[^\n]+/g)) {
      const from = piece.from + index;
      const length = line.replace(/\n$/, '').length;
      const origin = place(from, from + length);
      if (origin.end - origin.start === length) {
        pieces.push(text(line, origin));
        continue;
      }
      for (const { 0: word, index: at } of line.matchAll(/^\s+|\S+\s*/g)) {
        pieces.push(text(word, place(from + at, from + at + word.trimEnd().length)));
      }
    }
  }
  return list(pieces, value.origin, value.tag);
}
