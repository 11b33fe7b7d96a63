/** Load balancers (R65, R66): listeners, the target groups that they forward to, and who is in these. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { DoorFact, GatewayFact, PortRange, Protocol, TlsFact } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { mark, marked } from '../guard.ts';
import { type Block, blocks, get, isUnknown, knownText, originOf, truth, whole } from '../resource.ts';
import { groupsOf } from './interface-groups.ts';
import { ATTACHMENTS, behind, type Destination, GROUPS, MACHINES, targetGroupsOf } from './target-group.ts';
import { TLS_POLICIES, tlsOf } from './tls-policy.ts';
import { standingOf } from './vpc.ts';

const LISTENERS = ['aws_lb_listener', 'aws_alb_listener'];
const RULES = ['aws_lb_listener_rule', 'aws_alb_listener_rule'];

export const ELB_READERS: Readers = {
  aws_lb: loadBalancer,
  aws_alb: loadBalancer,
  aws_elb: classicBalancer,
  ...Object.fromEntries([...LISTENERS, ...RULES, ...GROUPS, ...ATTACHMENTS].map((type) => [type, () => NOTHING])),
};

/** A door before it is known who stands behind it. */
interface Opening {
  readonly ports: PortRange | null;
  readonly unknown?: Unknown;
  readonly protocol: Protocol;
  readonly tls: boolean | undefined;
  readonly policy?: TlsFact;
  readonly origin: Origin;
  readonly targets: readonly Destination[];
}

function loadBalancer(balancer: Resource, context: Context): Facts {
  const listeners = LISTENERS.flatMap((type) => context.users(balancer, type, 'load_balancer_arn'));
  return balancerFacts(
    balancer,
    'subnets',
    listeners.map((listener) => openingOf(listener, context)),
    context,
  );
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
    return [
      {
        ...doorPorts(listener, 'lb_port', 'lb_protocol', origin),
        origin,
        targets: typeof inside === 'number' ? targets : [],
      },
    ];
  });
  return balancerFacts(balancer, 'subnets', openings, context);
}

/** What a listener opens, and the machines behind the target groups that it or its rules forward to. */
function openingOf(listener: Resource, context: Context): Opening {
  const { body, origin } = listener;
  const rules = RULES.flatMap((type) => context.users(listener, type, 'listener_arn'));
  const actions = [...blocks(body, 'default_action'), ...rules.flatMap((rule) => blocks(rule.body, 'action'))];
  const groups = actions.flatMap((action) => (isUnknown(action) ? [] : targetGroupsOf(action, context)));
  const place = originOf(body, 'port', origin);
  const opened = doorPorts(body, 'port', 'protocol', place);
  // Where every request is sent on to TLS, that is what callers speak in the end.
  const redirected = opened.tls === false && groups.length === 0 && actions.length > 0 && actions.every(sendsToTls);
  return {
    ...opened,
    ...(redirected ? { tls: true } : {}),
    ...(opened.tls ? { policy: tlsOf(body, 'ssl_policy', TLS_POLICIES.balancer, origin) } : {}),
    origin: place,
    targets: [...new Set(groups)].flatMap((group) => behind(group, context)),
  };
}

function sendsToTls(action: Block | Unknown): boolean {
  if (isUnknown(action)) return false;
  return blocks(action, 'redirect').some(
    (redirect) => !isUnknown(redirect) && knownText(redirect, 'protocol')?.toUpperCase() === 'HTTPS',
  );
}

const PROTOCOLS: Readonly<Record<string, readonly [Protocol, boolean | undefined]>> = {
  HTTP: ['tcp', false],
  HTTPS: ['tcp', true],
  TLS: ['tcp', true],
  SSL: ['tcp', true],
  TCP: ['tcp', undefined],
  UDP: ['udp', undefined],
  TCP_UDP: ['tcp', undefined],
};

function doorPorts(
  block: Block,
  portName: string,
  protocolName: string,
  origin: Origin,
): Pick<Opening, 'ports' | 'unknown' | 'protocol' | 'tls'> {
  const [protocol, tls] = PROTOCOLS[(knownText(block, protocolName) ?? 'HTTP').toUpperCase()] ?? ['tcp', undefined];
  const port = whole(block, portName);
  if (typeof port === 'number') return { ports: { from: port, to: port }, protocol, tls };
  return { ports: null, unknown: port ?? unknown('its port is not in the code', origin), protocol, tls };
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
  const doors = openings.flatMap((opening) =>
    doorsOf(opening, internal, plain ? { front: address } : { by, guarded: true, front: address }),
  );
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
    gateways: [gateway],
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
        provides: provided(openings).map((opening) => ({
          service: opening.tls === undefined ? null : opening.tls ? 'HTTPS' : 'HTTP',
          ports: opening.ports,
          protocol: opening.protocol,
          ...(opening.tls === undefined ? {} : { transport: opening.tls ? ('tls' as const) : ('plaintext' as const) }),
          ...(opening.policy ? { tls: opening.policy } : {}),
          origin: opening.origin,
        })),
      }),
    ],
  };
}

/** What listens at a known port. */
function provided(openings: readonly Opening[]): readonly Opening[] {
  return openings.filter(({ ports }) => ports !== null);
}

function mapped(body: Block) {
  const [first] = blocks(body, 'subnet_mapping');
  return first && !isUnknown(first) ? get(first, 'subnet_id') : first;
}

function doorsOf(
  { ports, unknown: hidden, protocol, tls, origin, targets }: Opening,
  internal: boolean | Unknown,
  taking: Pick<DoorFact, 'by' | 'guarded' | 'front'>,
): readonly DoorFact[] {
  const leading = targets.map(({ workload, port, origin: line }): DoorFact['target'] => ({
    kind: 'workload',
    workload,
    ports: { from: port, to: port },
    origin: line,
  }));
  const outside: DoorFact['target'] = { kind: 'outside', name: null, origin };
  // What it leads to may not be in the code: it listens all the same.
  return (leading.length > 0 ? leading : ports === null ? [] : [outside]).map((target) => ({
    place: { kind: 'balancer', internal },
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
