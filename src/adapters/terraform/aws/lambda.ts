/** Functions that others than their owner may run: by a URL of their own (R70), or by a permission for everybody. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import { get, knownText, originOf } from '../resource.ts';
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

/** A permission for every account of AWS is one for everybody: who calls has some identity, and any will do. */
function permission(one: Resource): Facts {
  if (knownText(one.body, 'principal') !== '*' || LIMITS.some((name) => get(one.body, name) !== undefined))
    return NOTHING;
  const place = originOf(one.body, 'principal', one.origin);
  return endpoint(one, 'function-url', { open: place, authentication: 'none', authenticationOrigin: place });
}
