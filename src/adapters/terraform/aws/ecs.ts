/** Services of containers (R67), with the containers of their task definitions. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { PublicAddress, Unreached } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { textOf } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { firstBlock, get, isUnknown, originOf, truth, whole } from '../resource.ts';
import { taskContainers } from './container-definition.ts';
import { groupsOf } from './interface-groups.ts';
import { isRouted, type Standing, standingOf, unrouted } from './vpc.ts';

export const ECS_READERS: Readers = {
  aws_ecs_service: service,
  aws_ecs_task_definition: (task, context) =>
    context.users(task, 'aws_ecs_service', 'task_definition').length > 0 ? NOTHING : loneTask(task, context),
  aws_ecs_cluster: () => NOTHING,
};

function service(resource: Resource, context: Context): Facts {
  const { body } = resource;
  const network = firstBlock(body, 'network_configuration');
  const standing = standingOf(resource, get(network, 'subnets'), undefined, context);
  const held = network && groupsOf(resource, [[network, 'security_groups']], standing, context);
  const task = context.one(resource, 'task_definition', ['aws_ecs_task_definition']);
  const tasks = task ? taskContainers(task, resource, context) : { containers: [], needs: [], notices: [] };
  const count = whole(body, 'desired_count');
  return {
    segments: network ? standing.segments : [],
    guards: held?.guards ?? [],
    needs: tasks.needs,
    notices: tasks.notices,
    workloads: [
      workloadFact(resource, {
        kind: 'container-service',
        memberships: network ? standing.memberships : [],
        ranges: network ? standing.ranges : [],
        labels: new Map([...standing.labels, ...(held?.labels ?? [])]),
        traits: [...(held?.traits ?? []), ...sharedHost(task)],
        replicas: typeof count === 'number' ? count : null,
        containers: tasks.containers,
        publicAddresses: network ? publicAddresses(network, resource, standing, context) : [],
        unreached: network ? unreached(network, resource, standing, context) : undefined,
      }),
    ],
  };
}

function publicAddresses(
  network: NonNullable<ReturnType<typeof firstBlock>>,
  { origin }: Resource,
  standing: Standing,
  context: Context,
): readonly PublicAddress[] {
  const asked = truth(network, 'assign_public_ip', false);
  const routed = isRouted(standing, context);
  if (asked === false || routed === false) return [];
  const doubt = isUnknown(asked) ? asked : isUnknown(routed) ? routed : undefined;
  return [
    {
      address: null,
      origin: originOf(network, 'assign_public_ip', origin),
      ...(asked === true ? { asked } : {}),
      ...(doubt ? { unknown: doubt } : {}),
    },
  ];
}

/** Tasks whose ports are those of their machine: all of them, or those that they are mapped to. */
function sharedHost(task: Resource | undefined): readonly TraitFact[] {
  const mode = get(task?.body, 'network_mode');
  if (!mode || !['host', 'bridge'].includes(textOf(mode) ?? '')) return [];
  return [{ trait: 'shares-host-network', origin: mode.origin }];
}

function unreached(
  network: NonNullable<ReturnType<typeof firstBlock>>,
  { origin }: Resource,
  standing: Standing,
  context: Context,
): Unreached | undefined {
  if (truth(network, 'assign_public_ip', false) !== false) return unrouted(standing, context);
  return { because: 'it asks for no public address', origin: originOf(network, 'assign_public_ip', origin) };
}

/** A task definition that no service of the code runs: something runs it now and then, with a network that it gets then. */
function loneTask(task: Resource, context: Context): Facts {
  const { containers, needs, notices } = taskContainers(task, task, context);
  const traits = sharedHost(task);
  if (containers.length === 0 && traits.length === 0) return { notices };
  return { needs, notices, workloads: [workloadFact(task, { kind: 'task', containers, traits })] };
}
