/** The machines that stand behind a forwarding rule without a proxy: through a backend service, a pool, or by themselves. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Context } from '../context.ts';
import { type Block, blocks, get, isUnknown } from '../resource.ts';

/** Types of what is called behind a load balancer: services, and the groups and machines in these. */
export const SERVICES = ['google_compute_region_backend_service', 'google_compute_backend_service'];
export const MANAGERS = ['google_compute_instance_group_manager', 'google_compute_region_instance_group_manager'];
const TEMPLATES = ['google_compute_instance_template', 'google_compute_region_instance_template'];
export const GROUP = 'google_compute_instance_group';
export const MACHINE = 'google_compute_instance';
const POOL = 'google_compute_target_pool';
const TARGET = 'google_compute_target_instance';

/** The addresses of the workloads behind a rule. */
export function machinesBehind(rule: Block, context: Context): readonly string[] {
  const services = resourcesOf(rule, 'backend_service', SERVICES, context);
  const groups = services.flatMap((service) =>
    blocks(service.body, 'backend').flatMap((backend) =>
      isUnknown(backend) ? [] : resourcesOf(backend, 'group', [GROUP, ...MANAGERS], context),
    ),
  );
  return machinesOf([...groups, ...resourcesOf(rule, 'target', [POOL, TARGET], context)], context);
}

/** The resources of these types that an attribute means. */
export function resourcesOf(
  block: Block,
  attribute: string,
  types: readonly string[],
  context: Context,
): readonly Resource[] {
  return context.meaning(get(block, attribute), types).meant.map(({ resource }) => resource);
}

/** The addresses of the workloads in groups, pools and the like: machines, and templates of which machines are made. */
export function machinesOf(groups: readonly Resource[], context: Context): readonly string[] {
  const managers = [
    ...groups.filter(({ type }) => MANAGERS.includes(type)),
    ...groups.flatMap((pool) => MANAGERS.flatMap((type) => context.users(pool, type, 'target_pools'))),
  ];
  const templates = managers.flatMap(({ body }) => [
    ...resourcesOf(body, 'instance_template', TEMPLATES, context),
    ...blocks(body, 'version').flatMap((version) =>
      isUnknown(version) ? [] : resourcesOf(version, 'instance_template', TEMPLATES, context),
    ),
  ]);
  const machines = groups.flatMap(({ body }) => [
    ...resourcesOf(body, 'instances', [MACHINE], context),
    ...resourcesOf(body, 'instance', [MACHINE], context),
  ]);
  return [...new Set([...templates, ...machines].map(({ address }) => address))];
}
