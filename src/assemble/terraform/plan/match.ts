/** Which evaluated root module a plan or a state is of. */
import { posix } from 'node:path';
import { compareText } from '../../../source/order.ts';
import type { Value } from '../../../source/value.ts';
import type { TerraformUnit } from '../unit.ts';
import { blockOf } from './address.ts';
import { aligned } from './align.ts';
import { differ } from './differ.ts';
import type { Recording } from './recording.ts';

/**
 * The unit whose code the recording was made from: of the root module in its own folder, where they share a block, or
 * of one elsewhere that has half of its blocks and has half of its own there. Of several sets of variables the one
 * whose values the recording contradicts least.
 */
export function unitOf(recording: Recording, units: readonly TerraformUnit[]): TerraformUnit | undefined {
  const folder = posix.dirname(recording.path);
  const blocks = recordedBlocks(recording);
  const matches = units.flatMap((unit) => {
    const own = new Set(unit.resources.map(({ address }) => blockOf(address)).filter(isInRoot));
    const shared = [...own].filter((block) => blocks.has(block)).length;
    const beside = unit.root === folder;
    const alike = shared * 2 >= blocks.size && shared * 2 >= own.size;
    return shared > 0 && (beside || alike) ? [{ unit, beside, shared, against: contradictions(recording, unit) }] : [];
  });
  matches.sort(
    (a, b) =>
      Number(b.beside) - Number(a.beside) ||
      b.shared - a.shared ||
      a.against - b.against ||
      compareText(a.unit.id, b.unit.id),
  );
  return matches[0]?.unit;
}

/** The blocks of the root module: what modules hold may not be on disk. */
function recordedBlocks({ blocks, instances }: Recording): ReadonlySet<string> {
  const all = blocks.size > 0 ? [...blocks] : instances.map(({ block }) => block);
  return new Set(all.filter(isInRoot));
}

function isInRoot(block: string): boolean {
  return !block.startsWith('module.');
}

/** How many attributes the code says otherwise. */
function contradictions({ instances }: Recording, { resources }: TerraformUnit): number {
  const written = new Map(resources.map((resource) => [resource.address, resource]));
  let count = 0;
  for (const { address, body } of instances) {
    const own = written.get(address)?.body;
    if (!own) count++;
    for (const [key, { value }] of own?.entries ?? []) if (contradicts(value, body.entries.get(key)?.value)) count++;
  }
  return count;
}

/** Whether the recording has something that the code does not, or the other way round; lists may stand in any order. */
function contradicts(written: Value, recorded: Value | undefined): boolean {
  if (written.kind !== 'list' || recorded?.kind !== 'list') return differ(written, recorded);
  return (
    written.items.length !== recorded.items.length || aligned(recorded.items, written.items).some((found) => !found)
  );
}
