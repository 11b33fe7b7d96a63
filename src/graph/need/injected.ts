/**
 * Variables that a cluster gives every pod for every Service of its namespace (E3): `CART_SERVICE_HOST`,
 * `CART_SERVICE_PORT`. That they are there is no need; that somebody uses them is.
 */
import type { LinkedGateway, RunningWorkload } from '../running.ts';
import type { Lookup } from './expand.ts';

/** Answers the variables that a workload gets; the host is the name of the Service. */
export function injectedVariables(gateways: readonly LinkedGateway[]): (client: RunningWorkload) => Lookup {
  const byNamespace = new Map<string, Map<string, string>>();
  for (const { fact, doors } of gateways) {
    if (fact.kind !== 'service' || fact.namespace === null) continue;
    const variables = byNamespace.get(fact.namespace) ?? new Map<string, string>();
    byNamespace.set(fact.namespace, variables);
    const name = fact.name.toUpperCase().replaceAll('-', '_');
    const port = doors.find((door) => door.fact.place.kind === 'segment')?.fact.ports?.from;
    variables.set(`${name}_SERVICE_HOST`, fact.name);
    if (port !== undefined) variables.set(`${name}_SERVICE_PORT`, `${port}`);
  }
  return ({ fact }) => {
    const variables = byNamespace.get(fact.namespace ?? '');
    return (name) => variables?.get(name);
  };
}
