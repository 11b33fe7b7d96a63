/** Helm charts: their templates are no YAML before they are rendered, which is a room of its own and loaded only for them. */
import { posix } from 'node:path';
import type { Notice } from '../../source/notice.ts';
import type { Files } from '../files.ts';
import type { KubernetesUnit } from '../unit.ts';

/** The Helm charts of a tree: their files are templates, and nobody applies them as they are. */
export interface Charts {
  /** Whether the file belongs to a chart's templates, custom kinds or packed charts. */
  holds(path: string): boolean;
  /** What installing each chart would deploy. */
  readonly units: readonly KubernetesUnit[];
  readonly notices: readonly Notice[];
  /** How many template files were read, and how many of them are left to Helm. */
  readonly templates: number;
  readonly left: number;
}

/** A tree without charts. */
export const NO_CHARTS: Charts = { holds: () => false, units: [], notices: [], templates: 0, left: 0 };

const RENDERED = new Set(['templates', 'crds', 'charts']);

/** The charts of a tree, rendered: a folder with a Chart.yaml is one. */
export async function chartsOf(files: Files): Promise<Charts> {
  const folders = new Set<string>();
  for (const path of files.paths) if (posix.basename(path) === 'Chart.yaml') folders.add(posix.dirname(path));
  if (folders.size === 0) return NO_CHARTS;
  const { renderCharts } = await import('./helm/index.ts');
  return { ...renderCharts(files, folders), holds: (path) => isHeld(path, folders) };
}

/** Whether a chart renders the file: the charts packed in a chart are rendered with it. */
function isHeld(path: string, folders: ReadonlySet<string>): boolean {
  let folder = '.';
  for (const segment of path.split('/').slice(0, -1)) {
    if (RENDERED.has(segment) && folders.has(folder)) return true;
    folder = folder === '.' ? segment : `${folder}/${segment}`;
  }
  return false;
}
