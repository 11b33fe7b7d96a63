/** The facts of a managed service of Azure, by its line of the table (R76). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort, PublicAddress } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import type { Context } from '../context.ts';
import { type Facts, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import { get, isUnknown, knownText, text } from '../resource.ts';
import { allowedTo } from './allowed.ts';
import { privateWays } from './private-endpoint.ts';
import type { Service, ServicePort } from './service-table.ts';
import { oldestTls, type Setting, setting } from './setting.ts';

/** The public address is there unless it is turned off, and lets in whom the service has on its lists. */
export function managed(resource: Resource, service: Service, context: Context): Facts {
  const { body, origin } = resource;
  const { on, origin: place } = setting(body, service.open, service.closed !== true, origin);
  const inside = (service.inside ?? []).some((name) => get(body, name) !== undefined);
  const ways = privateWays(resource, context);
  const allowed = allowedTo(resource, service, ways.peers, context);
  const address: PublicAddress = {
    address: null,
    origin: allowed.opening ?? place,
    ...(isUnknown(on) ? { unknown: on } : {}),
  };
  return {
    segments: ways.segments,
    guards: allowed.guard ? [allowed.guard] : [],
    workloads: [
      workloadFact(resource, {
        kind: service.kind,
        labels: new Map([...ways.labels, ...(allowed.guard ? [mark(allowed.guard.id, context)] : [])]),
        memberships: ways.memberships,
        publicAddresses: on === false || inside ? [] : [address],
        provides: service.ports.flatMap((port) => provided(resource, service, port, context)),
      }),
    ],
  };
}

function provided(
  { body, origin, address }: Resource,
  service: Service,
  port: ServicePort,
  context: Context,
): readonly ProvidedPort[] {
  const { where } = port;
  const there = where && setting(body, where.names, where.otherwise, origin);
  if (where && there && there.on === !where.on) return [];
  const sure = there === undefined || !isUnknown(there.on) ? {} : { doubt: there.on.because };
  const tls = service.tls && port.transport !== 'plaintext' ? { tls: oldestTls(body, service.tls, origin) } : {};
  return [
    {
      service: port.service,
      ports: port.port === undefined ? null : { from: port.port, to: port.port },
      protocol: 'tcp',
      ...transportOf(port, there, enforcement(address, service, { body, origin }, context), origin),
      ...tls,
      ...(port.authentication ? { authentication: port.authentication } : {}),
      ...sure,
      origin: there && port.transport ? there.origin : origin,
    },
  ];
}

function transportOf(
  { transport }: ServicePort,
  there: Setting | undefined,
  enforced: Setting | undefined,
  origin: Origin,
): Pick<ProvidedPort, 'transport' | 'transportOrigin'> {
  if (transport) return { transport, transportOrigin: there?.origin ?? origin };
  if (!enforced) return { transport: 'tls' };
  // Nobody knows what it speaks.
  if (isUnknown(enforced.on)) return {};
  return { transport: enforced.on ? 'tls' : 'plaintext', transportOrigin: enforced.origin };
}

/** Whether only TLS gets in; undefined where the service speaks nothing else. */
function enforcement(
  address: string,
  { enforced, settings }: Service,
  { body, origin }: Pick<Resource, 'body' | 'origin'>,
  context: Context,
): Setting | undefined {
  if (enforced) return setting(body, enforced, false, origin);
  if (!settings) return undefined;
  const [own] = context
    .all(settings.type)
    .filter(
      (one) =>
        context.one(one, settings.of, [context.typeOf(address) ?? ''])?.address === address &&
        knownText(one.body, 'name') === 'require_secure_transport',
    );
  if (!own) return { on: true, origin };
  const value = text(own.body, 'value');
  return isUnknown(value) ? { on: value, origin: value.origin } : setting(own.body, ['value'], true, own.origin);
}
