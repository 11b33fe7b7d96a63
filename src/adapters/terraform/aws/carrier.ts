/** Resources that are not read by themselves and have interfaces: whatever names a security group uses it. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { entriesOf } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import { referencesIn } from '../resource.ts';

const GROUP = 'aws_security_group';
/** Attributes whose groups are those of interfaces, wherever in the resource they stand. */
const CARRIES = /security_group/;

/** A user of groups of which nothing else is known: no listener of it is, and nobody says that its groups are idle. */
export function carrier(resource: Resource, context: Context): Facts {
  const addresses = [...entriesOf(resource.body)].flatMap(({ key, value }) =>
    CARRIES.test(key) || value.kind === 'list' || value.kind === 'mapping'
      ? referencesIn(value).map(({ address }) => address)
      : [],
  );
  const groups = new Set(addresses.flatMap((address) => context.named(address)));
  const labels = new Map(
    [...groups].filter((address) => context.typeOf(address) === GROUP).map((address) => mark(address, context)),
  );
  if (labels.size === 0) return NOTHING;
  return { workloads: [workloadFact(resource, { kind: 'service', labels })] };
}
