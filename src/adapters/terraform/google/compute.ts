/** Machines of Google Cloud (R80): an interface with an access configuration has an address of the internet. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { type Block, blocks, firstBlock, isUnknown, knownText, texts } from '../resource.ts';
import { impliedGuard, memberMark } from './firewall.ts';
import { markOf } from './firewall-rule.ts';
import { standingOf } from './network.ts';

export const COMPUTE_READERS: Readers = {
  google_compute_instance: (instance, context) => machine(instance, instance.body, 'virtual-machine', context),
  google_compute_instance_template: (template, context) => machine(template, template.body, 'machine-group', context),
  google_compute_region_instance_template: (template, context) =>
    machine(template, template.body, 'machine-group', context),
  google_compute_instance_group_manager: () => NOTHING,
};

function machine(resource: Resource, body: Block, kind: string, context: Context): Facts {
  const cards = blocks(body, 'network_interface').filter((card): card is Block => !isUnknown(card));
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
    guards: standings.map(({ network }) => impliedGuard(network, resource, context)),
    workloads: [
      workloadFact(resource, {
        kind,
        machine: true,
        ranges: standings.every(({ range }) => range) ? standings.flatMap(({ range }) => range ?? []) : [],
        memberships: standings.flatMap(({ memberships }) => memberships),
        labels,
        unreached: {
          because: 'none of its interfaces has a public address',
          origin: cards[0]?.origin ?? resource.origin,
        },
        publicAddresses: cards.flatMap((card) =>
          ['access_config', 'ipv6_access_config'].flatMap((name) =>
            blocks(card, name).map((block) => ({
              address: null,
              origin: block.origin,
              ...(isUnknown(block) ? { unknown: block } : block.uncertain ? { unknown: block.uncertain } : {}),
            })),
          ),
        ),
      }),
    ],
  };
}
