import type { TerraformUnit } from '../assemble/terraform/unit.ts';
import type { ComposeUnit, DockerUnit, KubernetesUnit, Unit } from '../assemble/unit.ts';
import type { Fragment } from '../graph/fragment.ts';
import type { Result } from '../source/result.ts';
import { composeFragment } from './compose/index.ts';
import { kubernetesAdapter } from './kubernetes/index.ts';

/** Says what one unit of a technology means. */
export type Adapter<U extends Unit> = (unit: U) => Result<Fragment>;

/** What loads the adapter for these units, of which there is at least one. */
export type AdapterLoader<U extends Unit> = (units: readonly U[]) => Promise<Adapter<U>>;

interface Adapters {
  readonly compose: AdapterLoader<ComposeUnit>;
  readonly docker: AdapterLoader<DockerUnit>;
  readonly kubernetes: AdapterLoader<KubernetesUnit>;
  readonly terraform: AdapterLoader<TerraformUnit>;
}

/** The adapter of each technology. What few units need loads only where a unit needs it. */
export const ADAPTERS: Adapters = {
  compose: async () => composeFragment,
  docker: async () => (await import('./docker/index.ts')).dockerFragment,
  kubernetes: kubernetesAdapter,
  terraform: async () => (await import('./terraform/index.ts')).terraformFragment,
};
