/** The whole of Portolan on one screen: from a tree of files to the graph of who can reach which port. */
import { ADAPTERS, type AdapterLoader } from './adapters/index.ts';
import { commentsOf } from './assemble/comments.ts';
import { assembleCompose } from './assemble/compose/index.ts';
import { assembleDocker } from './assemble/docker/index.ts';
import { type FileCoverage, openFiles } from './assemble/files.ts';
import { type Charts, chartsOf } from './assemble/kubernetes/chart.ts';
import { assembleKubernetes } from './assemble/kubernetes/index.ts';
import { kustomizeFor } from './assemble/kubernetes/kustomization.ts';
import { terraformOf } from './assemble/terraform/load.ts';
import type { Unit } from './assemble/unit.ts';
import { buildGraph } from './graph/build.ts';
import type { Catalogue } from './graph/catalogue.ts';
import type { ExposureGraph } from './graph/exposure-graph.ts';
import type { Fragment } from './graph/fragment.ts';
import type { Assumptions } from './graph/vocabulary.ts';
import type { Lines, ReadCoverage, Report, RuleInfo } from './policy/finding.ts';
import { judge as judgeGraph, type Policy } from './policy/judge.ts';
import { mentionsSuppression } from './policy/suppression-comment.ts';
import type { WaiverUse } from './policy/waiver.ts';
import type { Comment } from './source/comment.ts';
import type { Notice } from './source/notice.ts';
import { byText } from './source/order.ts';
import type { Result } from './source/result.ts';
import type { Tree } from './source/tree.ts';

/** What is known before any code is read. */
export interface Knowledge {
  readonly catalogue: Catalogue;
  readonly assume: Assumptions;
  /** Files of variables that every root module of Terraform is given, relative to the root of the tree. */
  readonly variableFiles?: readonly string[];
}

/** What the code says, before anybody judges it. */
export interface Analysis {
  readonly graph: ExposureGraph;
  /** Sorted by place. */
  readonly notices: readonly Notice[];
  readonly coverage: ReadCoverage;
  readonly lines: Lines;
  /** The comments of the files that facts come from, as far as the text of a file passes `worth`. */
  readonly comments: (worth: (text: string) => boolean) => Promise<readonly Comment[]>;
}

/** Told what begins, so that a person who waits knows what takes so long. */
export type Stage = (name: string) => void;

/** Reads a tree and builds its graph: files → units → fragments → graph. */
export async function analyse(tree: Tree, knowledge: Knowledge, stage: Stage = () => {}): Promise<Analysis> {
  stage('reading files');
  const files = openFiles(tree);
  const compose = assembleCompose(files);
  const docker = assembleDocker(files, compose.value.builds);
  const charts = await chartsOf(files);
  const kubernetes = assembleKubernetes(files, charts, await kustomizeFor(files));
  const terraform = await terraformOf(files, knowledge.variableFiles);
  const clusters = [...kubernetes.value, ...terraform.value.clusters];
  const units = [...compose.value.units, ...docker.value, ...clusters, ...terraform.value.units];

  stage('finding out what they mean');
  const fragments = [
    ...(await adapt(compose.value.units, ADAPTERS.compose)),
    ...(await adapt(docker.value, ADAPTERS.docker)),
    ...(await adapt(clusters, ADAPTERS.kubernetes)),
    ...(await adapt(terraform.value.units, ADAPTERS.terraform)),
  ];

  stage('building the graph');
  const facts = fragments.map(({ value }) => value);
  const guarding = facts.some(({ guards }) => guards.length > 0) ? await import('./graph/guarding.ts') : null;
  const graph = buildGraph(facts, knowledge.catalogue, knowledge.assume, guarding);

  const stages = [compose, docker, kubernetes, terraform, ...fragments, graph];
  return {
    graph: graph.value,
    notices: sorted([...files.notices(), ...stages.flatMap(({ notices }) => notices)]),
    coverage: coverageOf(
      withTemplates(files.coverage(), charts),
      docker.value.filter(({ build }) => !build.inline).length,
      graph.value,
    ),
    lines: (path) => files.lines(path),
    comments: (worth) => commentsOf(files, units, worth),
  };
}

/** Judges what the code says: rules over the graph, less what comments in the code accept. */
export async function judge(
  analysis: Analysis,
  policy: Policy,
  infos: readonly RuleInfo[],
): Promise<Report & { readonly waivers: readonly WaiverUse[] }> {
  const comments = await analysis.comments((text) => mentionsSuppression(text, policy.compatSuppressions));
  const { findings, suppressed, waivers, notices, coverage } = judgeGraph(policy, analysis.graph, comments);
  const clock = policy.waivers.length > 0 || comments.some(({ text }) => text.includes('until='));
  return {
    at: clock ? new Date(policy.at).toISOString() : null,
    findings,
    suppressed,
    waivers,
    notices: sorted([...analysis.notices, ...notices]),
    coverage: { ...analysis.coverage, ...coverage },
    rules: infos,
  };
}

/** The fragments of the units of one technology, whose adapter is loaded only where there are some. */
async function adapt<U extends Unit>(
  units: readonly U[],
  load: AdapterLoader<U>,
): Promise<readonly Result<Fragment>[]> {
  if (units.length === 0) return [];
  const adapter = await load(units);
  return units.map((unit) => adapter(unit));
}

/** Templates are read by rendering them, and skipped where that is left to Helm. */
function withTemplates(read: FileCoverage, { templates, left }: Charts): FileCoverage {
  const skipped =
    left === 0 ? read.skipped : { ...read.skipped, 'helm-template': (read.skipped['helm-template'] ?? 0) + left };
  return { ...read, parsed: read.parsed + templates - left, skipped };
}

function coverageOf(read: FileCoverage, dockerfiles: number, graph: ExposureGraph): ReadCoverage {
  const skipped = Object.values(read.skipped).reduce((sum, count) => sum + count, 0);
  const exposures = graph.environments.flatMap((environment) => environment.exposures);
  return {
    files: read.parsed + skipped + dockerfiles,
    parsed: read.parsed - read.failed + dockerfiles,
    skipped,
    failed: read.failed,
    unknowns: exposures.filter(({ verdict }) => verdict === 'possible').length,
  };
}

/** By place, then by code and text, each once: two stages may have met the same thing. */
function sorted(notices: readonly Notice[]): readonly Notice[] {
  const keyed = new Map(
    notices.map((notice) => {
      const { file, start, end } = notice.origin;
      const offsets = [start, end].map((offset) => String(offset).padStart(10, '0'));
      return [[file, ...offsets, notice.code, notice.message].join('\0'), notice] as const;
    }),
  );
  return [...keyed].sort(byText(([key]) => key)).map(([, notice]) => notice);
}
