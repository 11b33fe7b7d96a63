/** One file set, loaded with everything that the command which deploys it reads. */
import { notice } from '../../source/notice.ts';
import { fileOrigin } from '../../source/span.ts';
import { at, type Entry, entriesOf, entryOf, itemsOf, type Mapping, textOf, type Value } from '../../source/value.ts';
import { mapEntries, mapping, text, withEntries } from './construct.ts';
import type { Lookup } from './interpolate.ts';
import { type Loading, readScope, startLoading, type TreeLoading, tellExhausted } from './loading.ts';
import { resolvePath } from './paths.ts';
import { loadProject } from './project.ts';
import { readVariables } from './variables.ts';

/** A file set as it is deployed. */
export interface Deployment {
  readonly loading: Loading;
  readonly model: Mapping;
  /** The project's name. */
  readonly project: string;
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
  const complete = withEnvironmentFiles(project, lookup, loading);
  tellExhausted(loading, fileOrigin(paths[0] ?? folder));
  return {
    loading,
    model: withConfigTexts(complete, loading),
    project: name || byFolder,
    profiles: (variables('COMPOSE_PROFILES') ?? '').split(',').filter((profile) => profile !== ''),
  };
}

/** The files that the plain command reads in `folder` because its `.env` says so (`COMPOSE_FILE`); empty otherwise. */
export function filesByVariable(tree: TreeLoading, folder: string): readonly string[] {
  const variables = readVariables(resolvePath(folder, '.env'), () => undefined, { tree }) ?? [];
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

/** The services with the variables of their `env_file`s under those of their `environment`. */
function withEnvironmentFiles(project: Mapping, lookup: Lookup, loading: Loading): Mapping {
  const section = entryOf(project, 'services');
  if (section?.value.kind !== 'mapping') return project;
  const services = mapEntries(section.value, (service) => {
    const files = entryOf(service.value, 'env_file');
    if (!files || service.value.kind !== 'mapping') return service.value;
    const variables = readEnvironmentFiles(service.key, files.value, lookup, loading);
    const own = at(service.value, 'environment');
    const entries = [...variables, ...entriesOf(own)];
    const environment = mapping(entries, own?.origin ?? files.keyOrigin);
    return withEntries(service.value, { key: 'environment', keyOrigin: files.keyOrigin, value: environment });
  });
  return withEntries(project, { ...section, value: services });
}

/** The variables of the files that `env_file` of a service names; a later file wins, and may use those before it. */
function readEnvironmentFiles(service: string, files: Value, lookup: Lookup, loading: Loading): readonly Entry[] {
  const entries: Entry[] = [];
  const above = new Map<string, string>();
  for (const item of itemsOf(files)) {
    const written = at(item, 'path');
    const path = textOf(written);
    if (path === undefined || !written) continue;
    const raw = textOf(at(item, 'format')) === 'raw';
    const variables = readVariables(path, (name) => above.get(name) ?? lookup(name), loading, raw);
    if (variables) loading.used.add(path);
    else if (textOf(at(item, 'required')) !== 'false') {
      const message = `${path} cannot be read, so the variables that it gives ${service} are not known. Commit an example of it, or check the path.`;
      loading.notices.push(notice('file-missing', message, written.origin));
    }
    for (const { name, value, origin } of variables ?? []) {
      above.set(name, value);
      entries.push({ key: name, keyOrigin: origin, value: text(value, origin) });
    }
  }
  return entries;
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
