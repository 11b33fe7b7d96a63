import { notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, type Entry, entriesOf, entryOf, type Mapping, textOf } from '../../source/value.ts';
import { mapping, withEntries, without } from './construct.ts';
import { folderOf } from './file-name.ts';
import { type FileScope, type Loading, readLayers } from './loading.ts';
import { mergeProjects, mergeServices } from './merge.ts';

/** How long a chain of services may be in which each extends the next. */
const MAX_CHAIN = 50;

/**
 * The layer with each `extends` carried out: the service that it names, from this file or another one, under the
 * service's own fields. A chain that comes back to where it began is a `reference-cycle`.
 */
export function extendServices(layer: Mapping, path: string, scope: FileScope, loading: Loading): Mapping {
  const services = entryOf(layer, 'services');
  if (services?.value.kind !== 'mapping') return layer;
  if (![...entriesOf(services.value)].some(({ value }) => at(value, 'extends'))) return layer;
  const layers = new Map<string, Mapping>([[path, layer]]);
  const done = new Map<string, Mapping>();
  const fileOf = (file: string, origin: Origin): Mapping => {
    let known = layers.get(file);
    if (!known) {
      const other = { folder: folderOf(file), lookup: scope.lookup, origin };
      known = readLayers(file, other, loading).reduce(
        (below, above) => mergeProjects(below, above, loading),
        mapping([], origin),
      );
      layers.set(file, known);
    }
    return known;
  };

  const resolve = (file: string, entry: Entry, chain: readonly string[]): Mapping => {
    const id = `${file}#${entry.key}`;
    const known = done.get(id);
    if (known) return known;
    const service = entry.value as Mapping;
    const extension = entryOf(service, 'extends');
    const own = without(service, 'extends');
    if (!extension) return own;
    const name = textOf(at(extension.value, 'service'));
    const origin = at(extension.value, 'service')?.origin ?? extension.value.origin;
    const otherFile = textOf(at(extension.value, 'file')) ?? file;
    const report = (code: 'reference-cycle' | 'reference-missing', message: string): Mapping => {
      loading.notices.push(notice(code, message, origin));
      return own;
    };
    if (name === undefined) return report('reference-missing', 'This "extends" names no service; give it one.');
    if (chain.includes(`${otherFile}#${name}`) || chain.length >= MAX_CHAIN) {
      return report('reference-cycle', `${entry.key} extends ${name}, which extends it in turn; break the circle.`);
    }
    const below = entryOf(at(fileOf(otherFile, origin), 'services'), name);
    if (below?.value.kind !== 'mapping') {
      return report('reference-missing', `${otherFile} has no service ${name} that ${entry.key} could extend.`);
    }
    const base = resolve(otherFile, below, [...chain, `${otherFile}#${name}`]);
    const merged = mergeServices(base, own, loading);
    done.set(id, merged);
    return merged;
  };

  const extended = mapping(
    [...services.value.entries.values()].map((entry) => {
      if (!at(entry.value, 'extends')) return entry;
      return { ...entry, value: resolve(path, entry, [`${path}#${entry.key}`]) };
    }),
    services.value.origin,
  );
  return withEntries(layer, { ...services, value: extended });
}
