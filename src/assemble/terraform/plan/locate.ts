/** Where the code of a root module has what it makes nothing of by itself: other variables, or modules that are absent. */
import { posix } from 'node:path';
import type { Attribute, Body, Expression, Range } from '../../../parsers/hcl/syntax.ts';
import type { Origin } from '../../../source/span.ts';
import { at, type Entry, entriesOf, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { isLocal, type Library } from '../library.ts';
import { constantText, type Declaration, headerOf, type Module } from '../module.ts';
import { stepsOf } from './address.ts';
import type { Instance } from './instance.ts';

/** Where a block is written, and its attributes there. */
export interface Located {
  readonly origin: Origin;
  readonly body: Mapping;
}

/** The place of an instance's block; `gone` where the code has it no more, undefined where the code is not there. */
export type Locate = (instance: Instance) => Located | 'gone' | undefined;

/** A module on disk, and the calls that lead to it. */
interface Place {
  readonly module: Module;
  readonly folder: string;
  readonly names: readonly string[];
  readonly via: Origin | undefined;
}

/** Places of blocks in the root module of `root`. Of a module that is not on disk, what its call gives it. */
export function locator(library: Library, root: string): Locate {
  return ({ block, expressions }) => {
    const module = library.module(root);
    const steps = stepsOf(block).map(({ name }) => name);
    if (!module) return undefined;
    let place: Place = { module, folder: root, names: [], via: undefined };
    let index = 0;
    for (; steps[index] === 'module'; index += 2) {
      const call = place.module.calls.get(steps[index + 1] as string);
      if (!call) return 'gone';
      const origin = within(headerOf(call), place.via);
      const next = entered(library, root, place, call, origin);
      // The variables of the module are the arguments of its call; those of a module inside it are not.
      if (!next)
        return {
          origin,
          body: argumentsOf(steps[index + 2] === 'module' ? null : expressions, call, origin),
        };
      place = next;
    }
    const declared = place.module.resources.get(steps.slice(index).join('.'));
    if (!declared) return 'gone';
    const { file, via } = { file: declared.file, via: place.via };
    return { origin: within(headerOf(declared), via), body: written(declared.block.body, file, via) };
  };
}

function entered(library: Library, root: string, from: Place, call: Declaration, via: Origin): Place | undefined {
  const source = constantText(call, 'source') ?? '';
  const names = [...from.names, call.block.labels[0]?.text ?? ''];
  const folder = isLocal(source) ? posix.join(from.folder, source) : library.installed(root).get(names.join('.'));
  const module = folder === undefined ? undefined : library.module(folder);
  return module && folder !== undefined ? { module, folder, names, via } : undefined;
}

function within(origin: Origin, via: Origin | undefined): Origin {
  return via ? { ...origin, via } : origin;
}

/** A body as far as places go: what it says is left to the plan, but for literals, which tell its blocks apart. */
function written(body: Body, file: string, via: Origin | undefined): Mapping {
  const place = ({ start, end }: Range): Origin => within({ file, start, end }, via);
  const entries = new Map<string, Entry>();
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      entries.set(item.name, { key: item.name, keyOrigin: place(item.key), value: literal(item.value, place) });
      continue;
    }
    const isDynamic = item.type === 'dynamic';
    const name = isDynamic ? (item.labels[0]?.text ?? '') : item.type;
    const content = isDynamic ? contentOf(item.body) : item.body;
    const before = entries.get(name)?.value;
    const block = { ...written(content, file, via), ...(isDynamic && { uncertain: unsaid(place(item.header)) }) };
    const value: Value = {
      kind: 'list',
      items: [...itemsOf(before), block],
      origin: before?.origin ?? place(item.header),
    };
    entries.set(name, { key: name, keyOrigin: value.origin, value });
  }
  return { kind: 'mapping', entries, origin: place(body) };
}

function contentOf(body: Body): Body {
  const content = body.items.find((item) => item.kind === 'block' && item.type === 'content');
  return content?.kind === 'block' ? content.body : body;
}

function literal(expression: Expression, place: (range: Range) => Origin): Value {
  const origin = place(expression);
  if (expression.kind === 'text') {
    return { kind: 'scalar', value: expression.value, text: expression.value, quoted: true, origin };
  }
  if (expression.kind === 'literal') {
    return { kind: 'scalar', value: expression.value, text: expression.text, quoted: false, origin };
  }
  if (expression.kind !== 'tuple') return unsaid(origin);
  return { kind: 'list', items: expression.items.map((item) => literal(item, place)), origin };
}

function unsaid(origin: Origin): Extract<Value, { kind: 'unknown' }> {
  return { kind: 'unknown', because: 'a plan says it', origin };
}

/** Of a block in a module that is not on disk: each attribute that is a variable stands at the argument for it. */
function argumentsOf(expressions: Value | null, call: Declaration, origin: Origin): Mapping {
  const entries = new Map<string, Entry>();
  for (const { key, value } of expressions ? entriesOf(expressions) : []) {
    if (value.kind === 'list') {
      const items = value.items.map((item) => argumentsOf(item, call, origin));
      entries.set(key, { key, keyOrigin: origin, value: { kind: 'list', items, origin } });
      continue;
    }
    const argument = argumentOf(value, call);
    if (!argument) continue;
    const { file, node } = argument;
    const place = ({ start, end }: Range): Origin => ({ file, start, end, via: origin });
    entries.set(key, { key, keyOrigin: place(node.key), value: literal(node.value, place) });
  }
  return { kind: 'mapping', entries, origin };
}

/** The argument for the one variable that an expression refers to. */
function argumentOf(expression: Value, call: Declaration): { file: string; node: Attribute } | undefined {
  const names = new Set<string>();
  for (const reference of itemsOf(at(expression, 'references'))) {
    const [first, second] = stepsOf(textOf(reference) ?? '');
    if (first?.name === 'var' && second) names.add(second.name);
  }
  const [name] = names;
  return names.size === 1 && name !== undefined ? (call.members.get(name)?.attribute ?? undefined) : undefined;
}
