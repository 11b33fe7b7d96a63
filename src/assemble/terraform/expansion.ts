/** `count` and `for_each`: which instances of a block there are (website/docs/language/meta-arguments). */
import type { Origin } from '../../source/span.ts';
import { cell } from './evaluate/cell.ts';
import { convertTo } from './evaluate/convert.ts';
import { type Datum, isStructure, number, type StructureDatum, text, type UnknownDatum } from './evaluate/datum.ts';
import { derived, united } from './evaluate/derive.ts';
import { evaluate } from './evaluate/expression.ts';
import { Fault, limit, spend } from './evaluate/fault.ts';
import { unrolled } from './evaluate/loop.ts';
import { sortedEntries } from './evaluate/order.ts';
import type { Binding } from './evaluate/scope.ts';
import { kindName } from './evaluate/types.ts';
import { unknownsIn } from './evaluate/weigh.ts';
import { type Declaration, expressionOf, headerOf } from './module.ts';
import { addressIn, type Expansion, type ModuleInstance, type Place, type Run, scopeIn } from './run.ts';

/** More instances of one block are no configuration that somebody wrote. */
const MOST_OF_A_BLOCK = 10_000;
const MOST_OF_A_UNIT = 30_000;
/** What an instance takes besides its attributes, in steps. */
const INSTANCE_STEPS = 100;

/**
 * The instances of a block called `name`, each as `make` makes it. Where their number is unknown there is one that may not
 * be there, or several times.
 */
export function expansionOf<T extends { readonly value: Datum }>(
  instance: ModuleInstance,
  declaration: Declaration,
  name: string,
  make: (place: Place) => T,
) {
  const address = addressIn(instance, name);
  return cell<Expansion<T>>({
    name: () => address,
    origin: () => headerOf(declaration),
    compute: () => expanded(instance, declaration, name, make),
    failed: (fault) => unsure(instance, declaration, instance.run.refuse(fault), null, name, make),
  });
}

function expanded<T extends { readonly value: Datum }>(
  instance: ModuleInstance,
  declaration: Declaration,
  name: string,
  make: (place: Place) => T,
): Expansion<T> {
  const origin = headerOf(declaration);
  const count = expressionOf(declaration, 'count');
  if (count) {
    const asked = convertTo(evaluate(count.node, scopeIn(instance, count)), 'number');
    if (asked.kind === 'unknown') return unsure(instance, declaration, asked, null, name, make);
    if (asked.kind === 'null') throw new Fault('its count is null', asked.origin);
    const { value } = asked;
    if (!Number.isInteger(value) || value < 0) throw new Fault('its count is no whole number', asked.origin);
    admit(instance.run, value, origin);
    const items = Array.from({ length: value }, (_, index) =>
      make({ key: `[${index}]`, names: countNames(number(index, asked.origin)), uncertain: undefined }),
    );
    return { items, value: { kind: 'tuple', items: items.map((item) => item.value), origin } };
  }
  const each = expressionOf(declaration, 'for_each');
  if (!each) {
    admit(instance.run, 1, origin);
    const item = make({ key: '', names: null, uncertain: undefined });
    return { items: [item], value: item.value };
  }
  const of = evaluate(each.node, scopeIn(instance, each));
  const keyed = entriesOf(of);
  if (!Array.isArray(keyed)) return unsure(instance, declaration, keyed as UnknownDatum, of, name, make);
  admit(instance.run, keyed.length, origin);
  const items = (keyed as Keyed[]).map(
    ({ key, at, value }) =>
      [
        key,
        make({ key: `[${JSON.stringify(key)}]`, names: eachNames(text(key, at), value), uncertain: undefined }),
      ] as const,
  );
  const entries = new Map(items.map(([key, item]) => [key, item.value]));
  return { items: items.map(([, item]) => item), value: { kind: 'object', entries, origin } };
}

interface Keyed {
  readonly key: string;
  readonly at: Origin;
  readonly value: Datum;
}

/** The instances that a `for_each` makes: keys are never sensitive. Sets of strings, maps and objects have keys. */
function entriesOf(of: Datum): Keyed[] | UnknownDatum {
  if (of.sensitive) return hidden(of);
  if (of.kind === 'unknown') return of;
  if (isStructure(of)) {
    return sortedEntries(of.entries).map(([key, value]) => ({ key, at: of.keys?.get(key) ?? value.origin, value }));
  }
  if (of.kind !== 'set') {
    throw new Fault(`for_each needs a map or a set of strings, and is given a ${kindName(of)}`, of.origin);
  }
  const [missing] = unknownsIn(of);
  if (missing) return missing;
  return of.items.map((item) => {
    if (item.kind !== 'string') throw new Fault('for_each needs a set of strings', item.origin);
    return { key: item.value, at: item.origin, value: item };
  });
}

function hidden({ origin }: Datum): UnknownDatum {
  return { kind: 'unknown', reason: 'sensitive', because: 'its for_each is sensitive', refers: [], origin };
}

/** Counts instances before they are made. */
function admit(run: Run, count: number, origin: Origin): void {
  if (count > MOST_OF_A_BLOCK) throw limit(`it has more than ${MOST_OF_A_BLOCK} instances`, origin);
  if (run.instances + count > MOST_OF_A_UNIT)
    throw limit(`the module makes more than ${MOST_OF_A_UNIT} instances`, origin);
  spend(run.machine.budget, INSTANCE_STEPS * count, origin);
  run.instances += count;
}

/** One instance that stands for an unknown number of them. */
function unsure<T extends { readonly value: Datum }>(
  instance: ModuleInstance,
  declaration: Declaration,
  why: UnknownDatum,
  of: Datum | null,
  name: string,
  make: (place: Place) => T,
): Expansion<T> {
  instance.run.instances += 1;
  const { key, value } = unrolled(of?.kind === 'unknown' ? of : withItem(why, of));
  const names = expressionOf(declaration, 'count') ? countNames(key) : eachNames(key, value);
  const uncertain = derived(why);
  const item = make({ key: '', names, uncertain });
  const refers =
    item.value.kind === 'unknown' ? item.value.refers : [{ address: addressIn(instance, name), attribute: '' }];
  return { items: [item], value: { ...uncertain, refers, item: item.value } };
}

/** A set of which an item is unknown: each of its items is one of them. */
function withItem(why: UnknownDatum, of: Datum | null): UnknownDatum {
  return of?.kind === 'set' && of.items.length > 0 ? { ...why, item: united(of.items, why) } : why;
}

function countNames(index: Datum): Binding {
  return bindingOf('count', index.origin, [['index', index]]);
}

function eachNames(key: Datum, value: Datum): Binding {
  return bindingOf('each', key.origin, [
    ['key', key],
    ['value', value],
  ]);
}

function bindingOf(name: string, origin: Origin, entries: readonly (readonly [string, Datum])[]): Binding {
  const value: StructureDatum = { kind: 'object', entries: new Map(entries), origin };
  return { name, value, outer: null };
}
