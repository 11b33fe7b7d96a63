/** Helm charts: their templates are text until Helm has rendered them, and are left to it. */
import { posix } from 'node:path';
import { type Notice, notice } from '../../source/notice.ts';
import { fileOrigin } from '../../source/span.ts';

/** The Helm charts of a tree: their files are templates, and nobody applies them as they are. */
export interface Charts {
  /** Whether the file belongs to a chart's templates, custom kinds or packed charts. */
  holds(path: string): boolean;
  /** One note for each chart that has templates. */
  readonly notices: readonly Notice[];
}

const CHART = /^chart\.ya?ml$/i;
const RENDERED = new Set(['templates', 'crds', 'charts']);
const TEMPLATE = /\/templates\/.*\.(ya?ml|json)$|^templates\/.*\.(ya?ml|json)$/i;

/** The charts among `paths`: a folder with a Chart.yaml is one. */
export function chartsOf(paths: readonly string[]): Charts {
  const files = new Map<string, string>();
  for (const path of paths) if (CHART.test(posix.basename(path))) files.set(posix.dirname(path), path);
  const held = new Set<string>();
  const templates = new Map<string, number>();
  for (const path of files.size > 0 ? paths : []) {
    const file = chartOf(path, files);
    if (file === undefined) continue;
    held.add(path);
    if (TEMPLATE.test(path)) templates.set(file, (templates.get(file) ?? 0) + 1);
  }
  return {
    holds: (path) => held.has(path),
    notices: [...templates].map(([file, count]) =>
      notice(
        'helm-template',
        `This chart is not rendered: its ${count === 1 ? 'one template is' : `${count} templates are`} left out.`,
        fileOrigin(file),
      ),
    ),
  };
}

/** The Chart.yaml of the outermost chart that renders `path`: charts packed in a chart are rendered with it. */
function chartOf(path: string, files: ReadonlyMap<string, string>): string | undefined {
  const segments = path.split('/');
  let folder = '.';
  for (const segment of segments.slice(0, -1)) {
    const file = RENDERED.has(segment) ? files.get(folder) : undefined;
    if (file !== undefined) return file;
    folder = folder === '.' ? segment : `${folder}/${segment}`;
  }
  return undefined;
}
