/** Operators (hashicorp/hcl, hclsyntax/spec.md, "Operations"; website/docs/language/expressions/operators). */
import type { Binary, BinaryOperator, Conditional, Unary } from '../../../parsers/hcl/syntax.ts';
import type { Origin } from '../../../source/span.ts';
import { convertTo } from './convert.ts';
import { bool, type Datum, number, withMark } from './datum.ts';
import { derived, united, unknownIn } from './derive.ts';
import { Fault } from './fault.ts';
import { tidy } from './number.ts';
import { equal } from './order.ts';
import { type Evaluate, placeOf, type Scope } from './scope.ts';
import { weigh } from './weigh.ts';

/** The value of `left operator right`. What one side decides alone is known whatever the other is. */
export function binaryValue(expression: Binary, scope: Scope, evaluate: Evaluate): Datum {
  const { operator } = expression;
  const at = placeOf(scope, expression);
  const left = evaluate(expression.left, scope);
  if (operator === '&&' || operator === '||') {
    const decisive = operator === '||';
    const one = truth(left, at);
    if (one.kind === 'bool' && one.value === decisive) return { ...one, origin: at };
    const other = truth(evaluate(expression.right, scope), at);
    if (one.kind === 'unknown')
      return other.kind === 'bool' && other.value === decisive ? other : derived(one, [one, other]);
    return withMark(other, one.sensitive);
  }
  const right = evaluate(expression.right, scope);
  for (const side of [left, right]) weigh(side, scope.home.machine.budget);
  const value = compared(operator, left, right, at);
  return left.sensitive || right.sensitive ? { ...value, sensitive: true } : value;
}

function compared(operator: BinaryOperator, left: Datum, right: Datum, at: Origin): Datum {
  if (operator === '==' || operator === '!=') {
    const same = equal(left, right);
    if (same !== undefined) return bool(same === (operator === '=='), at);
    return unknownOfBoth(left, right, at);
  }
  const [one, other] = [amount(left, at), amount(right, at)];
  if (one.kind === 'unknown') return derived(one, [one, other]);
  if (other.kind === 'unknown') return derived(other, [one, other]);
  return calculated(operator, one.value, other.value, at);
}

function calculated(operator: BinaryOperator, one: number, other: number, at: Origin): Datum {
  switch (operator) {
    case '<':
      return bool(one < other, at);
    case '<=':
      return bool(one <= other, at);
    case '>':
      return bool(one > other, at);
    case '>=':
      return bool(one >= other, at);
    case '+':
      return number(tidy(one + other), at);
    case '-':
      return number(tidy(one - other), at);
    case '*':
      return number(tidy(one * other), at);
    default:
      return number(tidy(divided(operator, one, other, at)), at);
  }
}

/** As Terraform has it: one by zero is infinite, nothing is left over of a division by zero, and zero by zero is none. */
function divided(operator: BinaryOperator, one: number, other: number, at: Origin): number {
  if (operator === '%') return other === 0 ? one : one % other;
  if (one === 0 && other === 0) throw new Fault('it divides zero by zero', at);
  return one / other;
}

function unknownOfBoth(left: Datum, right: Datum, at: Origin): Datum {
  const why = unknownIn([left, right]);
  if (!why) throw new Fault('these values cannot be compared', at);
  return derived(why, [left, right]);
}

/** The value of `!operand` and `-operand`. */
export function unaryValue(expression: Unary, scope: Scope, evaluate: Evaluate): Datum {
  const at = placeOf(scope, expression);
  const operand = evaluate(expression.operand, scope);
  if (expression.operator === '!') {
    const value = truth(operand, at);
    return value.kind === 'unknown' ? derived(value) : withMark(bool(!value.value, at), value.sensitive);
  }
  const value = amount(operand, at);
  return value.kind === 'unknown' ? derived(value) : withMark(number(-value.value, at), value.sensitive);
}

/** The value of `condition ? then : otherwise`; where nobody knows which, what both agree on. */
export function conditionalValue(expression: Conditional, scope: Scope, evaluate: Evaluate): Datum {
  const condition = truth(evaluate(expression.condition, scope), placeOf(scope, expression.condition));
  if (condition.kind === 'bool') {
    return withMark(evaluate(condition.value ? expression.then : expression.otherwise, scope), condition.sensitive);
  }
  const choices = [expression.then, expression.otherwise].flatMap((choice) => attempted(choice, scope, evaluate) ?? []);
  if (choices.length === 0) evaluate(expression.then, scope);
  for (const choice of choices) weigh(choice, scope.home.machine.budget);
  return united(choices, condition);
}

/** A choice that has no value is not the one that is taken. */
function attempted(choice: Conditional['then'], scope: Scope, evaluate: Evaluate): Datum | undefined {
  const { machine } = scope.home;
  const { depth } = machine;
  try {
    return evaluate(choice, scope);
  } catch (error) {
    if (!(error instanceof Fault) || error.isLimit || error.code === 'reference-cycle') throw error;
    machine.depth = depth;
    return undefined;
  }
}

function truth(datum: Datum, at: Origin): Extract<Datum, { kind: 'bool' | 'unknown' }> {
  const value = convertTo(datum, 'bool');
  if (value.kind === 'null') throw new Fault('null is neither true nor false', at);
  return value;
}

function amount(datum: Datum, at: Origin): Extract<Datum, { kind: 'number' | 'unknown' }> {
  const value = convertTo(datum, 'number');
  if (value.kind === 'null') throw new Fault('null is no number', at);
  return value;
}
