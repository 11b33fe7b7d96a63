/** What `terraform show -json` says of a plan or a state (developer.hashicorp.com/terraform/internals/json-format), or a raw state. */
import type { Mapping, Value } from '../../../source/value.ts';
import type { Resource } from '../unit.ts';
import type { Links } from './links.ts';

/** A plan or a state, read. */
export interface Recording {
  readonly path: string;
  readonly kind: 'plan' | 'state';
  /** Of a plan: it is of everything, neither targeted, nor deferred in parts, nor broken off. */
  readonly complete: boolean;
  /** The addresses of the blocks that the configuration of a plan holds; none where nothing says so. */
  readonly blocks: ReadonlySet<string>;
  readonly instances: readonly Instance[];
  /** Which value of one instance is an attribute of another. */
  readonly links: Links;
}

/** One resource instance. Its places are those of the JSON. */
export interface Instance extends Omit<Resource, 'uncertain'> {
  /** The address without any instance key: `module.net.aws_subnet.private`. */
  readonly block: string;
  /** The expressions of the configuration, as far as a plan tells. */
  readonly expressions: Mapping | null;
}

/** One resource instance as the JSON has it, before anything is made of it. */
export interface RawInstance extends Omit<Instance, 'body' | 'expressions'> {
  readonly values: Mapping;
  /** What is true wherever the value is known only after apply, and wherever it is sensitive. */
  readonly afterUnknown: Value | undefined;
  readonly sensitive: readonly Value[];
  /** The blocks that a state says it depends on. */
  readonly dependsOn: readonly string[];
}
