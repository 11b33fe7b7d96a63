/** Load balancers (R65, R66): listeners, the target groups that they forward to, and who is in these. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { DoorFact, GatewayFact, Selector } from '../../../graph/fragment.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { doorsBehind } from '../filter.ts';
import { mark, marked } from '../guard.ts';
import { privateLink } from '../private-link.ts';
import {
  type Block,
  blocks,
  get,
  isUnknown,
  knownText,
  originOf,
  texts,
  truth,
  type Written,
  whole,
} from '../resource.ts';
import { doorPorts, LISTENERS, type Opening, openingOf, providedBy, RULES } from './balancer-listener.ts';
import { groupsOf } from './interface-groups.ts';
import { ATTACHMENTS, GROUPS, MACHINES } from './target-group.ts';
import { standingOf } from './vpc.ts';
import { webFilter } from './waf.ts';

const SERVICE = 'aws_vpc_endpoint_service';
const PRINCIPAL = 'aws_vpc_endpoint_service_allowed_principal';

export const ELB_READERS: Readers = {
  aws_lb: loadBalancer,
  aws_alb: loadBalancer,
  aws_elb: classicBalancer,
  ...Object.fromEntries(LISTENERS.map((type) => [type, loneListener])),
  [SERVICE]: () => NOTHING,
  [PRINCIPAL]: () => NOTHING,
  ...Object.fromEntries([...RULES, ...GROUPS, ...ATTACHMENTS].map((type) => [type, () => NOTHING])),
};

const BALANCERS = ['aws_lb', 'aws_alb'];

function loadBalancer(balancer: Resource, context: Context): Facts {
  const listeners = LISTENERS.flatMap((type) => context.users(balancer, type, 'load_balancer_arn'));
  return balancerFacts(
    balancer,
    'subnets',
    listeners.map((listener) => openingOf(listener, context)),
    context,
  );
}

/** A listener of a load balancer that is not in the code: what it takes is said all the same. */
function loneListener(listener: Resource, context: Context): Facts {
  if (context.meaning(get(listener.body, 'load_balancer_arn'), BALANCERS).meant.length > 0) return NOTHING;
  const provides = providedBy([openingOf(listener, context)]);
  return provides.length === 0 ? NOTHING : { workloads: [workloadFact(listener, { kind: 'load-balancer', provides })] };
}

/** A classic load balancer holds its listeners and names its machines itself. */
function classicBalancer(balancer: Resource, context: Context): Facts {
  const { body } = balancer;
  const attached = context
    .users(balancer, 'aws_elb_attachment', 'elb')
    .flatMap((one) => context.meaning(get(one.body, 'instance'), MACHINES).meant);
  const machines = [...context.meaning(get(body, 'instances'), MACHINES).meant, ...attached];
  const groups = context.users(balancer, 'aws_autoscaling_group', 'load_balancers');
  const behind = [...machines.map(({ resource }) => resource.address), ...groups.map(({ address }) => address)];
  const openings = blocks(body, 'listener').flatMap((listener): Opening[] => {
    if (isUnknown(listener)) return [];
    const inside = whole(listener, 'instance_port');
    const origin = originOf(listener, 'lb_port', listener.origin);
    const targets = behind.map((workload) => ({
      workload,
      port: inside as number,
      origin: originOf(listener, 'instance_port', origin),
    }));
    const opened = doorPorts(listener, 'lb_port', 'lb_protocol', origin);
    return [
      {
        ...opened,
        ...(opened.tls === false ? { transportOrigin: originOf(listener, 'lb_protocol', origin) } : {}),
        origin,
        targets: typeof inside === 'number' ? targets : [],
      },
    ];
  });
  return balancerFacts(balancer, 'subnets', openings, context);
}

/** The load balancer as a workload, which listens and calls what stands behind it (R65), and as the gateway that leads there. */
function balancerFacts(balancer: Resource, subnetsName: string, openings: readonly Opening[], context: Context): Facts {
  const { address, body, origin } = balancer;
  const standing = standingOf(balancer, get(body, subnetsName) ?? mapped(body), undefined, context);
  // A network load balancer without groups lets everybody through, and hands the callers' own addresses on (R66).
  const isNetwork = /^(network|gateway)$/.test(knownText(body, 'load_balancer_type') ?? 'application');
  const plain = isNetwork && get(body, 'security_groups') === undefined;
  const held = plain ? undefined : groupsOf(balancer, ['security_groups'], standing, context);
  const internal = truth(body, 'internal', false);
  const place = originOf(body, 'internal', origin);
  const by = marked(address, context, origin);
  const taking = plain ? { front: address } : ({ by, guarded: true, front: address } as const);
  const filter = webFilter(balancer, context);
  const doors = openings
    .flatMap((opening) => doorsOf(opening, taking))
    .map((door): DoorFact => ({ ...door, place: { kind: 'balancer', internal } }))
    .flatMap((door) => doorsBehind(door, filter));
  const gateway: GatewayFact = {
    id: `gateway/${address}`,
    kind: 'load-balancer',
    name: address,
    namespace: null,
    names: [],
    doors,
    opening: [place],
    origin,
  };
  return {
    segments: standing.segments,
    guards: held?.guards ?? [],
    gateways: [gateway, ...endpointServices(balancer, openings, by, context)],
    workloads: [
      workloadFact(balancer, {
        kind: 'load-balancer',
        memberships: standing.memberships,
        ranges: standing.ranges,
        labels: new Map([mark(address, context), ...standing.labels, ...(held?.labels ?? [])]),
        unreached: internal === true ? { because: 'it is internal', origin: place } : undefined,
        publicAddresses:
          internal === true
            ? []
            : [{ address: null, origin: place, ...(isUnknown(internal) ? { unknown: internal } : {}) }],
        provides: providedBy(openings),
      }),
    ],
  };
}

/** The services by which other accounts get to a load balancer; they come in at its listeners, past what guards its network. */
function endpointServices(
  balancer: Resource,
  openings: readonly Opening[],
  by: Selector,
  context: Context,
): readonly GatewayFact[] {
  return context.users(balancer, SERVICE, 'network_load_balancer_arns').flatMap((service) => {
    const { body } = service;
    const apart = context.users(service, PRINCIPAL, 'vpc_endpoint_service_id');
    const listed = [...texts(body, 'allowed_principals'), ...apart.flatMap((one) => texts(one.body, 'principal_arn'))];
    const required = truth(body, 'acceptance_required', true);
    const place = originOf(body, 'acceptance_required', service.origin);
    const byHand = unknown('somebody has to accept each of its callers by hand', place);
    const asked = required === true ? byHand : required || undefined;
    const others = listed.filter((item) => !isOwn(item, context));
    const doors = openings.flatMap((opening) => doorsOf(opening, { by, front: balancer.address }));
    return privateLink(service, { listed: others, asked }, doors);
  });
}

/** Whether it is the account that the code is for, which the code does not name, and nothing else. */
function isOwn(item: Written | Unknown, context: Context): boolean {
  if (!isUnknown(item) || item.reason !== 'data-source') return false;
  const { refers = [] } = item;
  return refers.length > 0 && refers.every(({ address }) => context.typeOf(address) === 'aws_caller_identity');
}

function mapped(body: Block) {
  const [first] = blocks(body, 'subnet_mapping');
  return first && !isUnknown(first) ? get(first, 'subnet_id') : first;
}

/** What an opening leads to, wherever it stands. */
function doorsOf(
  { ports, unknown: hidden, protocol, tls, origin, targets }: Opening,
  taking: Pick<DoorFact, 'by' | 'guarded' | 'front'>,
): readonly Omit<DoorFact, 'place'>[] {
  const leading = targets.map(({ workload, port, origin: line }): DoorFact['target'] => ({
    kind: 'workload',
    workload,
    ports: { from: port, to: port },
    origin: line,
  }));
  const outside: DoorFact['target'] = { kind: 'outside', name: null, origin };
  // What it leads to may not be in the code: it listens all the same.
  return (leading.length > 0 ? leading : ports === null ? [] : [outside]).map((target) => ({
    protocol,
    ports,
    target,
    implicit: false,
    ...(tls === undefined ? {} : { tls }),
    ...(hidden ? { unknown: hidden } : {}),
    ...taking,
    origin,
  }));
}
