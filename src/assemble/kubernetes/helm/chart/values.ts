/** How the values of charts, of the charts in them and of those who deploy them become one. */
import { type Dict, dict, guardDepth, type Slot } from '../datum.ts';

/** As far as values are concerned: a chart with its parts. */
interface Valued {
  readonly name: string;
  readonly values: Dict;
  readonly parts: readonly Valued[];
}

const GLOBAL = 'global';

/**
 * Fills `given` up with what the chart says itself, and each of its parts in turn with what is said for it here: who
 * deploys overrides the chart, and a chart the charts in it. `merge` keeps what is set to nothing.
 */
export function coalesceInto(chart: Valued, given: Dict, merge = false): Dict {
  const parts = new Set(chart.parts.map(({ name }) => name));
  for (const [key, slot] of copyDict(chart.values).slots) {
    const there = given.slots.get(key);
    if (!there) given.slots.set(key, slot);
    else if (there.value.kind === 'nil') {
      if (!merge) given.slots.delete(key);
    } else if (there.value.kind === 'dict' && slot.value.kind === 'dict') {
      fillUp(there.value, slot.value, merge || parts.has(key));
    }
  }
  for (const part of chart.parts) {
    const there = given.slots.get(part.name);
    const own = there?.value.kind === 'dict' ? there.value : dict();
    passGlobals(own, given);
    given.slots.set(part.name, { ...there, value: coalesceInto(part, own, merge) });
  }
  return given;
}

/** Adds to `target` what it lacks of `source`; what it sets to nothing takes away what `source` says. */
function fillUp(target: Dict, source: Dict, merge: boolean, depth = 0): Dict {
  guardDepth(depth);
  for (const [key, slot] of source.slots) {
    const there = target.slots.get(key);
    if (!there) target.slots.set(key, slot);
    else if (there.value.kind === 'nil') {
      if (!merge && slot.value.kind !== 'nil') target.slots.delete(key);
    } else if (there.value.kind === 'dict' && slot.value.kind === 'dict') {
      fillUp(there.value, slot.value, merge, depth + 1);
    }
  }
  return target;
}

/** `target` with what it lacks of `source`. */
export function mergeTables(target: Dict, source: Dict): Dict {
  return fillUp(target, source, true);
}

/** Gives a part the `global` of the chart around it, which counts before its own. */
function passGlobals(part: Dict, outer: Dict): void {
  const from = outer.slots.get(GLOBAL)?.value;
  const own = part.slots.get(GLOBAL)?.value;
  if ((own !== undefined && own.kind !== 'dict') || (from !== undefined && from.kind !== 'dict')) return;
  const globals = own ?? dict();
  for (const [key, slot] of from?.slots ?? []) {
    const there = globals.slots.get(key)?.value;
    if (slot.value.kind !== 'dict') {
      if (there?.kind !== 'dict') globals.slots.set(key, slot);
    } else if (!there || there.kind === 'dict') {
      const copy = copyDict(slot.value);
      globals.slots.set(key, { ...slot, value: there ? mergeTables(copy, there) : copy });
    }
  }
  part.slots.set(GLOBAL, { ...part.slots.get(GLOBAL), value: globals });
}

/** The table at a path of keys; undefined where there is none. */
export function tableAt(values: Dict, path: readonly string[]): Dict | undefined {
  let table: Dict | undefined = values;
  for (const key of path) {
    const value: Slot['value'] | undefined = table?.slots.get(key)?.value;
    table = value?.kind === 'dict' ? value : undefined;
  }
  return table;
}

/** A copy whose tables can be changed; lists and texts never are. */
export function copyDict(source: Dict, depth = 0): Dict {
  guardDepth(depth);
  const slots = new Map<string, Slot>();
  for (const [key, slot] of source.slots) {
    slots.set(key, slot.value.kind === 'dict' ? { ...slot, value: copyDict(slot.value, depth + 1) } : slot);
  }
  return { ...source, slots };
}
