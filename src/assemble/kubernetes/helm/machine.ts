/** What evaluating a release shares, and what functions are given. */
import type { Origin } from '../../../source/span.ts';
import type { Datum } from './datum.ts';
import { type Budget, Fault } from './fault.ts';
import type { Node } from './template/node.ts';
import type { Text } from './text.ts';

/** A template file, a definition in one, or a text given to `tpl`. */
export interface Template {
  readonly name: string;
  readonly body: readonly Node[];
  /** What the offsets of its nodes are in. */
  readonly source: Text;
  /** The file that it stands in; absent for a text that was given to `tpl`. */
  readonly path?: string;
}

/** The templates that can be named: those of the release, and within a `tpl` also those of its text. */
export interface Templates {
  readonly own: ReadonlyMap<string, Template>;
  readonly outer: Templates | null;
}

/** Finds a template by its name. */
export function templateNamed(templates: Templates, name: string): Template | undefined {
  for (let level: Templates | null = templates; level; level = level.outer) {
    const found = level.own.get(name);
    if (found) return found;
  }
  return undefined;
}

/** One release while it is rendered. */
export interface Machine {
  readonly budget: Budget;
  readonly functions: ReadonlyMap<string, Func>;
  /** How deep the evaluation stands in blocks, parentheses and templates. */
  depth: number;
  /** The files that something was taken from. */
  readonly used: Set<string>;
  /** Told of a value that the chart asks for and nobody gives. */
  readonly missing: (message: string, place: Origin | undefined) => void;
}

/** What a function may use besides its arguments. */
export interface Caller {
  readonly machine: Machine;
  readonly templates: Templates;
  /** The action that the call stands in. */
  readonly place: Origin | undefined;
  /** Runs a template, as `include` does. */
  readonly run: (template: Template, templates: Templates, data: Datum) => Text;
}

/** A function of templates: how many arguments it takes, and what it makes of them. */
export interface Func {
  readonly least: number;
  readonly most: number;
  /** Takes values that exist only at deployment; a function that does not is such a value itself when given one. */
  readonly opaque: boolean;
  readonly run: (args: readonly Datum[], caller: Caller) => Datum;
}

/** More is nobody's template, and would be too much for the stack. */
const DEEPEST = 300;

/** Counts one level of nesting. */
export function enter(machine: Machine): void {
  if (++machine.depth > DEEPEST) throw new Fault('its templates include each other without an end', { limit: true });
}

/** Ends the level that `enter` began. */
export function leave(machine: Machine): void {
  machine.depth--;
}
