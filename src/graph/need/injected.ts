/**
 * Variables that a cluster gives every pod for every Service of its namespace (E3): `CART_SERVICE_HOST`,
 * `CART_SERVICE_PORT`. That they are there is no need; that somebody uses them is.
 */
import type { GatewayFact } from '../fragment.ts';
import type { RunningWorkload } from '../running.ts';
import type { Lookup } from './expand.ts';

/** Answers the variables that a workload gets; the host is the name of the Service. */
export function injectedVariables(gateways: readonly GatewayFact[]): (client: RunningWorkload) => Lookup {
  const byNamespace = new Map<string, Map<string, string>>();
  for (const { kind, namespace, name, doors } of gateways) {
    if (kind !== 'service' || namespace === null) continue;
    const variables = byNamespace.get(namespace) ?? new Map<string, string>();
    byNamespace.set(namespace, variables);
    const variable = name.toUpperCase().replaceAll('-', '_');
    const port = doors.find(({ place }) => place.kind === 'segment')?.ports?.from;
    variables.set(`${variable}_SERVICE_HOST`, name);
    if (port !== undefined) variables.set(`${variable}_SERVICE_PORT`, `${port}`);
  }
  return ({ fact }) => {
    const variables = byNamespace.get(fact.namespace ?? '');
    return (name) => variables?.get(name);
  };
}
