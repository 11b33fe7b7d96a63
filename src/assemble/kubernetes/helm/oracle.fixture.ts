/** What `helm template` makes of a chart, beside what we make of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseData } from '../../../parsers/yaml/index.ts';
import { diskTree } from '../../../source/disk-tree.ts';
import { at, entriesOf, itemsOf, textOf, type Value } from '../../../source/value.ts';
import { openFiles } from '../../files.ts';
import { chartsOf } from '../chart.ts';

/** The program: what the environment names, or what is on the path. */
const HELM = process.env.PORTOLAN_HELM ?? 'helm';

/** Whether the program is on this machine. */
export function hasHelm(): boolean {
  return spawnSync(HELM, ['version']).status === 0;
}

/** Objects as JSON, sorted; or why there are none. */
export type Objects = readonly string[] | { readonly refused: string };

/** What the program prints for the chart in a folder, with the release and the cluster that we take. */
export function helmObjects(folder: string, name: string): Objects {
  try {
    const text = execFileSync(HELM, ['template', name, folder, '--kube-version', 'v1.34.0'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      maxBuffer: 1 << 28,
    });
    const { documents } = parseData({ path: 'rendered.yaml', format: 'yaml', text });
    return documents.flatMap(({ root }) => (root && isDeployed(root) ? [jsonOf(root)] : [])).sort();
  } catch (error) {
    return { refused: (error as { stderr?: string }).stderr ?? String(error) };
  }
}

/** A chart with its own values as we render it. */
export interface OurChart {
  readonly name: string;
  readonly objects: readonly string[];
  readonly notices: readonly string[];
}

/** The chart in a folder as we render it; undefined where nothing of it bears on who reaches what. */
export async function ourChart(folder: string): Promise<OurChart | undefined> {
  const files = openFiles(diskTree(folder));
  const { units, notices } = await chartsOf(files);
  const unit = units.find(({ root, variant }) => root === '.' && variant === null);
  const name = textOf(at(files.parsed('Chart.yaml')?.documents[0]?.root ?? undefined, 'name'));
  if (!unit || name === undefined) return undefined;
  return { name, objects: unit.objects.map(jsonOf).sort(), notices: notices.map(({ message }) => message) };
}

/** The folders of the outermost charts below `folder`. */
export function chartFolders(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.name === 'Chart.yaml')) return [folder];
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules')
    .flatMap((entry) => chartFolders(join(folder, entry.name)))
    .sort();
}

/** The objects of one that stand for no object of the other; what only deployment knows stands for anything. */
export function unmatched(ours: readonly string[], theirs: readonly string[]): { ours: string[]; theirs: string[] } {
  const left = [...theirs];
  const alone = ours.filter((one) => {
    const parts = one.split(UNKNOWN);
    const at = left.findIndex((other) => (parts.length === 1 ? one === other : fits(parts, other)));
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
  return { ours: alone, theirs: left };
}

/** Whether a text holds the parts one after the other. */
function fits(parts: readonly string[], text: string): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

const UNKNOWN = '"\0unknown"';

/** Tests and definitions of kinds are no part of what we take for deployed. */
function isDeployed(root: Value): boolean {
  const hooks = textOf(at(root, 'metadata', 'annotations', 'helm.sh/hook')) ?? '';
  return (
    textOf(at(root, 'kind')) !== 'CustomResourceDefinition' && !/(^|,)\s*test(-success|-failure)?\s*(,|$)/.test(hooks)
  );
}

function jsonOf(value: Value): string {
  if (value.kind === 'unknown') return UNKNOWN;
  if (value.kind === 'scalar') return JSON.stringify(value.value);
  if (value.kind === 'list') return `[${itemsOf(value).map(jsonOf).join(',')}]`;
  const members = [...entriesOf(value)].map((entry) => `${JSON.stringify(entry.key)}:${jsonOf(entry.value)}`);
  return `{${members.sort().join(',')}}`;
}
