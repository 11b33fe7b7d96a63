/** Functions that others than their owner may run: by a URL of their own (R70), or by a permission for everybody. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Origin } from '../../../source/span.ts';
import { textOf } from '../../../source/value.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { get, isUnknown, knownText, originOf } from '../resource.ts';
import { endpoint } from './endpoint.ts';

export const LAMBDA_READERS: Readers = {
  aws_lambda_function_url: functionUrl,
  aws_lambda_permission: permission,
};

/** The URL of a function is everybody's; whether they have to sign what they ask is said by its type. */
function functionUrl(url: Resource): Facts {
  const place = originOf(url.body, 'authorization_type', url.origin);
  const open = knownText(url.body, 'authorization_type') === 'NONE';
  return endpoint(url, 'function-url', {
    open: place,
    authentication: open ? 'none' : 'iam',
    authenticationOrigin: place,
  });
}

/** What narrows a permission for everybody. */
const LIMITS = ['source_arn', 'source_account', 'principal_org_id', 'event_source_token', 'function_url_auth_type'];

/** What follows the API in such a name is a stage, a method and a path; the last wildcard stands for the rest. */
const EVERY_ROUTE = /\/\*\/\*$|^(arn:[^/]*)?\/\*$/;

/** The line that lets gateways of APIs call a function from every stage, method and route, by which it can be called. */
function everyRoute({ body }: Resource): Origin | undefined {
  if (knownText(body, 'principal') !== 'apigateway.amazonaws.com') return undefined;
  const source = get(body, 'source_arn');
  const written = source && (isUnknown(source) ? source.ends : textOf(source));
  return written !== undefined && EVERY_ROUTE.test(written) ? source?.origin : undefined;
}

/** A permission for every account of AWS is one for everybody: who calls has some identity, and any will do. */
function permission(one: Resource): Facts {
  const routes = everyRoute(one);
  if (routes) {
    const traits = [{ trait: 'called-by-any-route', origin: routes }] as const;
    return { workloads: [workloadFact(one, { kind: 'function-permission', traits })] };
  }
  if (knownText(one.body, 'principal') !== '*' || LIMITS.some((name) => get(one.body, name) !== undefined))
    return NOTHING;
  const place = originOf(one.body, 'principal', one.origin);
  return endpoint(one, 'function-url', { open: place, authentication: 'none', authenticationOrigin: place });
}
