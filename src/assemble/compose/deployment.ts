/** One file set, loaded with everything that the command which deploys it reads. */
import { notice } from '../../source/notice.ts';
import { fileOrigin } from '../../source/span.ts';
import { at, type Entry, entriesOf, entryOf, itemsOf, type Mapping, textOf } from '../../source/value.ts';
import { mapEntries, text, withEntries } from './construct.ts';
import type { Lookup } from './interpolate.ts';
import { type Loading, readScope, startLoading, type TreeLoading } from './loading.ts';
import { resolvePath } from './paths.ts';
import { loadProject } from './project.ts';
import { readVariables, type Variable } from './variables.ts';

export interface Deployment {
  readonly loading: Loading;
  readonly model: Mapping;
  /** The project's name. */
  readonly project: string;
  /** The files that `env_file` names, by path. */
  readonly environmentFiles: ReadonlyMap<string, readonly Variable[]>;
  /** The profiles that `.env` turns on. */
  readonly profiles: readonly string[];
}

/** Loads the files at `paths` as `docker compose -f … -f …` in `folder` would. */
export function deploy(tree: TreeLoading, folder: string, paths: readonly string[]): Deployment {
  const loading = startLoading(tree);
  const variables = readScope([resolvePath(folder, '.env')], () => undefined, loading);
  const byFolder = projectOf(folder);
  const lookup = (name: string): string | undefined =>
    variables(name) ?? (name === 'COMPOSE_PROJECT_NAME' ? byFolder : undefined);
  const project = loadProject({ paths, folder, lookup, includedBy: [] }, loading);
  const name = normalName(textOf(at(project, 'name')) ?? '') || normalName(variables('COMPOSE_PROJECT_NAME') ?? '');
  return {
    loading,
    model: withConfigTexts(project, loading),
    project: name || byFolder,
    environmentFiles: readEnvironmentFiles(project, lookup, loading),
    profiles: (variables('COMPOSE_PROFILES') ?? '').split(',').filter((profile) => profile !== ''),
  };
}

/** The files that the plain command reads in `folder` because its `.env` says so (`COMPOSE_FILE`); empty otherwise. */
export function filesByVariable(tree: TreeLoading, folder: string): readonly string[] {
  const variables = readVariables(resolvePath(folder, '.env'), () => undefined, { tree, notices: [] }) ?? [];
  const last = (name: string) => variables.findLast((variable) => variable.name === name)?.value;
  const separator = last('COMPOSE_PATH_SEPARATOR') || ':';
  return (last('COMPOSE_FILE') ?? '').split(separator).flatMap((path) => (path ? [resolvePath(folder, path)] : []));
}

/**
 * The project that Compose makes of a folder's name. The root of what is scanned has no name that is the same on every
 * machine: its project is called `.`, which no project can be.
 */
function projectOf(folder: string): string {
  return normalName(folder.slice(folder.lastIndexOf('/') + 1)) || '.';
}

function normalName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

function readEnvironmentFiles(
  project: Mapping,
  lookup: Lookup,
  loading: Loading,
): ReadonlyMap<string, readonly Variable[]> {
  const read = new Map<string, readonly Variable[]>();
  for (const service of entriesOf(at(project, 'services'))) {
    for (const item of itemsOf(at(service.value, 'env_file'))) {
      const written = at(item, 'path');
      const path = textOf(written);
      if (path === undefined || !written || read.has(path)) continue;
      const raw = textOf(at(item, 'format')) === 'raw';
      const variables = readVariables(path, lookup, loading, raw);
      if (variables) {
        read.set(path, variables);
        loading.used.add(path);
      } else if (textOf(at(item, 'required')) !== 'false') {
        const message = `${path} cannot be read, so the variables that it gives ${service.key} are not known. Commit an example of it, or check the path.`;
        loading.notices.push(notice('file-missing', message, written.origin));
      }
    }
  }
  return read;
}

/** The configs that are files of this tree, with the text of the file for their content. */
function withConfigTexts(project: Mapping, loading: Loading): Mapping {
  const section = entryOf(project, 'configs');
  if (section?.value.kind !== 'mapping') return project;
  const configs = mapEntries(section.value, ({ value }) => {
    const path = textOf(at(value, 'file'));
    const reading = path === undefined ? undefined : loading.tree.files.read(path);
    if (value.kind !== 'mapping' || path === undefined || reading?.kind !== 'text') return value;
    loading.used.add(path);
    const origin = fileOrigin(path);
    const content: Entry = { key: 'content', keyOrigin: origin, value: text(reading.text, origin) };
    return withEntries(value, content);
  });
  return withEntries(project, { ...section, value: configs });
}
