/** Load balancers of Azure: rules of ports, the pools behind them, and the interfaces in these. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { DoorFact, GatewayFact } from '../../../graph/fragment.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import { privateLink } from '../private-link.ts';
import { blocks, get, isUnknown, knownBlocks, knownText, originOf, texts, whole } from '../resource.ts';

const LINK_SERVICE = 'azurerm_private_link_service';
const POOL = 'azurerm_lb_backend_address_pool';
const JOINS = 'azurerm_network_interface_backend_address_pool_association';
const SETS = ['azurerm_linux_virtual_machine_scale_set', 'azurerm_windows_virtual_machine_scale_set'];
const MACHINES = ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine', 'azurerm_virtual_machine'];

export const BALANCER_READERS: Readers = {
  azurerm_lb: loadBalancer,
  azurerm_lb_rule: () => NOTHING,
  [LINK_SERVICE]: () => NOTHING,
};

function isPublic(balancer: Resource): boolean {
  return blocks(balancer.body, 'frontend_ip_configuration').some(
    (block) => !isUnknown(block) && get(block, 'public_ip_address_id') !== undefined,
  );
}

/** The callers' own addresses come through, so that the groups of what stands behind have to let them in. */
function loadBalancer(balancer: Resource, context: Context): Facts {
  const { address, origin } = balancer;
  const internal = !isPublic(balancer);
  const doors = context.users(balancer, 'azurerm_lb_rule', 'loadbalancer_id').flatMap((rule): DoorFact[] => {
    const [outside, inside] = [whole(rule.body, 'frontend_port'), whole(rule.body, 'backend_port')];
    if (typeof outside !== 'number' || typeof inside !== 'number') return [];
    const place = originOf(rule.body, 'frontend_port', rule.origin);
    const line = originOf(rule.body, 'backend_port', place);
    return machinesOf(rule, context).map((workload) => ({
      place: { kind: 'balancer', internal },
      protocol: knownText(rule.body, 'protocol')?.toLowerCase() === 'udp' ? 'udp' : 'tcp',
      ports: { from: outside, to: outside },
      target: { kind: 'workload', workload, ports: { from: inside, to: inside }, origin: line },
      implicit: false,
      origin: place,
    }));
  });
  const gateway = { id: `gateway/${address}`, name: address, namespace: null, names: [], doors, origin } as const;
  return { gateways: [{ ...gateway, kind: 'load-balancer' }, ...linkServices(balancer, doors, context)] };
}

/** The services by which other subscriptions get to it: those to whom they are visible, with addresses of the network here. */
function linkServices(balancer: Resource, doors: readonly DoorFact[], context: Context): readonly GatewayFact[] {
  const services = context.users(balancer, LINK_SERVICE, 'load_balancer_frontend_ip_configuration_ids');
  return services.flatMap((service) => {
    const { body, origin } = service;
    const approved = texts(body, 'auto_approval_subscription_ids').some(
      (item) => !isUnknown(item) && item.text === '*',
    );
    const place = originOf(body, 'visibility_subscription_ids', origin);
    const asked = approved ? undefined : unknown('somebody has to approve each of its callers by hand', place);
    const listed = texts(body, 'visibility_subscription_ids');
    const inward = doors.map((door) => ({ ...door, rewritesSource: true as const }));
    return privateLink(service, { listed, asked }, inward);
  });
}

function machinesOf(rule: Resource, context: Context): readonly string[] {
  const named = [get(rule.body, 'backend_address_pool_ids'), get(rule.body, 'backend_address_pool_id')];
  const pools = named.flatMap((value) => context.meaning(value, [POOL]).meant.map(({ resource }) => resource));
  const cards = pools
    .flatMap((pool) => context.users(pool, JOINS, 'backend_address_pool_id'))
    .flatMap((one) => context.one(one, 'network_interface_id', ['azurerm_network_interface']) ?? []);
  const sets = SETS.flatMap((type) =>
    context.all(type).filter(({ body }) => {
      const inside = knownBlocks(body, 'network_interface').flatMap((card) => knownBlocks(card, 'ip_configuration'));
      return inside.some((block) => {
        const { meant } = context.meaning(get(block, 'load_balancer_backend_address_pool_ids'), [POOL]);
        return meant.some(({ resource }) => pools.includes(resource));
      });
    }),
  );
  return [...cards.flatMap((card) => machinesWith(card, context)), ...sets.map(({ address }) => address)];
}

/** The machines that have an interface; the interface itself where no machine here has it. */
export function machinesWith(card: Resource, context: Context): readonly string[] {
  const found = MACHINES.flatMap((type) => context.users(card, type, 'network_interface_ids'));
  return (found.length > 0 ? found : [card]).map(({ address }) => address);
}
