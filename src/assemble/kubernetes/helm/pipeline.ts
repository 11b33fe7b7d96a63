/** Evaluates pipelines: operands, fields, and calls of functions and methods. */
import type { Origin } from '../../../source/span.ts';
import { bool, type Datum, float, int, isTrue, kindName, NIL, opaque } from './datum.ts';
import { Fault, spend, spendText } from './fault.ts';
import { type Caller, enter, type Func, leave, type Machine, type Template, type Templates } from './machine.ts';
import type { Command, Operand, Pipe } from './template/node.ts';
import { plain, type Text } from './text.ts';

/** A variable with its `$`. */
export interface Variable {
  readonly name: string;
  value: Datum;
}

/** One run of one template. */
export interface Scope extends Pick<Caller, 'machine' | 'templates' | 'run'> {
  readonly machine: Machine;
  readonly templates: Templates;
  readonly template: Template;
  readonly output: Text[];
  readonly variables: Variable[];
}

/** Where a command stands: what the dot is, and which action it belongs to. */
interface Here {
  readonly scope: Scope;
  readonly dot: Datum;
  readonly place: Origin | undefined;
}

/** The value of a pipeline; variables that it declares are set. Those of a range are the loop's to set. */
export function evaluatePipe(scope: Scope, pipe: Pipe, dot: Datum, place: Origin | undefined): Datum {
  return pipeline({ scope, dot, place }, pipe);
}

function pipeline(here: Here, pipe: Pipe): Datum {
  const { machine, variables } = here.scope;
  enter(machine);
  let value: Datum | undefined;
  for (const command of pipe.commands) value = evaluateCommand(here, command, value);
  leave(machine);
  const result = value ?? NIL;
  for (const name of pipe.variables) {
    if (!pipe.assign) {
      variables.push({ name, value: result });
      continue;
    }
    const variable = variables.findLast((each) => each.name === name);
    if (!variable) throw new Fault(`no variable is called ${name}`);
    variable.value = result;
  }
  return result;
}

/** `piped` is the value of the command before, the last argument of this one. */
function evaluateCommand(here: Here, { first, rest }: Command, piped: Datum | undefined): Datum {
  spend(here.scope.machine.budget, 1);
  if (first.kind === 'function') return callNamed(here, first.name, rest, piped);
  if (first.kind === 'fields') return fieldsOf(here, first, rest, piped);
  if (rest.length > 0 || piped !== undefined) throw new Fault('something is given arguments that is no function');
  return evaluateOperand(here, first);
}

function evaluateOperand(here: Here, operand: Operand): Datum {
  spend(here.scope.machine.budget, 1);
  switch (operand.kind) {
    case 'pipe':
      return pipeline(here, operand);
    case 'dot':
      return here.dot;
    case 'nil':
      return NIL;
    case 'bool':
      return bool(operand.value);
    case 'number':
      return operand.float ? float(operand.value) : int(operand.value);
    case 'string':
      return plain(operand.value);
    case 'variable':
      return variableOf(here, operand.name);
    case 'function':
      return callNamed(here, operand.name, [], undefined);
    case 'fields':
      return fieldsOf(here, operand, [], undefined);
  }
}

function variableOf({ scope }: Here, name: string): Datum {
  const variable = scope.variables.findLast((each) => each.name === name);
  if (!variable) throw new Fault(`no variable is called ${name}`);
  return variable.value;
}

/** `.a.b`, `$x.a`, `(…).a`; the last name may be a method with arguments. */
function fieldsOf(
  here: Here,
  { of, names }: Extract<Operand, { kind: 'fields' }>,
  rest: readonly Operand[],
  piped: Datum | undefined,
): Datum {
  const base = of === null ? here.dot : evaluateOperand(here, of);
  let value = base;
  for (const [index, name] of names.entries()) {
    spend(here.scope.machine.budget, 1);
    // What a variable or the dot holds may be nothing at all; a field that holds nothing has no fields.
    if (value.kind === 'nil' && index > 0 && base.kind !== 'nil') {
      throw new Fault(`"${names[index - 1]}" has no value, so that it has no "${name}"`);
    }
    const last = index === names.length - 1;
    value = fieldOf(here, value, name, last ? rest : [], last ? piped : undefined);
  }
  return value;
}

function fieldOf(here: Here, value: Datum, name: string, rest: readonly Operand[], piped: Datum | undefined): Datum {
  if (value.kind === 'nil' || value.kind === 'opaque') return value;
  if (value.kind === 'struct') {
    const method = value.methods.get(name);
    if (method) return method(argumentsOf(here, rest, piped));
  }
  if (rest.length > 0 || piped !== undefined) throw new Fault(`"${name}" is given arguments and is no function`);
  if (value.kind === 'dict') return value.slots.get(name)?.value ?? NIL;
  const field = value.kind === 'struct' ? value.fields.get(name) : undefined;
  if (!field) throw new Fault(`${kindName(value)} has no "${name}"`);
  return field;
}

function argumentsOf(here: Here, rest: readonly Operand[], piped: Datum | undefined): readonly Datum[] {
  const args = rest.map((operand) => evaluateOperand(here, operand));
  return piped === undefined ? args : [...args, piped];
}

function callNamed(here: Here, name: string, rest: readonly Operand[], piped: Datum | undefined): Datum {
  if (name === 'and' || name === 'or') return shortCircuit(here, name === 'or', rest, piped);
  const func = here.scope.machine.functions.get(name);
  if (!func) throw new Fault(`the function "${name}" is not known here`);
  return callFunction(here, name, func, argumentsOf(here, rest, piped));
}

/** The first argument that settles it, or the last; those behind it are not evaluated. */
function shortCircuit(here: Here, until: boolean, rest: readonly Operand[], piped: Datum | undefined): Datum {
  let value = piped;
  for (const operand of rest) {
    value = evaluateOperand(here, operand);
    if (isTrue(value) === until) return value;
  }
  if (value === undefined) throw new Fault(`"${until ? 'or' : 'and'}" is given nothing`);
  return piped ?? value;
}

function callFunction(here: Here, name: string, func: Func, args: readonly Datum[]): Datum {
  if (args.length < func.least || args.length > func.most) {
    const many = func.least === func.most ? `${func.least}` : `at least ${func.least}`;
    throw new Fault(`the function "${name}" takes ${many} arguments and is given ${args.length}`);
  }
  spend(here.scope.machine.budget, args.length);
  if (!func.opaque) {
    const unknown = args.find((arg) => arg.kind === 'opaque');
    if (unknown) return { ...opaque(unknown.because), decided: false };
  }
  const { machine, templates, run } = here.scope;
  try {
    const value = func.run(args, { machine, templates, run, place: here.place });
    if (value.kind === 'text') spendText(machine.budget, value.text.length);
    return value;
  } catch (error) {
    if (!(error instanceof Fault) || error.place || error.limit || error.refusal) throw error;
    throw new Fault(`in "${name}" ${error.message}`);
  }
}
