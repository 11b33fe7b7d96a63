/** What a patch says, from the file that it names or the text that it brings. */
import { parseYaml } from '../../../parsers/yaml/index.ts';
import { notice } from '../../../source/notice.ts';
import { placingWithin } from '../../../source/scalar-origin.ts';
import type { Origin } from '../../../source/span.ts';
import { entryOf, type Scalar, textOf, type Value } from '../../../source/value.ts';
import { documentsNamed, type Layer } from './layer.ts';
import { arriving, moved } from './value-edit.ts';

/** The documents of a patch, each value at the place where a person would edit it. */
export interface PatchSource {
  readonly documents: readonly Value[];
  /** The item of the kustomization. */
  readonly origin: Origin;
}

/** What an item of `patches` or `patchesJson6902` says, inline or in a file. */
export function patchSource(layer: Layer, item: Value): PatchSource {
  const inline = entryOf(item, 'patch')?.value;
  if (inline?.kind === 'scalar' && (textOf(inline) ?? '').trim() !== '') {
    return { documents: inlineDocuments(layer, inline), origin: inline.origin };
  }
  const path = entryOf(item, 'path')?.value;
  const reference = textOf(path);
  if (!path || !reference) return { documents: [], origin: item.origin };
  return { documents: patchFile(layer, reference, path.origin), origin: path.origin };
}

/** What an item of `patchesStrategicMerge` says: the name of a file, or the patch itself. */
export function strategicSource(layer: Layer, item: Value): PatchSource {
  const { origin } = item;
  if (item.kind !== 'scalar' || item.text === '') return { documents: [], origin };
  const isPath = !/[\n{]|: /.test(item.text.trim());
  return { documents: isPath ? patchFile(layer, item.text, origin) : inlineDocuments(layer, item), origin };
}

function patchFile(layer: Layer, reference: string, origin: Origin): readonly Value[] {
  return documentsNamed(layer, reference, origin).map((document) => arriving(document, origin, layer.allowance));
}

/** The YAML documents in a scalar of the layer, with the places that their parts have in its file. */
function inlineDocuments(layer: Layer, scalar: Scalar): readonly Value[] {
  const { documents, notices } = parseYaml({ path: layer.path, format: 'yaml', text: scalar.text });
  const reading = layer.files.read(scalar.origin.file);
  const place = placingWithin(reading.kind === 'text' ? reading.text : '', scalar);
  const move = ({ start, end, via }: Origin): Origin => {
    const origin = place(start, end);
    return via ? { ...origin, via: move(via) } : origin;
  };
  for (const { code, message, origin } of notices) layer.notices.push(notice(code, message, move(origin)));
  return documents.flatMap(({ root }) => (root ? [moved(root, move, layer.allowance)] : []));
}
