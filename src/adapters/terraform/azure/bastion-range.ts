/** The subnets that Azure keeps for hosts of Bastion, by their name: nobody calls from there who was not asked who it is. */
import { type AddressSet, covers, isEmpty, parseAddressList } from '../../../graph/sets/address-set.ts';
import type { Unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { isUnknown, knownText, texts, type Written } from '../resource.ts';

const SUBNET = 'azurerm_subnet';
const NAME = 'azurebastionsubnet';

/** The subnets of hosts, and their addresses. */
interface Kept {
  readonly subnets: ReadonlySet<string>;
  readonly addresses: AddressSet;
}

const known = new WeakMap<Context, Kept>();

function keptIn(context: Context): Kept {
  const subnets = context.all(SUBNET).filter(({ body }) => knownText(body, 'name')?.toLowerCase() === NAME);
  const ranges = subnets.flatMap(({ body }) => texts(body, 'address_prefixes'));
  const addresses = parseAddressList(ranges.flatMap((one) => (isUnknown(one) ? [] : [one.text]))).set;
  return { subnets: new Set(subnets.map(({ address }) => address)), addresses };
}

/** Whether a prefix in a rule is of hosts of Bastion and of nobody else. */
export function isOfBastions(item: Written | Unknown, context: Context): boolean {
  const kept = known.get(context) ?? keptIn(context);
  known.set(context, kept);
  if (isUnknown(item)) {
    const named = item.refers ?? [];
    return named.length > 0 && named.every(({ address }) => kept.subnets.has(address));
  }
  const { set } = parseAddressList([item.text]);
  return !isEmpty(set) && covers(kept.addresses, set);
}
