/** What networks of AWS are called by those who are in them. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { type Unknown, unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { isUnknown } from '../resource.ts';

export const VPC = ['aws_vpc', 'aws_default_vpc'];
export const SUBNET = ['aws_subnet', 'aws_default_subnet'];

/** The network of an account that somebody gets who names none. */
const DEFAULT = 'default';

/** A network by the name that everybody in it gives it. */
export interface Network {
  readonly name: string;
  /** The resource that makes it; undefined where none of the unit does. */
  readonly made: Resource | undefined;
  /** The one that an account starts with; an unknown where nothing but its name says so. */
  readonly isDefault?: true | Unknown;
}

/** @param hidden what is named instead of it, and is not in the code */
export function networkAt(
  value: Value | undefined,
  { provider }: Pick<Resource, 'provider'>,
  context: Context,
  hidden?: Unknown,
): Network {
  const [vpc] = context.meaning(value, VPC).meant;
  if (vpc) return { name: vpc.resource.address, made: vpc.resource };
  // Who names the same unknown thing means the same network.
  const unseen = isUnknown(value) ? value : value === undefined ? hidden : undefined;
  if (unseen) return unseenAt(unseen, context);
  if (value?.kind === 'scalar') return { name: value.text, made: undefined };
  return { name: `${DEFAULT} network of ${provider}`, made: undefined, isDefault: true };
}

/** A network that is found, or made elsewhere: the default one where a data source asks for it. */
function unseenAt(unseen: Unknown, context: Context): Network {
  const [meant] = unseen.refers ?? [];
  const name = meant?.address ?? unseen.because;
  if (context.finds(name, 'aws_vpc', 'default') === 'true') return { name, made: undefined, isDefault: true };
  if (!NAMED_DEFAULT.test(name)) return { name, made: undefined };
  return { name, made: undefined, isDefault: unknown(`${name} is called so, and is not in the code`, unseen.origin) };
}

const NAMED_DEFAULT = /(^|\.)aws_vpc\.default$/;
