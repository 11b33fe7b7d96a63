/**
 * What rules that were translated to JavaScript (policy/translate.ts) need of CEL and JavaScript does not have. An operand
 * whose value the code does not show throws an `UnknownError`.
 */
import type { PortRange } from '../graph/fragment.ts';
import { matchesGlob } from '../source/glob.ts';
import { Ports } from './opaque.ts';

type Condition<T> = (item: T) => boolean;
type Operands = readonly (() => boolean)[];

/**
 * An expression with JavaScript's own `&&` and `||`, and where that throws, exactly. As long as no operand throws, both come
 * out alike; and the values that most subjects have throw nothing.
 */
export function quickly<V, T>(quick: (variables: V) => T, exact: (variables: V) => T): (variables: V) => T {
  return (variables) => {
    try {
      return quick(variables);
    } catch {
      return exact(variables);
    }
  };
}

/** `&&`: one that does not hold decides, whatever is thrown for the others; else what was thrown last is thrown. */
export function and(...operands: Operands): boolean {
  return !found(operands, (operand) => operand(), false, 'last');
}

/** `||`: one that holds decides, whatever is thrown for the others; else what was thrown last is thrown. */
export function or(...operands: Operands): boolean {
  return found(operands, (operand) => operand(), true, 'last');
}

/** `exists`: one item for which it holds decides; else what was thrown first is thrown. */
export function exists<T>(items: readonly T[], condition: Condition<T>): boolean {
  return found(items, condition, true, 'first');
}

/** `all`: one item for which it does not hold decides; else what was thrown first is thrown. */
export function all<T>(items: readonly T[], condition: Condition<T>): boolean {
  return !found(items, condition, false, 'first');
}

/** Whether the condition comes out so for an item. Where it does not, throws what was thrown for one, if anything was. */
function found<T>(items: readonly T[], condition: Condition<T>, wanted: boolean, told: 'first' | 'last'): boolean {
  let thrown: { readonly error: unknown } | undefined;
  for (const item of items) {
    try {
      if (condition(item) === wanted) return true;
    } catch (error) {
      if (told === 'last' || !thrown) thrown = { error };
    }
  }
  if (thrown) throw thrown.error;
  return false;
}

/** `exists_one`. */
export function existsOne<T>(items: readonly T[], condition: Condition<T>): boolean {
  return items.filter(condition).length === 1;
}

/** `size`: a string counts its characters, not its UTF-16 code units. */
export function size(value: string | readonly unknown[]): bigint {
  return BigInt(typeof value === 'string' ? [...value].length : value.length);
}

/** `string`. */
export function text(value: string | boolean | bigint | number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}

/** The result of `+` or `-` on whole numbers, which have 64 bits. Throws where it has more. */
export function int(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new Error(`${value} is no whole number of 64 bits`);
}

/** `glob`. */
export function glob(text: string, pattern: string): boolean {
  return matchesGlob(pattern, text);
}

/** `ports` of a name, which stands for these ranges. */
export function ports(...ranges: readonly (readonly [from: number, to: number])[]): Ports {
  return new Ports(ranges.map(([from, to]): PortRange => ({ from, to })));
}
