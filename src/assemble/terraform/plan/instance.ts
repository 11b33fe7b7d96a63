/** Resource instances as a plan or a state has them. */
import type { Mapping, Value } from '../../../source/value.ts';
import type { Resource } from '../unit.ts';

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
