/** The rules of routes: what they match, and the backends that matching requests get to (R41). */
import type { KubernetesObject } from '../../../assemble/kubernetes/object.ts';
import type { DoorFact, Target } from '../../../graph/fragment.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import type { Origin } from '../../../source/span.ts';
import { at, integerOf, itemsOf, textOf, type Value } from '../../../source/value.ts';
import { firstLineOf, lineAt } from '../field.ts';
import { portNumber } from '../network-policy-rule.ts';

/** Something that a request asks for, and where it gets to. */
export interface Lead {
  readonly target: Target;
  readonly http: Pick<NonNullable<DoorFact['http']>, 'methods'> & { readonly paths: readonly string[] };
  /** The line that a person would change: the path, else the backend. */
  readonly origin: Origin;
}

/** One match of a rule. */
interface Match {
  readonly paths: readonly string[];
  readonly methods?: readonly string[];
  readonly origin: Origin | undefined;
}

/** A rule without matches takes everything. */
const EVERYTHING: readonly Match[] = [{ paths: [], origin: undefined }];

/** The leads of all rules of a route, `most` of them at the utmost. */
export function leadsOf(object: KubernetesObject, most: number, notices: Notice[]): readonly Lead[] {
  const leads: Lead[] = [];
  for (const rule of itemsOf(at(object.root, 'spec', 'rules'))) {
    const matches = itemsOf(at(rule, 'matches')).map(matchOf);
    const backends = backendsOf(rule).flatMap((backend) => targetOf(object, backend, notices) ?? []);
    for (const match of matches.length > 0 ? matches : EVERYTHING) {
      for (const target of backends) {
        if (leads.length >= most) return leads;
        const { paths, methods } = match;
        leads.push({ target, http: { paths, ...(methods ? { methods } : {}) }, origin: match.origin ?? target.origin });
      }
    }
  }
  return leads;
}

/** What HTTPRoutes and GRPCRoutes match by: a path and a method; a call of gRPC is a path of HTTP. */
function matchOf(match: Value): Match {
  const path = at(match, 'path');
  const method = at(match, 'method');
  if (method?.kind === 'mapping') return callOf(method);
  const value = textOf(at(path, 'value'));
  const origin = path
    ? lineAt(path, 'value', firstLineOf(path))
    : method
      ? lineAt(match, 'method', method.origin)
      : undefined;
  const name = textOf(method);
  return { paths: value ? [value] : [], ...(name ? { methods: [name] } : {}), origin };
}

function callOf(method: Value): Match {
  const service = textOf(at(method, 'service'));
  const name = textOf(at(method, 'method'));
  const paths = service ? [`/${service}/${name ?? ''}`] : [];
  return { paths, origin: lineAt(method, 'service', firstLineOf(method)) };
}

/**
 * The backends that get requests of a rule, copies among them. One that sends callers elsewhere has none, and a backend
 * of weight 0 gets nothing.
 */
function backendsOf(rule: Value): readonly Value[] {
  const filters = itemsOf(at(rule, 'filters'));
  const mirrors = filters.flatMap((filter) => at(filter, 'requestMirror', 'backendRef') ?? []);
  if (filters.some((filter) => at(filter, 'requestRedirect') !== undefined)) return mirrors;
  const taken = itemsOf(at(rule, 'backendRefs')).filter((backend) => integerOf(at(backend, 'weight')) !== 0);
  return [...taken, ...mirrors];
}

/** The Service that a backend names; in another namespace it has to be let in there. */
function targetOf({ kind, namespace }: KubernetesObject, backend: Value, notices: Notice[]): Target | undefined {
  const origin = lineAt(backend, 'name', firstLineOf(backend));
  const group = textOf(at(backend, 'group')) ?? '';
  const type = textOf(at(backend, 'kind')) ?? 'Service';
  const name = textOf(at(backend, 'name'));
  const hidden = [backend, at(backend, 'name'), at(backend, 'namespace'), at(backend, 'port')];
  if (hidden.some((part) => part?.kind === 'unknown')) return { kind: 'outside', name: null, origin };
  if (group !== '' || type !== 'Service') {
    const message = `A backend of kind ${type} is not followed: where it leads is not seen.`;
    notices.push(notice('unsupported-construct', message, origin));
    return { kind: 'outside', name: null, origin };
  }
  const port = portNumber(at(backend, 'port'));
  if (!name || port === undefined) {
    const message = 'A backend needs the name of a Service and the number of a port: this one is left out.';
    notices.push(notice('invalid-value', message, origin));
    return undefined;
  }
  const there = textOf(at(backend, 'namespace')) ?? namespace;
  const crossing = there === namespace ? {} : { crossing: { namespace, route: kind } };
  return { kind: 'gateway', gateway: 'service', namespace: there, name, port, ...crossing, origin };
}
