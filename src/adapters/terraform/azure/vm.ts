/** Virtual machines and scale sets, with their interfaces and public addresses (R73, R75). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { PublicAddress, Unreached } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Origin } from '../../../source/span.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { needsIn } from '../environment.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import { type Block, get, isUnknown, knownBlocks, knownText } from '../resource.ts';
import { standingOf } from './network.ts';
import { groupMarks } from './nsg.ts';
import { sessionsOf } from './session.ts';
import { setting } from './setting.ts';

const INTERFACE = 'azurerm_network_interface';
const GROUP = 'azurerm_network_security_group';
const MACHINES = ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine', 'azurerm_virtual_machine'];

export const VM_READERS: Readers = {
  ...Object.fromEntries(MACHINES.map((type) => [type, machine])),
  [INTERFACE]: loneInterface,
  azurerm_linux_virtual_machine_scale_set: scaleSet,
  azurerm_windows_virtual_machine_scale_set: scaleSet,
  azurerm_orchestrated_virtual_machine_scale_set: scaleSet,
  azurerm_virtual_machine_scale_set: scaleSet,
};

function machine(resource: Resource, context: Context): Facts {
  const { meant, unknown: hidden } = context.meaning(get(resource.body, 'network_interface_ids'), [INTERFACE]);
  const [unseen] = hidden;
  const facts = factsOf(
    resource,
    {
      kind: 'virtual-machine',
      ...ofCards(
        meant.map((each) => each.resource),
        context,
      ),
    },
    context,
  );
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

/** An interface that no machine here has stands for the machine that will have it. */
function loneInterface(card: Resource, context: Context): Facts {
  if (MACHINES.some((type) => context.users(card, type, 'network_interface_ids').length > 0)) return NOTHING;
  return factsOf(card, { kind: 'network-interface', ...ofCards([card], context) }, context);
}

function ofCards(
  interfaces: readonly Resource[],
  context: Context,
): Pick<Parts, 'interfaces' | 'configurations' | 'given' | 'traits'> {
  const configurations = interfaces.flatMap((card) => knownBlocks(card.body, 'ip_configuration'));
  return {
    interfaces,
    configurations,
    given: configurations.flatMap((block) => givenBy(block, context)),
    traits: interfaces.flatMap(({ body, origin }) => forwarding(body, origin)),
  };
}

/** A scale set says its interfaces itself. */
function scaleSet(resource: Resource, context: Context): Facts {
  const interfaces = [
    ...knownBlocks(resource.body, 'network_interface'),
    ...knownBlocks(resource.body, 'network_profile'),
  ];
  const configurations = interfaces.flatMap((block) => knownBlocks(block, 'ip_configuration'));
  const given = configurations.flatMap((block) =>
    [...knownBlocks(block, 'public_ip_address'), ...knownBlocks(block, 'public_ip_address_configuration')].map(
      (one) => ({
        origin: one.origin,
        family: familyOf(one, 'version'),
        sku: 'Standard' as string | undefined,
      }),
    ),
  );
  const groups = interfaces.flatMap((block) => context.meaning(get(block, 'network_security_group_id'), [GROUP]).meant);
  const own = new Map(groups.map((group) => mark(group.resource.address, context)));
  const traits = interfaces.flatMap((block) => forwarding(block, resource.origin));
  return factsOf(resource, { kind: 'machine-group', interfaces: [], configurations, given, own, traits }, context);
}

/** It takes packets that are for others: a router, a firewall, or a way around one. */
function forwarding(block: Block, unwritten: Origin): readonly TraitFact[] {
  const names = ['ip_forwarding_enabled', 'enable_ip_forwarding', 'ip_forwarding'];
  const { on, origin } = setting(block, names, false, unwritten);
  if (on === false) return [];
  return [{ trait: 'forwards-packets', ...(isUnknown(on) ? { unknown: on } : {}), origin }];
}

/** A public address, and the kind of it: what has no group is closed at one kind and open at the other (R75). */
interface Given {
  readonly origin: Origin;
  readonly family: PublicAddress['family'];
  readonly sku: string | undefined;
}

function givenBy(block: Block, context: Context): readonly Given[] {
  const value = get(block, 'public_ip_address_id');
  if (value === undefined || knownText(block, 'public_ip_address_id') === '') return [];
  const [address] = context.meaning(value, ['azurerm_public_ip']).meant;
  if (!address) return [{ origin: value.origin, family: undefined, sku: undefined }];
  const { body } = address.resource;
  return [{ origin: value.origin, family: familyOf(body, 'ip_version'), sku: knownText(body, 'sku') }];
}

/** Azure takes it for IPv4 where nothing says which (S10); undefined where that is not in the code. */
function familyOf(block: Block, name: string): PublicAddress['family'] {
  if (get(block, name) === undefined) return 'ipv4';
  const written = knownText(block, name)?.toLowerCase();
  return written === 'ipv6' || written === 'ipv4' ? written : undefined;
}

interface Parts {
  readonly kind: string;
  readonly interfaces: readonly Resource[];
  readonly configurations: readonly Block[];
  readonly given: readonly Given[];
  readonly own?: ReadonlyMap<string, string>;
  readonly traits: readonly TraitFact[];
}

function factsOf(resource: Resource, parts: Parts, context: Context): Facts {
  const { kind, interfaces, configurations, given, own = new Map(), traits } = parts;
  const standing = standingOf(
    configurations.map((block) => get(block, 'subnet_id')),
    context,
  );
  const marks = groupMarks(interfaces, standing.subnets, context);
  const guarded = marks.guarded || own.size > 0;
  return {
    segments: standing.segments,
    // What a machine is told as it starts.
    needs: ['custom_data', 'user_data'].flatMap((name) => needsIn(get(resource.body, name), resource, context)),
    workloads: [
      workloadFact(resource, {
        kind,
        machine: true,
        memberships: standing.memberships,
        ranges: standing.ranges,
        labels: new Map([...standing.labels, ...marks.labels, ...own]),
        unreached: unreached(resource, given),
        publicAddresses: given.flatMap((each) => addressOf(each, guarded)),
        traits: [...traits, ...sessionsOf(resource, standing, context)],
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

function addressOf({ origin, family, sku }: Given, guarded: boolean): readonly PublicAddress[] {
  const address = { address: null, ...(family && { family }), asked: true, origin } as const;
  if (guarded || sku?.toLowerCase() === 'basic') return [address];
  return sku === undefined ? [{ ...address, unknown: unknown(SKU_UNKNOWN, origin) }] : [];
}
