/** A set of compose files as the one project that Compose makes of them. */
import { fileOrigin, type Origin } from '../../source/span.ts';
import type { Mapping } from '../../source/value.ts';
import { mapping, without } from './construct.ts';
import { extendServices } from './extend.ts';
import { type FileSet, includeProjects } from './include.ts';
import { type Loading, readLayers, tellExhausted } from './loading.ts';
import { dropReset, mergeProjects } from './merge.ts';

/**
 * The merged project, without what `!reset` takes away and without `include` and `extends`. Its own origin is the first
 * key of its first file, whatever files the rest comes from.
 */
export function loadProject(set: FileSet, loading: Loading): Mapping {
  const merged = dropReset(loadLayers(set, loading));
  tellExhausted(loading, set.origin ?? fileOrigin(set.paths[0] ?? set.folder));
  return merged;
}

function loadLayers(set: FileSet, loading: Loading): Mapping {
  let project: Mapping | undefined;
  for (const path of set.paths) {
    for (const layer of readLayers(path, set, loading)) {
      const extended = extendServices(layer, path, set, loading);
      const included = includeProjects(extended, path, set, loading, loadLayers);
      project = mergeProjects(project ?? mapping([], headOf(layer)), included, loading);
    }
  }
  return project ? without(project, 'include') : mapping([], fileOrigin(set.paths[0] ?? set.folder));
}

/** The first key of a file: where the project as a whole stands. */
function headOf(layer: Mapping): Origin {
  const [first] = layer.entries.values();
  return first?.keyOrigin ?? layer.origin;
}
