/** What a kustomization asks for that is not built: it would be fetched, or run. */
import type { Origin } from '../../../source/span.ts';
import { type Entry, entryOf, textOf, type Value } from '../../../source/value.ts';
import { type Layer, listOf, tell } from './layer.ts';
import { isRemote } from './reference.ts';

/** Fields that run programs or render charts, or that describe kinds to kustomize. */
const NOT_BUILT = [
  'generators',
  'transformers',
  'helmCharts',
  'helmChartInflationGenerator',
  'crds',
  'openapi',
  'buildMetadata',
] as const;

/** One note that names all of it, at the first. */
export function tellLeftOut(layer: Layer): void {
  const fields = NOT_BUILT.map((field) => entryOf(layer.root, field)).filter(
    (entry): entry is Entry => entry !== undefined && !isEmpty(entry.value),
  );
  const remote = ['resources', 'bases', 'components']
    .flatMap((field) => listOf(layer, field))
    .filter((item) => isRemote(textOf(item) ?? ''));
  const all: readonly (readonly [string, Origin])[] = [
    ...remote.map((item) => [textOf(item) ?? '', item.origin] as const),
    ...fields.map(({ key, keyOrigin }) => [key, keyOrigin] as const),
  ];
  const [first] = all;
  if (!first) return;
  const names = all.map(([name]) => name);
  const shown = names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
  const message = `This kustomization is built without ${shown}: nothing is fetched from elsewhere, and no program is run.`;
  tell(layer, 'not-built', message, first[1]);
}

function isEmpty(value: Value): boolean {
  if (value.kind === 'scalar') return value.value === null || value.text === '';
  return value.kind === 'list' ? value.items.length === 0 : value.kind === 'mapping' && value.entries.size === 0;
}
