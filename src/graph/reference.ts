/** What a unit offers to others and what it asks of them, by name: what units land together is read from it. */

import type { Fragment, Selector } from './fragment.ts';
import { meets } from './select.ts';

/** A name that a unit asks for and does not have. */
export interface Want {
  /** What it is looked up by. */
  readonly key: string;
  /** Whether an offer under that key is what is asked for. */
  readonly accepts: (offer: Fragment) => boolean;
}

/** Keys under which others find the unit. */
export function offersOf(fragment: Fragment): readonly string[] {
  const offers: string[] = [];
  for (const { kind, namespace, name } of fragment.gateways) offers.push(keyOf('gateway', kind, namespace, name));
  for (const { kind, namespace, name } of fragment.configs) offers.push(keyOf('config', kind, namespace, name));
  for (const { namespace, labels } of fragment.workloads) {
    for (const [key, value] of labels) offers.push(keyOf('label', namespace, key, value));
  }
  for (const { key, kind } of fragment.segments) if (kind === 'docker-network') offers.push(keyOf('segment', key));
  return offers;
}

/** What the unit refers to and nobody in it is called. */
export function wantsOf(fragment: Fragment): readonly Want[] {
  const wants: Want[] = [];
  const own = new Set(offersOf(fragment));
  const named = (key: string) => {
    if (!own.has(key)) wants.push({ key, accepts: () => true });
  };
  const selected = (selector: Selector) => {
    const { namespace, requirements } = selector;
    const labels = requirements.filter(({ operator, values }) => operator === 'in' && values.length === 1);
    const [first] = labels;
    if (!first || picksFrom(selector, fragment)) return;
    const key = keyOf('label', namespace, first.key, first.values[0] as string);
    wants.push({ key, accepts: (offer) => picksFrom(selector, offer) });
  };
  for (const { key, external } of fragment.segments) {
    if (external) wants.push({ key: keyOf('segment', key), accepts: () => true });
  }
  for (const { doors } of fragment.gateways) {
    for (const { target } of doors) {
      if (target.kind === 'selector') selected(target.selector);
      if (target.kind === 'gateway') named(keyOf('gateway', target.gateway, target.namespace, target.name));
    }
  }
  for (const { subject } of fragment.guards) selected(subject);
  for (const { containers } of fragment.workloads) {
    for (const { configs } of containers) {
      for (const { config } of configs) named(keyOf('config', config.kind, config.namespace, config.name));
    }
  }
  return wants;
}

function picksFrom({ namespace, requirements }: Selector, { workloads }: Fragment): boolean {
  return workloads.some(
    (workload) =>
      workload.namespace === namespace && requirements.every((requirement) => meets(workload.labels, requirement)),
  );
}

function keyOf(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}
