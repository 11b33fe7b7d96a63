/**
 * Ways to log in to machines of Azure that ask who it is and end by themselves: hosts of Bastion, which call the machines of
 * their network and of those peered with it, and ports that Defender opens on request for some hours (just-in-time access).
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { PublicAddress } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
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

/** Whether somebody gets to a machine in such a way, and the line that makes it so. */
export function sessionsOf(machine: Resource, { memberships }: Standing, context: Context): readonly TraitFact[] {
  const host = context.all(BASTION).find((one) => {
    const reached = networksOf(one, context);
    return memberships.some(({ segment }) => reached.has(segment));
  });
  const place = host?.origin ?? requestedFor(machine, context);
  return place ? [{ trait: 'admits-by-session', origin: place }] : [];
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

/** The line of a policy by which a port of the machine is opened on request. */
function requestedFor(machine: Resource, context: Context) {
  return context
    .all('azapi_resource')
    .filter(({ body }) => REQUESTED.test(knownText(body, 'type') ?? ''))
    .flatMap(({ body }) => machinesIn(get(body, 'body')))
    .find((block) => context.meaning(get(block, 'id'), MACHINES).meant.some(({ resource }) => resource === machine))
    ?.origin;
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
