/** Type constraints as variables declare them (website/docs/language/expressions/type-constraints; hcl ext/typeexpr). */
import type { Call, Expression, ObjectExpression } from '../../../parsers/hcl/syntax.ts';
import { convert } from './convert.ts';
import type { Datum } from './datum.ts';
import { type Budget, Fault } from './fault.ts';
import { ANY, type AttributeType, BOOL, listOf, mapOf, NUMBER, STRING, setOf, type Type } from './types.ts';

/** What reading a type needs of its surroundings. */
export interface TypeReader {
  /** The file that the expression stands in. */
  readonly file: string;
  /** The value of the default of an optional attribute, which names nothing. */
  readonly constant: (expression: Expression) => Datum;
  readonly budget: Budget;
}

/**
 * The type that an expression declares. A fault at the part that is no type. Besides what Terraform 1 reads, the names in
 * quotes (`"list"`) and the bare `list` and `map` of Terraform 0.11 are read, with items of any type.
 */
export function parseType(expression: Expression, reader: TypeReader): Type {
  switch (expression.kind) {
    case 'parentheses':
      return parseType(expression.inner, reader);
    case 'variable':
      return named(expression.name) ?? refuse(`"${expression.name}" is no type`, expression, reader);
    case 'text':
      return named(expression.value) ?? refuse(`"${expression.value}" is no type`, expression, reader);
    case 'call':
      return constructed(expression, reader);
    default:
      return refuse('a type is a name such as string, or a call such as list(string)', expression, reader);
  }
}

const NAMES: Readonly<Record<string, Type>> = {
  any: ANY,
  string: STRING,
  number: NUMBER,
  bool: BOOL,
  list: listOf(ANY),
  map: mapOf(ANY),
  set: setOf(ANY),
};

function named(name: string): Type | undefined {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

function constructed(call: Call, reader: TypeReader): Type {
  const [inner, ...more] = call.args;
  if (!inner || more.length > 0 || call.expand)
    return refuse(`the type constructor ${call.name} takes one argument`, call, reader);
  switch (call.name) {
    case 'list':
    case 'set':
      return { kind: call.name, item: parseType(inner, reader) };
    case 'map':
      return mapOf(parseType(inner, reader));
    case 'tuple':
      if (inner.kind !== 'tuple') return refuse('a tuple type has its item types in brackets', inner, reader);
      return { kind: 'tuple', items: inner.items.map((item) => parseType(item, reader)) };
    case 'object':
      if (inner.kind !== 'object') return refuse('an object type has its attribute types in braces', inner, reader);
      return { kind: 'object', attributes: attributesOf(inner, reader) };
    default:
      return refuse(`"${call.name}" is no type constructor`, call, reader);
  }
}

function attributesOf(object: ObjectExpression, reader: TypeReader): ReadonlyMap<string, AttributeType> {
  const attributes = new Map<string, AttributeType>();
  for (const { key, value } of object.items) {
    if (key.kind !== 'text' && key.kind !== 'variable')
      return refuse('the attributes of an object type have names', key, reader);
    const name = key.kind === 'text' ? key.value : key.name;
    attributes.set(name, attributeOf(value, reader));
  }
  return attributes;
}

function attributeOf(expression: Expression, reader: TypeReader): AttributeType {
  if (expression.kind !== 'call' || expression.name !== 'optional') return { type: parseType(expression, reader) };
  const [inner, otherwise, ...more] = expression.args;
  if (!inner || more.length > 0) return refuse('optional takes a type and perhaps a default', expression, reader);
  const type = parseType(inner, reader);
  if (!otherwise) return { type, optional: { otherwise: null } };
  return { type, optional: { otherwise: convert(reader.constant(otherwise), type, reader.budget) } };
}

function refuse(message: string, { start, end }: Expression, { file }: TypeReader): never {
  throw new Fault(message, { file, start, end });
}
