/** At which ports a managed service answers, what callers have to speak, and whether it asks who they are. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import type { Context } from '../context.ts';
import { type Block, get, isUnknown, knownText, originOf, whole } from '../resource.ts';
import type { Ports, Service } from './managed-service.ts';
import { engineOf, parameterGroupOf, spokenBy } from './parameter-group.ts';
import { lineOf, placeOf, settingOf } from './setting.ts';
import { tlsOf } from './tls-policy.ts';

type Spoken = Pick<ProvidedPort, 'transport' | 'transportOrigin'>;

/** What it answers at, each port with what is spoken there. */
export function providedBy(resource: Resource, service: Service, context: Context): readonly ProvidedPort[] {
  const { body, origin } = resource;
  const named = typeof service.service === 'string' ? service.service : engine(resource, service.service, context);
  const identity = identityOf(resource, service);
  const common = { service: named ?? null, protocol: 'tcp' as const, ...identity };
  if (service.ports) {
    return service.ports.flatMap((ports) =>
      openPorts(resource, service, ports).map((port) => ({ ...common, ...port })),
    );
  }
  const asked = service.port ? whole(body, service.port) : undefined;
  const place = service.port ? originOf(body, service.port, engineOrigin(body, service.service, origin)) : origin;
  const rest = { ...common, ...spoken(resource, service, context), origin: place };
  if (isUnknown(asked)) return [{ ...rest, ports: null, doubt: asked.because }];
  return [{ ...rest, ports: asked === undefined ? null : { from: asked, to: asked } }];
}

/** Ports that are there whatever is set, or as a switch has it; where nobody knows, perhaps. */
function openPorts(
  resource: Resource,
  service: Service,
  { ports, transport, where }: Ports,
): readonly Omit<ProvidedPort, 'service' | 'protocol'>[] {
  const said = where && settingOf(resource, where);
  if (said?.on === false) return [];
  const doubt = isUnknown(said?.on) ? { doubt: said.on.because } : {};
  const line: Spoken = transport ? { transport, ...(said ? { transportOrigin: said.origin } : {}) } : {};
  const policy = transport === 'tls' && service.policy ? { tls: policyOf(resource, service.policy) } : {};
  return ports.map((number) => ({
    ports: { from: number, to: number },
    ...line,
    ...policy,
    ...doubt,
    origin: resource.origin,
  }));
}

function policyOf(resource: Resource, { attribute, table }: NonNullable<Service['policy']>) {
  const { block, name } = placeOf(resource.body, attribute);
  return tlsOf(block, name, table, lineOf(resource, attribute));
}

/** What callers may speak: as its own switch says, or its parameter group. */
function spoken(resource: Resource, { encrypted }: Service, context: Context): Spoken {
  if (encrypted) {
    const { on, origin } = settingOf(resource, encrypted);
    if (isUnknown(on)) return {};
    return { transport: on ? 'tls' : 'plaintext', transportOrigin: origin };
  }
  const group = parameterGroupOf(resource, context);
  return group ? spokenBy(group) : {};
}

function identityOf(
  resource: Resource,
  { anonymous, asking }: Service,
): Pick<ProvidedPort, 'authentication' | 'authenticationOrigin'> {
  const none = (origin: Origin) => ({ authentication: 'none', authenticationOrigin: origin }) as const;
  if (asking) return asking.some((name) => get(resource.body, name) !== undefined) ? {} : none(resource.origin);
  const said = anonymous && settingOf(resource, anonymous);
  return said?.on === true ? none(said.origin) : {};
}

/** `aurora-postgresql`, `oracle-ee` and `sqlserver-ex` are the engines of that name with something around it. */
function engine(
  resource: Resource,
  { attribute, otherwise }: Exclude<Service['service'], string>,
  context: Context,
): string | undefined {
  const group = get(resource.body, attribute) ? undefined : parameterGroupOf(resource, context);
  // What is made of a copy has the engine of the original, and the family of its parameters tells which.
  return (knownText(resource.body, attribute) ?? (group && engineOf(group)) ?? otherwise)
    ?.toLowerCase()
    .replace(/^aurora-|-(ee|se\d?|ex|web)(-cdb)?$/g, '')
    .replace(/^aurora$/, 'mysql');
}

function engineOrigin(body: Block, service: Service['service'], origin: Origin): Origin {
  return typeof service === 'string' ? origin : originOf(body, service.attribute, origin);
}
