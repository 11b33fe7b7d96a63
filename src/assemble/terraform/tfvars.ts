/** Files of variables (website/docs/language/values/variables, "Variable Definitions (.tfvars) Files"). */
import { posix } from 'node:path';
import { parseHcl } from '../../parsers/hcl/index.ts';
import type { Expression } from '../../parsers/hcl/syntax.ts';
import type { Files } from '../files.ts';
import type { Machine } from './evaluate/cell.ts';
import { type Datum, unknownDatum } from './evaluate/datum.ts';
import { evaluate } from './evaluate/expression.ts';
import { Fault } from './evaluate/fault.ts';
import type { Home, Scope } from './evaluate/scope.ts';

/** The files that give the variables of a root module values, later ones before earlier ones. */
export interface VariableFiles {
  /** What Terraform loads by itself: `terraform.tfvars`, `terraform.tfvars.json`, then `*.auto.tfvars` in order. */
  readonly automatic: readonly string[];
  /** Further files beside them, each of which somebody may name with `-var-file`. */
  readonly further: readonly string[];
}

/** The files of variables of a folder, whether or not they are ignored. */
export function variableFiles(files: Files, folder: string): VariableFiles {
  const all = files.folder(folder).filter((path) => /\.tfvars(\.json)?$/.test(path));
  const named = ['terraform.tfvars', 'terraform.tfvars.json'].map((name) => posix.join(folder, name));
  const auto = all.filter((path) => /\.auto\.tfvars(\.json)?$/.test(path));
  const automatic = [...named.filter((path) => all.includes(path)), ...auto];
  return { automatic, further: all.filter((path) => !automatic.includes(path)) };
}

/** What a file of variables is called as a variant: `prod` of `infra/prod.tfvars`, `prod.json` of `infra/prod.tfvars.json`. */
export function variantName(path: string): string {
  return posix.basename(path).replace(/\.tfvars(?=$|\.json$)/, '');
}

/** The values that files give variables, each by the last that does; `refuse` is told what Terraform would refuse. */
export function valuesOf(
  files: Files,
  paths: readonly string[],
  machine: Machine,
  refuse: Home['refuse'],
): ReadonlyMap<string, Datum> {
  const values = new Map<string, Datum>();
  const home = constants(machine, refuse);
  for (const path of paths) {
    for (const item of files.hcl(path, parseHcl)?.body.items ?? []) {
      if (item.kind === 'attribute') {
        values.set(item.name, valueIn(item.value, { home, file: path, names: null, item: null }));
      }
    }
  }
  return values;
}

function valueIn(expression: Expression, scope: Scope): Datum {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return scope.home.refuse(error);
  }
}

/** Values in files of variables are constants: nothing has a name there. */
function constants(machine: Machine, refuse: Home['refuse']): Home {
  const unnamed = (_name: string, at: Parameters<Home['variable']>[1]) =>
    unknownDatum('unmodelled', 'a file of variables can refer to nothing', at);
  return {
    machine,
    variable: unnamed,
    local: unnamed,
    call: unnamed,
    resource: (_mode, _type, name, at) => unnamed(name, at),
    setting: (_of, name, at) => unnamed(name, at),
    invoke: (name, _args, _expand, _scope, at) => unnamed(name, at),
    refuse,
  };
}
