/** Runs templates: the semantics of Go's text/template over data that knows its place. */
import type { Origin } from '../../../source/span.ts';
import { type Datum, int, isTrue, kindName, NIL, sortedSlots } from './datum.ts';
import { Fault, spend, spendText } from './fault.ts';
import { enter, leave, type Machine, type Template, type Templates, templateNamed } from './machine.ts';
import { evaluatePipe, type Scope } from './pipeline.ts';
import { written } from './print.ts';
import type { Branch, Call, Node } from './template/node.ts';
import { joinTexts, marked, originOf, sliceText, type Text, writtenAt } from './text.ts';

/** What a template writes when it is run on `data`. Throws Fault. */
export function runTemplate(machine: Machine, templates: Templates, template: Template, data: Datum): Text {
  const output: Text[] = [];
  const scope: Scope = {
    machine,
    templates,
    template,
    output,
    variables: [{ name: '$', value: data }],
    run: (other, within, given) => runTemplate(machine, within, other, given),
  };
  if (template.path !== undefined) machine.used.add(template.path);
  enter(machine);
  walk(scope, template.body, data);
  leave(machine);
  return joinTexts(output);
}

type Leap = 'break' | 'continue' | undefined;

function walk(scope: Scope, nodes: readonly Node[], dot: Datum): Leap {
  for (const node of nodes) {
    spend(scope.machine.budget, 1);
    const leap = step(scope, node, dot);
    if (leap) return leap;
  }
  return undefined;
}

function step(scope: Scope, node: Node, dot: Datum): Leap {
  switch (node.kind) {
    case 'copy':
      write(scope, sliceText(scope.template.source, node.start, node.end));
      return undefined;
    case 'action': {
      const place = placeIn(scope, node.start, node.end);
      const value = located(place, () => evaluatePipe(scope, node.pipe, dot, place));
      if (node.pipe.variables.length === 0) write(scope, writtenAt(written(value), place));
      return undefined;
    }
    case 'template':
      callTemplate(scope, node, dot);
      return undefined;
    case 'break':
    case 'continue':
      return node.kind;
    default:
      return nested(scope, () => branch(scope, node, dot));
  }
}

function write(scope: Scope, text: Text): void {
  spendText(scope.machine.budget, text.text.length);
  spend(scope.machine.budget, text.marks.length);
  scope.output.push(text);
}

/** Runs a block: its variables end with it. */
function nested(scope: Scope, run: () => Leap): Leap {
  const count = scope.variables.length;
  enter(scope.machine);
  const leap = run();
  leave(scope.machine);
  scope.variables.length = count;
  return leap;
}

function branch(scope: Scope, node: Branch, dot: Datum): Leap {
  const place = placeIn(scope, node.start, node.end);
  const value = located(place, () => evaluatePipe(scope, node.pipe, dot, place));
  if (node.kind === 'range') return loop(scope, node, dot, value, place);
  if (!located(place, () => isTrue(value))) return walk(scope, node.otherwise, dot);
  return walk(scope, node.body, node.kind === 'with' ? value : dot);
}

function loop(scope: Scope, node: Branch, dot: Datum, value: Datum, place: Origin | undefined): Leap {
  const rounds = located(place, () => roundsOf(scope, value, node));
  const count = scope.variables.length;
  const names = node.pipe.variables;
  for (const [key, item] of rounds) {
    spend(scope.machine.budget, 1);
    const [first, second] = names;
    const given =
      second === undefined
        ? ([[first, item]] as const)
        : ([
            [first, key],
            [second, item],
          ] as const);
    for (const [name, each] of given) if (name !== undefined) assign(scope, name, each, node.pipe.assign);
    const leap = walk(scope, node.body, item);
    scope.variables.length = count;
    if (leap === 'break') return undefined;
  }
  return rounds.length === 0 ? walk(scope, node.otherwise, dot) : undefined;
}

/** What a loop goes over, each with its index or key. */
function roundsOf(scope: Scope, value: Datum, node: Branch): readonly (readonly [Datum, Datum])[] {
  switch (value.kind) {
    case 'nil':
      return [];
    case 'list':
      return value.items.map((item, index) => [int(index), item]);
    case 'int': {
      if (node.pipe.variables.length > 1) throw new Fault('a range over a number has one variable');
      spend(scope.machine.budget, Math.max(0, value.value));
      return Array.from({ length: Math.max(0, value.value) }, (_, index) => [int(index), int(index)]);
    }
    case 'dict':
    case 'struct':
      if (value.kind === 'struct' && !value.slots) break;
      return sortedSlots(value).map(([key, slot]) => [marked(key, slot.keyOrigin), slot.value]);
    case 'opaque':
      throw new Fault(`it depends on what is known only at deployment: ${value.because}`);
    default:
  }
  throw new Fault(`a range cannot go over ${kindName(value)}`);
}

function callTemplate(scope: Scope, node: Call, dot: Datum): void {
  const place = placeIn(scope, node.start, node.end);
  const text = located(place, () => {
    const template = templateNamed(scope.templates, node.name);
    if (!template) throw new Fault(`no template is called "${node.name}"`);
    const data = node.pipe ? evaluatePipe(scope, node.pipe, dot, place) : NIL;
    return scope.run(template, scope.templates, data);
  });
  write(scope, writtenAt(text, place));
}

/** Gives a variable a value: a new one, or the one that is there. */
function assign(scope: Scope, name: string, value: Datum, there: boolean): void {
  if (!there) {
    scope.variables.push({ name, value });
    return;
  }
  const variable = scope.variables.findLast((each) => each.name === name);
  if (!variable) throw new Fault(`no variable is called ${name}`);
  variable.value = value;
}

function placeIn(scope: Scope, start: number, end: number): Origin | undefined {
  return originOf(scope.template.source, start, end);
}

/** Does what an action says; a fault in it that has no place yet has the action's. */
function located<T>(place: Origin | undefined, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Fault) error.place ??= place;
    throw error;
  }
}
