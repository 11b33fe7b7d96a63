/** Listeners of load balancers (R65): the port that each opens, what callers speak there, and whom it leads to. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { PortRange, Protocol, ProvidedPort, TlsFact } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import type { Destination } from '../facts.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownText, originOf, text, whole } from '../resource.ts';
import { behind, targetGroupsOf } from './target-group.ts';
import { TLS_POLICIES, tlsOf } from './tls-policy.ts';

export const LISTENERS = ['aws_lb_listener', 'aws_alb_listener'];
export const RULES = ['aws_lb_listener_rule', 'aws_alb_listener_rule'];

/** A door before it is known who stands behind it. */
export interface Opening {
  readonly ports: PortRange | null;
  readonly unknown?: Unknown;
  readonly protocol: Protocol;
  readonly tls: boolean | undefined;
  /** Of plaintext, what is done with it instead of sending it on to TLS. */
  readonly transportOrigin?: Origin;
  readonly policy?: TlsFact;
  readonly origin: Origin;
  readonly targets: readonly Destination[];
}

/** What a listener opens, and the machines behind the target groups that it or its rules forward to. */
export function openingOf(listener: Resource, context: Context): Opening {
  const { body, origin } = listener;
  const rules = RULES.flatMap((type) => context.users(listener, type, 'listener_arn'));
  const actions = [...blocks(body, 'default_action'), ...rules.flatMap((rule) => blocks(rule.body, 'action'))];
  const groups = actions.flatMap((action) => (isUnknown(action) ? [] : targetGroupsOf(action, context)));
  const place = originOf(body, 'port', origin);
  const opened = doorPorts(body, 'port', 'protocol', place);
  // Where every request is sent on to TLS, that is what callers speak in the end.
  const redirected = opened.tls === false && groups.length === 0 && actions.length > 0 && actions.every(sendsToTls);
  const served = actions.find((action) => !sendsToTls(action));
  return {
    ...opened,
    ...(redirected ? { tls: true } : {}),
    ...(opened.tls === false && served ? { transportOrigin: servedAt(served) } : {}),
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

/** The line by which plaintext goes on: the protocol of a redirection to plaintext, or the action. */
function servedAt(action: Block | Unknown): Origin {
  const written = isUnknown(action) ? undefined : get(firstBlock(action, 'redirect'), 'protocol');
  return (written ?? action).origin;
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

/** The port that a block opens and what it speaks, which is HTTP where the block says nothing. */
export function doorPorts(
  block: Block,
  portName: string,
  protocolName: string,
  origin: Origin,
): Pick<Opening, 'ports' | 'unknown' | 'protocol' | 'tls'> {
  const written = text(block, protocolName) ?? 'HTTP';
  const spoken = isUnknown(written) ? '' : written.toUpperCase();
  const [protocol, tls] = PROTOCOLS[spoken] ?? ['tcp', undefined];
  const port = whole(block, portName);
  if (typeof port === 'number') return { ports: { from: port, to: port }, protocol, tls };
  return { ports: null, unknown: port ?? unknown('its port is not in the code', origin), protocol, tls };
}

/** What a load balancer itself answers at: what listens at a known port. */
export function providedBy(openings: readonly Opening[]): readonly ProvidedPort[] {
  return openings.flatMap((opening): readonly ProvidedPort[] => {
    const { ports, protocol, tls, transportOrigin, policy, origin } = opening;
    if (ports === null) return [];
    return [
      {
        service: tls === undefined ? null : tls ? 'HTTPS' : 'HTTP',
        ports,
        protocol,
        ...(tls === undefined ? {} : { transport: tls ? 'tls' : 'plaintext' }),
        ...(transportOrigin ? { transportOrigin } : {}),
        ...(policy ? { tls: policy } : {}),
        origin,
      },
    ];
  });
}
