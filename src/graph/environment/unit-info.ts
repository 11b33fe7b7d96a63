import { byText } from '../../source/order.ts';
import type { Fragment } from '../fragment.ts';
import type { UnitInfo } from '../vocabulary.ts';
import type { FoundImage } from '../workload/images.ts';

/**
 * The units of an environment, and those of the images that it runs, sorted by id. The files of a build count as files of
 * the unit that asks for it too: both together are what its command reads.
 */
export function unitsOf(
  units: readonly Fragment[],
  images: readonly (FoundImage & { readonly unit: string })[],
): readonly UnitInfo[] {
  const files = new Map<string, string[]>();
  const infos = new Map<string, UnitInfo>();
  for (const { unit } of units) infos.set(unit.id, unit);
  for (const { image, kind, unit } of images) {
    if (!infos.has(image.unit.id)) infos.set(image.unit.id, image.unit);
    if (kind !== 'builds') continue;
    const known = files.get(unit) ?? [];
    files.set(unit, known);
    known.push(...image.chain.flatMap((level) => level.files));
  }
  return [...infos.values()]
    .map(({ id, technology, root, variant, files: own }) => ({
      id,
      technology,
      root,
      variant,
      files: [...new Set([...own, ...(files.get(id) ?? [])])].sort(),
    }))
    .sort(byText(({ id }) => id));
}
