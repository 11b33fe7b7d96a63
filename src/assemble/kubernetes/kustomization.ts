/** Kustomizations: building them is a room of its own, loaded only for a tree that has one. */
import { posix } from 'node:path';
import type { Result } from '../../source/result.ts';
import type { Files } from '../files.ts';
import { KUSTOMIZATION_NAMES } from './kustomize/file-names.ts';
import type { KustomizeUnits } from './kustomize/index.ts';

/** Builds the kustomizations among `paths`. */
export type Kustomize = (paths: readonly string[], files: Files) => Result<KustomizeUnits>;

/** For a tree without kustomizations. */
export const NO_KUSTOMIZE: Kustomize = () => ({
  value: { units: [], claimed: new Set(), folders: new Map() },
  notices: [],
});

/** What builds the kustomizations of a tree. */
export async function kustomizeFor(files: Files): Promise<Kustomize> {
  const some = files.paths.some((path) => KUSTOMIZATION_NAMES.includes(posix.basename(path)));
  return some ? (await import('./kustomize/index.ts')).kustomizeUnits : NO_KUSTOMIZE;
}
