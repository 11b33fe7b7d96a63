/**
 * Filters of proxies: ordered rules about the addresses of callers, of which the first that matches decides. What a filter
 * leaves is said of the doors behind it.
 */
import type { DoorFact, Unreached } from '../../graph/fragment.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  cidrsOf,
  covers,
  intersect,
  isEmpty,
  NO_ADDRESSES,
  parseAddressList,
  subtract,
  union,
} from '../../graph/sets/address-set.ts';
import type { Origin } from '../../source/span.ts';
import { type Unknown, unknown } from '../../source/value.ts';
import { isUnknown, type Written } from './resource.ts';

/** Addresses of whom a rule surely speaks, and of whom it may. */
export interface Meant {
  readonly must: AddressSet;
  readonly may: AddressSet;
  /** Why these are not the same. */
  readonly because?: Unknown;
}

/** One rule of a filter. */
export interface FilterRule {
  readonly verdict: 'allow' | 'deny';
  readonly meant: Meant;
}

/** Whom a filter lets through, and the line that says so. */
export interface Filter extends Meant {
  readonly origin: Origin;
}

/** Whoever has an address, perhaps. */
export function perhapsAnybody(because: Unknown): Meant {
  return { must: NO_ADDRESSES, may: ALL_ADDRESSES, because };
}

/** Whom one of several conditions means. */
export function anyOf(list: readonly Meant[]): Meant {
  return list.reduce((one, other) => joined(one, other, union), { must: NO_ADDRESSES, may: NO_ADDRESSES });
}

/** Whom all of several conditions mean. */
export function allOf(list: readonly Meant[]): Meant {
  return list.reduce((one, other) => joined(one, other, intersect), { must: ALL_ADDRESSES, may: ALL_ADDRESSES });
}

function joined(one: Meant, other: Meant, by: typeof union): Meant {
  const because = one.because ?? other.because;
  return { must: by(one.must, other.must), may: by(one.may, other.may), ...(because ? { because } : {}) };
}

/** Addresses as they are written; what is none of them may be any. */
export function meantBy(items: readonly (Written | Unknown)[]): Meant {
  const written = items.flatMap((item) => (isUnknown(item) ? [] : [item]));
  const { set, bad } = parseAddressList(written.map(({ text }) => text));
  const wrong = written.find(({ text }) => bad.includes(text));
  const because = items.find(isUnknown) ?? (wrong && unknown(`"${wrong.text}" is no address`, wrong.origin));
  return because ? { must: set, may: ALL_ADDRESSES, because } : { must: set, may: set };
}

/**
 * What rules in their order come to. A denial of which nobody knows whom it means denies nobody: it asks for more than
 * addresses, such as what a request looks like.
 */
export function decided(rules: readonly FilterRule[], otherwise: FilterRule['verdict'], origin: Origin): Filter {
  let left = ALL_ADDRESSES;
  let [must, may] = [NO_ADDRESSES, NO_ADDRESSES];
  let because: Unknown | undefined;
  const all: readonly FilterRule[] = [
    ...rules,
    { verdict: otherwise, meant: { must: ALL_ADDRESSES, may: ALL_ADDRESSES } },
  ];
  for (const { verdict, meant } of all) {
    if (verdict === 'allow') {
      must = union(must, intersect(meant.must, left));
      may = union(may, intersect(meant.may, left));
      because ??= meant.because;
    }
    left = subtract(left, meant.must);
  }
  return { must, may, ...(because ? { because } : {}), origin };
}

/** Who gets through one filter and then through another. */
export function both(outer: Filter | undefined, inner: Filter | undefined): Filter | undefined {
  if (!outer || !inner) return outer ?? inner;
  return { ...allOf([outer, inner]), origin: inner.origin };
}

/** Why the internet does not get through, where each of several filters lets in somebody's addresses only. */
export function unreachedBy(filters: readonly (Filter | undefined)[]): Unreached | undefined {
  const known = filters.flatMap((filter) => (filter && !covers(filter.may, ALL_ADDRESSES) ? [filter] : []));
  const [first] = known;
  if (!first || known.length < filters.length) return undefined;
  const listed = cidrsOf(known.map(({ may }) => may).reduce(union));
  const few = listed.length > FEW ? `${listed.length} ranges of addresses` : listed.join(', ');
  return { because: `its policy lets in ${few || 'nobody'}${few && ' alone'}`, origin: first.origin };
}

/** As many ranges as are read at a glance. */
const FEW = 4;

/** A door behind a filter: one for whom this surely lets through, and one for whom it may. */
export function doorsBehind<T extends Pick<DoorFact, 'sources' | 'unknown'>>(
  door: T,
  filter: Filter | undefined,
): readonly T[] {
  if (!filter || covers(filter.must, ALL_ADDRESSES)) return [door];
  const { must, because, origin } = filter;
  const may = subtract(filter.may, must);
  const sure = { ...door, sources: { cidrs: cidrsOf(must), origin } };
  if (isEmpty(may) || !because) return [sure];
  const perhaps = { ...door, unknown: door.unknown ?? because, sources: { cidrs: cidrsOf(may), origin } };
  return isEmpty(must) ? [perhaps] : [sure, perhaps];
}
