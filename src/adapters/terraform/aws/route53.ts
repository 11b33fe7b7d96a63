/** Names in zones of Route 53: one that answers with nothing leads nowhere. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { blocks, get, isUnknown, originOf } from '../resource.ts';

export const ROUTE53_READERS: Readers = { aws_route53_record: record };

function record(name: Resource): Facts {
  const { body, origin } = name;
  const listed = get(body, 'records');
  const nothing =
    listed === undefined ? blocks(body, 'alias').length === 0 : listed.kind === 'list' && listed.items.length === 0;
  if (!nothing || isUnknown(listed)) return NOTHING;
  const traits = [{ trait: 'unanswered-name', origin: originOf(body, 'records', origin) }] as const;
  return { workloads: [workloadFact(name, { kind: 'name', traits })] };
}
