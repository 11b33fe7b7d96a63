/** The value of an expression (hashicorp/hcl, hclsyntax/spec.md; website/docs/language/expressions). */
import type { Attr, Expression, Index, ObjectExpression, Splat } from '../../../parsers/hcl/syntax.ts';
import type { Origin } from '../../../source/span.ts';
import { attributeOf, itemOf, splatItems } from './access.ts';
import { convertTo } from './convert.ts';
import { bool, type Datum, nothing, number, text, type UnknownDatum, unknownDatum } from './datum.ts';
import { derived } from './derive.ts';
import { Fault, limit, spend } from './fault.ts';
import { loopValue } from './loop.ts';
import { binaryValue, conditionalValue, unaryValue } from './operation.ts';
import { bound, placeOf, type Scope } from './scope.ts';
import { templateValue } from './template.ts';
import { weigh } from './weigh.ts';

/** Nothing real is nested deeper, and the stack holds no more. */
const DEEPEST = 1200;

/** The value of `expression` in `scope`. Throws Fault where Terraform would refuse it, or at a bound. */
export function evaluate(expression: Expression, scope: Scope): Datum {
  const { machine } = scope.home;
  machine.budget.steps -= 1;
  if (!(machine.budget.steps >= 0))
    throw limit('evaluating it takes more steps than any real configuration', placeOf(scope, expression));
  if (machine.depth > DEEPEST) throw limit('it is nested deeper than any real expression', placeOf(scope, expression));
  machine.depth += 1;
  const value = valueIn(expression, scope);
  machine.depth -= 1;
  return value;
}

function valueIn(expression: Expression, scope: Scope): Datum {
  switch (expression.kind) {
    case 'literal':
    case 'text':
      return constantOf(expression, scope.file);
    case 'template':
      return templateValue(expression, scope, evaluate);
    case 'parentheses':
      return evaluate(expression.inner, scope);
    case 'tuple':
      return {
        kind: 'tuple',
        items: expression.items.map((item) => evaluate(item, scope)),
        origin: placeOf(scope, expression),
      };
    case 'object':
      return objectValue(expression, scope);
    case 'variable':
      return bound(scope, expression.name) ?? unnamed(expression.name, placeOf(scope, expression));
    case 'attr':
      return (
        referenceOf(expression, scope) ??
        attributeOf(evaluate(expression.on, scope), expression.name, placeOf(scope, expression))
      );
    case 'index':
      return indexValue(expression, scope);
    case 'splat':
      return splatValue(expression, scope);
    case 'item':
      return scope.item ?? unnamed('*', placeOf(scope, expression));
    case 'call':
      return scope.home.invoke(expression.name, expression.args, expression.expand, scope, placeOf(scope, expression));
    case 'conditional':
      return conditionalValue(expression, scope, evaluate);
    case 'binary':
      return binaryValue(expression, scope, evaluate);
    case 'unary':
      return unaryValue(expression, scope, evaluate);
    case 'for':
      return loopValue(expression, scope, evaluate);
    case 'invalid':
      return unknownDatum('unmodelled', 'it cannot be read', placeOf(scope, expression));
  }
}

type Constant = Extract<Expression, { kind: 'literal' | 'text' }>;

/** A constant is the same wherever the module that holds it is used. */
const constants = new WeakMap<Constant, Datum>();

function constantOf(expression: Constant, file: string): Datum {
  const known = constants.get(expression);
  if (known?.origin.file === file) return known;
  const origin: Origin = { file, start: expression.start, end: expression.end };
  const made = constantAt(expression, origin);
  constants.set(expression, made);
  return made;
}

function constantAt({ value }: Constant, origin: Origin): Datum {
  switch (typeof value) {
    case 'string':
      return text(value, origin);
    case 'number':
      return number(value, origin);
    case 'boolean':
      return bool(value, origin);
    default:
      return nothing(origin);
  }
}

function unnamed(name: string, at: Origin): UnknownDatum {
  throw new Fault(`"${name}" names nothing here`, at, { code: 'reference-missing' });
}

/** What a name of the module stands for: `var.x`, `local.x`, `module.x`, `data.t.x`, `path.module`, `t.x`. */
function referenceOf({ on, name, ...range }: Attr, scope: Scope): Datum | undefined {
  const { home } = scope;
  if (on.kind === 'attr' && on.on.kind === 'variable' && bound(scope, on.on.name) === undefined) {
    const mode = MODES[on.on.name];
    return mode && home.resource(mode, on.name, name, placeOf(scope, range));
  }
  if (on.kind !== 'variable' || bound(scope, on.name) !== undefined) return undefined;
  switch (on.name) {
    case 'var':
      return home.variable(name, placeOf(scope, range));
    case 'local':
      return home.local(name, placeOf(scope, range));
    case 'module':
      return home.call(name, placeOf(scope, range));
    case 'path':
    case 'terraform':
      return home.setting(on.name, name, placeOf(scope, range));
    case 'data':
    case 'resource':
    case 'ephemeral':
    case 'each':
    case 'count':
    case 'self':
      return undefined;
    default:
      return home.resource('managed', on.name, name, placeOf(scope, range));
  }
}

const MODES: Readonly<Record<string, 'managed' | 'data' | 'ephemeral'>> = Object.assign(Object.create(null), {
  resource: 'managed',
  data: 'data',
  ephemeral: 'ephemeral',
});

function indexValue({ on, key, ...range }: Index, scope: Scope): Datum {
  const of = evaluate(on, scope);
  const at = evaluate(key, scope);
  if (at.kind === 'unknown') weigh(of, scope.home.machine.budget);
  return itemOf(of, at, placeOf(scope, range));
}

/** What a map takes besides its entries, in steps. */
const MAP_STEPS = 4;

function objectValue({ items, ...range }: ObjectExpression, scope: Scope): Datum {
  spend(scope.home.machine.budget, MAP_STEPS + items.length, placeOf(scope, range));
  const entries = new Map<string, Datum>();
  const keys = new Map<string, Origin>();
  let missing: UnknownDatum | undefined;
  let sensitive = false;
  for (const item of items) {
    const at = placeOf(scope, item.key);
    const key = item.key.kind === 'text' ? item.key.value : keyOf(item.key, scope, at);
    const value = evaluate(item.value, scope);
    if (typeof key === 'string') {
      entries.set(key, value);
      keys.set(key, at);
      continue;
    }
    if (key.kind === 'unknown') missing ??= key;
    else {
      entries.set(key.value, value);
      keys.set(key.value, at);
    }
    if (key.sensitive) sensitive = true;
  }
  const origin = placeOf(scope, range);
  const value: Datum = missing
    ? derived(missing, [missing, ...entries.values()])
    : { kind: 'object', entries, keys, origin };
  return sensitive ? { ...value, sensitive } : value;
}

function keyOf(expression: Expression, scope: Scope, at: Origin): Extract<Datum, { kind: 'string' | 'unknown' }> {
  const key = convertTo(evaluate(expression, scope), 'string');
  if (key.kind === 'null') throw new Fault('the key of an entry is null', at);
  return key;
}

function splatValue({ on, each, ...range }: Splat, scope: Scope): Datum {
  const items = splatItems(evaluate(on, scope));
  const origin = placeOf(scope, range);
  if (!('kind' in items)) {
    return { kind: 'tuple', items: items.map((item) => evaluate(each, { ...scope, item })), origin };
  }
  const item = evaluate(each, { ...scope, item: items.item ?? { ...derived(items), refers: items.refers } });
  return { ...derived(items, [item]), item };
}
