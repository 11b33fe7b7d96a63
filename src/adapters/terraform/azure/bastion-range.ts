/** The subnets that Azure keeps for hosts of Bastion, by their name: nobody calls from there who was not asked who it is. */
import { covers, isEmpty, parseAddressList } from '../../../graph/sets/address-set.ts';
import type { Unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { isUnknown, knownText, texts, type Written } from '../resource.ts';

const SUBNET = 'azurerm_subnet';
const NAME = 'azurebastionsubnet';

/** Whether a prefix in a rule is of hosts of Bastion and of nobody else. */
export function isOfBastions(item: Written | Unknown, context: Context): boolean {
  const kept = context.all(SUBNET).filter(({ body }) => knownText(body, 'name')?.toLowerCase() === NAME);
  if (kept.length === 0) return false;
  if (isUnknown(item)) {
    const named = item.refers ?? [];
    return named.length > 0 && named.every((one) => kept.some(({ address }) => address === one.address));
  }
  const known = kept.flatMap(({ body }) => texts(body, 'address_prefixes'));
  const own = parseAddressList(known.flatMap((one) => (isUnknown(one) ? [] : [one.text]))).set;
  const { set } = parseAddressList([item.text]);
  return !isEmpty(set) && covers(own, set);
}
