/** What the evaluation of a root module, a plan or a state gives to the adapters. */
import type { Origin } from '../../source/span.ts';
import type { UnitIdentity } from '../../source/unit.ts';
import type { Mapping, Unknown, Value } from '../../source/value.ts';

/** A root module with one set of variables, or a plan or state of it. */
export interface TerraformUnit extends UnitIdentity {
  readonly technology: 'terraform';
  /** Resource instances and data sources of all its modules, sorted by address. */
  readonly resources: readonly Resource[];
  /** Where resources are named for others, who may do anything with them. */
  readonly leaving?: readonly Leaving[];
  /** By the name of a provider configuration, the project in which it makes what names none. */
  readonly projects?: ReadonlyMap<string, Value>;
}

/** A resource is named for somebody whom the unit does not show. */
export interface Leaving {
  /** Of the resource; without the last key where it is not known which instance. */
  readonly address: string;
  /** `output.group`, `module.cluster`. */
  readonly through: string;
  readonly origin: Origin;
}

/** One instance of a `resource` or `data` block. */
export interface Resource {
  /** Unique in the unit: `module.net["a"].aws_subnet.private[0]`, `data.aws_ami.base`. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Of the module instance that holds it; empty for the root. */
  readonly module: string;
  /**
   * Attributes and nested blocks by name: a nested block is a list of mappings, one for each time it stands there or a
   * `dynamic` block makes it (one that is `uncertain` where it is not known how often). Unknowns carry references.
   */
  readonly body: Mapping;
  /** Why it may not be there, or be there several times: its `count` or `for_each` is unknown. */
  readonly uncertain?: Unknown;
  /** The model of a registry's module says so, and nobody's text: what it leaves unsaid is not left unsaid by anybody. */
  readonly modelled?: true;
  /** The provider configuration of the root module that it is made with: `aws`, `aws.west`. */
  readonly provider: string;
  /** The block's header, via the module calls that lead there, outermost last. */
  readonly origin: Origin;
}
