/** Target groups, and who is in them (E6). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Context } from '../context.ts';
import type { Destination } from '../facts.ts';
import { type Block, blocks, get, isUnknown, originOf, whole } from '../resource.ts';

export const GROUPS = ['aws_lb_target_group', 'aws_alb_target_group'];

export const ATTACHMENTS = ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment'];

export const MACHINES = ['aws_instance', 'aws_autoscaling_group', 'aws_lambda_function'];

export function targetGroupsOf(action: Block, context: Context): readonly Resource[] {
  const forwarded = blocks(action, 'forward').flatMap((forward) =>
    isUnknown(forward) ? [] : blocks(forward, 'target_group'),
  );
  const named = [
    get(action, 'target_group_arn'),
    ...forwarded.map((group) => (isUnknown(group) ? group : get(group, 'arn'))),
  ];
  return named.flatMap((value) => context.meaning(value, GROUPS).meant.map(({ resource }) => resource));
}

/** Who is in a target group: what is attached to it, machine groups that name it, services of containers (E6). */
export function behind(group: Resource, context: Context): readonly Destination[] {
  const standard = whole(group.body, 'port');
  const port = typeof standard === 'number' ? standard : undefined;
  const place = originOf(group.body, 'port', group.origin);
  const attached = ATTACHMENTS.flatMap((type) => context.users(group, type, 'target_group_arn')).flatMap(
    (one): Destination[] => {
      const own = whole(one.body, 'port');
      const number = typeof own === 'number' ? own : port;
      if (number === undefined) return [];
      const { meant } = context.meaning(get(one.body, 'target_id'), MACHINES);
      return meant.map(({ resource }) => ({
        workload: resource.address,
        port: number,
        origin: originOf(one.body, 'port', place),
      }));
    },
  );
  const joined = context
    .users(group, 'aws_autoscaling_attachment', 'lb_target_group_arn')
    .flatMap((one) => context.one(one, 'autoscaling_group_name', ['aws_autoscaling_group']) ?? []);
  const grown = [...context.users(group, 'aws_autoscaling_group', 'target_group_arns'), ...joined];
  const machines = port === undefined ? [] : grown.map(({ address }) => ({ workload: address, port, origin: place }));
  const services = context.users(group, 'aws_ecs_service', 'load_balancer.target_group_arn').flatMap((service) =>
    blocks(service.body, 'load_balancer').flatMap((block): Destination[] => {
      if (isUnknown(block)) return [];
      const means = context
        .meaning(get(block, 'target_group_arn'), GROUPS)
        .meant.some(({ resource }) => resource === group);
      const number = whole(block, 'container_port');
      const origin = originOf(block, 'container_port', block.origin);
      return means && typeof number === 'number' ? [{ workload: service.address, port: number, origin }] : [];
    }),
  );
  return [...attached, ...machines, ...services];
}
