/**
 * Expressions of rules in CEL: checked when a rule is loaded, evaluated by the library. A value that the code does not show
 * is thrown as an `UnknownError`; `&&`, `||`, `exists` and `all` absorb it where the rest decides.
 */
import type { ParseError, ParseResult } from '@marcbachmann/cel-js';
import { type Fault, fieldsOf, type Node, refuseShape, refuseValues } from './check.ts';
import { type Expression, expressionOf } from './expression.ts';
import { type Language, OPAQUE_TYPES, variablesOf } from './language.ts';
import { SUBJECTS, type SubjectName, type TypeName } from './subjects/table.ts';
import { SUBJECT_TABLE, typeOf } from './subjects.ts';
import { suggestion } from './suggest.ts';

/** An expression that is known to be right, as what it is compiled to. */
export interface Compiled<E> {
  readonly expression: E;
  /** The fields that it reads, by type: `Exposure.implicit`. */
  readonly fields: ReadonlySet<string>;
}

/** Makes of an expression over the variables of a subject, whose value has one of the wanted types, or tells what is wrong. */
export type Compile<E> = (
  text: string,
  on: SubjectName,
  wanted: readonly TypeName[],
  language: Language,
) => Compiled<E> | readonly Fault[];

/** Compiles to what can be evaluated. */
export const compile: Compile<Expression> = (...asked) => {
  const checked = check(...asked);
  if (!('parsed' in checked)) return checked;
  const { parsed, root } = checked;
  return { expression: expressionOf(parsed), fields: fieldsOf(root) };
};

/** An expression and its syntax, with types; or what is wrong with it. */
export function check(
  text: string,
  on: SubjectName,
  wanted: readonly TypeName[],
  language: Language,
): { readonly parsed: ParseResult; readonly root: Node } | readonly Fault[] {
  let parsed: ParseResult;
  try {
    parsed = language.environments[on].parse(text);
  } catch (error) {
    return [syntaxFault(error as ParseError, text)];
  }
  const root = parsed.ast as Node;
  const shape = refuseShape(root);
  if (shape.length > 0) return shape;
  const checked = parsed.check();
  if (!checked.valid) return [typeFault(checked.error as ParseError, text, on)];
  if (!wanted.includes(checked.type as TypeName)) {
    const message = `this is ${described(checked.type)}, and has to be ${wanted.map(described).join(' or ')}`;
    return [{ message, hint: '', start: 0, end: text.length }];
  }
  const values = refuseValues(root, language);
  if (values.length > 0) return values;
  return { parsed, root };
}

function syntaxFault(error: ParseError, text: string): Fault {
  const { start, end } = error.range ?? { start: 0, end: text.length };
  const message = /got EOF|token: EOF/.test(error.summary) ? 'the expression ends too early' : lowered(error.summary);
  return { message, hint: '', start: Math.min(start, text.length), end: Math.min(end, text.length) };
}

/** The library's finding in our words where there is something to suggest. */
function typeFault(error: ParseError, text: string, on: SubjectName): Fault {
  const { start, end } = error.range ?? { start: 0, end: text.length };
  const node = error.node as Node | undefined;
  if (node?.op === 'id') {
    const name = node.args;
    return {
      message: `there is no variable \`${name}\` in a rule on ${on}`,
      hint: suggestion(name, variablesOf(on)),
      start,
      end,
    };
  }
  if (node?.op === '.') {
    const type = (node.args[0] as Node).checkedType?.name ?? '';
    const known = membersOf(type)?.fields ?? [];
    const at = { start: node.pos, end: node.pos + node.args[1].length };
    return {
      message: `${described(type)} has no field \`${node.args[1]}\``,
      hint: suggestion(node.args[1], known),
      ...at,
    };
  }
  if (node?.op === 'rcall') {
    const [name, receiver] = node.args;
    const type = (receiver as Node).checkedType?.name ?? '';
    const known = membersOf(type)?.methods ?? [];
    const from = Math.max(node.start, text.indexOf(name, receiver.end));
    const at = { start: from, end: from + name.length };
    if (known.includes(name))
      return { message: `\`${name}\` takes something else`, hint: signatureOf(type, name), ...at };
    return {
      message: `${described(type)} has no method \`${name}\` that takes this`,
      hint: suggestion(name, known),
      ...at,
    };
  }
  return { message: lowered(error.summary), hint: '', start, end };
}

/** Names of the fields and methods of one of our types. */
function membersOf(
  type: string,
): { readonly fields: readonly string[]; readonly methods: readonly string[] } | undefined {
  const opaque = OPAQUE_TYPES[type as keyof typeof OPAQUE_TYPES];
  const subject = SUBJECTS.find((name) => typeOf(name) === type);
  const table = opaque ?? (subject && SUBJECT_TABLE[subject]);
  return table && { fields: Object.keys(table.fields), methods: Object.keys(table.methods) };
}

function signatureOf(type: string, name: string): string {
  const subject = SUBJECTS.find((one) => typeOf(one) === type);
  const takes = subject && SUBJECT_TABLE[subject].methods[name]?.takes.map((one) => `${one.name}: ${one.type}`);
  return takes ? `it is \`${name}(${takes.join(', ')})\`` : '';
}

function described(type: string | undefined): string {
  switch (type) {
    case 'bool':
      return 'true or false';
    case 'int':
    case 'double':
      return 'a number';
    case 'string':
      return 'a text';
    default:
      return `a value of type ${type ?? '?'}`;
  }
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
