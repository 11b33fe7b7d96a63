/** Quoted strings and heredocs with something to fill in (hashicorp/hcl, hclsyntax/spec.md, "Templates"). */
import type { IfDirective, Part, Template } from '../../../parsers/hcl/syntax.ts';
import type { Origin } from '../../../source/span.ts';
import { convertTo } from './convert.ts';
import { type Datum, text } from './datum.ts';
import { derived } from './derive.ts';
import { Fault, spendText } from './fault.ts';
import { rounds } from './loop.ts';
import { bind, type Evaluate, placeOf, type Scope } from './scope.ts';

/** The value of a template: a string, but for one that is nothing but an interpolation. */
export function templateValue({ parts, heredoc, ...range }: Template, scope: Scope, evaluate: Evaluate): Datum {
  const [only] = parts;
  if (only?.kind === 'interpolation' && parts.length === 1 && !heredoc) return evaluate(only.value, scope);
  return joined(parts, scope, evaluate, placeOf(scope, range));
}

/** The text that parts make together. */
export function joined(parts: readonly Part[], scope: Scope, evaluate: Evaluate, origin: Origin): Datum {
  const pieces: Datum[] = [];
  gather(parts, scope, evaluate, pieces);
  const sensitive = pieces.some((piece) => piece.sensitive);
  const missing = pieces.find((piece) => piece.kind === 'unknown');
  if (missing?.kind === 'unknown') {
    const ends = endOf(pieces);
    return { ...derived(missing, pieces), ...(ends !== '' && { ends }) };
  }
  const strings = pieces.map((piece) => (piece.kind === 'string' ? piece.value : ''));
  const length = strings.reduce((sum, each) => sum + each.length, 0);
  spendText(scope.home.machine.budget, length, origin);
  const value = text(strings.join(''), origin);
  return sensitive ? { ...value, sensitive: true } : value;
}

/** The known text behind the last piece that is unknown: `/32` of `"${var.address}/32"`. */
function endOf(pieces: readonly Datum[]): string {
  const [last, before] = [pieces.at(-1), pieces.at(-2)];
  return last?.kind === 'string' && !last.sensitive && before?.kind === 'unknown' ? last.value : '';
}

function gather(parts: readonly Part[], scope: Scope, evaluate: Evaluate, pieces: Datum[]): void {
  for (const part of parts) {
    switch (part.kind) {
      case 'text':
        pieces.push(text(part.value, placeOf(scope, part)));
        break;
      case 'interpolation':
        pieces.push(textOf(evaluate(part.value, scope), placeOf(scope, part)));
        break;
      case 'if':
        gatherBranch(part, scope, evaluate, pieces);
        break;
      case 'for-directive': {
        const of = evaluate(part.of, scope);
        const turns = rounds(of, scope, placeOf(scope, part.of));
        if ('of' in turns) {
          pieces.push(derived(turns.of));
          break;
        }
        for (const { key, value } of turns) {
          const inner = bind(part.key === null ? scope : bind(scope, part.key, key), part.item, value);
          gather(part.parts, inner, evaluate, pieces);
        }
      }
    }
  }
}

function gatherBranch(part: IfDirective, scope: Scope, evaluate: Evaluate, pieces: Datum[]): void {
  const condition = convertTo(evaluate(part.condition, scope), 'bool');
  if (condition.kind === 'unknown') pieces.push(condition);
  else if (condition.kind === 'null') throw new Fault('the condition of a template is null', placeOf(scope, part));
  else {
    if (condition.sensitive) pieces.push({ ...text('', condition.origin), sensitive: true });
    gather(condition.value ? part.then : part.otherwise, scope, evaluate, pieces);
  }
}

function textOf(datum: Datum, at: Origin): Datum {
  const converted = convertTo(datum, 'string');
  if (converted.kind === 'null') throw new Fault('a string cannot have null in it', at);
  return converted;
}
