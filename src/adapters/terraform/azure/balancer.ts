/** Load balancers of Azure: rules of ports, the pools behind them, and the interfaces in these. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { DoorFact } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { blocks, get, isUnknown, knownText, originOf, texts, whole } from '../resource.ts';

const POOL = 'azurerm_lb_backend_address_pool';
const JOINS = 'azurerm_network_interface_backend_address_pool_association';
const MACHINES = ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine', 'azurerm_virtual_machine'];

export const BALANCER_READERS: Readers = {
  azurerm_lb: loadBalancer,
  azurerm_lb_rule: () => NOTHING,
  azurerm_application_gateway: applicationGateway,
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
  return {
    gateways: [
      { id: `gateway/${address}`, kind: 'load-balancer', name: address, namespace: null, names: [], doors, origin },
    ],
  };
}

function machinesOf(rule: Resource, context: Context): readonly string[] {
  const named = [get(rule.body, 'backend_address_pool_ids'), get(rule.body, 'backend_address_pool_id')];
  const pools = named.flatMap((value) => context.meaning(value, [POOL]).meant.map(({ resource }) => resource));
  const cards = pools
    .flatMap((pool) => context.users(pool, JOINS, 'backend_address_pool_id'))
    .flatMap((one) => context.one(one, 'network_interface_id', ['azurerm_network_interface']) ?? []);
  return cards.flatMap((card) =>
    MACHINES.flatMap((type) => context.users(card, type, 'network_interface_ids').map(({ address }) => address)),
  );
}

/** What it leads to is named by addresses as a rule: the gateway itself is what is reached. */
function applicationGateway(gateway: Resource): Facts {
  const { body, origin } = gateway;
  const numbers = new Map(
    blocks(body, 'frontend_port').flatMap((block) =>
      isUnknown(block) ? [] : [[knownText(block, 'name') ?? '', block] as const],
    ),
  );
  const provides = blocks(body, 'http_listener').flatMap((listener) => {
    if (isUnknown(listener)) return [];
    const block = numbers.get(knownText(listener, 'frontend_port_name') ?? '');
    const port = block && whole(block, 'port');
    const tls = knownText(listener, 'protocol')?.toLowerCase() === 'https';
    if (typeof port !== 'number') return [];
    return [
      {
        service: tls ? 'HTTPS' : 'HTTP',
        ports: { from: port, to: port },
        protocol: 'tcp' as const,
        transport: tls ? ('tls' as const) : ('plaintext' as const),
        origin: originOf(listener, 'protocol', listener.origin),
      },
    ];
  });
  const [door] = blocks(body, 'frontend_ip_configuration').flatMap((block) =>
    isUnknown(block) ? [] : texts(block, 'public_ip_address_id'),
  );
  return {
    workloads: [
      workloadFact(gateway, {
        kind: 'load-balancer',
        provides,
        publicAddresses: door ? [{ address: null, origin: door.origin ?? origin }] : [],
      }),
    ],
  };
}
