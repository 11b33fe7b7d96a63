/** Plans written as Terraform writes them, from what matters in them. */
import type { Notice } from '../../../source/notice.ts';
import { memoryTree } from '../../../source/tree.ts';
import { at, itemsOf, type Value } from '../../../source/value.ts';
import { openFiles } from '../../files.ts';
import { pieces } from '../evaluated.fixture.ts';
import { terraformOf } from '../load.ts';
import type { TerraformUnit } from '../unit.ts';

/** One resource instance of a plan. */
export interface Planned {
  readonly address: string;
  readonly values: object;
  /** True wherever the value is known only after apply. */
  readonly unknown?: object;
  readonly sensitive?: object;
}

/** A module of the configuration. */
export interface Configured {
  /** Expressions by the address of the block in the module. */
  readonly resources?: Readonly<Record<string, object>>;
  readonly outputs?: Readonly<Record<string, readonly string[]>>;
  readonly calls?: Readonly<Record<string, { readonly expressions?: object; readonly module: Configured }>>;
}

/** An expression that refers to something; Terraform lists every longer reference before what it begins with. */
export function refers(...references: readonly string[]): object {
  return { references };
}

/** A constant. */
export function constant(value: unknown): object {
  return { constant_value: value };
}

/** The text of a plan with these instances and this configuration. */
export function planText(instances: readonly Planned[], configured: Configured, rest: object = {}): string {
  const plan = {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: moduleValues('', instances) },
    resource_changes: instances.map((instance) => ({
      ...identity(instance.address),
      change: {
        actions: ['create'],
        before: null,
        after: instance.values,
        after_unknown: instance.unknown ?? {},
        before_sensitive: false,
        after_sensitive: instance.sensitive ?? {},
      },
    })),
    configuration: { provider_config: {}, root_module: moduleConfiguration(configured) },
    complete: true,
    errored: false,
    ...rest,
  };
  return JSON.stringify(plan, null, 1);
}

/** The text of a state with these instances, as `terraform show -json` has it. */
export function stateText(instances: readonly (Planned & { readonly dependsOn?: readonly string[] })[]): string {
  const resources = instances.map(({ address, values, sensitive, dependsOn }) => ({
    ...identity(address),
    values,
    sensitive_values: sensitive ?? {},
    ...(dependsOn && { depends_on: dependsOn }),
  }));
  return JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } }, null, 1);
}

function moduleValues(address: string, instances: readonly Planned[]): object {
  const own = instances.filter((instance) => moduleOf(instance.address) === address);
  const inner = new Set(instances.flatMap((instance) => childOf(address, moduleOf(instance.address)) ?? []));
  return {
    ...(address !== '' && { address }),
    resources: own.map(({ address: name, values, sensitive }) => ({
      ...identity(name),
      values,
      sensitive_values: sensitive ?? {},
    })),
    ...(inner.size > 0 && { child_modules: [...inner].map((child) => moduleValues(child, instances)) }),
  };
}

const MODULE = /^(?:module\.\w+(?:\["\w+"\]|\[\d+\])?\.?)*/;

function moduleOf(address: string): string {
  return (MODULE.exec(address)?.[0] ?? '').replace(/\.$/, '');
}

function childOf(outer: string, module: string): string | undefined {
  if (!module.startsWith(outer) || module === outer) return undefined;
  return /^\.?module\.\w+(?:\["\w+"\]|\[\d+\])?/
    .exec(module.slice(outer.length))?.[0]
    .replace(/^\./, outer === '' ? '' : `${outer}.`);
}

function identity(address: string) {
  const module = moduleOf(address);
  const [, data, type = '', name = ''] =
    /^(data\.)?(\w+)\.(\w+)/.exec(address.slice(module === '' ? 0 : module.length + 1)) ?? [];
  return {
    address,
    ...(module && { module_address: module }),
    mode: data ? 'data' : 'managed',
    type,
    name,
    provider_name: `registry.terraform.io/hashicorp/${type.split('_', 1)[0]}`,
  };
}

function moduleConfiguration({ resources = {}, outputs = {}, calls = {} }: Configured): object {
  return {
    outputs: mapped(outputs, (references) => ({ expression: { references } })),
    resources: Object.entries(resources).map(([address, expressions]) => ({
      ...identity(address),
      provider_config_key: identity(address).type.split('_', 1)[0],
      expressions,
    })),
    module_calls: mapped(calls, ({ expressions = {}, module }) => ({
      source: 'acme/some/where',
      expressions,
      module: moduleConfiguration(module),
    })),
  };
}

function mapped<T>(entries: Readonly<Record<string, T>>, make: (value: T) => object): object {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, make(value)]));
}

/** What is read of a tree with plans and states in it. */
export async function recorded(texts: Readonly<Record<string, string>>): Promise<{
  readonly units: readonly TerraformUnit[];
  readonly notices: readonly Notice[];
  /** The text that a value of the one unit stands at, and those of the calls on its way. */
  origin(address: string, ...path: readonly (string | number)[]): readonly string[];
}> {
  const files = openFiles(memoryTree(texts));
  const { value, notices } = await terraformOf(files);
  return {
    units: value.units,
    notices: [...files.notices(), ...notices],
    origin(address, ...path) {
      const resource = value.units.flatMap(({ resources }) => resources).find((each) => each.address === address);
      let found: Value | undefined = resource?.body;
      for (const step of path) found = typeof step === 'number' ? itemsOf(found)[step] : at(found, step);
      const origin = path.length === 0 ? resource?.origin : found?.origin;
      return origin ? pieces(texts, origin) : [];
    },
  };
}
