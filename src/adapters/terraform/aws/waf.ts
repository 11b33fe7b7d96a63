/**
 * Web ACLs of AWS: rules by priority that a load balancer asks about each request, of which those about sets of addresses say
 * who gets through. What only counts, puts a riddle, or looks at requests keeps nobody's addresses out.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { ALL_ADDRESSES, subtract } from '../../../graph/sets/address-set.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import { allOf, anyOf, decided, type Filter, type FilterRule, type Meant, meantBy, perhapsAnybody } from '../filter.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownBlocks, texts, whole } from '../resource.ts';

const ACL = 'aws_wafv2_web_acl';
const SET = 'aws_wafv2_ip_set';
const ASSOCIATION = 'aws_wafv2_web_acl_association';

export const WAF_READERS: Readers = Object.fromEntries([ACL, SET, ASSOCIATION].map((type) => [type, () => NOTHING]));

/** Whom the web ACL of a resource lets through; undefined where it has none. */
export function webFilter(resource: Resource, context: Context): Filter | undefined {
  const [association] = context.users(resource, ASSOCIATION, 'resource_arn');
  if (!association) return undefined;
  const acl = context.one(association, 'web_acl_arn', [ACL]);
  const { origin } = association;
  if (!acl) return { ...perhapsAnybody(unknown('whom its web ACL lets in is not in the code', origin)), origin };
  const rules = blocks(acl.body, 'rule')
    .flatMap((rule) => ruleOf(rule, context))
    .sort((one, other) => one.priority - other.priority);
  const action = firstBlock(acl.body, 'default_action');
  const shut = firstBlock(action, 'block') !== undefined;
  return decided(rules, shut ? 'deny' : 'allow', action?.origin ?? acl.origin);
}

function ruleOf(rule: Block | Unknown, context: Context): readonly (FilterRule & { readonly priority: number })[] {
  if (isUnknown(rule)) return [{ verdict: 'allow', meant: perhapsAnybody(rule), priority: 0 }];
  const action = firstBlock(rule, 'action');
  const verdict = firstBlock(action, 'allow') ? 'allow' : firstBlock(action, 'block') ? 'deny' : undefined;
  if (!verdict) return [];
  const priority = whole(rule, 'priority') ?? 0;
  const meant = statementOf(firstBlock(rule, 'statement'), context);
  const hidden = rule.uncertain ?? (isUnknown(priority) ? priority : undefined);
  const doubtful = hidden ? { ...perhapsAnybody(hidden), may: meant.may } : meant;
  return [{ verdict, meant: doubtful, priority: isUnknown(priority) ? 0 : priority }];
}

/** Whom a statement means, as far as it speaks of addresses. */
function statementOf(statement: Block | undefined, context: Context): Meant {
  const place = statement?.origin;
  const unread = perhapsAnybody(
    unknown('it asks for more than the address of the caller', place ?? { file: '', start: 0, end: 0 }),
  );
  const inside = (name: string) =>
    knownBlocks(firstBlock(statement, name), 'statement').map((each) => statementOf(each, context));
  const listed = firstBlock(statement, 'ip_set_reference_statement');
  // An address that a header names is whatever its sender writes.
  if (listed && !firstBlock(listed, 'ip_set_forwarded_ip_config')) {
    const { meant, unknown: hidden } = context.meaning(get(listed, 'arn'), [SET]);
    return meantBy([...meant.flatMap(({ resource }) => texts(resource.body, 'addresses')), ...hidden]);
  }
  const [negated] = inside('not_statement');
  if (negated) return negated.because ? { ...unread, may: subtract(ALL_ADDRESSES, negated.must) } : opposite(negated);
  const [some, all] = [inside('or_statement'), inside('and_statement')];
  if (some.length > 0) return anyOf(some);
  return all.length > 0 ? allOf(all) : unread;
}

function opposite({ must }: Meant): Meant {
  const others = subtract(ALL_ADDRESSES, must);
  return { must: others, may: others };
}
