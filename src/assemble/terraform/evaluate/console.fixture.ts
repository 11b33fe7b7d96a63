/** What `terraform console` answers, beside what we answer: testdata/terraform/console.txt holds its answers. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseExpression, parseTemplate } from '../../../parsers/hcl/index.ts';
import type { Tree } from '../../../source/tree.ts';
import { memoryTree } from '../../../source/tree.ts';
import { type Datum, isSequence, isStructure } from './datum.ts';
import { evaluate } from './expression.ts';
import { Fault, fullBudget, unknownOf } from './fault.ts';
import { callFunction, type FunctionContext } from './functions/index.ts';
import { numberText } from './number.ts';
import { sortedEntries } from './order.ts';
import { bind, type Home, type Scope } from './scope.ts';

/** The program: what the environment names, or what is on the path. */
const TERRAFORM = process.env.PORTOLAN_TERRAFORM ?? 'terraform';

/** Where the answers are kept. */
export const TABLE = fileURLToPath(new URL('../../../../testdata/terraform/console.txt', import.meta.url));

/** What stands for an error. */
export const REFUSED = 'refused';

/** An expression on one line, and what is printed for it. */
export interface Row {
  readonly expression: string;
  readonly answer: string;
}

/** The rows of the table: an expression behind `> `, its answer on the lines below. */
export function readTable(): readonly Row[] {
  return readFileSync(TABLE, 'utf8')
    .split(/^> /m)
    .slice(1)
    .map((chunk) => {
      const [expression = '', ...answer] = chunk.trimEnd().split('\n');
      return { expression, answer: answer.join('\n') };
    });
}

/** Rows as the table has them. */
export function writeTable(rows: readonly Row[]): string {
  return rows.map(({ expression, answer }) => `> ${expression}\n${answer}\n`).join('');
}

/** Whether the program is on this machine, in a version that prints as the table has it. */
export function hasTerraform(): boolean {
  return /Terraform v1\.(9|1\d)\./.test(String(spawnSync(TERRAFORM, ['version'], { env: ENVIRONMENT }).stdout ?? ''));
}

const ENVIRONMENT = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };

/** What the program answers to each expression. An error ends it, so a first run asks which of them have a value at all. */
export function terraformAnswers(expressions: readonly string[]): readonly string[] {
  const able = consoleRun(expressions.map((expression) => `can(${expression})`)).map((answer) => answer === 'true');
  const answers = consoleRun(expressions.filter((_, index) => able[index]));
  let next = 0;
  return able.map((has) => (has ? (answers[next++] as string) : REFUSED));
}

/** The program reads no longer lines. */
const LONGEST_LINE = 60_000;

/** It prints one value, so it is asked for objects with many. */
function consoleRun(expressions: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-console-'));
  const answers: string[] = [];
  try {
    while (answers.length < expressions.length) {
      const entries: string[] = [];
      let length = 0;
      for (const expression of expressions.slice(answers.length)) {
        length += expression.length + 20;
        if (length > LONGEST_LINE) break;
        entries.push(`"answer ${String(entries.length).padStart(4, '0')}" = ${expression}`);
      }
      const input = `{ ${entries.join(', ')} }\n`;
      const run = spawnSync(TERRAFORM, ['console'], { cwd: folder, input, env: ENVIRONMENT, encoding: 'utf8' });
      const printedOnes = run.stdout
        .replace(/\n\}\n$/, '')
        .split(/\n {2}"answer \d{4}" = /)
        .slice(1);
      if (printedOnes.length !== entries.length) throw new Error(`terraform console: ${run.stderr}`);
      answers.push(...printedOnes.map(outdented));
    }
    return answers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A value as it stands in an object, as if it stood alone. */
function outdented(answer: string): string {
  return answer.replace(/\n {2}/g, '\n');
}

/** A scope in which nothing is named but what `names` gives, with the functions of Terraform. */
export function scopeOf(names: Readonly<Record<string, Datum>> = {}, tree: Tree = memoryTree({})): Scope {
  const none = (): never => {
    throw new Fault('nothing is named here', { file: '', start: 0, end: 0 });
  };
  const machine = { budget: fullBudget(), depth: 0, running: [] };
  const context: FunctionContext = {
    budget: machine.budget,
    folder: '',
    paths: tree.list().value,
    read: (path) => tree.read(path),
    template: (source, _, variables, origin) => {
      const { value } = parseTemplate({ path: origin.file, text: source });
      let inner: Scope = { home, file: origin.file, names: null, item: null };
      for (const [name, datum] of variables) inner = bind(inner, name, datum);
      return value ? evaluate(value, inner) : none();
    },
  };
  const home: Home = {
    machine,
    variable: none,
    local: none,
    call: none,
    resource: none,
    setting: none,
    refuse: unknownOf,
    invoke: (name, args, expand, scope, origin) =>
      callFunction(
        {
          name,
          args: args.map((arg) => ({ origin, value: () => restoring(machine, () => evaluate(arg, scope)) })),
          expand,
          origin,
        },
        context,
      ),
  };
  let scope: Scope = { home, file: 'main.tf', names: null, item: null };
  for (const [name, datum] of Object.entries(names)) scope = bind(scope, name, datum);
  return scope;
}

function restoring<T>(machine: { depth: number }, work: () => T): T {
  const { depth } = machine;
  try {
    return work();
  } finally {
    machine.depth = depth;
  }
}

/** The value of an expression. Throws Fault. */
export function evaluated(expression: string, scope: Scope = scopeOf()): Datum {
  const { value, notices } = parseExpression({ path: 'main.tf', text: expression });
  if (!value || notices.length > 0) throw new Error(`${expression}: ${notices[0]?.message ?? 'nothing'}`);
  return evaluate(value, scope);
}

/** Our answer, as the program would print it. */
export function ourAnswer(expression: string): string {
  try {
    return outdented(printed(evaluated(expression), 2));
  } catch (error) {
    if (error instanceof Fault) return REFUSED;
    throw error;
  }
}

/** A value as the program prints it. */
export function printed(datum: Datum, indent: number): string {
  if (datum.kind === 'unknown') return '(known after apply)';
  if (datum.sensitive) return '(sensitive value)';
  if (isSequence(datum)) {
    const inner = bracketed(
      '[',
      ']',
      datum.items.map((item) => `${printed(item, indent + 2)},`),
      indent,
    );
    return datum.kind === 'tuple' ? inner : `to${datum.kind}(${inner})`;
  }
  if (isStructure(datum)) {
    const entries = sortedEntries(datum.entries);
    const lines = entries.map(([key, value]) => `${quoted(key)} = ${printed(value, indent + 2)}`);
    const inner = bracketed('{', '}', lines, indent);
    return datum.kind === 'map' ? `tomap(${inner})` : inner;
  }
  switch (datum.kind) {
    case 'string':
      return datum.value.includes('\n') ? heredoc(datum.value, indent) : quoted(datum.value);
    case 'number':
      return numberText(datum.value);
    case 'bool':
      return String(datum.value);
    default:
      return 'null';
  }
}

function bracketed(open: string, close: string, lines: readonly string[], indent: number): string {
  const pad = `\n${' '.repeat(indent)}`;
  return lines.length === 0 ? open + close : `${open}${lines.map((line) => `${pad}  ${line}`).join('')}${pad}${close}`;
}

function heredoc(value: string, indent: number): string {
  const pad = `\n${' '.repeat(indent)}`;
  return `<<${indent > 0 ? '-' : ''}EOT${pad}${value.split('\n').join(pad)}${pad}EOT`;
}

/** A string as Go's strconv.Quote has it, as far as the table goes. */
function quoted(value: string): string {
  const escaped = JSON.stringify(value)
    .replace(/\u2028/g, '\\u2028')
    .replace(/[\u0301\u0308]/g, '$&');
  return escaped;
}

/** An answer without what we do not tell: the type of a null. */
export function withoutNullTypes(answer: string): string {
  return answer.replace(
    /to(?:string|number|bool)\(null\)|to(?:list|set|map)\(null\) \/\*.*?\*\/|null \/\*.*?\*\//g,
    'null',
  );
}
