/**
 * What an expression may hold beyond CEL's own type check. `refuseShape` looks at the syntax alone and keeps the
 * language so small that it cannot fail by itself or take long; `refuseValues` looks at literals once types are known.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { parseAddresses } from '../graph/sets/address-set.ts';
import { type Language, PLAIN_FUNCTIONS } from './language.ts';
import { SUBJECTS } from './subjects/table.ts';
import { SUBJECT_TABLE, typeOf } from './subjects.ts';
import { suggestion } from './suggest.ts';

/** Something wrong with an expression, at offsets in its text. */
export interface Fault {
  readonly message: string;
  /** What would be right; may be empty. */
  readonly hint: string;
  readonly start: number;
  readonly end: number;
}

/** Syntax nodes as the library has them once they are checked; the declarations leave the type out. */
export type Node = ASTNode & { readonly checkedType?: { readonly name: string } };

const MACROS = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);
const DEEPEST = 2;

const REFUSED: Readonly<Record<string, string>> = {
  '[]': 'ask with `exists` or a method',
  map: 'there are no maps: ask with a method such as `workload.label("app")`',
  '*': 'rules compare and count, they do not multiply',
  '/': 'rules compare and count, they do not divide',
  '%': 'rules compare and count, they do not divide',
};

const REFUSED_FUNCTIONS: Readonly<Record<string, string>> = {
  has: 'every declared field is there; one that the code does not show makes the verdict undecided by itself',
  matches: 'use `glob("*…*")`: regular expressions can take minutes',
};

const FUNCTIONS = new Set([
  ...Object.keys(PLAIN_FUNCTIONS).map((signature) => /(\w+)\(/.exec(signature)?.[1] as string),
  ...SUBJECTS.flatMap((name) => Object.keys(SUBJECT_TABLE[name].methods)),
  ...['overlaps', 'within', 'through', 'via'],
]);

/** What the syntax holds that rules must not. */
export function refuseShape(root: Node): readonly Fault[] {
  const faults: Fault[] = [];
  const walk = (node: Node, depth: number): void => {
    const refused = REFUSED[node.op];
    if (refused !== undefined)
      faults.push(fault(node, `\`${node.op === 'map' ? '{…}' : node.op}\` is not part of the rule language`, refused));
    let inside = depth;
    const name = functionName(node);
    if (name !== undefined) {
      if (!FUNCTIONS.has(name)) {
        const known = [...FUNCTIONS];
        faults.push(
          fault(
            node,
            `\`${name}\` is not part of the rule language`,
            REFUSED_FUNCTIONS[name] ?? suggestion(name, known),
          ),
        );
      }
      if (node.op === 'rcall' && MACROS.has(name)) inside++;
      if (inside > DEEPEST) faults.push(fault(node, `\`${name}\` stands inside two others`, `nest at most ${DEEPEST}`));
    }
    // The receiver of a macro is not inside of it.
    const receiver = node.op === 'rcall' ? node.args[1] : undefined;
    for (const child of children(node)) walk(child, child === receiver ? depth : inside);
  };
  walk(root, 0);
  return faults;
}

/** Literals that can never be: values that an enumeration does not have, groups that the catalogue does not know. */
export function refuseValues(root: Node, language: Language): readonly Fault[] {
  const faults: Fault[] = [];
  const refuse = (literals: readonly Node[], values: readonly string[], what: string): void => {
    for (const literal of literals) {
      if (typeof literal.args !== 'string' || values.includes(literal.args)) continue;
      faults.push(
        fault(
          literal,
          `${what} is never "${literal.args}"`,
          suggestion(
            literal.args,
            values.filter((value) => value !== ''),
          ),
        ),
      );
    }
  };
  const walk = (node: Node): void => {
    if (node.op === '==' || node.op === '!=' || node.op === 'in') {
      const [left, right] = node.args as readonly [Node, Node];
      for (const [field, literal] of [
        [left, right],
        [right, left],
      ] as const) {
        const values = enumerationOf(field);
        if (values) refuse(literalsOf(literal), values, `\`${textOf(field)}\``);
      }
    }
    if (node.op === 'rcall') {
      const [name, receiver, taken] = node.args;
      const takes = methodOf(receiver, name)?.takes ?? [];
      takes.forEach(({ values, name: what }, index) => {
        if (values && taken[index]) refuse(literalsOf(taken[index]), values, `the ${what} of \`${name}\``);
      });
    }
    if (node.op === 'rcall' && typeName(node.args[1]) === 'AddressSet') {
      for (const { args, ...at } of node.args[2].flatMap(literalsOf)) {
        if (parseAddresses(String(args))) continue;
        faults.push({ message: `"${args}" is no address and no CIDR block`, hint: '', start: at.start, end: at.end });
      }
    }
    if (node.op === 'call' && node.args[0] === 'ports') {
      refuse(node.args[1].flatMap(literalsOf), [...language.portGroups.keys()], 'what `ports` knows');
    }
    for (const child of children(node)) walk(child);
  };
  walk(root);
  return faults;
}

/** Every field that an expression reads and every method that it calls, by type: `Exposure.implicit`. */
export function fieldsOf(root: Node): ReadonlySet<string> {
  const fields = new Set<string>();
  const walk = (node: Node): void => {
    if (node.op === '.') fields.add(`${typeName(node.args[0])}.${node.args[1]}`);
    if (node.op === 'rcall') fields.add(`${typeName(node.args[1])}.${node.args[0]}`);
    for (const child of children(node)) walk(child);
  };
  walk(root);
  return fields;
}

function children(node: Node): readonly Node[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

function functionName(node: Node): string | undefined {
  return node.op === 'call' || node.op === 'rcall' ? node.args[0] : undefined;
}

/** The string literals that an expression may come out as. */
function literalsOf(node: Node): readonly Node[] {
  if (node.op === 'value') return [node];
  if (node.op === 'list') return node.args.flatMap(literalsOf);
  return node.op === '?:' ? node.args.slice(1).flatMap(literalsOf) : [];
}

function enumerationOf(node: Node): readonly string[] | undefined {
  if (node.op !== '.') return undefined;
  const table = subjectTable(node.args[0]);
  return table?.fields[node.args[1]]?.values;
}

function methodOf(receiver: Node, name: string) {
  return subjectTable(receiver)?.methods[name];
}

function subjectTable(node: Node) {
  const name = SUBJECTS.find((subject) => typeOf(subject) === typeName(node));
  return name && SUBJECT_TABLE[name];
}

/** The type that the checker found; empty before it ran. */
function typeName(node: Node): string {
  return node.checkedType?.name ?? '';
}

function textOf({ input, start, end }: Node): string {
  return input.slice(start, end);
}

/** A fault at a node; at the name where it is a call of a method. */
function fault(node: Node, message: string, hint: string): Fault {
  const { start, end } = node;
  if (node.op !== 'rcall') return { message, hint, start, end };
  const [name, receiver] = node.args;
  const from = node.input.indexOf(name, receiver.end);
  return from < 0 ? { message, hint, start, end } : { message, hint, start: from, end: from + name.length };
}
