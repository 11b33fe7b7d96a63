/** What an account says of its EMR clusters: whether they may start with groups that let in everybody. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { isUnknown, knownBlocks, originOf, truth, whole } from '../resource.ts';

export const EMR_READERS: Readers = { aws_emr_block_public_access_configuration: blockPublicAccess };

function blockPublicAccess(setting: Resource): Facts {
  const traits = permitted(setting);
  return traits.length === 0 ? NOTHING : { workloads: [workloadFact(setting, { kind: 'account-setting', traits })] };
}

/** The switch that is off, or the range of exceptions that leaves nothing to it. */
function permitted({ body, origin }: Resource): readonly TraitFact[] {
  const trait = 'permits-public-rules';
  const on = truth(body, 'block_public_security_group_rules', true);
  const place = originOf(body, 'block_public_security_group_rules', origin);
  if (on !== true) return [{ trait, origin: place, ...(isUnknown(on) ? { unknown: on } : {}) }];
  const all = knownBlocks(body, 'permitted_public_security_group_rule_range').find((range) => {
    const [from, to] = [whole(range, 'min_range'), whole(range, 'max_range')];
    return typeof from === 'number' && typeof to === 'number' && from <= 1 && to >= 65535;
  });
  return all ? [{ trait, origin: originOf(all, 'max_range', all.origin) }] : [];
}
