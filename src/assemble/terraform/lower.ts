/** Values of Terraform's language as the values that adapters read. */
import { type Origin, withVia } from '../../source/span.ts';
import type { Entry, Mapping, Unknown, Value } from '../../source/value.ts';
import { type Datum, isStructure, type StructureDatum, type UnknownDatum } from './evaluate/datum.ts';
import { refersOf } from './evaluate/derive.ts';
import { numberText } from './evaluate/number.ts';
import { outsideModels } from './models.ts';

/** Lowers what stands in one module instance. */
export interface Lowering {
  /**
   * @param at the attribute that the value is given to. What is sensitive is told there: a report quotes the line of a
   *   place, and the value's own line may hold it (the default of a variable, a line of a `*.tfvars`).
   */
  value(datum: Datum, at: Origin): Value;
  unknown(datum: UnknownDatum): Unknown;
  /** The place as it is told: reached through the calls of the module, and never in a model. */
  origin(origin: Origin): Origin;
}

/**
 * What lowers the values of a module instance that is reached through the calls `via`. What is sensitive is an unknown:
 * nothing of it may be shown, not even what it would decide.
 */
export function loweringOf(via: Origin | undefined): Lowering {
  const known = new WeakMap<Datum, Value>();
  const origin = (place: Origin) => (via ? outsideModels(withVia(place, via)) : outsideModels(place));
  const unknown = (datum: UnknownDatum): Unknown => lowered(datum.because, datum.reason, datum, origin);
  const value = (datum: Datum, at: Origin): Value => {
    if (datum.sensitive && datum.kind !== 'unknown') {
      return { ...lowered('it is sensitive', 'sensitive', datum, origin), origin: at };
    }
    const before = known.get(datum);
    if (before) return before;
    const made = plain(datum, at);
    known.set(datum, made);
    return made;
  };
  const plain = (datum: Datum, holder: Origin): Value => {
    const at = origin(datum.origin);
    switch (datum.kind) {
      case 'unknown':
        if (datum.some && datum.some.length > 0 && !datum.sensitive)
          return {
            kind: 'list',
            items: [...datum.some.map((item) => value(item, holder)), unknown(datum)],
            origin: at,
          };
        return datum.encodes ? { ...unknown(datum), encodes: value(datum.encodes, holder) } : unknown(datum);
      case 'null':
        return { kind: 'scalar', value: null, text: '', quoted: false, origin: at };
      case 'string':
        return {
          kind: 'scalar',
          value: datum.value,
          text: datum.value,
          quoted: true,
          ...(datum.encodes && { encodes: value(datum.encodes, holder) }),
          origin: at,
        };
      case 'number':
        return { kind: 'scalar', value: datum.value, text: numberText(datum.value), quoted: false, origin: at };
      case 'bool':
        return { kind: 'scalar', value: datum.value, text: String(datum.value), quoted: false, origin: at };
      case 'map':
      case 'object':
        return datum.lazy
          ? lowered(`it is the whole of ${datum.resource ?? 'a module'}`, 'computed', datum, origin)
          : mapping(datum, at, holder);
      default:
        return { kind: 'list', items: datum.items.map((item) => value(item, holder)), origin: at };
    }
  };
  const mapping = (datum: StructureDatum, at: Origin, holder: Origin): Mapping => {
    const entries = new Map<string, Entry>();
    for (const [key, item] of datum.entries) {
      if (item.kind === 'null') continue;
      entries.set(key, { key, keyOrigin: origin(datum.keys?.get(key) ?? item.origin), value: value(item, holder) });
    }
    return { kind: 'mapping', entries, origin: at, ...(datum.uncertain && { uncertain: unknown(datum.uncertain) }) };
  };
  return { value, unknown, origin };
}

function lowered(because: string, reason: Unknown['reason'], datum: Datum, origin: Lowering['origin']): Unknown {
  const refers = isStructure(datum) && !datum.lazy ? [] : refersOf([datum]);
  return {
    kind: 'unknown',
    because,
    ...(reason && { reason }),
    ...(refers.length > 0 && { refers }),
    ...(datum.kind === 'unknown' && datum.ends !== undefined && { ends: datum.ends }),
    origin: origin(datum.origin),
  };
}
