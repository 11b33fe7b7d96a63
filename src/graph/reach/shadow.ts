/** Grants that change nothing: what they speak of is decided before they are asked, or is admitted anyway (§4.5). */

import { append } from '../../source/multimap.ts';
import type { GrantFact, GrantPort, Peer, Requirement, Selector } from '../fragment.ts';
import { covers } from '../sets/address-set.ts';
import type { Guard } from '../vocabulary.ts';
import { addressesOf } from './peer-addresses.ts';

/** What makes a grant needless. */
export interface Shadow {
  readonly guard: Guard;
  /** The grant that speaks of all that it speaks of; null where its guard, or one before it, leaves nothing to it. */
  readonly grant: GrantFact | null;
}

/** More pairs of grants than these are not compared: thousands of guards that all guard one namespace. */
const MOST_COMPARISONS = 2_000_000;

/** A grant in its place. */
interface Placed {
  readonly guard: Guard;
  readonly grant: GrantFact;
  /** Its place among all grants, in the order of guards. */
  readonly order: number;
}

/**
 * The grants that change nothing, each with what makes it so: a grant that speaks of at least as many workloads, peers and
 * ports and is asked before or together with it. What only several others cover together is not found.
 */
export function shadowsOf(guards: readonly Guard[]): ReadonlyMap<GrantFact, Shadow> {
  const byPlace = new Map<string, Placed[]>();
  const last = new Map<string, Guard[]>();
  let order = 0;
  for (const guard of guards) {
    const place = placeOf(guard.subject);
    if (guard.priority === null && guard.isolates.length > 0) append(last, place, guard);
    for (const grant of guard.grants) append(byPlace, place, { guard, grant, order: order++ });
  }
  const shadows = new Map<GrantFact, Shadow>();
  let left = MOST_COMPARISONS;
  const shadowOf = (one: Placed, places: readonly string[]): Shadow | undefined => {
    if (isDead(one.guard, one.grant)) return { guard: one.guard, grant: null };
    for (const place of places) {
      for (const guard of last.get(place) ?? []) {
        if (left-- < 0) return undefined;
        if (leavesNothing(guard, one)) return { guard, grant: null };
      }
      for (const other of byPlace.get(place) ?? []) {
        if (left-- < 0) return undefined;
        if (isShadow(other, one)) return { guard: other.guard, grant: other.grant };
      }
    }
    return undefined;
  };
  for (const [place, list] of byPlace) {
    for (const one of list) {
      const shadow = shadowOf(one, [...new Set([place, ANYWHERE])]);
      if (shadow) shadows.set(one.grant, shadow);
    }
  }
  return shadows;
}

const ANYWHERE = 'anywhere';

function placeOf({ namespace, namespaces }: Selector): string {
  return namespaces ? ANYWHERE : JSON.stringify(namespace);
}

/** A guard that is asked together with others grants nothing in a direction in which it does not isolate (R3). */
function isDead({ priority, isolates }: Guard, { direction }: GrantFact): boolean {
  return priority === null && !isolates.includes(direction);
}

/** Whether a guard of an earlier tier lets through or shuts out everything that comes to it (R23). */
function leavesNothing(guard: Guard, one: Placed): boolean {
  return (
    layerOf(guard) === layerOf(one.guard) &&
    guard.tier < one.guard.tier &&
    guard.isolates.includes(one.grant.direction) &&
    coversSubject(guard.subject, one.guard.subject)
  );
}

function isShadow(other: Placed, one: Placed): boolean {
  if (other.grant === one.grant || other.grant.direction !== one.grant.direction) return false;
  if (isDead(other.guard, other.grant) || other.grant.perhaps || layerOf(other.guard) !== layerOf(one.guard))
    return false;
  const together = isTogether(other.guard, one.guard);
  if (!(together || isBefore(other, one)) || !isCovered(other, one)) return false;
  // Of two that say the same the later one is needless.
  return !(together && other.order > one.order && isCovered(one, other));
}

function layerOf({ layer = 0 }: Guard): number {
  return layer;
}

function isCovered(by: Placed, one: Placed): boolean {
  return (
    coversSubject(by.guard.subject, one.guard.subject) &&
    coversPeers(by.grant, one.grant) &&
    coversPorts(by.grant, one.grant)
  );
}

/** Whether what `other` decides is never asked of `one`. */
function isBefore({ guard: other, grant, order }: Placed, { guard: one, order: later }: Placed): boolean {
  if (other.tier !== one.tier) return other.tier < one.tier && grant.verdict !== 'pass';
  if (typeof other.priority !== 'number' || typeof one.priority !== 'number') return false;
  return other.priority < one.priority || (other === one && order < later);
}

function isTogether(other: Guard, one: Guard): boolean {
  return other.tier === one.tier && other.priority === null && one.priority === null;
}

function coversSubject(outer: Selector, inner: Selector): boolean {
  if (outer.namespaces) {
    if (!inner.namespaces && outer.namespaces.length > 0) return false;
    if (inner.namespaces && !coversRequirements(outer.namespaces, inner.namespaces)) return false;
  } else if (inner.namespaces || outer.namespace !== inner.namespace) return false;
  return coversRequirements(outer.requirements, inner.requirements);
}

/** Whether whatever meets `inner` meets `outer`: it asks for no more. */
function coversRequirements(outer: readonly Requirement[], inner: readonly Requirement[]): boolean {
  return outer.every((asked) => inner.some((each) => implies(each, asked)));
}

function implies(one: Requirement, other: Requirement): boolean {
  if (one.key !== other.key) return false;
  if (other.operator === 'exists') return one.operator === 'in' || one.operator === 'exists';
  if (one.operator !== other.operator) return false;
  if (other.operator === 'in') return one.values.every((value) => other.values.includes(value));
  return other.values.every((value) => one.values.includes(value));
}

function coversPeers({ peers: outer }: GrantFact, { peers: inner }: GrantFact): boolean {
  if (outer.length === 0) return true;
  return inner.length > 0 && inner.every((one) => outer.some((other) => coversPeer(other, one)));
}

function coversPeer(outer: Peer, inner: Peer): boolean {
  if (outer.kind === 'workloads' && inner.kind === 'workloads') return coversSubject(outer.selector, inner.selector);
  if (outer.kind !== 'addresses' || inner.kind !== 'addresses' || outer.workloads !== inner.workloads) return false;
  const [wide, narrow] = [addressesOf(outer), addressesOf(inner)];
  return !wide.vague && !narrow.vague && covers(wide.set, narrow.set);
}

function coversPorts({ ports: outer }: GrantFact, { ports: inner }: GrantFact): boolean {
  if (outer.length === 0) return true;
  return inner.length > 0 && inner.every((one) => outer.some((other) => coversPort(other, one)));
}

function coversPort(outer: GrantPort, inner: GrantPort): boolean {
  if (outer.protocol !== inner.protocol) return false;
  if (outer.ports === null) return true;
  if (inner.ports === null || typeof outer.ports === 'string' || typeof inner.ports === 'string') {
    return outer.ports === inner.ports;
  }
  return outer.ports.from <= inner.ports.from && inner.ports.to <= outer.ports.to;
}
