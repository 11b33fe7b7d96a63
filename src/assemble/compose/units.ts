/** Which file sets of a folder are deployed together, and the unit that each of them makes. */
import { notice } from '../../source/notice.ts';
import { fileOrigin } from '../../source/span.ts';
import { at, entriesOf, itemsOf, type Mapping, textOf } from '../../source/value.ts';
import type { Files } from '../files.ts';
import type { ComposeUnit } from '../unit.ts';
import { standsAlone } from './alone.ts';
import { BASE_NAMES, namesSwarm, OVERRIDE_NAMES } from './file-name.ts';
import type { ComposeFile, ComposeFolder } from './find.ts';
import { type Loading, readScope, startLoading } from './loading.ts';
import { resolvePath } from './paths.ts';
import { loadProject } from './project.ts';
import { readVariables, type Variable } from './variables.ts';

/** A file set, loaded. */
interface Deployment {
  readonly loading: Loading;
  readonly model: Mapping;
  readonly project: string;
  readonly environmentFiles: ReadonlyMap<string, readonly Variable[]>;
  readonly profiles: readonly string[];
}

export interface MadeUnit {
  readonly unit: ComposeUnit;
  readonly loading: Loading;
}

/**
 * The units of one folder. The base file with the override file beside it is one; a file for `-f` that is valid alone
 * is another, and any other goes over the base and its override. `parts` are files that others include or extend: they
 * are units only where they are valid alone.
 */
export function unitsOfFolder(
  files: Files,
  { folder, files: found }: ComposeFolder,
  parts: ReadonlySet<string>,
): readonly MadeUnit[] {
  const byName = (names: readonly string[]): ComposeFile | undefined =>
    names.flatMap((name) => found.filter(({ path }) => path === resolvePath(folder, name)))[0];
  const base = byName(BASE_NAMES);
  const override = base && byName(OVERRIDE_NAMES);
  const below = [base, override].flatMap((file) => file?.path ?? []);
  const taken = new Set<string>();
  const made: MadeUnit[] = [];
  const add = (deployment: Deployment, variant: string | null, file: ComposeFile): void => {
    if ([...entriesOf(at(deployment.model, 'services'))].length === 0) return;
    made.push({ unit: unitOf(deployment, folder, variant, file), loading: deployment.loading });
  };

  if (base) {
    const deployment = deploy(files, folder, below);
    if (!parts.has(base.path) || standsAlone(deployment.model)) add(deployment, null, base);
  }
  for (const file of found) {
    if (file === base || file === override) continue;
    const alone = deploy(files, folder, [file.path]);
    const complete = standsAlone(alone.model);
    if (!complete && parts.has(file.path)) continue;
    const deployment = complete || !base ? alone : deploy(files, folder, [...below, file.path]);
    if (!complete && !base) {
      const message = 'No file is found that this one goes over; it is analysed alone.';
      deployment.loading.notices.push(notice('not-built', message, fileOrigin(file.path)));
    }
    add(deployment, variantOf(file, taken), file);
  }
  return made;
}

/** A variant that no other file of the folder has: `dev`, else `docker-compose.dev`, else the whole name. */
function variantOf(file: ComposeFile, taken: Set<string>): string {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const choices = [file.variant, name.replace(/\.ya?ml$/i, ''), name];
  const variant = choices.find((choice) => !taken.has(choice)) ?? name;
  taken.add(variant);
  return variant;
}

function deploy(files: Files, folder: string, paths: readonly string[]): Deployment {
  const loading = startLoading(files);
  const variables = readScope([resolvePath(folder, '.env')], () => undefined, loading);
  const byFolder = projectOf(folder);
  const lookup = (name: string): string | undefined =>
    variables(name) ?? (name === 'COMPOSE_PROJECT_NAME' ? byFolder : undefined);
  const model = loadProject({ paths, folder, lookup, includedBy: [] }, loading);
  const project = normalName(textOf(at(model, 'name')) ?? '') || normalName(variables('COMPOSE_PROJECT_NAME') ?? '');
  return {
    loading,
    model,
    project: project || byFolder,
    environmentFiles: readEnvironmentFiles(model, lookup, loading),
    profiles: (variables('COMPOSE_PROFILES') ?? '').split(',').filter((profile) => profile !== ''),
  };
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
  model: Mapping,
  lookup: (name: string) => string | undefined,
  loading: Loading,
): ReadonlyMap<string, readonly Variable[]> {
  const read = new Map<string, readonly Variable[]>();
  for (const service of entriesOf(at(model, 'services'))) {
    for (const item of itemsOf(at(service.value, 'env_file'))) {
      const written = at(item, 'path');
      const path = textOf(written);
      if (path === undefined || !written || read.has(path)) continue;
      const raw = textOf(at(item, 'format')) === 'raw';
      const variables = readVariables(loading.files, path, lookup, loading.notices, raw);
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

function unitOf(deployment: Deployment, folder: string, variant: string | null, file: ComposeFile): ComposeUnit {
  const { model, loading, project, environmentFiles, profiles } = deployment;
  return {
    id: `compose:${folder}${variant === null ? '' : `#${variant}`}`,
    technology: 'compose',
    root: folder,
    variant,
    files: [...loading.used].sort(),
    project,
    model,
    swarm: file.role === 'stack' || (namesSwarm(file.path) && hasSwarmContent(model)),
    environmentFiles,
    profiles,
  };
}

/** Keys of `deploy` that mean something to a swarm only. */
const SWARM_ONLY = ['placement', 'update_config', 'rollback_config', 'endpoint_mode', 'mode', 'restart_policy'];

function hasSwarmContent(model: Mapping): boolean {
  return [...entriesOf(at(model, 'services'))].some(({ value }) =>
    SWARM_ONLY.some((key) => at(value, 'deploy', key) !== undefined),
  );
}
