/**
 * Rules as JavaScript: what the build makes of the built-in rules, so that a run loads neither CEL nor their syntax. What a
 * translated expression comes out as, and what it throws, is what the CEL library would make of it; what is not translated
 * here is an error of the build. Only scripts/generate.mjs uses it.
 */
import type { Catalogue } from '../graph/catalogue.ts';
import { fieldsOf, type Node } from './check.ts';
import { type CheckedRule, checkRule } from './checked-rule.ts';
import { type Compile, check } from './compile.ts';
import { type Language, language, OPAQUE_TYPES } from './language.ts';
import type { RuleDeclaration } from './rule.ts';
import { SUBJECTS } from './subjects/table.ts';
import { typeOf } from './subjects.ts';
import type { TranslatedRule } from './translated.ts';

/** What the build makes of rules. */
export interface Translation {
  /** The text of a module that exports `RULES`: by rule id, the functions of its expressions (`TranslatedCode`). */
  readonly module: string;
  /** What else is evaluated of them, by rule id. */
  readonly rules: Readonly<Record<string, TranslatedRule>>;
}

/** `operators` is where the module finds policy/operators.ts. Throws where a rule is wrong or cannot be translated. */
export function translateRules(
  declarations: readonly RuleDeclaration[],
  catalogue: Catalogue,
  operators: string,
): Translation {
  const shared = language(catalogue);
  const checked = declarations.map((declaration) => {
    const rule = checkRule(declaration, shared, translate);
    if ('declaration' in rule) return rule;
    const problems = rule.map(({ origin, message, hint }) => `${origin.file}: ${message}; ${hint}`);
    throw new Error(problems.join('\n'));
  });
  const code = checked.map((rule) => `  ${JSON.stringify(rule.declaration.id)}: { ${codeParts(rule).join(', ')} },`);
  return {
    module: [`import * as cel from ${JSON.stringify(operators)};`, 'export const RULES = {', ...code, '};', ''].join(
      '\n',
    ),
    rules: Object.fromEntries(checked.map((rule) => [rule.declaration.id, dataOf(rule)])),
  };
}

function dataOf({ reads, at, message }: CheckedRule<string>): TranslatedRule {
  const parts = message().map((part, index) => (index % 2 === 0 ? part : fieldOf(part)));
  return { reads: [...reads], at: fieldOf(at), message: parts };
}

function codeParts({ when, at, message }: CheckedRule<string>): readonly string[] {
  const parts = message().flatMap((part, index) =>
    index % 2 === 0 || fieldOf(part) !== null ? [] : [`${index}: ${part}`],
  );
  return [
    `when: ${when}`,
    ...(fieldOf(at) === null ? [`at: ${at}`] : []),
    ...(parts.length > 0 ? [`message: { ${parts.join(', ')} }`] : []),
  ];
}

/** What an expression reads that is nothing but the field of a variable: `workload.name`. */
function fieldOf(expression: string): string | null {
  return /^\(v\) => v\.(\w+\.\w+)$/.exec(expression)?.[1] ?? null;
}

/** Compiles to a function of JavaScript, which takes the variables as `v`; `cel` is policy/operators.ts. */
export const translate: Compile<string> = (text, on, wanted, language) => {
  const checked = check(text, on, wanted, language);
  if (!('root' in checked)) return checked;
  const around = { language, items: new Set<string>() };
  const exact = `(v) => ${codeOf(checked.root, around)}`;
  const quick = `(v) => ${codeOf(checked.root, { ...around, quick: true })}`;
  return { expression: quick === exact ? exact : `cel.quickly(${quick}, ${exact})`, fields: fieldsOf(checked.root) };
};

/** What an expression stands in: the items of the macros around it. */
interface Surroundings {
  readonly language: Language;
  readonly items: ReadonlySet<string>;
  /** With JavaScript's own `&&` and `||`, which let pass what an operand throws. */
  readonly quick?: true;
}

type Code = (...operands: readonly string[]) => string;

const SCALARS = ['bool', 'string', 'int', 'double'];

/** What CEL and JavaScript have alike, given that CEL's types fit. */
const BINARY: Readonly<Record<string, string>> = {
  '==': '===',
  '!=': '!==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '-': '-',
  '+': '+',
};

/** Methods of strings and lists, as what JavaScript has. */
const METHODS: Readonly<Record<string, Code>> = {
  startsWith: (text, prefix) => `${text}.startsWith(${prefix})`,
  endsWith: (text, suffix) => `${text}.endsWith(${suffix})`,
  contains: (text, part) => `${text}.includes(${part})`,
  lowerAscii: (text) => `${text}.toLowerCase()`,
  upperAscii: (text) => `${text}.toUpperCase()`,
  trim: (text) => `${text}.trim()`,
  join: (list, separator = '""') => `${list}.join(${separator})`,
  size: (value) => `cel.size(${value})`,
  glob: (text, pattern) => `cel.glob(${text}, ${pattern})`,
};

const MACROS: Readonly<Record<string, (items: string, item: string, ...steps: readonly string[]) => string>> = {
  exists: (items, item, condition) => `cel.exists(${items}, (${item}) => ${condition})`,
  all: (items, item, condition) => `cel.all(${items}, (${item}) => ${condition})`,
  exists_one: (items, item, condition) => `cel.existsOne(${items}, (${item}) => ${condition})`,
  filter: (items, item, condition) => `${items}.filter((${item}) => ${condition})`,
  map: (items, item, ...steps) =>
    steps.length === 1
      ? `${items}.map((${item}) => ${steps[0]})`
      : `${items}.flatMap((${item}) => ${steps[0]} ? [${steps[1]}] : [])`,
};

const OWN_TYPES = new Set<string>([...SUBJECTS.map(typeOf), ...Object.keys(OPAQUE_TYPES)]);

/** JavaScript that needs no brackets around it. */
function codeOf(node: Node, around: Surroundings): string {
  const code = (child: Node) => codeOf(child, around);
  switch (node.op) {
    case 'value':
      return literal(node);
    case 'id':
      return around.items.has(node.args) ? itemName(node.args) : `v.${node.args}`;
    case '.':
      return OWN_TYPES.has(typeName(node.args[0])) ? `${code(node.args[0])}.${node.args[1]}` : refuse(node);
    case '!_':
      return `(!${code(node.args)})`;
    case '-_':
      return `(-${code(node.args)})`;
    case '?:': {
      const [condition, one, other] = node.args.map(code);
      return `(${condition} ? ${one} : ${other})`;
    }
    case '&&':
    case '||': {
      const chain = operandsOf(node, node.op).map(code);
      if (around.quick) return `(${chain.join(` ${node.op} `)})`;
      const operands = chain.map((operand) => `() => ${operand}`);
      return `cel.${node.op === '&&' ? 'and' : 'or'}(${operands.join(', ')})`;
    }
    case 'list':
      return backwards(node.args, (...items) => `[${items.join(', ')}]`, around);
    case 'in':
      return membership(node, around);
    case 'call':
      return call(node, around);
    case 'rcall':
      return methodCall(node, around);
    default:
      return binary(node, around);
  }
}

function literal(node: Node): string {
  const value: unknown = node.args;
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
    ? JSON.stringify(value)
    : refuse(node);
}

function binary(node: Node, around: Surroundings): string {
  const operator = BINARY[node.op];
  const [left, right] = node.args as readonly [Node, Node];
  const [type, other] = [typeName(left), typeName(right)];
  const [a, b] = [codeOf(left, around), codeOf(right, around)];
  if (node.op === '+' && type.startsWith('list<') && other.startsWith('list<')) return `[...${a}, ...${b}]`;
  const ordered = node.op.startsWith('<') || node.op.startsWith('>');
  if (!operator || !SCALARS.includes(type) || !(ordered ? SCALARS.includes(other) : type === other))
    return refuse(node);
  const result = `(${a} ${operator} ${b})`;
  return type === 'int' && (operator === '+' || operator === '-') ? `cel.int${result}` : result;
}

function membership(node: Node, around: Surroundings): string {
  const [item, group] = node.args as readonly [Node, Node];
  if (typeName(group) === 'PortSet') return backwards([group, item], (a, b) => `${a}.has(${b})`, around);
  if (!['bool', 'string', 'int'].includes(typeName(item)) || !typeName(group).startsWith('list<')) return refuse(node);
  return backwards([group, item], (a, b) => `${a}.includes(${b})`, around);
}

function call(node: Node & { readonly op: 'call' }, around: Surroundings): string {
  const [name, [value]] = node.args as readonly [string, readonly Node[]];
  if (name === 'ports' && value?.op === 'value') {
    const { ranges } = around.language.portGroups.get(String(value.args)) ?? { ranges: [] };
    return `cel.ports(${ranges.map(({ from, to }) => `[${from}, ${to}]`).join(', ')})`;
  }
  if (name === 'size' && value) return `cel.size(${codeOf(value, around)})`;
  if (name === 'string' && value && SCALARS.includes(typeName(value))) return `cel.text(${codeOf(value, around)})`;
  return refuse(node);
}

function methodCall(node: Node & { readonly op: 'rcall' }, around: Surroundings): string {
  const [name, receiver, taken] = node.args as readonly [string, Node, readonly Node[]];
  if (OWN_TYPES.has(typeName(receiver)))
    return backwards([receiver, ...taken], (own, ...rest) => `${own}.${name}(${rest.join(', ')})`, around);
  const macro = MACROS[name];
  if (macro && taken[0]?.op === 'id') {
    const item = taken[0].args;
    const inside = { ...around, items: new Set([...around.items, item]) };
    const steps = taken.slice(1).map((step) => codeOf(step, inside));
    return macro(codeOf(receiver, around), itemName(item), ...steps);
  }
  const method = METHODS[name];
  return method ? backwards([receiver, ...taken], method, around) : refuse(node);
}

/**
 * Code with operands that CEL evaluates from the last to the first, which tells which of several unknowns is thrown;
 * JavaScript evaluates them as they stand.
 */
function backwards(nodes: readonly Node[], code: Code, around: Surroundings): string {
  const operands = nodes.map((node) => codeOf(node, around));
  if (nodes.filter((node) => !isConstant(node)).length < 2) return code(...operands);
  const names = nodes.map((_, index) => `$${index}`);
  return `((${names.toReversed().join(', ')}) => ${code(...names)})(${operands.toReversed().join(', ')})`;
}

function isConstant(node: Node): boolean {
  return node.op === 'value' || (node.op === 'list' && node.args.every(isConstant));
}

/** The operands of a chain of one operator. */
function operandsOf(node: Node, op: '&&' | '||'): readonly Node[] {
  return node.op === op ? node.args.flatMap((operand) => operandsOf(operand, op)) : [node];
}

/** No name of CEL begins so, and none that does is a word of JavaScript. */
function itemName(name: string): string {
  return `$${name}`;
}

function typeName(node: Node): string {
  return node.checkedType?.name ?? '';
}

function refuse({ input, start, end }: Node): never {
  throw new Error(`\`${input.slice(start, end)}\` has no translation to JavaScript: src/policy/translate.ts makes it`);
}
