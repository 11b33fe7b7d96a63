import { notice } from '../../source/notice.ts';
import { type Origin, withVia } from '../../source/span.ts';
import { at, type Entry, entryOf, itemsOf, type Mapping, textOf, type Value } from '../../source/value.ts';
import { mapping } from './construct.ts';
import { folderOf } from './file-name.ts';
import { type FileScope, type Loading, readScope } from './loading.ts';
import { mergeProjects } from './merge.ts';
import { isRemote, resolvePath } from './paths.ts';

/** The files of a project in their order, and the files that led to them by `include`, outermost first. */
export interface FileSet extends FileScope {
  readonly paths: readonly string[];
  readonly includedBy: readonly string[];
}

/** What of an included project becomes part of the one that includes it. */
const IMPORTED = ['services', 'networks', 'volumes', 'configs', 'secrets'];
const MAX_DEPTH = 20;

/**
 * The layer with the projects that it includes. Each is loaded for itself, with the folder and variables of its own
 * (those of the including project come first); what the layer defines too stands over what was included.
 */
export function includeProjects(
  layer: Mapping,
  path: string,
  set: FileSet,
  loading: Loading,
  load: (set: FileSet, loading: Loading) => Mapping,
): Mapping {
  const include = at(layer, 'include');
  if (!include) return layer;
  const items = include.kind === 'list' ? itemsOf(include) : [include];
  const includedBy = [...set.includedBy, path];
  let imported = mapping([], layer.origin);
  for (const item of items) {
    const request = readRequest(item, set.folder);
    const local = request.paths.filter((each) => !isRemote(each));
    const again = local.find((each) => includedBy.includes(each));
    if (local.length < request.paths.length) {
      const message = 'What is included from elsewhere is not fetched; what it holds is missing here.';
      loading.notices.push(notice('not-built', message, item.origin));
    }
    if (again !== undefined || includedBy.length > MAX_DEPTH) {
      const message = `This includes ${again ?? 'a file'}, which includes it in turn; break the circle.`;
      loading.notices.push(notice('reference-cycle', message, item.origin));
      continue;
    }
    const [first] = local;
    if (first === undefined) continue;
    const folder = request.folder ?? folderOf(first);
    const lookup = request.variables
      ? readScope(request.variables, set.lookup, loading, item.origin)
      : readScope([resolvePath(folder, '.env')], set.lookup, loading);
    const project = load({ paths: local, folder, lookup, includedBy, origin: item.origin }, loading);
    reportConflicts(imported, project, loading);
    imported = mergeProjects(imported, importedPart(project, item.origin), loading);
  }
  reportConflicts(imported, layer, loading);
  return mergeProjects(imported, layer, loading);
}

interface Request {
  readonly paths: readonly string[];
  readonly folder?: string;
  /** The files that give its variables their values; `.env` in its folder where none is named. */
  readonly variables?: readonly string[];
}

function readRequest(item: Value, folder: string): Request {
  const texts = (value: Value | undefined): string[] =>
    (value?.kind === 'list' ? itemsOf(value) : value ? [value] : []).flatMap((each) => {
      const written = textOf(each);
      return written === undefined ? [] : [isRemote(written) ? written : resolvePath(folder, written)];
    });
  if (item.kind !== 'mapping') return { paths: texts(item) };
  const own = texts(at(item, 'project_directory'))[0];
  const variables = texts(at(item, 'env_file'));
  return {
    paths: texts(at(item, 'path')),
    ...(own === undefined ? {} : { folder: own }),
    ...(variables.length === 0 ? {} : { variables }),
  };
}

/** The sections that are imported, with the line that includes them behind the origin of each of their keys. */
function importedPart(project: Mapping, via: Origin): Mapping {
  const sections = IMPORTED.flatMap((key): Entry[] => {
    const section = entryOf(project, key);
    if (section?.value.kind !== 'mapping') return [];
    const members = [...section.value.entries.values()].map((entry) => ({
      ...entry,
      keyOrigin: withVia(entry.keyOrigin, via),
    }));
    return [{ ...section, value: mapping(members, section.value.origin) }];
  });
  return mapping(sections, project.origin);
}

/** Compose refuses a project in which an included file and another one define one service differently. */
function reportConflicts(imported: Mapping, over: Mapping, loading: Loading): void {
  const services = at(over, 'services');
  if (services?.kind !== 'mapping') return;
  for (const { key, keyOrigin } of services.entries.values()) {
    const other = entryOf(at(imported, 'services'), key);
    if (!other || other.keyOrigin.file === keyOrigin.file) continue;
    const message = `${key} is defined here and in ${other.keyOrigin.file}, which is included; Compose wants an override file for that.`;
    loading.notices.push(notice('merge-conflict', message, keyOrigin));
  }
}
