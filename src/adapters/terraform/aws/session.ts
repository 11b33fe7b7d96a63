/**
 * Ways to log in to a machine that ask who it is and end by themselves: sessions of Systems Manager, where the machine's role lets
 * its agent in, and endpoints of EC2 Instance Connect in its network. A policy may say until when somebody may start one at all.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Origin } from '../../../source/span.ts';
import type { Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Block, firstBlock, get, isUnknown, textsIn } from '../resource.ts';
import { networkAt } from './network-name.ts';
import { permittedUntil } from './session-end.ts';

const ENDPOINT = 'aws_ec2_instance_connect_endpoint';
const AGENT = /(^|\/)AmazonSSMManagedInstanceCore$/;
/** What somebody needs who starts a session, or opens a tunnel through an endpoint. */
const SESSION = ['ssm:startsession'];
const TUNNEL = ['ec2-instance-connect:opentunnel'];

/** Whether somebody gets to a machine in such a way, and the line that makes it so, or that says until when. */
export function sessionsOf(
  machine: Resource,
  said: readonly Block[],
  network: string,
  context: Context,
): readonly TraitFact[] {
  const [agent] = said.flatMap((block) => agentOf(block, context));
  if (agent) return [sessionTrait(machine, agent, SESSION, context)];
  const endpoint = endpointIn(network, context);
  return endpoint ? [sessionTrait(machine, endpoint.origin, TUNNEL, context)] : [];
}

function sessionTrait(machine: Resource, place: Origin, actions: readonly string[], context: Context): TraitFact {
  const end = permittedUntil(machine, actions, context);
  const trait = 'admits-by-session';
  return end ? { trait, because: `until ${end.until}`, origin: end.origin } : { trait, origin: place };
}

/** The line that gives a machine a role with the policy of the agent. */
function agentOf(block: Block, context: Context): readonly TraitFact['origin'][] {
  const profile = get(block, 'iam_instance_profile');
  const inside = firstBlock(block, 'iam_instance_profile');
  const named = [profile, get(inside, 'name'), get(inside, 'arn')];
  const profiles = named.flatMap((value) => context.meaning(value, ['aws_iam_instance_profile']).meant);
  return profiles.flatMap(({ resource, origin }) => {
    const role = context.one(resource, 'role', ['aws_iam_role']);
    return role && letsAgentIn(role, context) ? [origin] : [];
  });
}

function letsAgentIn(role: Resource, context: Context): boolean {
  const attached = context.users(role, 'aws_iam_role_policy_attachment', 'role');
  const values = [get(role.body, 'managed_policy_arns'), ...attached.map(({ body }) => get(body, 'policy_arn'))];
  return values.some((value) => value !== undefined && isAgent(value, context));
}

function isAgent(value: Value, context: Context): boolean {
  return textsIn(value).some((item) => {
    if (!isUnknown(item)) return AGENT.test(item.text);
    const found = (item.refers ?? []).flatMap(({ address }) =>
      ['name', 'arn'].flatMap((by) => context.finds(address, 'aws_iam_policy', by) ?? []),
    );
    return [...found, item.ends ?? ''].some((name) => AGENT.test(name));
  });
}

function endpointIn(network: string, context: Context): Resource | undefined {
  return context.all(ENDPOINT).find((endpoint) => {
    const subnet = context.one(endpoint, 'subnet_id', ['aws_subnet', 'aws_default_subnet']);
    return subnet && networkAt(get(subnet.body, 'vpc_id'), subnet, context).name === network;
  });
}
