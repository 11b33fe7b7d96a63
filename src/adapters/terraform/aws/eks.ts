/** Clusters of Kubernetes that AWS runs (R68): their API, and the nodes that somebody may log in to. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GuardFact } from '../../../graph/fragment.ts';
import { placeKey } from '../../../source/span.ts';
import { clusterApi } from '../cluster-api.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, together, workloadFact } from '../facts.ts';
import { addressPeer, grantsOf, mark, marked } from '../guard.ts';
import { type Block, firstBlock, get, isUnknown, originOf, texts, truth } from '../resource.ts';
import { addressesBySubnet } from './ec2.ts';
import { groupsOf, SECURITY_GROUP } from './interface-groups.ts';
import { isRefused, refusedRanges } from './range.ts';
import { standingOf } from './vpc.ts';

export const EKS_READERS: Readers = { aws_eks_cluster: cluster, aws_eks_node_group: nodeGroup };

/** The API server of a cluster has an address of the internet unless somebody says otherwise. */
function cluster(resource: Resource, context: Context): Facts {
  const network = firstBlock(resource.body, 'vpc_config');
  const open = truth(network, 'endpoint_public_access', true);
  const place = originOf(network, 'endpoint_public_access', network?.origin ?? resource.origin);
  const listed = texts(network, 'public_access_cidrs');
  // What a module lets in when nobody says whom stands where the module is called: the switch is the line to change.
  const said = listed.filter(({ origin }) => placeKey(origin) !== placeKey(resource.origin));
  const allowed = said.length === 0 ? undefined : listed.filter((item) => isUnknown(item) || !isRefused(item.text));
  const notices = network ? refusedRanges(network, ['public_access_cidrs']) : [];
  const api = clusterApi(resource, { shut: isUnknown(open) ? open : !open, place, allowed }, context);
  const more = get(network, 'security_group_ids') === undefined ? [] : [inside(resource, network, context)];
  return together([api, { notices }, ...more]);
}

/** The interfaces by which the control plane stands in the network: groups hold these, and not its public address. */
function inside(resource: Resource, network: Block | undefined, context: Context): Facts {
  const standing = standingOf(resource, get(network, 'subnet_ids'), undefined, context);
  const held = groupsOf(resource, [[network, 'security_group_ids']], standing, context);
  const { memberships, ranges, segments } = standing;
  const labels = new Map([...standing.labels, ...held.labels]);
  const interfaces = { ...resource, address: `${resource.address}/interfaces` };
  return {
    segments,
    guards: held.guards,
    workloads: [workloadFact(interfaces, { kind: 'network-interface', memberships, ranges, labels })],
  };
}

/** Nodes with a key to log in by get a group from EKS that lets in everybody, unless groups are named that may. */
function nodeGroup(group: Resource, context: Context): Facts {
  const access = firstBlock(group.body, 'remote_access');
  if (!access || get(access, 'ec2_ssh_key') === undefined) return NOTHING;
  if (get(access, 'source_security_group_ids') !== undefined) return NOTHING;
  const standing = standingOf(group, get(group.body, 'subnet_ids'), undefined, context);
  const guard = remoteAccess(group, access, context);
  const { memberships, ranges, segments, labels } = standing;
  return {
    segments,
    guards: [guard],
    workloads: [
      workloadFact(group, {
        kind: 'machine-group',
        machine: true,
        memberships,
        ranges,
        labels: new Map([...labels, mark(guard.id, context)]),
        publicAddresses: addressesBySubnet(group, standing, context),
      }),
    ],
  };
}

function remoteAccess(group: Resource, access: Block, context: Context): GuardFact {
  const origin = originOf(access, 'ec2_ssh_key', access.origin);
  const id = `${group.address}/remote access`;
  return {
    id,
    name: id,
    namespace: null,
    ...SECURITY_GROUP,
    priority: null,
    subject: marked(id, context, origin),
    grants: grantsOf({
      id: `${id}/ingress`,
      direction: 'ingress',
      peers: [addressPeer('0.0.0.0/0', origin)],
      ports: [{ protocol: 'tcp', ports: { from: 22, to: 22 }, origin }],
      verdict: 'allow',
    }),
    origin,
  };
}
