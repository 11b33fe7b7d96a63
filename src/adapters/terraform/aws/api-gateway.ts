/**
 * Gateways of APIs (R70): where their endpoints stand, who is asked for an identity, which TLS their names take. A method,
 * a route or a stage of an API that the code does not show speaks for itself.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Origin } from '../../../source/span.ts';
import type { Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import { firstBlock, get, isUnknown, knownText, originOf, text, texts, truth } from '../resource.ts';
import { type ApiPolicy, apiPolicy } from './api-policy.ts';
import { type EndpointParts, endpoint } from './endpoint.ts';
import { TLS_POLICIES, tlsOf } from './tls-policy.ts';

const REST = 'aws_api_gateway_rest_api';
const HTTP = 'aws_apigatewayv2_api';
const METHOD = 'aws_api_gateway_method';
const ROUTE = 'aws_apigatewayv2_route';

export const API_GATEWAY_READERS: Readers = {
  [REST]: restApi,
  [HTTP]: httpApi,
  [METHOD]: (method, context) => lone(method, 'rest_api_id', REST, openMethod(method), context),
  [ROUTE]: (route, context) => lone(route, 'api_id', HTTP, openRoute(route, false), context),
  aws_api_gateway_rest_api_policy: () => NOTHING,
  aws_api_gateway_stage: stage,
  aws_api_gateway_domain_name: domainName,
  aws_apigatewayv2_domain_name: domainNameOfHttp,
};

type Identity = Pick<EndpointParts, 'authentication' | 'authenticationOrigin'>;

function restApi(api: Resource, context: Context): Facts {
  const types = texts(firstBlock(api.body, 'endpoint_configuration'), 'types');
  const hidden = types.find(isUnknown);
  const methods = context.users(api, METHOD, 'rest_api_id');
  const policy = apiPolicy(api, methods, context);
  const identity = identityBy(policy, { ...unseenMethods(api, context), ...identityOf(methods, openMethod) });
  const isPrivate = types.some((type) => !isUnknown(type) && type.text === 'PRIVATE');
  if (isPrivate) return identity.authentication === 'none' ? endpoint(api, 'api', identity) : NOTHING;
  const open = endpoint(api, 'api', {
    open: types[0]?.origin ?? api.origin,
    ...(hidden ? { doubt: hidden } : {}),
    ...(policy?.guard ? { labels: new Map([mark(policy.guard.id, context)]) } : {}),
    ...identity,
  });
  return { ...open, guards: policy?.guard ? [policy.guard] : [] };
}

/** A method that asks for nothing still answers nobody but whom the policy of its API lets in, where that takes an identity. */
function identityBy(policy: ApiPolicy | undefined, identity: Identity): Identity {
  if (policy === undefined || policy.asked === false || identity.authentication !== 'none') return identity;
  return isUnknown(policy.asked) ? { ...identity, authentication: 'unknown' } : { authentication: 'iam' };
}

/** An API whose methods the code does not show, in a description of it neither, and that has nothing to ask callers with. */
function unseenMethods(api: Resource, context: Context): Identity {
  const asked = ['aws_api_gateway_authorizer', 'aws_api_gateway_rest_api_policy'];
  const seen = asked.some((type) => context.users(api, type, 'rest_api_id').length > 0);
  if (seen || ['body', 'policy'].some((name) => get(api.body, name) !== undefined) || context.leaves(api)) return {};
  return { authentication: 'unknown', authenticationOrigin: api.origin };
}

function httpApi(api: Resource, context: Context): Facts {
  const shut = truth(api.body, 'disable_execute_api_endpoint', false);
  const quick = quickTarget(api);
  const socket = knownText(api.body, 'protocol_type')?.toUpperCase() === 'WEBSOCKET';
  // A target makes a route for everything that asks for nothing.
  const identity: Identity = quick
    ? { authentication: 'none', authenticationOrigin: quick.origin }
    : identityOf(context.users(api, ROUTE, 'api_id'), (route) => openRoute(route, socket));
  if (shut === true) return endpoint(api, 'api', identity);
  return endpoint(api, 'api', { open: api.origin, ...(isUnknown(shut) ? { doubt: shut } : {}), ...identity });
}

/** What an API leads everything to: API Gateway takes the address of a service, or the name of a function. */
function quickTarget({ body }: Resource): Value | undefined {
  const target = text(body, 'target');
  return isUnknown(target) || /^(https?:|arn:)/i.test(target ?? '') ? get(body, 'target') : undefined;
}

/** What an API asks its callers for: nothing where one of its ways asks for nothing. */
function identityOf(ways: readonly Resource[], open: (way: Resource) => Origin | undefined): Identity {
  const [place] = ways.flatMap((way) => open(way) ?? []);
  if (place) return { authentication: 'none', authenticationOrigin: place };
  return ways.length > 0 ? { authentication: 'token' } : {};
}

/** The line by which a method asks for nothing. What browsers ask before a call (`OPTIONS`) is never asked who it is. */
function openMethod({ body }: Resource): Origin | undefined {
  const open = knownText(body, 'authorization')?.toUpperCase() === 'NONE';
  if (!open || knownText(body, 'http_method')?.toUpperCase() === 'OPTIONS') return undefined;
  return truth(body, 'api_key_required', false) === false ? get(body, 'authorization')?.origin : undefined;
}

/**
 * A route asks for nothing unless it says otherwise. What comes over a socket was asked when it was opened (`$connect`), so that
 * the other routes of such an API ask nobody.
 */
function openRoute({ body, origin }: Resource, socket: boolean): Origin | undefined {
  const key = knownText(body, 'route_key')?.toUpperCase() ?? '';
  if (key.startsWith('OPTIONS ') || (socket ? key !== '$CONNECT' : /^\$(?!DEFAULT$)/.test(key))) return undefined;
  const type = get(body, 'authorization_type');
  if (type === undefined) return origin;
  return knownText(body, 'authorization_type')?.toUpperCase() === 'NONE' ? type.origin : undefined;
}

/** A way into an API that is not in the code. */
function lone(way: Resource, attribute: string, api: string, open: Origin | undefined, context: Context): Facts {
  if (!open || context.meaning(get(way.body, attribute), [api]).meant.length > 0) return NOTHING;
  return endpoint(way, 'api', { authentication: 'none', authenticationOrigin: open });
}

/** A stage shows its backends a certificate, or nothing. */
function stage(one: Resource): Facts {
  if (get(one.body, 'client_certificate_id') !== undefined) return NOTHING;
  const traits = [{ trait: 'no-client-certificate', origin: one.origin }] as const;
  return { workloads: [workloadFact(one, { kind: 'api-stage', traits })] };
}

function domainName(name: Resource): Facts {
  const types = texts(firstBlock(name.body, 'endpoint_configuration'), 'types');
  const isPrivate = types.some((type) => !isUnknown(type) && type.text === 'PRIVATE');
  const tls = tlsOf(name.body, 'security_policy', TLS_POLICIES.api, name.origin);
  return endpoint(name, 'api-name', { tls, ...(isPrivate ? {} : { open: name.origin }) });
}

function domainNameOfHttp(name: Resource): Facts {
  const configuration = firstBlock(name.body, 'domain_name_configuration');
  const place = originOf(configuration, 'security_policy', configuration?.origin ?? name.origin);
  return endpoint(name, 'api-name', {
    tls: tlsOf(configuration, 'security_policy', TLS_POLICIES.api, place),
    open: name.origin,
  });
}
