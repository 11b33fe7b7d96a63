/** What `kubectl kustomize` makes of a folder, beside what we make of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { parseYaml } from '../../../parsers/yaml/index.ts';
import { diskTree } from '../../../source/disk-tree.ts';
import type { Notice } from '../../../source/notice.ts';
import type { Value } from '../../../source/value.ts';
import { openFiles } from '../../files.ts';
import { build } from './build.ts';
import { kustomizationsIn } from './kustomization.ts';
import { plainJson } from './plain-json.ts';

/** Whether the program is on this machine. */
export function hasKubectl(): boolean {
  return spawnSync('kubectl', ['kustomize', '--help']).status === 0;
}

/** Objects as JSON, sorted; or why there are none. */
export type Objects = readonly string[] | { readonly refused: string };

/** What the program prints for the folder. */
export function kubectlBuild(folder: string): Objects {
  try {
    const text = execFileSync('kubectl', ['kustomize', folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
      timeout: 60_000,
      maxBuffer: 1 << 28,
    });
    const { documents } = parseYaml({ path: 'built.yaml', format: 'yaml', text });
    return documents.flatMap(({ root }) => (root ? [json(root)] : [])).sort();
  } catch (error) {
    return { refused: (error as { stderr?: string }).stderr ?? String(error) };
  }
}

/** Our build of every kustomization of a tree, by its folder. */
export function ourBuilds(
  root: string,
): ReadonlyMap<string, { objects: readonly string[]; notices: readonly Notice[] }> {
  const files = openFiles(diskTree(root));
  const { value: kustomizations } = kustomizationsIn(files.paths, files);
  const builds = kustomizations.all
    .filter(({ component }) => component === null)
    .map((one) => {
      const notices: Notice[] = [];
      const allowance = { steps: 50_000_000, nodes: 2_000_000 };
      const { resources } = build({ files, kustomizations, allowance, notices, done: new Map() }, one);
      return [one.folder, { objects: resources.map((resource) => json(resource.root)).sort(), notices }] as const;
    });
  return new Map(builds);
}

function json(value: Value): string {
  return plainJson(asGoReads(value)) ?? '';
}

/** `0644` is an octal number to Go's YAML, which prints what it reads as a decimal one. */
function asGoReads(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(asGoReads) };
  if (value.kind === 'mapping') {
    const entries = [...value.entries].map(
      ([key, entry]) => [key, { ...entry, value: asGoReads(entry.value) }] as const,
    );
    return { ...value, entries: new Map(entries) };
  }
  if (value.kind !== 'scalar' || value.quoted || !/^0[0-7]+$/.test(value.text)) return value;
  return { ...value, value: Number.parseInt(value.text, 8) };
}
