/** Ways in that change the address on the way: inbound NAT rules of load balancers, and those of firewalls (DNAT). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { DoorFact, PortRange, Protocol } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import {
  apartAtCommas,
  type Block,
  get,
  isUnknown,
  knownBlocks,
  knownText,
  originOf,
  texts,
  whole,
} from '../resource.ts';
import { machinesWith } from './balancer.ts';

const CARD = 'azurerm_network_interface';

export const NAT_READERS: Readers = {
  azurerm_lb_nat_rule: natRule,
  azurerm_network_interface_nat_rule_association: () => NOTHING,
  azurerm_firewall_nat_rule_collection: (collection, context) =>
    firewallRules(collection, knownBlocks(collection.body, 'rule'), context),
  azurerm_firewall_policy_rule_collection_group: (group, context) =>
    firewallRules(
      group,
      knownBlocks(group.body, 'nat_rule_collection').flatMap((block) => knownBlocks(block, 'rule')),
      context,
    ),
};

/** The callers' own addresses come through: the groups of the machine have to let them in. */
function natRule(rule: Resource, context: Context): Facts {
  const balancer = context.one(rule, 'loadbalancer_id', ['azurerm_lb']);
  const [outside, inside] = [whole(rule.body, 'frontend_port'), whole(rule.body, 'backend_port')];
  if (!balancer || typeof outside !== 'number' || typeof inside !== 'number') return NOTHING;
  const internal = !knownBlocks(balancer.body, 'frontend_ip_configuration').some(
    (block) => get(block, 'public_ip_address_id') !== undefined,
  );
  const cards = context
    .users(rule, 'azurerm_network_interface_nat_rule_association', 'nat_rule_id')
    .flatMap((one) => context.one(one, 'network_interface_id', [CARD]) ?? []);
  const protocols = protocolsOf([knownText(rule.body, 'protocol') ?? 'tcp']);
  const origin = originOf(rule.body, 'frontend_port', rule.origin);
  const doors = cards
    .flatMap((card) => machinesWith(card, context))
    .flatMap((workload) =>
      protocols.map(
        (protocol): DoorFact => ({
          place: { kind: 'balancer', internal },
          protocol,
          ports: { from: outside, to: outside },
          target: { kind: 'workload', workload, ports: { from: inside, to: inside }, origin },
          implicit: false,
          origin,
        }),
      ),
    );
  return gatewayOf(rule, doors);
}

/** The firewall calls the machine at the address that a rule names, for whoever the rule lets in. */
function firewallRules(owner: Resource, rules: readonly Block[], context: Context): Facts {
  const doors = rules.flatMap((rule) => {
    const address = knownText(rule, 'translated_address');
    const inside = whole(rule, 'translated_port');
    const [port] = texts(rule, 'destination_ports');
    if (address === undefined || typeof inside !== 'number' || !port || isUnknown(port)) return [];
    const outside = rangeOf(port.text);
    if (!outside) return [];
    const named = texts(rule, 'source_addresses').flatMap(apartAtCommas);
    const anybody = named.some((item) => isUnknown(item) || item.text === '*' || item.text === 'Internet');
    const cidrs = named.flatMap((item) => (isUnknown(item) ? [] : [item.text]));
    const hidden = named.find(isUnknown);
    const origin = named[0]?.origin ?? rule.origin;
    const written = texts(rule, 'protocols').flatMap((item) => (isUnknown(item) ? [] : [item.text]));
    return machinesAt(address, context).flatMap((workload) =>
      protocolsOf(written).map(
        (protocol): DoorFact => ({
          place: { kind: 'balancer', internal: false },
          protocol,
          ports: outside,
          target: { kind: 'workload', workload, ports: { from: inside, to: inside }, origin },
          ...(anybody ? {} : { sources: { cidrs, origin } }),
          ...(hidden ? { unknown: hidden } : {}),
          implicit: false,
          origin,
        }),
      ),
    );
  });
  return gatewayOf(owner, doors);
}

function gatewayOf({ address, origin }: Resource, doors: readonly DoorFact[]): Facts {
  if (doors.length === 0) return NOTHING;
  return {
    gateways: [
      { id: `gateway/${address}`, kind: 'load-balancer', name: address, namespace: null, names: [], doors, origin },
    ],
  };
}

/** The machines whose interface has an address inside of its network. */
function machinesAt(address: string, context: Context): readonly string[] {
  const cards = context
    .all(CARD)
    .filter(({ body }) =>
      knownBlocks(body, 'ip_configuration').some((block) => knownText(block, 'private_ip_address') === address),
    );
  return cards.flatMap((card) => machinesWith(card, context));
}

function protocolsOf(written: readonly string[]): readonly Protocol[] {
  const words = new Set(written.map((word) => word.toLowerCase()));
  const every = words.has('any') || words.has('all');
  return (['tcp', 'udp'] as const).filter((protocol) => every || words.has(protocol));
}

function rangeOf(written: string): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(written.trim());
  return match ? { from: Number(match[1]), to: Number(match[2] ?? match[1]) } : undefined;
}
