/** Helm charts: the units that `helm install` would deploy, rendered without running anything. */

import type { ParsedFile } from '../../../parsers/document.ts';
import { parseData } from '../../../parsers/yaml/index.ts';
import type { Comment } from '../../../source/comment.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { fileOrigin, placeKey } from '../../../source/span.ts';
import { at, textOf } from '../../../source/value.ts';
import type { Files } from '../../files.ts';
import type { KubernetesUnit } from '../../unit.ts';
import { objectsOf } from '../alternatives.ts';
import { type Manifest, manifestOf } from '../manifest.ts';
import { bears, type KubernetesObject } from '../object.ts';
import { type Chart, loadChart, valuesIn } from './chart/chart.ts';
import { renderables } from './chart/release.ts';
import { type ChartSource, chartSources, innerCharts } from './chart/source.ts';
import { coalesceInto } from './chart/values.ts';
import { dict } from './datum.ts';
import { type Budget, Fault, fullBudget } from './fault.ts';
import { placed, placedComment, placedNotice } from './origins.ts';
import { type ParsedTemplate, type Rendered, render, templateParser } from './render.ts';
import { type Variant, variantsOf } from './variants.ts';

/** What rendering the charts of a tree gave. */
export interface RenderedCharts {
  readonly units: readonly KubernetesUnit[];
  readonly notices: readonly Notice[];
  /** How many template files were rendered, and how many of them are left to Helm. */
  readonly templates: number;
  readonly left: number;
}

/** What the charts of one tree may cost together: some for all, and as much again for each template as none takes. */
function treeBudget(known: ReadonlyMap<string, ChartSource>): Budget {
  let templates = 0;
  for (const source of known.values()) templates += source.templates.length;
  return { steps: 3_000_000 + 20_000 * templates, text: 100_000_000 + 500_000 * templates };
}

/** What rendering one chart after the other shares. */
interface Session {
  readonly files: Files;
  readonly known: ReadonlyMap<string, ChartSource>;
  readonly parse: (path: string) => ParsedTemplate | undefined;
  readonly budget: Budget;
}

/** A chart with one set of values. */
interface Release {
  readonly units: readonly KubernetesUnit[];
  readonly notices: readonly Notice[];
  readonly templates: ReadonlySet<string>;
  readonly left: number;
  readonly refused: boolean;
}

/**
 * Renders the charts in `folders`, each with its own values and once more with each values file beside them. A chart
 * that another one brings along is no unit of its own, nor is a library chart.
 */
export function renderCharts(files: Files, folders: ReadonlySet<string>): RenderedCharts {
  const notices: Notice[] = [];
  const known = chartSources(files, folders, notices);
  const session: Session = { files, known, parse: templateParser(files), budget: treeBudget(known) };
  const inner = innerCharts(known);
  const units: KubernetesUnit[] = [];
  const templates = new Set<string>();
  let left = 0;
  for (const source of known.values()) {
    if (source.library || inner.has(source.folder)) continue;
    for (const release of releasesOf(session, source, notices)) {
      units.push(...release.units);
      notices.push(...release.notices);
      for (const path of release.templates) templates.add(path);
      left = Math.max(left, release.left);
    }
  }
  return { units, notices, templates: templates.size, left };
}

/** The releases of a chart. One that lacks values which another one has is how nobody deploys it. */
function releasesOf(session: Session, source: ChartSource, notices: Notice[]): readonly Release[] {
  const releases = variantsOf(source, notices).map((variant) => releaseOf(session, source, variant));
  return releases.some(({ refused }) => !refused) ? releases.filter(({ refused }) => !refused) : releases;
}

function releaseOf(session: Session, source: ChartSource, variant: Variant): Release {
  const notices: Notice[] = [];
  const budget = budgetOf(session);
  const before = { ...budget };
  const release = fullRelease(session, source, variant, budget, notices);
  session.budget.steps -= before.steps - budget.steps;
  session.budget.text -= before.text - budget.text;
  return release;
}

function budgetOf({ budget }: Session): Budget {
  const { steps, text } = fullBudget();
  return { steps: Math.min(steps, budget.steps), text: Math.min(text, budget.text) };
}

function fullRelease(
  session: Session,
  source: ChartSource,
  variant: Variant,
  budget: Budget,
  notices: Notice[],
): Release {
  const { files, known } = session;
  const used = new Set<string>();
  try {
    const given = variant.path === null ? dict() : valuesIn(files, variant.path, budget);
    const chart = loadChart({ files, known, notices, budget }, source, given);
    const values = coalesceInto(chart, given);
    const templates = renderables(chart, values, { files, budget, used });
    const rendering = render(templates, session.parse, budget, used);
    notices.push(...rendering.notices);
    const read = [...filesOfChart(chart), ...(variant.path === null ? [] : [variant.path]), ...used];
    const units = unitOf(source, variant, rendering.rendered, read, notices);
    const paths = new Set(templates.map(({ path }) => path));
    return { units, notices, templates: paths, left: rendering.left, refused: rendering.refused };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    notices.push(notice('expansion-limit', `This chart is left to Helm: ${error.message}.`, fileOrigin(source.path)));
    return { units: [], notices, templates: new Set(), left: 0, refused: false };
  }
}

function filesOfChart({ source, parts }: Chart): readonly string[] {
  return [source.path, ...(source.values === null ? [] : [source.values]), ...parts.flatMap(filesOfChart)];
}

function unitOf(
  { folder }: ChartSource,
  { name }: Variant,
  rendered: readonly Rendered[],
  read: readonly string[],
  notices: Notice[],
): readonly KubernetesUnit[] {
  const parsed = rendered.map((file) => ({
    file,
    yaml: parseData({ path: file.path, format: 'yaml', text: file.text.text }),
  }));
  const objects = objectsOf(parsed.map(({ file, yaml }) => manifestIn(file, yaml, notices)));
  if (!objects.value.some(bears)) return [];
  notices.push(...objects.notices);
  return [
    {
      id: `kubernetes:${folder}${name === null ? '' : `#${name}`}`,
      technology: 'kubernetes',
      root: folder,
      variant: name,
      files: [...new Set(read)].sort(),
      objects: objects.value.map(({ root }) => root),
      rendered: {
        files: new Set(rendered.map(({ path }) => path)),
        comments: () => commentsIn(parsed),
      },
    },
  ];
}

/** The objects of a rendered template, at the places of its source. Tests are run, and gone. */
function manifestIn({ path, text }: Rendered, yaml: ParsedFile, notices: Notice[]): Manifest {
  for (const found of yaml.notices) notices.push(placedNotice(found, text, fileOrigin(path)));
  const documents = yaml.documents.map((document) => ({
    ...document,
    root: document.root === null ? null : placed(document.root, text, fileOrigin(path)),
  }));
  const { value, notices: said } = manifestOf({ ...yaml, documents });
  notices.push(...said);
  return { ...value, objects: value.objects.filter((object) => !isTest(object)) };
}

function isTest({ root }: KubernetesObject): boolean {
  const hooks = textOf(at(root, 'metadata', 'annotations', 'helm.sh/hook')) ?? '';
  return hooks.split(',').some((hook) => /^\s*test(-success|-failure)?\s*$/.test(hook));
}

/** The comments that were rendered, each where it is written, once for each block that it covers. */
function commentsIn(parsed: readonly { readonly file: Rendered; readonly yaml: ParsedFile }[]): readonly Comment[] {
  const found = parsed.flatMap(({ file: { text, path }, yaml }) =>
    yaml.comments().map((comment) => placedComment(comment, text, fileOrigin(path))),
  );
  return [
    ...new Map(found.map((comment) => [`${placeKey(comment.origin)} ${placeKey(comment.covers)}`, comment])).values(),
  ];
}
