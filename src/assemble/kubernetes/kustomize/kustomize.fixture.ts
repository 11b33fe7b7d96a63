/** Small kustomizations for tests, and what they build. */
import type { Notice } from '../../../source/notice.ts';
import type { Origin } from '../../../source/span.ts';
import { memoryTree } from '../../../source/tree.ts';
import { at, itemsOf, textOf, type Value } from '../../../source/value.ts';
import { openFiles } from '../../files.ts';
import { build } from './build.ts';
import { kustomizationsIn } from './kustomization.ts';

/** What a folder builds. */
export interface Sample {
  /** By `Kind/name`, as plain data. */
  readonly objects: Readonly<Record<string, unknown>>;
  readonly roots: readonly Value[];
  readonly notices: readonly Notice[];
  readonly codes: readonly string[];
  readonly files: readonly string[];
}

/** Builds the kustomization in `folder` of a tree. */
export function kustomize(files: Readonly<Record<string, string>>, folder = '.'): Sample {
  const open = openFiles(memoryTree(files));
  const { value: kustomizations, notices: said } = kustomizationsIn(open.paths, open);
  const notices: Notice[] = [...said];
  const top = kustomizations.in(folder);
  if (!top) throw new Error(`no kustomization in ${folder}`);
  const allowance = { steps: 5_000_000, nodes: 500_000 };
  const built = build({ files: open, kustomizations, allowance, notices, done: new Map() }, top);
  const roots = built.resources.map(({ root }) => root);
  const objects = Object.fromEntries(
    roots.map((root) => {
      const [kind, name] = [at(root, 'kind'), at(root, 'metadata', 'name')].map((value) => textOf(value) ?? '');
      return [`${kind}/${name}`, plainOf(root)];
    }),
  );
  return { objects, roots, notices, codes: notices.map(({ code }) => code), files: built.files };
}

/** The value as plain data. */
export function plainOf(value: Value): unknown {
  if (value.kind === 'list') return value.items.map(plainOf);
  if (value.kind === 'mapping') {
    return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plainOf(entry.value)]));
  }
  return value.kind === 'scalar' ? value.value : { unknown: value.because };
}

/** The value at a path of keys and places. */
export function valueAt(root: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  let value = root;
  for (const part of path) {
    if (typeof part === 'number') value = itemsOf(value)[part];
    else value = value?.kind === 'mapping' ? value.entries.get(part)?.value : undefined;
  }
  return value;
}

/** `file: what stands there`, and the way behind it: `file: text < file: text`. */
export function wayIn(files: Readonly<Record<string, string>>, origin: Origin | undefined): string {
  const steps: string[] = [];
  for (let step = origin; step; step = step.via) {
    steps.push(`${step.file}: ${(files[step.file] ?? '').slice(step.start, step.end)}`);
  }
  return steps.join(' < ');
}

/** A Deployment of one container. */
export function deployment(name: string, container = 'name: main, image: "nginx:1"', more = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers: [{ ${container} }]
${more}`;
}
