/** A chart with its own values and the charts that are deployed with it. */
import { posix } from 'node:path';
import { type Notice, notice } from '../../../../source/notice.ts';
import { textOf } from '../../../../source/value.ts';
import type { Files } from '../../../files.ts';
import { type Datum, type Dict, dict } from '../datum.ts';
import { type Budget, Fault, spend, spendText } from '../fault.ts';
import { parseVersion, satisfies } from '../functions/versions.ts';
import { datumOf } from '../yaml-read.ts';
import { type ChartSource, folderOf, type Requirement } from './source.ts';
import { coalesceInto, copyDict, mergeTables, tableAt } from './values.ts';

/** One place that a chart takes in a release; an alias makes several of one source. */
export interface Chart {
  readonly source: ChartSource;
  /** Its alias where it has one. */
  readonly name: string;
  /** What its values.yaml says, with what it imports from the charts in it. */
  readonly values: Dict;
  readonly parts: readonly Chart[];
}

/** What loading charts needs to know. */
export interface Loading {
  readonly files: Files;
  readonly known: ReadonlyMap<string, ChartSource>;
  readonly notices: Notice[];
  readonly budget: Budget;
}

/** What one chart among the parts costs, besides its values: a chart may name another one a thousand times. */
const COST_OF_A_PART = 5_000;

/** Charts in charts in charts: deeper than that nobody packs. */
const DEEPEST = 8;

interface Draft {
  readonly source: ChartSource;
  readonly name: string;
  values: Dict;
  parts: readonly Draft[];
  readonly imports: readonly (readonly [string, Requirement])[];
}

/** The chart in `source` as `given` values deploy it: charts that are switched off are left out. */
export function loadChart(loading: Loading, source: ChartSource, given: Dict): Chart {
  const draft = draftOf(loading, source, source.name, []);
  switchParts(loading, draft, given, '', 0);
  importValues(draft);
  return draft;
}

/** `around` are the charts that it is a part of. */
function draftOf(loading: Loading, source: ChartSource, name: string, around: readonly ChartSource[]): Draft {
  spend(loading.budget, COST_OF_A_PART);
  const values = source.values === null ? dict() : valuesIn(loading.files, source.values, loading.budget);
  const parts = around.length >= DEEPEST ? [] : partsOf(loading, source, [...around, source]);
  return {
    source,
    name,
    values,
    parts: parts.map(({ draft }) => draft),
    imports: parts.flatMap(({ draft, requirement }) => (requirement ? [[draft.name, requirement] as const] : [])),
  };
}

/** The values in a file; none where it holds no mapping. */
export function valuesIn(files: Files, path: string, budget: Budget): Dict {
  const root = files.parsed(path)?.documents[0]?.root;
  if (root) spendText(budget, 4 * (root.origin.end - root.origin.start));
  const values: Datum | undefined = root ? datumOf(root) : undefined;
  return values?.kind === 'dict' ? values : dict();
}

function partsOf(
  loading: Loading,
  source: ChartSource,
  around: readonly ChartSource[],
): readonly { readonly draft: Draft; readonly requirement?: Requirement }[] {
  const asked = (part: ChartSource): boolean =>
    source.requirements.some((requirement) => requirement.name === part.name && fits(part, requirement));
  const unasked = source.packed.filter((part) => !asked(part));
  return [
    ...unasked.map((part) => ({ draft: draftOf(loading, part, part.name, around) })),
    ...source.requirements.flatMap((requirement) => {
      const folder = folderOf(source, requirement, loading.known);
      const part = folder === undefined ? undefined : loading.known.get(folder);
      if (!part || around.includes(part) || !fits(part, requirement)) return [];
      return [{ draft: draftOf(loading, part, requirement.alias ?? part.name, around), requirement }];
    }),
  ];
}

/** Whether the chart that is there is of a version that is asked for. A chart at a path is taken as it is. */
function fits(part: ChartSource, { version, repository }: Requirement): boolean {
  if (repository.startsWith('file://')) return true;
  const found = parseVersion(part.version);
  try {
    return found !== undefined && satisfies(found, version);
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

/** Leaves out the charts that conditions and tags switch off, all the way down. */
function switchParts(loading: Loading, draft: Draft, given: Dict, path: string, depth: number): void {
  const values = coalesceInto(draft, copyDict(given));
  const off = new Set<string>();
  for (const requirement of draft.source.requirements) {
    const name = requirement.alias ?? requirement.name;
    if (!isOn(requirement, values, path)) off.add(name);
    else tellMissing(loading, draft, requirement);
  }
  draft.parts = draft.parts.filter(({ name }) => !off.has(name));
  if (depth >= DEEPEST) return;
  for (const part of draft.parts) switchParts(loading, part, values, `${path}${part.name}.`, depth + 1);
}

function tellMissing({ notices, known, files }: Loading, { source, parts }: Draft, requirement: Requirement): void {
  const { name, alias, repository, version, origin } = requirement;
  if (parts.some((part) => part.name === (alias ?? name)) || folderOf(source, requirement, known) !== undefined) return;
  const packed = posix.join(source.folder, 'charts', `${name}-`);
  const archive = files.paths.find((path) => path.startsWith(packed) && path.endsWith('.tgz'));
  const where =
    archive !== undefined ? `packed in ${archive}` : repository === '' ? 'not in this tree' : `in ${repository}`;
  const message = `The chart "${name}"${version === '' ? '' : ` ${version}`} is ${where} and not read: what it deploys is left out. Unpack it into the folder charts.`;
  notices.push(notice('not-built', message, origin));
}

/** Conditions count before tags; the first condition that says anything decides. */
function isOn({ conditions, tags }: Requirement, values: Dict, path: string): boolean {
  for (const condition of conditions) {
    const value = valueAt(values, `${path}${condition}`.split('.'));
    if (value?.kind === 'bool') return value.value;
  }
  const table = values.slots.get('tags')?.value;
  const said = tags.flatMap((tag) => {
    const value = table?.kind === 'dict' ? table.slots.get(tag)?.value : undefined;
    return value?.kind === 'bool' ? [value.value] : [];
  });
  return said.length === 0 || said.includes(true);
}

function valueAt(values: Dict, path: readonly string[]): Datum | undefined {
  let value: Datum | undefined = values;
  for (const key of path) value = value?.kind === 'dict' ? value.slots.get(key)?.value : undefined;
  return value;
}

/** Takes over what `import-values` asks for, inner charts first; what the chart itself says stays. */
function importValues(draft: Draft): void {
  for (const part of draft.parts) importValues(part);
  const imported = dict();
  const values = coalesceInto(draft, dict(), true);
  for (const [name, { imports }] of draft.imports) {
    for (const one of imports) {
      const [child, parent] =
        one.kind === 'mapping' ? [textAt(one, 'child'), textAt(one, 'parent')] : [`exports.${textOf(one) ?? ''}`, '.'];
      const table = tableAt(values, [name, ...child.split('.')]);
      if (table) mergeTables(imported, nestedAt(parent, copyDict(table)));
    }
  }
  if (imported.slots.size > 0) draft.values = mergeTables(values, imported);
}

function textAt(value: Parameters<typeof textOf>[0], key: string): string {
  return (value?.kind === 'mapping' ? textOf(value.entries.get(key)?.value) : undefined) ?? '';
}

function nestedAt(path: string, table: Dict): Dict {
  if (path === '.') return table;
  return path.split('.').reduceRight<Dict>((inner, key) => dict([[key, inner]]), table);
}
