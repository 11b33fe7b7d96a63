import type { Body, Expression, Literal, ObjectExpression, Part, Range } from './syntax.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { [key: string]: Json };

/**
 * Our tree of a file in the form that hcl2json gives it: arguments and blocks as properties, expressions as the text that
 * they are written in, within `${ }`; so that what two parsers make of a file can be compared.
 */
export function jsonOf(text: string, body: Body): JsonObject {
  const json: JsonObject = {};
  for (const item of body.items) {
    if (item.kind === 'block')
      addBlock(json, [item.type, ...item.labels.map((label) => label.text)], jsonOf(text, item.body));
  }
  for (const item of body.items) if (item.kind === 'attribute') json[item.name] = plainOf(text, item.value);
  return json;
}

function addBlock(json: JsonObject, path: readonly string[], content: JsonObject): void {
  let level = json;
  for (const name of path.slice(0, -1)) {
    level[name] ??= {};
    level = level[name] as JsonObject;
  }
  const name = path.at(-1) as string;
  level[name] = [...((level[name] as readonly Json[] | undefined) ?? []), content];
}

function plainOf(text: string, value: Expression): Json {
  switch (value.kind) {
    case 'literal':
      return value.value;
    case 'text':
      return escaped(value.value);
    case 'template': {
      const [first] = value.parts;
      if (first?.kind === 'interpolation' && value.parts.length === 1) return plainOf(text, first.value);
      return partsOf(text, value.parts);
    }
    case 'tuple':
      return value.items.map((item) => plainOf(text, item));
    case 'object':
      return Object.fromEntries(value.items.map((item) => [keyOf(text, item), plainOf(text, item.value)]));
    case 'unary':
      return value.operand.kind === 'literal' ? negated(value.operator, value.operand) : source(text, value);
    default:
      return source(text, value);
  }
}

function negated(operator: '!' | '-', { value }: Literal): Json {
  return operator === '!' ? !value : -(value as number);
}

function keyOf(text: string, { key }: ObjectExpression['items'][number]): string {
  const written = text.slice(key.start, key.end);
  if (key.kind === 'text' && !written.startsWith('"') && !written.startsWith('<<')) return written;
  return key.kind === 'attr' || key.kind === 'index' ? written : stringOf(text, key);
}

/** An expression where only a text can stand. */
function stringOf(text: string, value: Expression): string {
  if (value.kind === 'literal') return String(value.value);
  if (value.kind === 'text') return escaped(value.value);
  if (value.kind === 'template') return partsOf(text, value.parts);
  if (value.kind !== 'conditional') return source(text, value);
  return conditional(text, value.condition, stringOf(text, value.then), stringOf(text, value.otherwise));
}

function partsOf(text: string, parts: readonly Part[]): string {
  return parts.map((part) => partOf(text, part)).join('');
}

function partOf(text: string, part: Part): string {
  if (part.kind === 'text') return escaped(part.value);
  if (part.kind === 'interpolation') return stringOf(text, part.value);
  if (part.kind === 'if') {
    return conditional(text, part.condition, partsOf(text, part.then), partsOf(text, part.otherwise));
  }
  const names = part.key === null ? part.item : `${part.key}, ${part.item}`;
  return `%{for ${names} in ${written(text, part.of)}}${partsOf(text, part.parts)}%{endfor}`;
}

function conditional(text: string, condition: Expression, holds: string, otherwise: string): string {
  return `%{if ${written(text, condition)}}${holds}${otherwise === '' ? '' : `%{else}${otherwise}`}%{endif}`;
}

function source(text: string, range: Range): string {
  return `\${${written(text, range)}}`;
}

/** hcl2json adds a closing parenthesis that follows, whosever it is. */
function written(text: string, { start, end }: Range): string {
  return text.slice(start, text[end] === ')' ? end + 1 : end);
}

function escaped(text: string): string {
  return text.replace(/([$%])\{/g, (_, mark: string) => `${mark}${mark}{`);
}
