import type { ComposeUnit, DockerUnit, KubernetesUnit, Unit } from '../assemble/unit.ts';
import type { Fragment } from '../graph/fragment.ts';
import type { Result } from '../source/result.ts';
import { composeFragment } from './compose/index.ts';
import { kubernetesFragment } from './kubernetes/index.ts';

/** Says what one unit of a technology means. */
export type Adapter<U extends Unit> = (unit: U) => Result<Fragment>;

interface Adapters {
  readonly compose: () => Promise<Adapter<ComposeUnit>>;
  readonly docker: () => Promise<Adapter<DockerUnit>>;
  readonly kubernetes: () => Promise<Adapter<KubernetesUnit>>;
}

/** The adapter of each technology. What brings a parser of its own loads only where a unit of it was found. */
export const ADAPTERS: Adapters = {
  compose: async () => composeFragment,
  docker: async () => (await import('./docker/index.ts')).dockerFragment,
  kubernetes: async () => kubernetesFragment,
};
