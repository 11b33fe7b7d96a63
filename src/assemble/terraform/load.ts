/** Terraform: reading and evaluating it is a room of its own, loaded only for a tree that has some. */
import type { Notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { Files } from '../files.ts';
import type { KubernetesUnit } from '../unit.ts';
import { isConfiguration } from './file-name.ts';
import { recordingPaths } from './plan/recognise.ts';
import type { TerraformUnit } from './unit.ts';

/** What Terraform deploys. */
export interface Terraform {
  /** Root modules, evaluated, and plans and states. */
  readonly units: readonly TerraformUnit[];
  /** What its Kubernetes providers deploy to clusters. */
  readonly clusters: readonly KubernetesUnit[];
}

/**
 * What Terraform deploys of a tree: its root modules, with what plans and states beside them know.
 *
 * @param variableFiles what every root module is given, as by `-var-file`
 */
export async function terraformOf(files: Files, variableFiles: readonly string[] = []): Promise<Result<Terraform>> {
  const notices: Notice[] = [];
  let units: readonly TerraformUnit[] = [];
  if (files.paths.some(isConfiguration)) {
    const evaluated = await (await import('./index.ts')).assembleTerraform(files, { variableFiles });
    units = evaluated.value;
    notices.push(...evaluated.notices);
  }
  const recordings = recordingPaths(files);
  if (recordings.length > 0) {
    const recorded = (await import('./plan/index.ts')).withRecordings(files, recordings, units);
    units = recorded.value;
    notices.push(...recorded.notices);
  }
  if (!units.some(({ resources }) => resources.some(({ type }) => CLUSTERS.test(type)))) {
    return { value: { units, clusters: [] }, notices };
  }
  const clusters = (await import('./kubernetes/index.ts')).kubernetesUnitsOf(files, units);
  return { value: { units, clusters: clusters.value }, notices: [...notices, ...clusters.notices] };
}

/** Resources of the providers that deploy to clusters. */
const CLUSTERS = /^(kubernetes|kubectl|helm)_/;
