/** `for` expressions (hashicorp/hcl, hclsyntax/spec.md, "for Expressions"). */
import type { For } from '../../../parsers/hcl/syntax.ts';
import type { Origin } from '../../../source/span.ts';
import { convertTo } from './convert.ts';
import { type Datum, isSequence, isStructure, number, text, type UnknownDatum } from './datum.ts';
import { derived, united } from './derive.ts';
import { type Budget, Fault, spend } from './fault.ts';
import { sortedEntries } from './order.ts';
import { bind, type Evaluate, placeOf, type Scope } from './scope.ts';
import { kindName } from './types.ts';
import { weigh } from './weigh.ts';

/** One time round a loop. */
export interface Round {
  readonly key: Datum;
  readonly value: Datum;
}

/** A loop over an unknown number of items: what each of them is, and why nobody knows how many there are. */
export interface Unrolled extends Round {
  readonly of: UnknownDatum;
}

/** What a loop over `of` goes through: items by index, entries in the order of their keys, a set's items by themselves. */
export function rounds(of: Datum, scope: Scope, at: Origin): readonly Round[] | Unrolled {
  if (of.kind === 'unknown') return unrolled(of);
  const found = isSequence(of)
    ? of.items.map((value, index) => ({ key: of.kind === 'set' ? value : number(index, value.origin), value }))
    : isStructure(of)
      ? sortedEntries(of.entries).map(([key, value]) => ({ key: text(key, of.keys?.get(key) ?? value.origin), value }))
      : undefined;
  if (!found) throw new Fault(`a loop needs a collection, and a ${kindName(of)} is none`, at);
  spend(scope.home.machine.budget, found.length, at);
  return of.sensitive ? found.map(({ key, value }) => ({ key: secret(key), value: secret(value) })) : found;
}

/** The one round that stands for all rounds of a loop over something unknown. */
export function unrolled(of: UnknownDatum): Unrolled {
  return { key: derived(of, []), value: of.item ?? { ...derived(of), refers: of.refers }, of };
}

function secret(datum: Datum): Datum {
  return datum.sensitive ? datum : { ...datum, sensitive: true };
}

/** The value of a `for` expression. */
export function loopValue(loop: For, scope: Scope, evaluate: Evaluate): Datum {
  const of = evaluate(loop.of, scope);
  const turns = rounds(of, scope, placeOf(scope, loop.of));
  const result = collector(loop, placeOf(scope, loop));
  for (const round of 'of' in turns ? [turns] : turns) {
    const item = bind(loop.key === null ? scope : bind(scope, loop.key, round.key), loop.item, round.value);
    const wanted = loop.condition ? convertTo(evaluate(loop.condition, item), 'bool') : undefined;
    if (wanted?.kind === 'null') throw new Fault('the condition of a loop is null', placeOf(scope, loop));
    if (wanted?.kind === 'unknown') result.doubt(wanted);
    else if (wanted && !wanted.value) continue;
    if (wanted?.sensitive) result.hide();
    const key = loop.keyed && convertTo(evaluate(loop.keyed, item), 'string');
    result.add(key, evaluate(loop.value, item));
  }
  if ('of' in turns) result.doubt(turns.of);
  if (of.sensitive) result.hide();
  return result.value(scope.home.machine.budget);
}

interface Collector {
  add(key: Extract<Datum, { kind: 'string' | 'null' | 'unknown' }> | null, value: Datum): void;
  /** Nobody knows how many items there are. */
  doubt(why: UnknownDatum): void;
  hide(): void;
  value(budget: Budget): Datum;
}

function collector({ shape, grouped }: For, origin: Origin): Collector {
  const items: Datum[] = [];
  const entries = new Map<string, Datum>();
  const keys = new Map<string, Origin>();
  const groups = new Map<string, Datum[]>();
  let why: UnknownDatum | undefined;
  let hidden = false;
  const put = (name: string, value: Datum, at: Origin) => {
    const group = groups.get(name);
    if (grouped && group) group.push(value);
    else if (grouped) groups.set(name, [value]);
    else if (entries.has(name) && !why) throw new Fault('two items of this loop have the same key', at);
    else entries.set(name, value);
    keys.set(name, at);
  };
  return {
    add(key, value) {
      items.push(value);
      if (!key) return;
      if (key.kind === 'null') throw new Fault('the key of an item is null', origin);
      if (key.sensitive) hidden = true;
      if (key.kind === 'unknown') why ??= key;
      else put(key.value, value, key.origin);
    },
    doubt(reason) {
      why ??= reason;
    },
    hide() {
      hidden = true;
    },
    value(budget) {
      if (why) for (const item of items) weigh(item, budget);
      const made = why ? uncertain(why, items) : shape === 'tuple' ? tuple() : object();
      return hidden ? { ...made, sensitive: true } : made;
    },
  };
  function tuple(): Datum {
    return { kind: 'tuple', items, origin };
  }
  function object(): Datum {
    for (const [name, group] of groups) entries.set(name, { kind: 'tuple', items: group, origin });
    return { kind: 'object', entries, keys, origin };
  }
}

function uncertain(why: UnknownDatum, items: readonly Datum[]): Datum {
  const whole = derived(why, [why, ...items]);
  return items.length === 0 ? whole : { ...whole, item: united(items, why) };
}
