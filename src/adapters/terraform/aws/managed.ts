/**
 * Managed services with interfaces in a network (R69): which attributes name their groups and subnets, and what answers.
 * A service's own port is the one by which the port catalogue knows it, unless an attribute says another.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort, PublicAddress } from '../../../graph/fragment.ts';
import { unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { environmentOf } from '../environment.ts';
import { type Facts, NOTHING, type Reader, type Readers, workloadFact } from '../facts.ts';
import { type Block, firstBlock, get, isUnknown, knownText, originOf, truth, whole } from '../resource.ts';
import { groupsOf } from './interface-groups.ts';
import { SERVICES, type Service } from './managed-services.ts';
import { isRouted, standingOf } from './vpc.ts';

const read =
  (service: Service): Reader =>
  (resource, context) =>
    managed(resource, service, context);

export const MANAGED_READERS: Readers = {
  ...Object.fromEntries(Object.entries(SERVICES).map(([type, service]) => [type, read(service)])),
  aws_db_subnet_group: () => NOTHING,
};

function managed(resource: Resource, service: Service, context: Context): Facts {
  const { memberOf } = service;
  if (memberOf && get(resource.body, memberOf.attribute) !== undefined) return NOTHING;
  const subnets = service.subnets ? at(resource.body, service.subnets) : undefined;
  const [group] = service.subnetGroup ? context.meaning(subnets, [service.subnetGroup]).meant : [];
  const listed = group ? get(group.resource.body, 'subnet_ids') : subnets;
  // A function or domain that names no network is in none.
  const inside = !service.subnets?.includes('.') || listed !== undefined;
  const standing = inside ? standingOf(resource, listed, undefined, context) : undefined;
  const held = standing && groupsOf(resource, [path(resource.body, service.groups)], standing, context);
  const environment = service.environment
    ? environmentOf(at(resource.body, service.environment), resource, context)
    : undefined;
  return {
    segments: standing?.segments ?? [],
    guards: held?.guards ?? [],
    needs: environment?.needs ?? [],
    workloads: [
      workloadFact(resource, {
        kind: service.kind,
        memberships: standing?.memberships ?? [],
        ranges: standing?.ranges ?? [],
        labels: new Map([...(standing?.labels ?? []), ...(held?.labels ?? [])]),
        provides: providedBy(resource, service),
        environment: environment?.variables ?? [],
        publicAddresses: standing ? publicAddresses(resource, service, isRouted(standing, context)) : [],
      }),
    ],
  };
}

function path(block: Block, name: string): readonly [Block | undefined, string] {
  const [outer, inner] = name.split('.') as [string, string | undefined];
  return inner === undefined ? [block, outer] : [firstBlock(block, outer), inner];
}

function at(block: Block, name: string): Value | undefined {
  return get(...path(block, name));
}

function providedBy({ body, origin }: Resource, { service, port, ports, tls }: Service): readonly ProvidedPort[] {
  const name =
    typeof service === 'string' ? service : engineOf(knownText(body, service.attribute) ?? service.otherwise);
  const asked = port ? whole(body, port) : undefined;
  const place = port ? originOf(body, port, engineOrigin(body, service, origin)) : origin;
  const encrypted = tls ? truth(body, tls, false) : undefined;
  const common = {
    service: name ?? null,
    protocol: 'tcp' as const,
    ...(encrypted === true ? { transport: 'tls' as const } : {}),
    origin: place,
  };
  if (ports) return ports.map((number) => ({ ...common, ports: { from: number, to: number } }));
  if (isUnknown(asked)) return [{ ...common, ports: null, doubt: asked.because }];
  return [{ ...common, ports: asked === undefined ? null : { from: asked, to: asked } }];
}

/** `aurora-postgresql`, `oracle-ee` and `sqlserver-ex` are the engines of that name with something around it. */
function engineOf(engine: string | undefined): string | undefined {
  return engine
    ?.toLowerCase()
    .replace(/^aurora-|-(ee|se\d?|ex|web)(-cdb)?$/g, '')
    .replace(/^aurora$/, 'mysql');
}

function engineOrigin(body: Block, service: Service['service'], origin: Resource['origin']) {
  return typeof service === 'string' ? origin : originOf(body, service.attribute, origin);
}

function publicAddresses(
  resource: Resource,
  service: Service,
  routed: ReturnType<typeof isRouted>,
): readonly PublicAddress[] {
  if (!service.public) return [];
  const { attribute, otherwise } = service.public;
  const place = originOf(resource.body, attribute, resource.origin);
  const asked =
    typeof otherwise === 'string' && get(resource.body, attribute) === undefined
      ? unknown(otherwise, place)
      : truth(resource.body, attribute, otherwise === true);
  if (asked === false || routed === false) return [];
  const doubt = isUnknown(asked) ? asked : isUnknown(routed) ? routed : undefined;
  return [{ address: null, origin: place, ...(doubt ? { unknown: doubt } : {}) }];
}
