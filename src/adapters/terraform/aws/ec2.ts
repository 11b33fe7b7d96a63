/** Machines: instances, what launch templates make, and groups of them (R64). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { PublicAddress, Unreached } from '../../../graph/fragment.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { needsIn } from '../environment.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { type Block, firstBlock, get, isUnknown, knownBlocks, originOf, texts, truth, whole } from '../resource.ts';
import { groupsOf } from './interface-groups.ts';
import { sessionsOf } from './session.ts';
import { isRouted, type Standing, standingOf, unrouted } from './vpc.ts';

export const EC2_READERS: Readers = {
  aws_instance: (instance, context) => machine(instance, [instance.body, ...templatesOf(instance, context)], context),
  aws_spot_instance_request: (instance, context) => machine(instance, [instance.body], context),
  aws_autoscaling_group: autoscalingGroup,
  aws_launch_template: loneTemplate,
  aws_launch_configuration: loneTemplate,
  aws_eip: () => NOTHING,
  aws_eip_association: () => NOTHING,
  aws_network_interface: () => NOTHING,
};

const TEMPLATES = ['aws_launch_template', 'aws_launch_configuration'];

/** What a launch template says where the instance itself says nothing. */
function templatesOf({ body }: Resource, context: Context): readonly Block[] {
  const named =
    firstBlock(body, 'launch_template') ??
    firstBlock(
      firstBlock(firstBlock(body, 'mixed_instances_policy'), 'launch_template'),
      'launch_template_specification',
    );
  const values = [
    get(named, 'id'),
    get(named, 'name'),
    get(named, 'launch_template_id'),
    get(body, 'launch_configuration'),
  ];
  return values
    .flatMap((value) => context.meaning(value, TEMPLATES).meant.map(({ resource }) => resource.body))
    .slice(0, 1);
}

const MADE_OF_TEMPLATES: ReadonlySet<string> = new Set(['aws_instance', 'aws_autoscaling_group']);

/** A template that asks for public addresses gives them to what is made of it, though nothing here is yet. */
function loneTemplate(template: Resource, context: Context): Facts {
  if (context.mentions(template).some(({ type }) => MADE_OF_TEMPLATES.has(type))) return NOTHING;
  const said = [template.body, ...knownBlocks(template.body, 'network_interfaces')];
  const asked = told(said);
  if (!asked || asked === 'none' || asked.unknown) return NOTHING;
  const doubt = unknown('where machines of it will stand is not in the code', template.origin);
  const address: PublicAddress = { address: null, origin: asked.origin, asked: true, unknown: doubt };
  const parts = { kind: 'machine-group', machine: true, publicAddresses: [address] } as const;
  return { workloads: [workloadFact(template, parts)] };
}

function autoscalingGroup(group: Resource, context: Context): Facts {
  return machine(group, [group.body, ...templatesOf(group, context)], context, 'vpc_zone_identifier', 'machine-group');
}

/** A machine as its own attributes say it, and where they are silent its template's. */
function machine(
  resource: Resource,
  said: readonly Block[],
  context: Context,
  subnetName = 'subnet_id',
  kind = 'virtual-machine',
): Facts {
  const interfaces = said.flatMap((block) =>
    [firstBlock(block, 'network_interfaces') ?? firstBlock(block, 'network_interface') ?? []].flat(),
  );
  const attached = interfaces.flatMap((one) => {
    const { meant } = context.meaning(get(one, 'network_interface_id'), ['aws_network_interface']);
    return meant.map(({ resource: card }) => card.body);
  });
  const all = [...said, ...interfaces, ...attached];
  const subnet = all
    .map((block) => get(block, subnetName) ?? get(block, 'subnet_id'))
    .find((value) => value !== undefined);
  const standing = standingOf(resource, subnet, undefined, context);
  const groups = all
    .flatMap((block) => GROUPS.map((name) => [block, name] as const))
    .filter((one) => get(...one) !== undefined);
  const held = groupsOf(resource, groups, standing, context);
  const reached = publicAddresses(resource, all, standing, context);
  return {
    segments: standing.segments,
    guards: held.guards,
    needs: said.flatMap((block) =>
      ['user_data', 'user_data_base64'].flatMap((name) => needsIn(get(block, name), resource, context)),
    ),
    workloads: [
      workloadFact(resource, {
        kind,
        machine: true,
        memberships: standing.memberships,
        ranges: standing.ranges,
        labels: new Map([...standing.labels, ...held.labels]),
        traits: [...held.traits, ...sessionsOf(resource, said, standing.network, context)],
        publicAddresses: reached,
        unreached: onlyIn(reached) ?? unrouted(standing, context) ?? addressless(resource, all),
      }),
    ],
  };
}

const GROUPS = ['vpc_security_group_ids', 'security_groups', 'security_group_ids', 'security_group_names'];

/** R64: an address of its own, or one that the subnet gives, as far as the subnet's routes lead to the internet. */
function publicAddresses(
  resource: Resource,
  said: readonly Block[],
  standing: Standing,
  context: Context,
): readonly PublicAddress[] {
  const given = elastic(resource, context) ?? told(said) ?? bySubnet(resource, standing);
  const six = sixth(said, standing);
  return [
    // Of a subnet that is not in the code it is not known which families it gives.
    ...routedAddresses(given, standing, context, standing.subnets.length > 0 ? 'ipv4' : undefined),
    ...routedAddresses(six, standing, context, 'ipv6'),
  ];
}

/** An address of IPv6 that it asks for, or that its subnet gives: each is one of the internet, since nothing translates it. */
function sixth(said: readonly Block[], { subnets }: Standing): Given {
  for (const block of said) {
    const count = get(block, 'ipv6_address_count');
    if (count !== undefined) {
      const number = whole(block, 'ipv6_address_count');
      if (isUnknown(number)) return { origin: count.origin, unknown: number };
      return number === 0 ? 'none' : { origin: count.origin, asked: true };
    }
    for (const name of ['ipv6_addresses', 'ipv6_address_list']) {
      const [first] = texts(block, name);
      if (first)
        return isUnknown(first) ? { origin: first.origin, unknown: first } : { origin: first.origin, asked: true };
    }
  }
  for (const { body, origin } of subnets) {
    const given = truth(body, 'assign_ipv6_address_on_creation', false);
    const place = originOf(body, 'assign_ipv6_address_on_creation', origin);
    if (isUnknown(given)) return { origin: place, unknown: given };
    if (given) return { origin: place };
  }
  return undefined;
}

/** Why callers of the other family do not get to it (S10). */
function onlyIn([first, second]: readonly PublicAddress[]): Unreached | undefined {
  if (!first?.family || second) return undefined;
  const [own, other] = first.family === 'ipv4' ? ['IPv4', 'IPv6'] : ['IPv6', 'IPv4'];
  return { because: `it has a public address of ${own}, and none of ${other}`, origin: first.origin };
}

function addressless({ origin }: Resource, said: readonly Block[]): Unreached {
  const place = said.map((block) => get(block, 'associate_public_ip_address')).find((value) => value !== undefined);
  if (place) return { because: 'it asks for no public address', origin: place.origin };
  return { because: 'neither it nor its subnet gives it a public address', origin };
}

/** The addresses of machines that say nothing themselves: those that their subnets give. */
export function addressesBySubnet(resource: Resource, standing: Standing, context: Context): readonly PublicAddress[] {
  return routedAddresses(bySubnet(resource, standing), standing, context);
}

function routedAddresses(
  given: Given,
  standing: Standing,
  context: Context,
  family?: PublicAddress['family'],
): readonly PublicAddress[] {
  if (!given || given === 'none') return [];
  const routed = isRouted(standing, context, family);
  if (routed === false) return [];
  const doubt =
    given.unknown ??
    (isUnknown(routed)
      ? unknown(`${routed.because}, and neither is whether it is routed from the internet`, routed.origin)
      : undefined);
  const asked = given.asked ? { asked: true as const } : {};
  return [
    { address: null, ...(family && { family }), origin: given.origin, ...asked, ...(doubt ? { unknown: doubt } : {}) },
  ];
}

/** An address that something gives; `none` where somebody says that there is none. */
type Given = Pick<PublicAddress, 'origin' | 'unknown' | 'asked'> | 'none' | undefined;

function elastic(resource: Resource, context: Context): Given {
  const own = context.users(resource, 'aws_eip', 'instance')[0];
  const joined = context.users(resource, 'aws_eip_association', 'instance_id')[0];
  const found = own ?? joined;
  return found && { origin: originOf(found.body, own ? 'instance' : 'instance_id', found.origin), asked: true };
}

/** Undefined where nothing is said, so that the subnet decides. */
function told(said: readonly Block[]): Given {
  for (const block of said) {
    const value = get(block, 'associate_public_ip_address');
    if (value === undefined) continue;
    const asked = truth(block, 'associate_public_ip_address', false);
    if (isUnknown(asked)) return { origin: value.origin, unknown: asked };
    return asked ? { origin: value.origin, asked: true } : 'none';
  }
  return undefined;
}

function bySubnet({ origin }: Resource, { subnets, unknown: hidden }: Standing): Given {
  if (subnets.length === 0) return hidden ? { origin: hidden.origin, unknown: hidden } : { origin };
  for (const { body, type } of subnets) {
    const mapped = truth(body, 'map_public_ip_on_launch', type === 'aws_default_subnet');
    const place = originOf(body, 'map_public_ip_on_launch', origin);
    if (isUnknown(mapped)) return { origin: place, unknown: mapped };
    if (mapped) return { origin: place };
  }
  return undefined;
}
