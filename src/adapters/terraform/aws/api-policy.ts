/**
 * Resource policies of REST APIs: from where they let callers in. Methods that ask nobody, and those that ask Cognito, answer
 * whom the policy allows; what asks IAM or a function answers whom the policy does not deny
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html).
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GuardFact } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { entryOf, textOf, type Unknown, type Value } from '../../../source/value.ts';
import { listOf } from '../access-list.ts';
import type { Context } from '../context.ts';
import { jsonValue } from '../json.ts';
import { get, knownText } from '../resource.ts';
import { callersOf, type Question } from './policy-callers.ts';
import { statementsOf } from './policy-document.ts';
import { peersOf } from './policy-pieces.ts';

/** What the policy of an API says. */
export interface ApiPolicy {
  /** Whom it lets in; left out where everybody. */
  readonly guard?: GuardFact;
  /** Whether nobody gets in without an identity. */
  readonly asked: boolean | Unknown;
}

/** The policy of `api`; undefined where it has none, and answers everybody. */
export function apiPolicy(api: Resource, methods: readonly Resource[], context: Context): ApiPolicy | undefined {
  const policy = writtenFor(api, context);
  if (policy === undefined || textOf(policy)?.trim() === '') return undefined;
  const silent = methods.flatMap(answersTheSilent)[0];
  const { from, asked } = callersOf(statementsOf(policy, context), { action: 'execute-api:invoke', covers, silent });
  if (from === undefined) return { asked };
  const origin = policy.origin;
  const ports = [{ protocol: 'tcp', ports: { from: 443, to: 443 }, origin }] as const;
  const peers = from.flatMap((piece) => (piece.perhaps && !piece.hidden ? [] : peersOf(piece)));
  const unsure = from.flatMap((piece) => {
    const { perhaps, hidden } = piece;
    return perhaps && !hidden ? [{ peers: peersOf(piece), because: perhaps }] : [];
  });
  return { guard: listOf(api, { peers, unsure, ports, origin }, context), asked };
}

/** A policy of its own resource, in the API, or in the description that the API is made from. */
function writtenFor(api: Resource, context: Context): Value | undefined {
  const [apart] = context.users(api, 'aws_api_gateway_rest_api_policy', 'rest_api_id');
  const description = get(api.body, 'body');
  const described = description && entryOf(jsonValue(description), 'x-amazon-apigateway-policy')?.value;
  return (apart && get(apart.body, 'policy')) ?? get(api.body, 'policy') ?? described;
}

/** The line by which a method answers callers of whom the policy says nothing, since it asks others about them. */
function answersTheSilent({ body }: Resource): readonly Origin[] {
  const asks = ['AWS_IAM', 'CUSTOM'].includes(knownText(body, 'authorization')?.toUpperCase() ?? '');
  return asks ? [get(body, 'authorization')?.origin ?? body.origin] : [];
}

/** All stages, methods and paths; perhaps all, where it names a stage and the API may have no other; or a part. */
const covers: Question['covers'] = (resource) => {
  if (resource === undefined) return 'perhaps';
  const path = resource.replace(/^(execute-api:|arn:[^/]*)/, '');
  if (/^\*?(\/\*)*\*?$/.test(path)) return 'all';
  return /^\/[^/*]+(\/\*)+$/.test(path) ? 'perhaps' : 'part';
};
