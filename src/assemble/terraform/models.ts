/** Modules of registries that are not on disk: what the best known of them make, in short. */
import type { Origin } from '../../source/span.ts';

/**
 * The model of a module: Terraform's own language, cut down to what reachability asks for. It is evaluated as if its
 * text were the one file of the module; inputs that it does not declare say nothing, and are no error.
 */
export interface ModuleModel {
  /** Begins with `MODEL`: no file of the tree. */
  readonly path: string;
  readonly text: string;
}

/** The model for what a module call names as its `source` and `version`; undefined where there is none. */
export type ModuleModels = (source: string, version?: string) => ModuleModel | undefined;

/** What the paths of models begin with. No path of a tree holds two slashes. */
export const MODEL = 'model//';

/** `origin` without the places in models: what a model says stands at the call of the module. */
export function outsideModels(origin: Origin): Origin {
  let shown = origin;
  while (shown.file.startsWith(MODEL) && shown.via) shown = shown.via;
  if (!shown.via) return shown;
  const via = outsideModels(shown.via);
  return via === shown.via ? shown : { ...shown, via };
}
