/**
 * Managed services with interfaces in a network (R69): which attributes name their groups and subnets, and what answers.
 * A service's own port is the one by which the port catalogue knows it, unless an attribute says another.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { PublicAddress, Unreached } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { environmentOf } from '../environment.ts';
import { type Facts, NOTHING, type Reader, type Readers, workloadFact } from '../facts.ts';
import { get, isUnknown } from '../resource.ts';
import { type GroupPlace, groupsOf } from './interface-groups.ts';
import { providedBy } from './managed-ports.ts';
import type { Service } from './managed-service.ts';
import { SERVICES } from './managed-services.ts';
import { at, placeOf, settingOf } from './setting.ts';
import { isRouted, type Standing, standingOf, unrouted } from './vpc.ts';

const read =
  (service: Service): Reader =>
  (resource, context) =>
    managed(resource, service, context);

export const MANAGED_READERS: Readers = {
  ...Object.fromEntries(Object.entries(SERVICES).map(([type, service]) => [type, read(service)])),
  aws_db_subnet_group: () => NOTHING,
};

function managed(resource: Resource, service: Service, context: Context): Facts {
  if (isMember(resource, service)) return NOTHING;
  const listed = subnetsOf(resource, service, context);
  // A function or domain that names no network is in none.
  const inside = listed !== undefined || !service.subnets?.startsWith('vpc_') || asksForNetwork(resource, service);
  const standing = inside ? standingOf(resource, listed, undefined, context) : undefined;
  const held = standing && groupsOf(resource, namedGroups(resource, service, context), standing, context);
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
        provides: providedBy(resource, service, context),
        environment: environment?.variables ?? [],
        traits: [...(held?.traits ?? []), ...apart(resource, service, inside)],
        publicAddresses: standing ? publicAddresses(resource, service, standing, context) : [],
        unreached: standing && service.public ? unreached(resource, service.public, standing, context) : undefined,
      }),
    ],
  };
}

/** Whether it is part of something that is read by itself, and has no address of its own. */
function isMember(resource: Resource, { memberOf, public: open }: Service): boolean {
  if (!memberOf || get(resource.body, memberOf.attribute) === undefined) return false;
  return !open || settingOf(resource, open).on !== true;
}

/** Search domains are in a network as soon as they name groups: the provider refuses a block for it that names nothing. */
function asksForNetwork({ body }: Resource, { apart: outside, groups }: Service): boolean {
  return outside === true && groups !== undefined && at(body, groups) !== undefined;
}

/** A member stands where what it belongs to stands, and has its groups. */
function homeOf(resource: Resource, { memberOf }: Service, context: Context): Resource | undefined {
  return memberOf && context.one(resource, memberOf.attribute, memberOf.types);
}

function subnetsOf(resource: Resource, service: Service, context: Context): Value | undefined {
  const home = homeOf(resource, service, context) ?? resource;
  const paths = [...(service.subnets ? [service.subnets] : []), ...(service.otherSubnets ?? [])];
  const named = paths.map((path) => at(home.body, path)).find((value) => value !== undefined);
  if (named === undefined && home === resource && service.memberOf)
    return get(resource.body, service.memberOf.attribute);
  const [group] = service.subnetGroup ? context.meaning(named, [service.subnetGroup]).meant : [];
  return group ? get(group.resource.body, 'subnet_ids') : named;
}

function namedGroups(resource: Resource, service: Service, context: Context): readonly GroupPlace[] {
  const { groups, memberOf } = service;
  if (groups === undefined) return [];
  const home = homeOf(resource, service, context);
  const belongs = memberOf && get(resource.body, memberOf.attribute) !== undefined;
  // Nobody knows the groups of what it belongs to where that is not in the code.
  if (belongs && !home) return [[resource.body, memberOf.attribute]];
  const { block, name } = placeOf((home ?? resource).body, groups);
  return [[block, name]];
}

/** A trait of what stands outside of the networks of the account, or goes past them. */
function apart(resource: Resource, service: Service, inside: boolean): readonly TraitFact[] {
  const trait = 'no-private-network';
  if (service.apart && !inside) return [{ trait, origin: resource.origin }];
  if (!service.past) return [];
  const { on, origin } = settingOf(resource, service.past);
  return on === false ? [] : [{ trait, origin, ...(isUnknown(on) ? { unknown: on } : {}) }];
}

function publicAddresses(
  resource: Resource,
  service: Service,
  standing: Standing,
  context: Context,
): readonly PublicAddress[] {
  if (!service.public) return [];
  const { on: asked, origin } = settingOf(resource, service.public);
  const routed = isRouted(standing, context);
  if (asked === false || routed === false) return [];
  const hidden = isUnknown(routed)
    ? unknown(`${routed.because}, and neither is whether it is routed from the internet`, routed.origin)
    : undefined;
  const doubt = isUnknown(asked) ? asked : hidden;
  return [{ address: null, origin, ...(asked === true ? { asked } : {}), ...(doubt ? { unknown: doubt } : {}) }];
}

function unreached(
  resource: Resource,
  setting: NonNullable<Service['public']>,
  standing: Standing,
  context: Context,
): Unreached | undefined {
  const { on, origin } = settingOf(resource, setting);
  return on === false ? { because: 'it is not public', origin } : unrouted(standing, context);
}
