/**
 * Security policies of Google Cloud (Cloud Armor): rules by priority that the proxies of a load balancer ask before they call
 * a backend. Those at the edge are asked first.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { ALL_ADDRESSES, subtract } from '../../../graph/sets/address-set.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import {
  allOf,
  anyOf,
  both,
  decided,
  type Filter,
  type FilterRule,
  type Meant,
  meantBy,
  perhapsAnybody,
} from '../filter.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownText, text, texts, truth, whole } from '../resource.ts';

const POLICIES = ['google_compute_security_policy', 'google_compute_region_security_policy'];

export const ARMOR_READERS: Readers = Object.fromEntries(
  POLICIES.flatMap((type) => [type, `${type}_rule`]).map((type) => [type, () => NOTHING]),
);

/** Whom the policies of a backend let through; undefined where it has none. */
export function filterOf(backend: Resource, context: Context): Filter | undefined {
  return both(named(backend, 'edge_security_policy', context), named(backend, 'security_policy', context));
}

function named({ body }: Resource, attribute: string, context: Context): Filter | undefined {
  const value = get(body, attribute);
  if (value === undefined || knownText(body, attribute) === '') return undefined;
  const [policy] = context.meaning(value, POLICIES).meant;
  if (policy) return policyFilter(policy.resource, context);
  const hidden = unknown('whom its security policy lets in is not in the code', value.origin);
  return { ...perhapsAnybody(hidden), origin: value.origin };
}

/** A rule that is asked, and when. */
interface Ordered extends FilterRule {
  readonly priority: number;
  readonly origin: Origin;
}

function policyFilter(policy: Resource, context: Context): Filter {
  const { type, body, origin } = policy;
  const apart = context.users(policy, `${type}_rule`, 'security_policy');
  const rules = [
    ...['rule', 'rules'].flatMap((name) => blocks(body, name)).flatMap((rule) => ruleOf(rule)),
    ...apart.flatMap((rule) => ruleOf(rule.body, rule.uncertain)),
  ];
  const ordered = rules.sort((one, other) => one.priority - other.priority);
  const place = ordered.find(({ verdict }) => verdict === 'allow')?.origin ?? origin;
  // A policy that does not say what comes last lets everybody through.
  return decided(ordered, 'allow', place);
}

/** What is only tried is asked of nobody. */
function ruleOf(rule: Block | Unknown, doubt?: Unknown): readonly Ordered[] {
  if (isUnknown(rule)) return [{ verdict: 'allow', meant: perhapsAnybody(rule), priority: 0, origin: rule.origin }];
  const { origin } = rule;
  const preview = truth(rule, 'preview', false);
  if (preview === true) return [];
  const verdict = verdictOf(rule);
  const priority = whole(rule, 'priority') ?? 0;
  const hidden =
    doubt ?? rule.uncertain ?? [preview, priority, verdict].find((each): each is Unknown => isUnknown(each));
  const meant = whomOf(firstBlock(rule, 'match'), origin);
  return [
    {
      verdict: isUnknown(verdict) ? 'allow' : verdict,
      meant: hidden ? { ...perhapsAnybody(hidden), may: meant.may } : meant,
      priority: isUnknown(priority) ? 0 : priority,
      origin,
    },
  ];
}

/** To limit how often somebody calls is to let them call; to send them elsewhere is not. */
function verdictOf(rule: Block): FilterRule['verdict'] | Unknown {
  const action = text(rule, 'action') ?? 'allow';
  if (isUnknown(action)) return action;
  if (action === 'redirect') {
    const type = knownText(firstBlock(rule, 'redirect_options'), 'type');
    return type === 'EXTERNAL_302' ? 'deny' : 'allow';
  }
  return action.startsWith('deny') ? 'deny' : 'allow';
}

function whomOf(match: Block | undefined, origin: Origin): Meant {
  const expression = get(firstBlock(match, 'expr'), 'expression');
  if (expression) {
    const written = knownText(firstBlock(match, 'expr'), 'expression');
    return written === undefined
      ? perhapsAnybody(unknown('whom it lets in is not in the code', expression.origin))
      : expressed(written, expression.origin);
  }
  const listed = [...texts(firstBlock(match, 'config'), 'src_ip_ranges')];
  if (listed.some((item) => !isUnknown(item) && item.text.trim() === '*'))
    return { must: ALL_ADDRESSES, may: ALL_ADDRESSES };
  if (listed.length === 0)
    return perhapsAnybody(unknown('whom a rule means is not in the code', match?.origin ?? origin));
  return meantBy(listed);
}

/** A parenthesis that calls nothing, or one in a text: what belongs together is not read then. */
const GROUP = /(^|[^\w])\(/;
const RANGE = /^(!?)\s*inIpRange\(\s*origin\.ip\s*,\s*(['"])([\da-fA-F.:/]{2,50})\2\s*\)$/;

/** Whom an expression of Google's language means, as far as it speaks of addresses. */
function expressed(written: string, origin: Origin): Meant {
  const text = written.trim();
  if (text === 'true') return { must: ALL_ADDRESSES, may: ALL_ADDRESSES };
  const unread = perhapsAnybody(unknown('it asks for more than the address of the caller', origin));
  if (GROUP.test(text)) return unread;
  const term = (part: string): Meant => {
    const match = RANGE.exec(part.trim());
    if (!match) return unread;
    const { must, may, because } = meantBy([{ kind: 'written', text: match[3] as string, origin }]);
    if (because || match[1] === '') return { must, may, ...(because ? { because } : {}) };
    const others = subtract(ALL_ADDRESSES, must);
    return { must: others, may: others };
  };
  return anyOf(text.split('||').map((each) => allOf(each.split('&&').map(term))));
}
