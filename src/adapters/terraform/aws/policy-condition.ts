/** What a condition of a policy asks of a caller who comes over the internet. */
import { type Unknown, unknown } from '../../../source/value.ts';
import { isUnknown, type Written } from '../resource.ts';
import type { Condition } from './policy-document.ts';

/**
 * `inside` and `outside`: an address among these, or not among them. `who`: an identity; `stranger` where who has none meets it.
 * `sometimes`: something that whoever calls may choose, or that comes with the time. What ends is not known to hold still.
 */
export type Asked =
  | { readonly kind: 'inside' | 'outside'; readonly items: readonly (Written | Unknown)[] }
  | { readonly kind: 'always' | 'never' | 'sometimes' }
  | { readonly kind: 'who'; readonly stranger: boolean }
  | { readonly kind: 'unread'; readonly because: Unknown };

/** What comes with an endpoint of a network, and with nobody who calls over the internet. */
const PRIVATE = /^aws:(sourcevpc|vpce|vpcsourceip)/;
const IDENTITY =
  /^aws:(principal|userid$|username$|tokenissuetime$|multifactorauth|federatedprovider$|sourceidentity$)/;
const CHOSEN = /^aws:(useragent$|referer$|securetransport$|requestedregion$)/;
const TIME = /^aws:(currenttime|epochtime)$/;

/** The longest list of addresses that is read. */
const MOST = 500;

/** @param allows whether the statement allows what meets it */
export function readCondition(condition: Condition, allows: boolean): Asked {
  const { operator: written, key, values, origin } = condition;
  const optional = written.endsWith('ifexists');
  const operator = optional ? written.slice(0, -'ifexists'.length) : written;
  const negated = operator.includes('not');
  const absent = operator === 'null' ? absence(values) : undefined;
  if (operator === 'null' && absent === undefined) return unread('what it asks for is not in the code', origin);
  if (key === 'aws:sourceip') {
    if (absent !== undefined) return { kind: absent ? 'never' : 'always' };
    if (values.length > MOST) return unread(`it lists more than ${MOST} addresses`, origin);
    if (operator === 'ipaddress') return { kind: 'inside', items: values };
    if (operator === 'notipaddress') return { kind: 'outside', items: values };
    return unread(`${written} does not compare addresses`, origin);
  }
  if (PRIVATE.test(key)) return { kind: (absent ?? (negated || optional)) ? 'always' : 'never' };
  if (IDENTITY.test(key)) return { kind: 'who', stranger: absent ?? (negated || optional) };
  if (TIME.test(key)) {
    const end = momentOf(condition, allows ? 'less' : 'greater');
    return end === undefined ? { kind: 'sometimes' } : unread(`it lets in until ${end} only`, origin);
  }
  if (CHOSEN.test(key)) return { kind: 'sometimes' };
  return unread(`what ${key} is of whoever calls is not in the code`, origin);
}

/** Until when a condition holds, as it is written; undefined where it has no end. */
export function endOf(condition: Condition): string | undefined {
  return TIME.test(condition.key) ? momentOf(condition, 'less') : undefined;
}

function momentOf({ operator, values }: Condition, side: 'less' | 'greater'): string | undefined {
  if (!operator.includes(`${side}than`)) return undefined;
  const [value] = values;
  return value === undefined || isUnknown(value) ? 'a moment that is not in the code' : value.text;
}

/** What `Null` asks for: that a key is not there, or that it is. */
function absence(values: Condition['values']): boolean | undefined {
  const [value] = values;
  return value === undefined || isUnknown(value) ? undefined : value.text.toLowerCase() === 'true';
}

function unread(because: string, origin: Unknown['origin']): Asked {
  return { kind: 'unread', because: unknown(because, origin) };
}
