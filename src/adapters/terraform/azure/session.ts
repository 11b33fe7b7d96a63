/**
 * Ways to log in to machines of Azure that ask who it is and end by themselves: hosts of Bastion, which call the machines of
 * their network and of those peered with it, and ports that Defender opens on request for some hours (just-in-time access).
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { PublicAddress } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Origin } from '../../../source/span.ts';
import type { Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, type Readers, segmentKey, workloadFact } from '../facts.ts';
import { jsonValue } from '../json.ts';
import { type Block, blocks, get, isUnknown, knownText } from '../resource.ts';
import { networkAt, type Standing, standingOf } from './network.ts';
import { groupMarks } from './nsg.ts';
import { setting } from './setting.ts';

const BASTION = 'azurerm_bastion_host';
const PEERING = 'azurerm_virtual_network_peering';
const REQUESTED = /^microsoft\.security\/locations\/jitnetworkaccesspolicies(@|$)/i;
const MACHINES = ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine', 'azurerm_virtual_machine'];

export const SESSION_READERS: Readers = { [BASTION]: bastion };

/** Who calls it signs in to Azure first, unless links may be handed around. */
function bastion(host: Resource, context: Context): Facts {
  const { body, origin } = host;
  const standing = standingOf(subnetsNamed(host), context);
  const links = setting(body, ['shareable_link_enabled'], false, origin);
  return {
    segments: standing.segments,
    workloads: [
      workloadFact(host, {
        kind: 'bastion',
        memberships: standing.memberships,
        ranges: standing.ranges,
        labels: new Map([...standing.labels, ...groupMarks([], standing.subnets, context).labels]),
        publicAddresses: addressesOf(host),
        unreached: { because: 'it has no public address of its own', origin },
        provides: [
          {
            service: 'HTTPS',
            ports: { from: 443, to: 443 },
            protocol: 'tcp',
            transport: 'tls',
            authentication: links.on === false ? 'iam' : links.on === true ? 'basic' : 'unknown',
            authenticationOrigin: links.origin,
            origin,
          },
        ],
      }),
    ],
  };
}

function subnetsNamed({ body }: Resource): readonly (Value | undefined)[] {
  return blocks(body, 'ip_configuration').map((block) => (isUnknown(block) ? block : get(block, 'subnet_id')));
}

function addressesOf({ body }: Resource): readonly PublicAddress[] {
  return blocks(body, 'ip_configuration').flatMap((block): readonly PublicAddress[] => {
    const value = isUnknown(block) ? block : get(block, 'public_ip_address_id');
    return value ? [{ address: null, asked: true, origin: value.origin }] : [];
  });
}

/** The line that makes a way in, by the network to whose machines it leads, and by the machine. */
interface Ways {
  readonly networks: ReadonlyMap<string, Origin>;
  readonly machines: ReadonlyMap<Resource, Origin>;
}

const known = new WeakMap<Context, Ways>();

/** Whether somebody gets to a machine in such a way, and the line that makes it so. */
export function sessionsOf(machine: Resource, { memberships }: Standing, context: Context): readonly TraitFact[] {
  const ways = known.get(context) ?? waysIn(context);
  known.set(context, ways);
  const [place] = memberships.flatMap(({ segment }) => ways.networks.get(segment) ?? []);
  const origin = place ?? ways.machines.get(machine);
  return origin ? [{ trait: 'admits-by-session', origin }] : [];
}

function waysIn(context: Context): Ways {
  const hosts = context.all(BASTION);
  return {
    networks: new Map(
      hosts.flatMap((host) => [...networksOf(host, context)].map((key) => [key, host.origin] as const)),
    ),
    machines: new Map(requested(context)),
  };
}

/** The networks in which a host reaches machines: one of the kind for developers goes no further than its own. */
function networksOf(host: Resource, context: Context): ReadonlySet<string> {
  const own = get(host.body, 'virtual_network_id');
  if (own) return new Set([segmentKey('virtual-network', networkAt(own, host.address, context).name)]);
  const standing = new Set(standingOf(subnetsNamed(host), context).memberships.map(({ segment }) => segment));
  const networkOf = (peering: Resource, side: string) =>
    segmentKey('virtual-network', networkAt(get(peering.body, side), peering.address, context).name);
  const peered = context
    .all(PEERING)
    .filter((one) => standing.has(networkOf(one, 'virtual_network_name')))
    .map((one) => networkOf(one, 'remote_virtual_network_id'));
  return new Set([...standing, ...peered]);
}

/** The machines of which a port is opened on request, each with the line of the policy that says so. */
function requested(context: Context): readonly (readonly [Resource, Origin])[] {
  const policies = context.all('azapi_resource').filter(({ body }) => REQUESTED.test(knownText(body, 'type') ?? ''));
  return policies
    .flatMap(({ body }) => machinesIn(get(body, 'body')))
    .flatMap((block) =>
      context.meaning(get(block, 'id'), MACHINES).meant.map(({ resource }) => [resource, block.origin] as const),
    );
}

/** The machines of a policy that says for what: its body is an object, or one as JSON. */
function machinesIn(body: Value | undefined): readonly Block[] {
  const said = body && jsonValue(body);
  const [properties] = said?.kind === 'mapping' ? blocks(said, 'properties') : [];
  if (properties === undefined || isUnknown(properties)) return [];
  return blocks(properties, 'virtualMachines').flatMap((block) =>
    isUnknown(block) || blocks(block, 'ports').length === 0 ? [] : [block],
  );
}
