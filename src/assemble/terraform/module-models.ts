/** Stand-ins for modules that are not on disk. */

/**
 * A public module, as far as reachability goes, in Terraform's own language: its variables with their defaults, the
 * resources that matter, its outputs. It is evaluated as any module is, but whatever is written in it has the call as its
 * origin, since nobody can edit it; what is given to it keeps the origin that it has.
 */
export interface ModuleModel {
  /** Path → text, as if they were the `.tf` files of the module's folder. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The model of the module that a `source` names (as written: `terraform-aws-modules/vpc/aws`,
 * `Azure/aks/azurerm//modules/x`, `git::https://…`), of any version that `version` may mean; undefined where there is none.
 */
export type ModuleModels = (source: string, version: string | undefined) => ModuleModel | undefined;

/** For a run that knows no public module. */
export const NO_MODELS: ModuleModels = () => undefined;
