/** Whom a managed service lets in at its public address: by a list of its own, or by resources that each name a range (R76). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GrantFact, GrantPort, GuardFact, Peer } from '../../../graph/fragment.ts';
import { cidrsOf, parseAddressRange } from '../../../graph/sets/address-set.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import { accessListId } from '../access-list.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Reader } from '../facts.ts';
import { addressPeer, grantsOf, marked, unseenGrant, unseenPeer } from '../guard.ts';
import {
  apartAtCommas,
  type Block,
  blocks,
  get,
  isUnknown,
  knownBlocks,
  knownText,
  originOf,
  text,
  texts,
  truth,
  type Written,
} from '../resource.ts';
import type { AddressList, Service } from './service-table.ts';

/** The guard of a service, and the line that opens it to everybody where none does. */
export interface Allowed {
  readonly guard?: GuardFact;
  readonly opening?: Origin;
}

/** @param insiders who gets in past the lists */
export function allowedTo(
  resource: Resource,
  { rules, list }: Service,
  insiders: readonly Peer[],
  context: Context,
): Allowed {
  if (rules) {
    const ranges = context.users(resource, rules.type, rules.of);
    if (ranges.length === 0 && rules.openWithout) return {};
    const grants = ranges.flatMap((one) => rangeGrants(one, `${resource.address}/${one.address}`));
    return { guard: guardOf(resource, grants, insiders, context) };
  }
  return list ? listed(resource, list, insiders, context) : {};
}

function listed(resource: Resource, list: AddressList, insiders: readonly Peer[], context: Context): Allowed {
  const { body, address } = resource;
  const { type = '', of = [] } = list.apart ?? {};
  const apart = [...new Set(of.flatMap((name) => context.users(resource, type, name)))];
  const own = (list.block?.split('.') ?? []).reduce<readonly (Block | Unknown)[]>(
    (found, name) => found.flatMap((block) => (isUnknown(block) ? [block] : blocks(block, name))),
    [body],
  );
  const places: readonly (Block | Unknown)[] = [...own, ...apart.map((one) => one.body)];
  const hidden = places.find(isUnknown);
  if (hidden)
    return { guard: guardOf(resource, [unseenGrant(`${address}/unseen`, 'ingress', hidden)], insiders, context) };
  const shown = places.filter((place): place is Block => !isUnknown(place));
  const items = shown.flatMap((place) => itemsOf(place, list.items));
  if (list.otherwise === 'listed') {
    const filtered = list.filter === undefined ? false : truth(body, list.filter, false);
    if (items.length === 0 && filtered === false) return {};
    const unseen =
      isUnknown(filtered) && items.length === 0 ? [unseenGrant(`${address}/filter`, 'ingress', filtered)] : [];
    const joined = [...insiders, ...shown.flatMap((place) => subnetPeers(place, context))];
    return { guard: guardOf(resource, [...itemGrants(address, items), ...unseen], joined, context) };
  }
  const [place] = shown;
  if (!place) return {};
  const action = text(place, 'default_action') ?? list.otherwise;
  if (isUnknown(action))
    return { guard: guardOf(resource, [unseenGrant(`${address}/default`, 'ingress', action)], insiders, context) };
  if (action.toLowerCase() === 'allow') return { opening: originOf(place, 'default_action', place.origin) };
  const subnets = shown.flatMap((one) => subnetPeers(one, context));
  return { guard: guardOf(resource, itemGrants(address, items), [...insiders, ...subnets], context) };
}

/** Whoever stands in the subnets that a list names: their traffic comes by the platform's own network. */
function subnetPeers(place: Block, context: Context): readonly Peer[] {
  const rules = knownBlocks(place, 'virtual_network_rule').map((rule) => get(rule, 'id'));
  const named = [get(place, 'virtual_network_subnet_ids'), get(place, 'subnet_ids'), ...rules];
  return named.flatMap((value) =>
    context.meaning(value, ['azurerm_subnet']).meant.map(
      ({ resource, origin }): Peer => ({
        kind: 'workloads',
        selector: marked(resource.address, context, origin),
        origin,
      }),
    ),
  );
}

/** Addresses: one by one, several in a text with commas between them, or each in a block, where it may be denied. */
function itemsOf(place: Block, names: readonly string[]): readonly (Written | Unknown)[] {
  return names.flatMap((name) => {
    const inside = blocks(place, name);
    if (inside.length === 0 || isUnknown(inside[0])) return texts(place, name).flatMap(apartAtCommas);
    return inside.flatMap((block) => {
      if (isUnknown(block)) return [block];
      if (knownText(block, 'action')?.toLowerCase() === 'deny') return [];
      return [...texts(block, 'ip_mask'), ...texts(block, 'ip_range')];
    });
  });
}

function itemGrants(address: string, items: readonly (Written | Unknown)[]): readonly GrantFact[] {
  return items.flatMap((item, index) => {
    const id = `${address}/allowed/${index}`;
    const peers = [isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin)];
    return item.kind === 'written' && item.text === '0.0.0.0'
      ? [platformGrant(id, item.origin)]
      : grantsOf({ id, direction: 'ingress', peers, ports: [], verdict: 'allow' });
  });
}

/** The range of a resource; from 0.0.0.0 to itself means whatever runs in Azure, whoever runs it (R76). */
function rangeGrants(
  { body, origin, uncertain }: Resource,
  id: string,
  ports: readonly GrantPort[] = [],
): readonly GrantFact[] {
  const [from, to] = [
    text(body, 'start_ip_address') ?? text(body, 'start_ip'),
    text(body, 'end_ip_address') ?? text(body, 'end_ip'),
  ];
  const place = originOf(body, 'start_ip_address', originOf(body, 'start_ip', origin));
  if (from === '0.0.0.0' && to === '0.0.0.0') return [platformGrant(id, place)];
  return grantsOf({
    id,
    name: knownText(body, 'name'),
    direction: 'ingress',
    peers: rangePeers(from, to, place),
    ports,
    perhaps: uncertain,
    verdict: 'allow',
  });
}

function rangePeers(
  from: string | Unknown | undefined,
  to: string | Unknown | undefined,
  place: Origin,
): readonly Peer[] {
  const hidden = [from, to].find((end): end is Unknown => isUnknown(end));
  if (hidden) return [unseenPeer(hidden)];
  const range = parseAddressRange(String(from), String(to));
  return range ? cidrsOf(range).map((cidr) => addressPeer(cidr, place)) : [addressPeer(String(from), place)];
}

const PLATFORM = 'which addresses the services of Azure have is not in the code';

/** Everything in Azure: which addresses that is changes by the week, and whose they are nobody knows. */
export function platformGrant(id: string, origin: Origin): GrantFact {
  return {
    id,
    direction: 'ingress',
    peers: [{ kind: 'unknown', because: PLATFORM, origin }],
    ports: [],
    verdict: 'allow',
    traits: [{ trait: 'open-to-platform', origin }],
    origin,
  };
}

/** A list of which each line has an entry of its own; who is on none of its lines stays outside. */
function guardOf(
  resource: Resource,
  grants: readonly GrantFact[],
  insiders: readonly Peer[],
  context: Context,
): GuardFact {
  const id = accessListId(resource);
  const inside = insiders.map(
    (peer, index): GrantFact => ({
      id: `${id}/inside/${index}`,
      direction: 'ingress',
      peers: [peer],
      ports: [],
      verdict: 'allow',
      origin: peer.origin,
    }),
  );
  return {
    ...LIST,
    id,
    name: id,
    subject: marked(id, context, resource.origin),
    grants: [...grants, ...inside],
    origin: resource.origin,
  };
}

const LIST = { kind: 'access-list', namespace: null, tier: 0, priority: null, isolates: ['ingress'] } as const;

/** A range for a server that the code does not show: it is there, at the port that such servers have. */
export function strayRange(server: string, { rules, ports }: Service): Reader {
  return (rule, context): Facts => {
    if (!rules) return NOTHING;
    const { meant, unknown: hidden } = context.meaning(get(rule.body, rules.of), [server]);
    if (meant.length > 0) return NOTHING;
    const { address, origin } = rule;
    const asked = ports.flatMap(({ port, where }): readonly GrantPort[] =>
      port === undefined || where ? [] : [{ protocol: 'tcp', ports: { from: port, to: port }, origin }],
    );
    const guard: GuardFact = {
      ...LIST,
      id: address,
      name: `the allowed addresses of ${address}`,
      subject: marked(address, context, origin),
      grants: rangeGrants(rule, address, asked),
      users: hidden[0] ?? unknown('its server is not in the code', origin),
      origin,
    };
    return { guards: [guard] };
  };
}
