/** Machines of Google Cloud (R80): an interface with an access configuration has an address of the internet. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Trait, TraitFact } from '../../../graph/trait.ts';
import { textOf, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { needsIn } from '../environment.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownBlocks, knownText, texts } from '../resource.ts';
import { impliedGuard, memberMark } from './firewall.ts';
import { markOf } from './firewall-rule.ts';
import { standingOf } from './network.ts';
import { tunnelsTo } from './session.ts';

export const COMPUTE_READERS: Readers = {
  google_compute_instance: (instance, context) => machine(instance, instance.body, 'virtual-machine', context),
  google_compute_instance_template: (template, context) => machine(template, template.body, 'machine-group', context),
  google_compute_region_instance_template: (template, context) =>
    machine(template, template.body, 'machine-group', context),
  google_compute_instance_from_template: (instance, context) =>
    machine(instance, instance.body, 'virtual-machine', context),
  google_compute_instance_group_manager: () => NOTHING,
  google_compute_region_instance_group_manager: () => NOTHING,
  google_compute_project_metadata: (metadata) => projectMetadata(metadata, get(metadata.body, 'metadata')),
  google_compute_project_metadata_item: (item) =>
    knownText(item.body, 'key') === SERIAL ? projectMetadata(item, get(item.body, 'value')) : NOTHING,
};

const SERIAL = 'serial-port-enable';

/** What is said of every machine of a project that does not say otherwise. */
function projectMetadata(resource: Resource, value: Value | undefined): Facts {
  const traits = value?.kind === 'mapping' ? serialConsole(value) : switchedOn('serial-console', value);
  return traits.length === 0 ? NOTHING : { workloads: [workloadFact(resource, { kind: 'project-machines', traits })] };
}

/** Who has the right key talks to a serial console from anywhere: no firewall is asked. */
function serialConsole(metadata: Value | undefined): readonly TraitFact[] {
  return switchedOn('serial-console', metadata?.kind === 'mapping' ? get(metadata, SERIAL) : undefined);
}

/** A trait where the value is true, in one of the ways in which metadata say so. */
function switchedOn(trait: Trait, value: Value | undefined): readonly TraitFact[] {
  if (value === undefined) return [];
  if (value.kind === 'unknown') return [{ trait, unknown: value, origin: value.origin }];
  return /^(true|1|y|yes)$/i.test(textOf(value) ?? '') ? [{ trait, origin: value.origin }] : [];
}

function machine(resource: Resource, body: Block, kind: string, context: Context): Facts {
  const cards = knownBlocks(body, 'network_interface');
  const standings = cards.map((card) => standingOf(card, resource, context));
  const labels = new Map<string, string>();
  const email = knownText(firstBlock(body, 'service_account'), 'email');
  for (const { network } of standings) {
    labels.set(...memberMark(network.name, context));
    for (const tag of texts(body, 'tags'))
      if (!isUnknown(tag)) labels.set(...markOf('tag', tag.text, network.name, context));
    if (email) labels.set(...markOf('account', email, network.name, context));
  }
  return {
    segments: standings.flatMap(({ segments }) => segments),
    links: standings.flatMap(({ links }) => links),
    // What a machine is told as it starts.
    needs: ['metadata_startup_script', 'metadata'].flatMap((name) => needsIn(get(body, name), resource, context)),
    guards: standings.map(({ network }) => impliedGuard(network, resource, context)),
    workloads: [
      workloadFact(resource, {
        kind,
        machine: true,
        traits: [
          ...switchedOn('forwards-packets', get(body, 'can_ip_forward')),
          ...serialConsole(get(body, 'metadata')),
          ...tunnelsTo(resource, context),
        ],
        ranges: standings.every(({ range }) => range) ? standings.flatMap(({ range }) => range ?? []) : [],
        memberships: standings.flatMap(({ memberships }) => memberships),
        labels,
        unreached: {
          because: 'none of its interfaces has a public address',
          origin: cards[0]?.origin ?? resource.origin,
        },
        publicAddresses: cards.flatMap((card) =>
          (['access_config', 'ipv6_access_config'] as const).flatMap((name) =>
            blocks(card, name).map((block) => ({
              address: null,
              family: name === 'access_config' ? ('ipv4' as const) : ('ipv6' as const),
              origin: block.origin,
              ...(isUnknown(block) ? { unknown: block } : block.uncertain ? { unknown: block.uncertain } : {}),
            })),
          ),
        ),
      }),
    ],
  };
}
