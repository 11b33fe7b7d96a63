import { namespacesOf } from '../environment/namespaces.ts';
import type { Fragment, Selector, Target } from '../fragment.ts';
import { selectFrom } from '../workload/select.ts';
import { gatewayKey } from './forward.ts';

/** What of the tree answers where nothing of an environment does. */
export interface Elsewhere {
  /** Whether a target is, or may well be, somewhere else. */
  readonly answers: (target: Target) => boolean;
  /** Whether a workload that the selector picks stands in another environment. */
  readonly has: (selector: Selector) => boolean;
}

/**
 * Looks through all units, those of other environments too. A namespace in which nothing here runs is filled by somebody
 * else: a chart, an operator, the provider of the cluster.
 */
export function elsewhereIn(fragments: readonly Fragment[]): Elsewhere {
  const running = fragments.flatMap(({ workloads }) => workloads.map((fact) => ({ fact })));
  const select = selectFrom(running, namespacesOf(fragments.flatMap(({ segments }) => segments)));
  const gateways = new Set(
    fragments.flatMap((fragment) =>
      fragment.gateways.map(({ kind, namespace, name }) => gatewayKey(kind, namespace, name)),
    ),
  );
  const inhabited = new Set(fragments.flatMap(({ workloads }) => workloads.map(({ namespace }) => namespace)));
  const has = (selector: Selector) => select(selector).length > 0;
  return {
    has,
    answers(target) {
      if (target.kind === 'selector') {
        const { namespace } = target.selector;
        return (typeof namespace === 'string' && !inhabited.has(namespace)) || has(target.selector);
      }
      if (target.kind !== 'gateway') return false;
      return gateways.has(gatewayKey(target.gateway, target.namespace, target.name));
    },
  };
}
