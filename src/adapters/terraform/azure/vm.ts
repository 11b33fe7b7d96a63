/** Virtual machines and scale sets, with their interfaces and public addresses (R73, R75). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { PublicAddress, Unreached } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, type Readers, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import { type Block, blocks, get, isUnknown, knownText } from '../resource.ts';
import { standingOf } from './network.ts';
import { groupMarks } from './nsg.ts';

export const VM_READERS: Readers = {
  azurerm_linux_virtual_machine: machine,
  azurerm_windows_virtual_machine: machine,
  azurerm_virtual_machine: machine,
  azurerm_linux_virtual_machine_scale_set: scaleSet,
  azurerm_windows_virtual_machine_scale_set: scaleSet,
};

function known(list: readonly (Block | unknown)[]): readonly Block[] {
  return list.filter((each): each is Block => !isUnknown(each));
}

function machine(resource: Resource, context: Context): Facts {
  const { meant, unknown: hidden } = context.meaning(get(resource.body, 'network_interface_ids'), [
    'azurerm_network_interface',
  ]);
  const interfaces = meant.map((each) => each.resource);
  const configurations = interfaces.flatMap((card) => known(blocks(card.body, 'ip_configuration')));
  const [unseen] = hidden;
  const given = configurations.flatMap((block) => givenBy(block, context));
  const facts = factsOf(resource, 'virtual-machine', interfaces, configurations, given, new Map(), context);
  if (!unseen) return facts;
  const doubt: PublicAddress = { address: null, origin: unseen.origin, unknown: unseen };
  return {
    ...facts,
    workloads: (facts.workloads ?? []).map((one) => ({
      ...one,
      publicAddresses: [...(one.publicAddresses ?? []), doubt],
    })),
  };
}

/** A scale set says its interfaces itself. */
function scaleSet(resource: Resource, context: Context): Facts {
  const interfaces = known(blocks(resource.body, 'network_interface'));
  const configurations = interfaces.flatMap((block) => known(blocks(block, 'ip_configuration')));
  const given = configurations.flatMap((block) =>
    known(blocks(block, 'public_ip_address')).map((one) => ({
      origin: one.origin,
      sku: 'Standard' as string | undefined,
    })),
  );
  const groups = interfaces.flatMap(
    (block) => context.meaning(get(block, 'network_security_group_id'), ['azurerm_network_security_group']).meant,
  );
  const labels = new Map(groups.map((group) => mark(group.resource.address, context)));
  return factsOf(resource, 'machine-group', [], configurations, given, labels, context);
}

/** A public address, and the kind of it: what has no group is closed at one kind and open at the other (R75). */
interface Given {
  readonly origin: Origin;
  readonly sku: string | undefined;
}

function givenBy(block: Block, context: Context): readonly Given[] {
  const value = get(block, 'public_ip_address_id');
  if (value === undefined) return [];
  const [address] = context.meaning(value, ['azurerm_public_ip']).meant;
  return [{ origin: value.origin, sku: address && knownText(address.resource.body, 'sku') }];
}

function factsOf(
  resource: Resource,
  kind: string,
  interfaces: readonly Resource[],
  configurations: readonly Block[],
  given: readonly Given[],
  own: ReadonlyMap<string, string>,
  context: Context,
): Facts {
  const standing = standingOf(
    configurations.map((block) => get(block, 'subnet_id')),
    context,
  );
  const marks = groupMarks(interfaces, standing.subnets, context);
  const guarded = marks.guarded || own.size > 0;
  return {
    segments: standing.segments,
    workloads: [
      workloadFact(resource, {
        kind,
        machine: true,
        memberships: standing.memberships,
        ranges: standing.ranges,
        labels: new Map([...standing.labels, ...marks.labels, ...own]),
        unreached: unreached(resource, given),
        publicAddresses: given.flatMap((each) => addressOf(each, guarded)),
      }),
    ],
  };
}

function unreached({ origin }: Resource, [first]: readonly Given[]): Unreached {
  if (!first) return { because: 'none of its interfaces has a public address', origin };
  const because = 'no security group guards it, and a public address of the standard kind lets in whom one admits';
  return { because, origin: first.origin };
}

const SKU_UNKNOWN = 'no security group guards it, and what that leaves open depends on the kind of its public address';

function addressOf({ origin, sku }: Given, guarded: boolean): readonly PublicAddress[] {
  if (guarded || sku?.toLowerCase() === 'basic') return [{ address: null, origin }];
  return sku === undefined ? [{ address: null, origin, unknown: unknown(SKU_UNKNOWN, origin) }] : [];
}
