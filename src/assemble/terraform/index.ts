import { type Notice, notice } from '../../source/notice.ts';
import { byText } from '../../source/order.ts';
import type { Result } from '../../source/result.ts';
import type { Files } from '../files.ts';
import { openConfigurations } from './configurations.ts';
import { type Evaluated, evaluateRoot } from './evaluation.ts';
import { callsForeign, type Library, libraryOf, listed, withModels } from './library.ts';
import { loadModels } from './model-table.ts';
import type { ModuleModels } from './models.ts';
import { type Declaration, headerOf } from './module.ts';
import { rootFolders } from './roots.ts';
import { type VariableFiles, variableFiles, variantName } from './tfvars.ts';
import type { TerraformUnit } from './unit.ts';

/** What a run says about Terraform besides the code. */
export interface TerraformOptions {
  /** What stands in for modules that are not on disk; the models of rules/modules/ where nothing is said. */
  readonly models?: ModuleModels;
  /** Files of variables that every root module is given, as by `-var-file`. */
  readonly variableFiles?: readonly string[];
}

/**
 * The root modules of a tree, evaluated: one unit for each set of variables. The files that Terraform loads by itself are
 * the unit's own; every further file of variables beside them makes a `#variant`. Where those give what the module itself
 * leaves open, nobody applies it without one of them, and the unit without is left out.
 */
export async function assembleTerraform(
  files: Files,
  { models, variableFiles: named = [] }: TerraformOptions = {},
): Promise<Result<readonly TerraformUnit[]>> {
  await openConfigurations(files);
  const onDisk = libraryOf(files);
  const library = callsForeign(onDisk) ? withModels(onDisk, models ?? (await loadModels())) : onDisk;
  const beside = new Map(library.folders.map((folder) => [folder, variableFiles(files, folder)]));
  const units: TerraformUnit[] = [];
  const notices: Notice[] = [];
  for (const root of rootFolders(library, (folder) => hasAny(beside.get(folder)))) {
    for (const { unit, notices: about, open } of variantsOf(library, root, beside.get(root), named)) {
      units.push(unit);
      notices.push(...about, ...unset(open, library.module(root)?.variables));
    }
  }
  return { value: units.sort(byText(({ id }) => id)), notices: [...notices, ...library.notices()] };
}

function hasAny(files: VariableFiles | undefined): boolean {
  return files !== undefined && files.automatic.length + files.further.length > 0;
}

function variantsOf(
  library: Library,
  root: string,
  { automatic, further }: VariableFiles = { automatic: [], further: [] },
  named: readonly string[],
): readonly Evaluated[] {
  const base = evaluateRoot(library, root, null, [...automatic, ...named]);
  if (named.length > 0) return [base];
  const variants = further.map((path) => evaluateRoot(library, root, variantName(path), [...automatic, path]));
  const incomplete = variants.some(({ open }) => base.open.some((name) => !open.includes(name)));
  return incomplete ? variants : [base, ...variants];
}

/** One notice for all variables without a value: a module may have dozens. */
function unset(open: readonly string[], variables: ReadonlyMap<string, Declaration> | undefined): readonly Notice[] {
  const first = open[0] === undefined ? undefined : variables?.get(open[0]);
  if (!first) return [];
  const message = `Nothing here gives ${open.length === 1 ? 'this variable' : 'these variables'} of the root module a value: ${listed(open)}. What they decide is unknown; a .tfvars file or a default would say it.`;
  return [notice('variable-unset', message, headerOf(first))];
}
