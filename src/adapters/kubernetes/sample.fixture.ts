/** Manifests read as a run reads them: for tests. */
import { openFiles } from '../../assemble/files.ts';
import { assembleKubernetes } from '../../assemble/kubernetes/index.ts';
import type { Fragment, GatewayFact, GuardFact, WorkloadFact } from '../../graph/fragment.ts';
import type { Notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { memoryTree } from '../../source/tree.ts';
import { kubernetesFragment } from './index.ts';
import { seldomReaders } from './seldom.ts';

export interface Sample {
  readonly fragment: Fragment;
  readonly notices: readonly Notice[];
  workload(name: string): WorkloadFact;
  gateway(name: string): GatewayFact;
  guard(name: string): GuardFact;
  /** The text that an origin covers. */
  covered(origin: Origin): string;
}

/** The facts of one file of manifests, which must make exactly one unit. */
export function sample(text: string): Sample {
  const files = openFiles(memoryTree({ 'app.yaml': text }));
  const units = assembleKubernetes(files);
  const [unit] = units.value;
  if (!unit || units.value.length > 1) throw new Error(`the sample makes ${units.value.length} units`);
  const { value: fragment, notices } = kubernetesFragment(unit, seldomReaders);
  const find = <T extends { readonly name: string }>(facts: readonly T[], name: string): T => {
    const found = facts.find((fact) => fact.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  return {
    fragment,
    notices: [...units.notices, ...notices],
    workload: (name) => find(fragment.workloads, name),
    gateway: (name) => find(fragment.gateways, name),
    guard: (name) => find(fragment.guards, name),
    covered: (origin) => text.slice(origin.start, origin.end),
  };
}
