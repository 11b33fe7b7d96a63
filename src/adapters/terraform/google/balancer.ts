/**
 * Load balancers of Google Cloud (R80): a forwarding rule is an address with ports; behind it stands a proxy, which speaks
 * HTTP, TLS or TCP with the callers, or the machines themselves, which packets reach as they are.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { DoorFact, GatewayFact, PortRange, ProvidedPort, TlsFact } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Reader, type Readers, workloadFact } from '../facts.ts';
import { doorsBehind, unreachedBy } from '../filter.ts';
import { marked } from '../guard.ts';
import { privateLink } from '../private-link.ts';
import { blocks, get, isUnknown, knownText, originOf, text, texts, truth, type Written } from '../resource.ts';
import { machinesBehind } from './backend.ts';
import { networkOf, standingOf } from './network.ts';
import { onlyRedirects, servedBy } from './proxied.ts';
import { POLICY, policyOf, STANDARD_POLICY } from './tls-policy.ts';

const REGIONAL_RULE = 'google_compute_forwarding_rule';
const RULES = [REGIONAL_RULE, 'google_compute_global_forwarding_rule'];

/** What a proxy speaks with callers; undefined where it hands on what it gets. */
const PROXIES: Readonly<Record<string, 'plaintext' | 'tls' | undefined>> = {
  google_compute_target_http_proxy: 'plaintext',
  google_compute_region_target_http_proxy: 'plaintext',
  google_compute_target_https_proxy: 'tls',
  google_compute_region_target_https_proxy: 'tls',
  google_compute_target_ssl_proxy: 'tls',
  google_compute_target_tcp_proxy: undefined,
  google_compute_region_target_tcp_proxy: undefined,
  google_compute_target_grpc_proxy: undefined,
};
const PROXY_TYPES = Object.keys(PROXIES);

const proxy: Reader = (resource, context) => {
  const used = RULES.some((type) => context.users(resource, type, 'target').length > 0);
  if (used || PROXIES[resource.type] !== 'tls') return NOTHING;
  return lone(resource, tlsOf(resource, context), resource.origin);
};

export const BALANCER_READERS: Readers = {
  ...Object.fromEntries(RULES.map((type): [string, Reader] => [type, forwarding])),
  ...Object.fromEntries(PROXY_TYPES.map((type): [string, Reader] => [type, proxy])),
  [POLICY]: lonePolicy,
  google_compute_region_ssl_policy: lonePolicy,
};

/** A policy that no proxy of the code uses is judged as the one that will. */
function lonePolicy(policy: Resource, context: Context): Facts {
  const used = PROXY_TYPES.some((type) => context.users(policy, type, 'ssl_policy').length > 0);
  return used ? NOTHING : lone(policy, policyOf(policy), policy.origin);
}

/** TLS that nothing here leads to yet. */
function lone(resource: Resource, tls: TlsFact, origin: Origin): Facts {
  const provides: readonly ProvidedPort[] = [
    { service: 'https', ports: { from: 443, to: 443 }, protocol: 'tcp', transport: 'tls', tls, origin },
  ];
  return { workloads: [workloadFact(resource, { kind: 'load-balancer', provides })] };
}

function tlsOf(target: Resource, context: Context): TlsFact {
  const named = get(target.body, 'ssl_policy');
  if (named === undefined) return { ...STANDARD_POLICY, origin: target.origin };
  const [policy] = context.meaning(named, [POLICY, 'google_compute_region_ssl_policy']).meant;
  if (policy) return policyOf(policy.resource);
  return { minimum: unknown('the policy is not in the code', named.origin), origin: named.origin };
}

function forwarding(rule: Resource, context: Context): Facts {
  const { address, body, origin } = rule;
  const scheme = text(body, 'load_balancing_scheme') ?? 'EXTERNAL';
  const internal: boolean | Unknown = isUnknown(scheme) ? scheme : scheme.startsWith('INTERNAL');
  const place = originOf(body, 'load_balancing_scheme', origin);
  const front = context.meaning(get(body, 'target'), PROXY_TYPES).meant[0]?.resource;
  const ranges = portsOf(rule);
  if (!front) return passing(rule, internal, place, ranges, context);
  const redirected = PROXIES[front.type] === 'plaintext' && onlyRedirects(front, context);
  // Where everybody is sent on to TLS, that is what callers speak in the end.
  const transport = redirected ? 'tls' : PROXIES[front.type];
  const callingFrom = callersOf(rule, scheme, context);
  const served = servedBy(front, context);
  const leads = served.some(({ destinations }) => destinations.length > 0);
  const guarded = served.some(({ filter }) => filter !== undefined);
  const doors = ranges.flatMap(({ ports, origin: line }) => {
    const outside = { kind: 'outside', name: null, origin: line } as const;
    return served.flatMap(({ destinations, filter }) => {
      const behind = destinations.map(({ workload, port, origin: place }): DoorFact['target'] => ({
        kind: 'workload',
        workload,
        ports: { from: port, to: port },
        origin: place,
      }));
      // What the code does not show is told where nothing else is, and where a policy keeps callers from the rest.
      const targets = behind.length > 0 ? behind : leads && !guarded ? [] : [outside];
      return targets.flatMap((target) => {
        const door = {
          ...({ protocol: 'tcp', ports, target, front: address, implicit: false, origin: line } as const),
          ...(transport ? { tls: transport === 'tls' } : {}),
          // Where nothing shows from where they call, it is the proxies themselves that the guards behind are asked about.
          ...(callingFrom ? { callingFrom } : { by: marked(address, context, origin) }),
        };
        return doorsBehind<Omit<DoorFact, 'place'>>(door, filter);
      });
    });
  });
  const unreached = unreachedBy(served.map(({ filter }) => filter));
  const leading = doors.map((door): DoorFact => ({ ...door, place: { kind: 'balancer', internal } }));
  return {
    gateways: [
      ...(leads || guarded ? [gatewayOf(rule, leading, place)] : []),
      ...attachments(rule, unfiltered(doors), context),
    ],
    workloads: [
      workloadFact(rule, {
        kind: 'load-balancer',
        unreached,
        publicAddresses:
          internal === true || unreached
            ? []
            : [{ address: null, origin: place, ...(isUnknown(internal) ? { unknown: internal } : {}) }],
        provides: ranges.map(
          ({ ports, origin: line }): ProvidedPort => ({
            service: transport === undefined ? null : transport === 'tls' ? 'https' : 'http',
            ports,
            protocol: 'tcp',
            ...(transport ? { transport, transportOrigin: originOf(body, 'target', origin) } : {}),
            ...(transport === 'tls' && !redirected ? { tls: tlsOf(front, context) } : {}),
            origin: line,
          }),
        ),
      }),
    ],
  };
}

/** Policies look at addresses: who comes by a private link has none of his own. */
function unfiltered(doors: readonly Omit<DoorFact, 'place'>[]): readonly Omit<DoorFact, 'place'>[] {
  return doors.map(({ sources: _, ...door }) => door);
}

/** Packets come to the machines as they were sent: their guards see the callers. */
function passing(
  rule: Resource,
  internal: boolean | Unknown,
  place: Origin,
  ranges: ReturnType<typeof portsOf>,
  context: Context,
): Facts {
  const { body } = rule;
  const protocol = knownText(body, 'ip_protocol')?.toUpperCase() === 'UDP' ? 'udp' : 'tcp';
  const doors = machinesBehind(body, context).flatMap((workload) =>
    ranges.map(
      ({ ports, origin: line }): DoorFact => ({
        place: { kind: 'balancer', internal },
        protocol,
        ports,
        target: { kind: 'workload', workload, ports, origin: line },
        implicit: false,
        origin: line,
      }),
    ),
  );
  if (doors.length === 0) return NOTHING;
  const inward = doors.map((door) => ({ ...door, rewritesSource: true as const }));
  return { gateways: [gatewayOf(rule, doors, place), ...attachments(rule, inward, context)] };
}

function gatewayOf({ address, origin }: Resource, doors: readonly DoorFact[], place: Origin): GatewayFact {
  const id = `gateway/${address}`;
  return { id, kind: 'load-balancer', name: address, namespace: null, names: [], doors, opening: [place], origin };
}

/** From where proxies call that face the internet, and those who look whether machines are well (R80). */
const FRONT_ENDS = ['130.211.0.0/22', '35.191.0.0/16'];

/** The addresses from which the proxies of a rule call what stands behind; undefined where the code does not show them. */
function callersOf(rule: Resource, scheme: string | Unknown, context: Context): readonly string[] | undefined {
  if (isUnknown(scheme)) return undefined;
  const inNetwork = scheme.startsWith('INTERNAL') || (scheme === 'EXTERNAL_MANAGED' && rule.type === REGIONAL_RULE);
  return inNetwork ? proxySubnets(rule, context) : FRONT_ENDS;
}

/** Which subnets are kept for proxies: for those of one region, or for those that face several. */
const PROXY_SUBNETS = {
  regional: ['REGIONAL_MANAGED_PROXY', 'INTERNAL_HTTPS_LOAD_BALANCER'],
  global: ['GLOBAL_MANAGED_PROXY'],
};

/** Proxies inside of a network have subnets of their own there; undefined where the code does not show them. */
function proxySubnets(rule: Resource, context: Context): readonly string[] | undefined {
  const { type, body } = rule;
  const purposes = PROXY_SUBNETS[type === REGIONAL_RULE ? 'regional' : 'global'];
  const region = type === REGIONAL_RULE ? knownText(body, 'region') : undefined;
  const { network } = standingOf(body, rule, context);
  const kept = context.all('google_compute_subnetwork').filter((subnet) => {
    const elsewhere = region !== undefined && (knownText(subnet.body, 'region') ?? region) !== region;
    const { name } = networkOf(get(subnet.body, 'network'), subnet, context);
    return !elsewhere && name === network.name && purposes.includes(knownText(subnet.body, 'purpose') ?? '');
  });
  const ranges = kept.map((subnet) => knownText(subnet.body, 'ip_cidr_range'));
  // A region has one: of several nobody knows which is meant.
  if (ranges.length === 0 || (type === REGIONAL_RULE && ranges.length > 1)) return undefined;
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

/** The attachments by which other projects get to it: those on their lists, or all where nobody is asked. */
function attachments(
  rule: Resource,
  doors: readonly Omit<DoorFact, 'place'>[],
  context: Context,
): readonly GatewayFact[] {
  return context.users(rule, 'google_compute_service_attachment', 'target_service').flatMap((attachment) => {
    const { body } = attachment;
    const preference = text(body, 'connection_preference');
    const place = get(body, 'connection_preference')?.origin ?? attachment.origin;
    const everybody: Written = { kind: 'written', text: '*', origin: place };
    const lists = blocks(body, 'consumer_accept_lists').flatMap((list) =>
      isUnknown(list) ? [list] : ['project_id_or_num', 'network_url'].flatMap((name) => texts(list, name)),
    );
    const asked = isUnknown(preference) ? preference : undefined;
    const open = preference === 'ACCEPT_AUTOMATIC' || (asked && lists.length === 0);
    return privateLink(attachment, { listed: open ? [everybody] : lists, asked }, doors);
  });
}

/** The ports of a rule: a range, a list, or all. */
function portsOf({ body, origin }: Resource): readonly { readonly ports: PortRange; readonly origin: Origin }[] {
  const written = [...texts(body, 'port_range'), ...texts(body, 'ports')];
  if (truth(body, 'all_ports', false) === true) {
    return [{ ports: { from: 1, to: 65_535 }, origin: originOf(body, 'all_ports', origin) }];
  }
  return written.flatMap((item) => {
    const match = isUnknown(item) ? null : /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(item.text.trim());
    if (!match) return [];
    const from = Math.max(1, Number(match[1]));
    return [{ ports: { from, to: Math.max(from, Number(match[2] ?? match[1])) }, origin: item.origin }];
  });
}
