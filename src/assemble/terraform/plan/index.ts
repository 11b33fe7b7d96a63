/** Plans and states: what Terraform itself says of a root module. */
import { posix } from 'node:path';
import { append, type Multimap } from '../../../source/multimap.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { byText } from '../../../source/order.ts';
import type { Result } from '../../../source/result.ts';
import { fileOrigin } from '../../../source/span.ts';
import type { Files } from '../../files.ts';
import { libraryOf } from '../library.ts';
import type { Resource, TerraformUnit } from '../unit.ts';
import { locator } from './locate.ts';
import { unitOf } from './match.ts';
import { withPlan, withState } from './merge.ts';
import { recordingOf } from './read.ts';
import { candidatesIn } from './recognise.ts';
import type { Recording } from './recording.ts';
import { withoutUnsaid } from './values.ts';

/**
 * The units of a tree with what the plans and states among `paths` know. One of a root module in the tree takes the place of that
 * module's unit, so that nothing counts twice: a plan's values stand, at the places of the code; a state only fills in
 * what the code does not show, since code may have changed after it. One without its code is a unit of its own, whose
 * root is its file, and whose places are those of the JSON.
 */
export function withRecordings(
  files: Files,
  paths: readonly string[],
  units: readonly TerraformUnit[],
): Result<readonly TerraformUnit[]> {
  const notices: Notice[] = [];
  const recordings = candidatesIn(files, paths, notices)
    .map(recordingOf)
    .filter((recording) => deploys(recording, notices));
  if (recordings.length === 0) return { value: units, notices };

  const owned: Multimap<TerraformUnit, Recording> = new Map();
  const alone: Recording[] = [];
  for (const recording of recordings) {
    const unit = unitOf(recording, units);
    if (unit) append(owned, unit, recording);
    else alone.push(recording);
  }
  const value = [
    ...units.filter((unit) => !owned.has(unit)),
    ...[...owned].flatMap(([unit, own]) => merged(files, unit, telling(own, notices), notices)),
    ...byFolder(alone).flatMap((group) => telling(group, notices).map(unitOfItself)),
  ];
  return { value: value.sort(byText(({ id }) => id)), notices };
}

function deploys({ path, kind, instances }: Recording, notices: Notice[]): boolean {
  const found = instances.some(({ mode }) => mode === 'managed');
  if (!found) notices.push(notice('no-effect', `Nothing is deployed by this ${kind}.`, fileOrigin(path)));
  return found;
}

function byFolder(recordings: readonly Recording[]): readonly (readonly Recording[])[] {
  const folders: Multimap<string, Recording> = new Map();
  for (const recording of recordings) append(folders, posix.dirname(recording.path), recording);
  return [...folders.values()];
}

/** Of recordings of one root module those that are deployed: a plan holds what the state beside it does. */
function telling(recordings: readonly Recording[], notices: Notice[]): readonly Recording[] {
  const plans = recordings.filter(({ kind }) => kind === 'plan');
  const planned = new Set(plans.flatMap(({ instances }) => instances.map(({ block }) => block)));
  return recordings.filter(({ kind, path, instances }) => {
    if (kind === 'plan' || !instances.some(({ block }) => planned.has(block))) return true;
    const message =
      'This state is left out: there is a plan of the same root module, which says what will be deployed.';
    notices.push(notice('not-evaluated', message, fileOrigin(path)));
    return false;
  });
}

/** The unit with each of its recordings: several are several deployments of it, each called after its file. */
function merged(
  files: Files,
  unit: TerraformUnit,
  recordings: readonly Recording[],
  notices: Notice[],
): readonly TerraformUnit[] {
  return recordings.map((recording) => {
    const resources =
      recording.kind === 'plan' ? planResources(files, unit, recording, notices) : withState(unit, recording);
    const variant = recordings.length === 1 ? unit.variant : posix.relative(unit.root, recording.path);
    const id = variant === null ? `terraform:${unit.root}` : `terraform:${unit.root}#${variant}`;
    return { ...unit, id, variant, files: [...new Set([...unit.files, recording.path])].sort(), resources };
  });
}

function planResources(files: Files, unit: TerraformUnit, plan: Recording, notices: Notice[]): readonly Resource[] {
  const { resources, changed, gone } = withPlan(unit, plan, locator(libraryOf(files), unit.root));
  const addresses = new Set([...changed, ...gone].map(({ address }) => address));
  const [first] = [...changed, ...gone];
  if (first) {
    const more = addresses.size === 1 ? '' : `, and of ${addresses.size - 1} more`;
    const message = `The code has changed since the plan ${plan.path} was made: of ${first.address}${more} it says something else, and is read instead. Plan again.`;
    notices.push(notice('not-evaluated', message, first.origin));
  }
  return resources;
}

function unitOfItself({ path, instances }: Recording): TerraformUnit {
  const resources = instances.map(({ block: _, expressions: __, ...resource }): Resource => {
    return { ...resource, body: withoutUnsaid(resource.body) };
  });
  return {
    id: `terraform:${path}`,
    technology: 'terraform',
    root: path,
    variant: null,
    files: [path],
    resources: resources.sort(byText(({ address }) => address)),
  };
}
