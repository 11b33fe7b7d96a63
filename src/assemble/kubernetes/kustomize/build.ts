/** Builds a kustomization: what `kubectl kustomize` prints, each value at the place where a person would edit it. */
import type { Notice } from '../../../source/notice.ts';
import type { Origin } from '../../../source/span.ts';
import { textOf, type Value } from '../../../source/value.ts';
import type { Files } from '../../files.ts';
import { type Configuration, configurationOfBoth, configuredBy, DEFAULT_CONFIGURATION } from './configuration.ts';
import { finished } from './finish.ts';
import { put, takeFile } from './gather.ts';
import { generate } from './generator.ts';
import { imaged, replicated } from './images.ts';
import type { Kustomization, Kustomizations } from './kustomization.ts';
import { labelled } from './labels.ts';
import { type Allowance, documentsNamed, type Layer, listOf, tell } from './layer.ts';
import { tellLeftOut } from './left-out.ts';
import { withReferences } from './name-reference.ts';
import { withAffixes, withHashes } from './names.ts';
import { inNamespace } from './namespace.ts';
import { jsonPatched, patched } from './patch.ts';
import { type Pool, poolOf, resourcesOf } from './pool.ts';
import { isRemote, resolvePath } from './reference.ts';
import { replaced } from './replacement.ts';
import type { Resource } from './resource.ts';
import { arrivalOver, arriving, moved } from './value-edit.ts';
import { declared, type Variable, withVariables } from './variable.ts';

/** What the kustomizations of one tree are built from, and what building them has said and used up so far. */
export interface BuildRun {
  readonly files: Files;
  readonly kustomizations: Kustomizations;
  readonly allowance: Allowance;
  readonly notices: Notice[];
  /** By path of the kustomization: a base is built once, however many build on it. */
  readonly done: Map<string, Accumulated>;
}

/** What a kustomization has gathered, before names are final. */
export interface Accumulated {
  readonly resources: readonly Resource[];
  readonly configuration: Configuration;
  readonly variables: readonly Variable[];
  /** Every file that was read for it. */
  readonly files: readonly string[];
}

/** What a kustomization deploys. */
export interface Built {
  readonly resources: readonly Resource[];
  readonly files: readonly string[];
}

/** A component that a kustomization is built with though it does not name it, and the place that says so. */
export interface Extra {
  readonly component: Kustomization;
  readonly origin: Origin;
}

/** No real overlay is deeper. */
const DEEPEST = 20;
/** What a layer takes besides what it changes: components may name components, each two of them. */
const LAYER_STEPS = 1_000;

/** What the kustomization deploys, with `extra` as if it named that component last. */
export function build(run: BuildRun, kustomization: Kustomization, extra?: Extra): Built {
  const { resources, configuration, variables, files } = accumulate(run, kustomization, [], extra);
  const layer = layerOf(run, kustomization);
  const named = withReferences(layer, withHashes(resources), configuration);
  const whole = withVariables(named, variables, configuration, run.allowance);
  return { resources: finished(layer, whole), files: [...new Set(files)].sort() };
}

function accumulate(
  run: BuildRun,
  kustomization: Kustomization,
  above: readonly Kustomization[],
  extra?: Extra,
): Accumulated {
  const known = extra ? undefined : run.done.get(kustomization.path);
  if (known) return known;
  const layer = layerOf(run, kustomization);
  const nothing = { resources: [], configuration: DEFAULT_CONFIGURATION, variables: [], files: [] };
  const accumulated = applyLayer(run, layer, nothing, [...above, kustomization], extra);
  if (!extra) run.done.set(kustomization.path, accumulated);
  return accumulated;
}

function layerOf(run: BuildRun, { path, folder, root }: Kustomization): Layer {
  return { path, folder, root, files: run.files, allowance: run.allowance, notices: run.notices, read: [path] };
}

/** What there was, with what the layer adds to it and changes in it; a component changes all that there was. */
function applyLayer(
  run: BuildRun,
  layer: Layer,
  before: Accumulated,
  above: readonly Kustomization[],
  extra?: Extra,
): Accumulated {
  run.allowance.steps -= LAYER_STEPS;
  if (run.allowance.steps <= 0) return before;
  tellLeftOut(layer);
  const pool = poolOf(before.resources);
  let gathered: Accumulated = before;
  for (const item of [...listOf(layer, 'resources'), ...listOf(layer, 'bases')]) {
    const base = takeResource(run, layer, pool, item, above);
    if (base) gathered = joined(gathered, base);
  }
  let { configuration } = gathered;
  for (const item of listOf(layer, 'configurations')) {
    for (const document of documentsNamed(layer, textOf(item) ?? '', item.origin)) {
      configuration = configuredBy(configuration, document);
    }
  }
  generate(layer, pool);
  let whole: Accumulated = { ...gathered, configuration, resources: resourcesOf(pool) };
  for (const item of listOf(layer, 'components')) {
    const component = componentAt(run, layer, item, above);
    if (component) whole = applyComponent(run, component, item.origin, whole, above);
  }
  if (extra) whole = applyComponent(run, extra.component, extra.origin, whole, above);
  const { variables, resources } = declared(layer, transformed(layer, whole));
  return {
    ...whole,
    resources,
    variables: [...whole.variables, ...variables],
    files: [...whole.files, ...layer.read],
  };
}

/** The objects after the steps of the layer, in kustomize's order. */
function transformed(layer: Layer, { resources, configuration }: Accumulated): readonly Resource[] {
  let changed = patched(layer, resources);
  changed = inNamespace(layer, changed, configuration);
  changed = withAffixes(layer, changed, configuration);
  changed = labelled(layer, changed, configuration);
  changed = jsonPatched(layer, changed);
  changed = replicated(layer, changed, configuration);
  changed = imaged(layer, changed, configuration);
  return replaced(layer, changed);
}

function joined(one: Accumulated, other: Accumulated): Accumulated {
  return {
    resources: one.resources,
    configuration: configurationOfBoth(one.configuration, other.configuration),
    variables: [...one.variables, ...other.variables],
    files: [...one.files, ...other.files],
  };
}

/** Adds what an item of `resources` names: a file of manifests, or what another kustomization makes, which is the answer. */
function takeResource(
  run: BuildRun,
  layer: Layer,
  pool: Pool,
  item: Value,
  above: readonly Kustomization[],
): Accumulated | undefined {
  const reference = textOf(item);
  if (!reference || isRemote(reference)) return undefined;
  const path = resolvePath(layer.folder, reference);
  const base = path === undefined ? undefined : run.kustomizations.in(path);
  if (!base) {
    takeFile(layer, pool, reference, item.origin, path !== undefined && run.kustomizations.isFolder(path));
    return undefined;
  }
  if (base.component) {
    tell(layer, 'invalid-value', `${reference} is a component: name it under components.`, item.origin);
    return undefined;
  }
  if (!mayEnter(layer, base, reference, item.origin, above)) return undefined;
  const built = accumulate(run, base, above);
  const move = arrivalOver(item.origin);
  for (const resource of built.resources) {
    put(layer, pool, { ...resource, root: moved(resource.root, move, run.allowance) });
  }
  return built;
}

function componentAt(
  run: BuildRun,
  layer: Layer,
  item: Value,
  above: readonly Kustomization[],
): Kustomization | undefined {
  const reference = textOf(item);
  if (!reference || isRemote(reference)) return undefined;
  const path = resolvePath(layer.folder, reference);
  const component = path === undefined ? undefined : run.kustomizations.in(path);
  if (!component?.component) {
    const what = component ? 'is no component: name it under resources' : 'is named here and is not there';
    tell(layer, 'reference-missing', `${reference} ${what}.`, item.origin);
    return undefined;
  }
  return mayEnter(layer, component, reference, item.origin, above) ? component : undefined;
}

function applyComponent(
  run: BuildRun,
  component: Kustomization,
  origin: Origin,
  before: Accumulated,
  above: readonly Kustomization[],
): Accumulated {
  const root = arriving(component.root, origin, run.allowance);
  const layer = layerOf(run, { ...component, root });
  return applyLayer(run, layer, before, [...above, component]);
}

/** Whether a layer may build on another: never on one that it stands in, or that stands above it. */
function mayEnter(
  layer: Layer,
  other: Kustomization,
  reference: string,
  origin: Origin,
  above: readonly Kustomization[],
): boolean {
  if (above.includes(other) || above.some(({ path }) => path === other.path)) {
    const message = `This builds on ${reference}, which builds on this in turn; break the circle.`;
    tell(layer, 'reference-cycle', message, origin);
    return false;
  }
  if (above.length < DEEPEST) return true;
  tell(
    layer,
    'depth-limit',
    `Kustomizations are nested deeper than ${DEEPEST} here: ${reference} is left out.`,
    origin,
  );
  return false;
}
