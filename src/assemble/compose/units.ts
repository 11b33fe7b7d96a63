/** Which file sets of a folder are deployed together, and the unit that each of them makes. */
import { notice } from '../../source/notice.ts';
import { fileOrigin } from '../../source/span.ts';
import { at, entriesOf, type Mapping } from '../../source/value.ts';
import type { ComposeUnit } from '../unit.ts';
import { standsAlone } from './alone.ts';
import { type Deployment, deploy, filesByVariable } from './deployment.ts';
import { BASE_NAMES, namesSwarm, OVERRIDE_NAMES } from './file-name.ts';
import type { ComposeFile, ComposeFolder } from './find.ts';
import type { Loading, TreeLoading } from './loading.ts';
import { resolvePath } from './paths.ts';

/** A unit, and what was said while it was loaded; no unit where there is nothing to deploy. */
export interface MadeUnit {
  readonly unit: ComposeUnit | null;
  readonly loading: Loading;
}

/**
 * The units of one folder. What the plain command reads is one: the base file with the override file beside it, or the
 * files that `.env` names. A file for `-f` that is valid alone is another, and any other goes over those. `parts` are
 * files that others include or extend: they are units only where they are valid alone.
 */
export function unitsOfFolder(
  tree: TreeLoading,
  { folder, files: found }: ComposeFolder,
  parts: ReadonlySet<string>,
): readonly MadeUnit[] {
  const plain = plainFiles(tree, folder, found);
  const taken = new Set<string>();
  const made: MadeUnit[] = [];
  const add = (deployment: Deployment, variant: string | null, path: string): void => {
    const empty = [...entriesOf(at(deployment.model, 'services'))].length === 0;
    made.push({ unit: empty ? null : unitOf(deployment, folder, variant, path), loading: deployment.loading });
  };

  const [base] = plain;
  if (base !== undefined) {
    const deployment = deploy(tree, folder, plain);
    if (!parts.has(base) || standsAlone(deployment.model)) add(deployment, null, base);
  }
  for (const file of found) {
    if (file.path === base || (plain.includes(file.path) && file.role === 'override')) continue;
    const alone = deploy(tree, folder, [file.path]);
    const complete = standsAlone(alone.model);
    if (!complete && (parts.has(file.path) || plain.includes(file.path))) continue;
    const overlays = !complete && base !== undefined;
    const deployment = overlays ? deploy(tree, folder, [...plain, file.path]) : alone;
    if (!complete && !overlays) {
      const message = 'No file is found that this one goes over; it is analysed alone.';
      deployment.loading.notices.push(notice('not-built', message, fileOrigin(file.path)));
    }
    add(deployment, variantOf(file, taken), file.path);
  }
  return made;
}

/** The files that `docker compose up` reads in the folder, in their order; empty where it would find none. */
function plainFiles(tree: TreeLoading, folder: string, found: readonly ComposeFile[]): readonly string[] {
  const named = filesByVariable(tree, folder);
  if (named.length > 0) return named;
  const first = (names: readonly string[]): readonly string[] =>
    names
      .map((name) => resolvePath(folder, name))
      .filter((path) => found.some((file) => file.path === path))
      .slice(0, 1);
  const base = first(BASE_NAMES);
  return base.length === 0 ? [] : [...base, ...first(OVERRIDE_NAMES)];
}

/** A variant that no other file of the folder has: `dev`, else `docker-compose.dev`, else the whole name. */
function variantOf(file: ComposeFile, taken: Set<string>): string {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const choices = [file.variant, name.replace(/\.ya?ml$/i, ''), name];
  const variant = choices.find((choice) => !taken.has(choice)) ?? name;
  taken.add(variant);
  return variant;
}

function unitOf(deployment: Deployment, folder: string, variant: string | null, path: string): ComposeUnit {
  const { model, loading, project, profiles } = deployment;
  return {
    id: `compose:${folder}${variant === null ? '' : `#${variant}`}`,
    technology: 'compose',
    root: folder,
    variant,
    files: [...loading.used].sort(),
    project,
    model,
    swarm: namesSwarm(path) === 'always' || (namesSwarm(path) === 'perhaps' && hasSwarmContent(model)),
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
