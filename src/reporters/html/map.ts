/** What the map of an environment shows, before it is laid out: bands by how far away something is reached from. */

import { type Exposure, type Hop, rangeText, type Scope, type Workload } from '../../graph/vocabulary.ts';
import type { Severity } from '../../policy/finding.ts';
import { append, type Multimap } from '../../source/multimap.ts';
import { compareText } from '../../source/order.ts';
import { plural } from '../scan-text.ts';
import { type Entry, type Part, REACHES, type Reach, worstOf } from './content.ts';
import type { Band, Item, Line } from './layout.ts';

/** An environment with more workloads is drawn by groups. */
export const MOST_WORKLOADS = 300;
/** More groups than this say no more than their workloads. */
const MOST_GROUPS = 100;

export const TITLE = 28;
export const ROW = 20;
const FOOT = 8;
const WAY_HEIGHT = 38;

/** What a box lists: a listener, or in a group how many are reached from how far. */
export interface Row {
  /** Where it is told; null where the box as a whole is. */
  readonly anchor: string | null;
  readonly port: string;
  readonly label: string;
  readonly reach: Reach;
  readonly certain: boolean;
  readonly severity: Severity | null;
  /** All that the row says, for those who do not see it. */
  readonly spoken: string;
}

/** A workload, or a group of them. */
export interface Box extends Item {
  readonly anchor: string | null;
  readonly title: string;
  readonly aside: string;
  readonly rows: readonly Row[];
}

/** A step on the way in. */
export interface Way extends Item {
  readonly kind: string;
  readonly name: string;
}

export interface Wire extends Line {
  readonly certain: boolean;
}

/** All that is reached from equally far; `silent` is what does not listen. */
export interface MapBand extends Band<Wire> {
  readonly reach: Reach | 'silent';
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
}

/** Whose ways in are drawn: the rest are neighbours, whose ways are all alike. */
const DRAWN: ReadonlySet<Scope> = new Set<Scope>(['internet', 'external', 'network', 'node', 'host']);

export function isGrouped({ environment }: Part): boolean {
  return environment.workloads.length > MOST_WORKLOADS;
}

/** The bands of an environment, widest first; those without anything are left out. */
export function bandsOf(part: Part): readonly MapBand[] {
  const drawing = isGrouped(part) ? groupBoxes(part) : workloadBoxes(part);
  return [...REACHES, 'silent' as const]
    .map((reach) => {
      const boxes = drawing.filter((one) => one.reach === reach);
      return { reach, boxes: boxes.map(({ box }) => box), ...waysIn(boxes, reach) };
    })
    .filter(({ boxes }) => boxes.length > 0);
}

/** A box with the band that it stands in and what leads to its rows. */
interface Drawn {
  readonly reach: Reach | 'silent';
  readonly box: Box;
  readonly leads: readonly { readonly row: number; readonly exposure: Exposure; readonly group?: string }[];
}

function workloadBoxes({ environment, entries }: Part): readonly Drawn[] {
  const byWorkload: Multimap<Workload, Entry> = new Map();
  for (const entry of entries) append(byWorkload, entry.listener.workload, entry);
  const several = new Set(environment.workloads.map(({ namespace }) => namespace)).size > 1;
  return [...environment.workloads].sort(byPlace).map((workload) => {
    const own = byWorkload.get(workload) ?? [];
    const aside = several ? (workload.namespace ?? '') : '';
    return {
      reach: widestOf(own),
      box: boxOf(workload.id, null, workload.name, aside, own.map(rowOf)),
      leads: own.flatMap(({ exposures }, row) => drawn(exposures).map((exposure) => ({ row, exposure }))),
    };
  });
}

/** A place in the environment that many workloads share, and what listens there, by how far away it is reached from. */
export interface Group {
  readonly anchor: string;
  readonly name: string;
  readonly reach: Reach | 'silent';
  readonly workloads: readonly Workload[];
  readonly entries: readonly Entry[];
}

/** The groups of an environment that is drawn by groups, in the order of their names. */
export function groupsOf({ anchor, environment, entries }: Part): readonly Group[] {
  const placeOf = grouping(environment.workloads);
  const byWorkload: Multimap<Workload, Entry> = new Map();
  for (const entry of entries) append(byWorkload, entry.listener.workload, entry);
  const groups = new Map<string, { name: string; reach: Reach | 'silent'; workloads: Workload[]; entries: Entry[] }>();
  for (const workload of [...environment.workloads].sort(byPlace)) {
    const own = byWorkload.get(workload) ?? [];
    const name = placeOf(workload);
    const reach = widestOf(own);
    const key = JSON.stringify([name, reach]);
    const group = groups.get(key) ?? { name, reach, workloads: [], entries: [] };
    groups.set(key, group);
    group.workloads.push(workload);
    group.entries.push(...own);
  }
  return [...groups.values()].map((group, index) => ({ ...group, anchor: `${anchor}--group-${index + 1}` }));
}

/** The place that tells workloads apart best without telling each apart. */
function grouping(workloads: readonly Workload[]): (workload: Workload) => string {
  const places: readonly ((workload: Workload) => string)[] = [
    ({ namespace, unit }) => namespace ?? unit,
    ({ segments }) => segments.map(({ name }) => name).join(', '),
    ({ segments }) => segments[0]?.name ?? '',
    ({ unit }) => unit,
  ];
  const counts = places.map((placeOf) => new Set(workloads.map(placeOf)).size);
  const chosen = counts.findIndex((count) => count > 1 && count <= MOST_GROUPS);
  return places[chosen] ?? (({ writtenKind }) => writtenKind);
}

function groupBoxes(part: Part): readonly Drawn[] {
  return groupsOf(part).map(({ anchor, name, reach, workloads, entries }) => {
    const reaches = REACHES.filter((each) => entries.some((entry) => entry.reach === each));
    const rows = reaches.map((each) => {
      const own = entries.filter((entry) => entry.reach === each);
      const label = plural(own.length, 'listener');
      const severity = worstOf(own.flatMap(({ findings }) => findings));
      const certain = own.some((entry) => entry.certain);
      return { anchor: null, port: '', label, reach: each, certain, severity, spoken: label };
    });
    const row = new Map(reaches.map((each, index) => [each, index]));
    return {
      reach,
      box: boxOf(anchor, anchor, name, plural(workloads.length, 'workload'), rows),
      leads: entries.flatMap((entry) =>
        drawn(entry.exposures).map((exposure) => ({ row: row.get(entry.reach) as number, exposure, group: anchor })),
      ),
    };
  });
}

function boxOf(id: string, anchor: string | null, title: string, aside: string, rows: readonly Row[]): Box {
  return { id, anchor, height: TITLE + rows.length * ROW + FOOT, title, aside, rows };
}

function rowOf(entry: Entry): Row {
  const { anchor, listener, reach, certain, findings } = entry;
  const port = `${rangeText(listener.ports)}/${listener.protocol}`;
  const label = labelOf(listener);
  const severity = worstOf(findings);
  const found = findings.length === 0 ? 'no findings' : plural(findings.length, 'finding');
  const worst = severity === null ? '' : `, the worst ${severity}`;
  const spoken = `${listener.workload.name} ${port}, ${label}, ${reachName(entry)}, ${found}${worst}`;
  return { anchor, port, label, reach, certain, severity, spoken };
}

/** What it is in a word: the catalogue's name, else its role. */
export function labelOf({ service, roles }: Entry['listener']): string {
  return service ?? roles[0]?.role ?? 'unknown';
}

/** `internet`, `perhaps internet`, `neighbours only`. */
export function reachName({ reach, certain }: Pick<Entry, 'reach' | 'certain'>): string {
  const name = reach === 'neighbours' ? 'neighbours only' : reach;
  return certain ? name : `perhaps ${name}`;
}

function widestOf(entries: readonly Entry[]): Reach | 'silent' {
  return REACHES.find((each) => entries.some(({ reach }) => reach === each)) ?? 'silent';
}

function byPlace(a: Workload, b: Workload): number {
  return compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name) || compareText(a.id, b.id);
}

/** The ways in that a drawing shows, widest first: none that a wider one by the same steps says already, and what nobody wrote only alone. */
function drawn(exposures: readonly Exposure[]): readonly Exposure[] {
  const outside = exposures.filter(({ scope }) => DRAWN.has(scope));
  const written = outside.filter(({ implicit }) => !implicit);
  const seen = new Set<string>();
  return (written.length > 0 ? written : outside).filter(({ path }) => {
    const steps = JSON.stringify(path.map(stepOf));
    const isNew = !seen.has(steps);
    seen.add(steps);
    return isNew;
  });
}

function stepOf({ kind, name, origin }: Hop) {
  return [kind, name, origin.file, origin.start];
}

/** What leads to boxes of a band. Callers who stand nearer than the band says are told at the first step of their way. */
function waysIn(boxes: readonly Drawn[], reach: Reach | 'silent'): Pick<MapBand, 'ways' | 'lines'> {
  const ways = new Map<string, { id: string; kind: string; names: Set<string> }>();
  const lines = new Map<string, Wire>();
  const connect = (from: string | null, to: string, port: number, certain: boolean) => {
    const key = JSON.stringify([from, to, port]);
    lines.set(key, { from, to, port, certain: certain || lines.get(key)?.certain === true });
  };
  for (const { box, leads } of boxes) {
    for (const { row, exposure, group } of leads) {
      const certain = exposure.verdict === 'reachable';
      const near = exposure.scope !== reach;
      const steps = exposure.path.slice(0, -1);
      let before: string | null = null;
      steps.forEach((hop, index) => {
        const from = index === 0 && near ? ` · ${exposure.scope}` : '';
        const kind = `${hop.kind.replaceAll('-', ' ')}${from}`;
        // A gateway is one, whatever line of it opens the way.
        const own = index === 0 && exposure.entry?.name === hop.name ? [hop.kind, exposure.entry.id] : stepOf(hop);
        const id = JSON.stringify(group === undefined ? ['way', from, ...own] : ['ways', group, index, kind]);
        const way = ways.get(id) ?? { id, kind, names: new Set() };
        ways.set(id, way);
        way.names.add(hop.name);
        if (index > 0 || !near) connect(before, id, WAY_HEIGHT / 2, certain);
        before = id;
      });
      if (before !== null || !near) connect(before, box.id, TITLE + (row + 0.5) * ROW, certain);
    }
  }
  return {
    ways: [...ways.values()].map(({ id, kind, names }) => {
      const [first = ''] = names;
      return { id, height: WAY_HEIGHT, kind, name: names.size > 1 ? `${names.size} of them` : first };
    }),
    lines: [...lines.values()],
  };
}
