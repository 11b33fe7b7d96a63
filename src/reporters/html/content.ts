/** What the page tells, gathered by listener, before any of it is drawn. */
import type { Environment, ReachRow } from '../../graph/exposure-graph.ts';
import { type InventoryEntry, inventoryOf } from '../../graph/inventory.ts';
import { type Exposure, type Listener, type Need, SCOPES, type Scope } from '../../graph/vocabulary.ts';
import { type Finding, type Report, SEVERITIES, type Severity } from '../../policy/finding.ts';
import { append, type Multimap } from '../../source/multimap.ts';
import type { GraphView } from '../graph-json.ts';

/** The view that the page shows: the graph, and what the rules say of it where they were asked. */
export type PageView = GraphView &
  Partial<Omit<Report, 'coverage'>> & { readonly coverage: Partial<Report['coverage']> };

/** From how far away something is reached at most, widest first; no scope describes the last two. */
export const REACHES = [...SCOPES, 'neighbours', 'nobody'] as const;
/** One of them. */
export type Reach = Scope | 'neighbours' | 'nobody';

/** A listener with all that the page says of it. */
export interface Entry extends InventoryEntry {
  /** Its place on the page, made from its id, so that a link to it holds in the next run too. */
  readonly anchor: string;
  readonly environment: string;
  readonly reach: Reach;
  /** Whether something surely reaches it from that far. */
  readonly certain: boolean;
  /** Widest first; those that nobody wrote come last. */
  readonly exposures: readonly Exposure[];
  readonly needs: readonly Need[];
  readonly callers: ReachRow | null;
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/** An environment and its listeners, in the order of the inventory. */
export interface Part {
  readonly anchor: string;
  readonly environment: Environment;
  readonly entries: readonly Entry[];
}

/** What the page tells. */
export interface Content {
  readonly view: PageView;
  readonly parts: readonly Part[];
  /** All listeners, by id. */
  readonly entries: ReadonlyMap<string, Entry>;
}

export function contentOf(view: PageView): Content {
  const anchorOf = anchors();
  const findings = findingsByListener(view.findings ?? []);
  const inventory = inventoryOf(view.graph.environments);
  const parted = view.graph.environments.length > 1;
  const parts = view.graph.environments.map((environment, index) => {
    const told = inventory.environments[index]?.entries ?? [];
    // Ids begin with their environment, which tells nothing where there is but one.
    const entryAnchor = (id: string) => anchorOf(parted ? id : id.slice(environment.id.length));
    return {
      anchor: anchorOf(environment.id),
      environment,
      entries: entriesOf(environment, told, findings, entryAnchor),
    };
  });
  const entries = parts.flatMap((part) => part.entries.map((entry) => [entry.listener.id, entry] as const));
  return { view, parts, entries: new Map(entries) };
}

function entriesOf(
  environment: Environment,
  told: readonly InventoryEntry[],
  findings: ReadonlyMap<string, readonly Finding[]>,
  anchorOf: (id: string) => string,
): readonly Entry[] {
  const exposures: Multimap<Listener, Exposure> = new Map();
  for (const exposure of environment.exposures) append(exposures, exposure.listener, exposure);
  const needs: Multimap<Listener, Need> = new Map();
  for (const need of environment.needs) if (!('external' in need.to)) append(needs, need.to, need);
  const rows = new Map(environment.reachability.rows.map((row) => [row.to, row]));
  return told.map((entry) => ({
    ...entry,
    ...reachOf(entry),
    anchor: anchorOf(entry.listener.id),
    environment: environment.id,
    exposures: [...(exposures.get(entry.listener) ?? [])].sort(byWidth),
    needs: needs.get(entry.listener) ?? [],
    callers: rows.get(entry.listener) ?? null,
    findings: findings.get(entry.listener.id) ?? [],
  }));
}

/** The widest that is certain or possible: what may be reached from the internet has to be seen. */
function reachOf({ widest, possible, neighbours }: InventoryEntry): Pick<Entry, 'reach' | 'certain'> {
  if (possible) return { reach: possible.scope, certain: false };
  const scope = widest[0]?.scope;
  return { reach: scope ?? (neighbours > 0 ? 'neighbours' : 'nobody'), certain: true };
}

function byWidth(a: Exposure, b: Exposure): number {
  return Number(a.implicit) - Number(b.implicit) || SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope);
}

/** A finding names its listener in one environment; in the others that it stands in, the id differs in its beginning. */
function findingsByListener(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found: Multimap<string, Finding> = new Map();
  for (const finding of [...findings].sort(worstFirst)) {
    for (const id of listenersOf(finding)) append(found, id, finding);
  }
  return found;
}

/** The ids of the listeners that a finding is about, one an environment. */
export function listenersOf({ listener, environments }: Finding): readonly string[] {
  if (listener === null) return [];
  const own = environments.find((id) => listener.startsWith(`${id}::`));
  return own === undefined ? [listener] : environments.map((id) => id + listener.slice(own.length));
}

/** What is certain before what is not, then by severity. */
function worstFirst(a: Finding, b: Finding): number {
  if (a.verdict !== b.verdict) return a.verdict === 'violation' ? -1 : 1;
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

/** The worst severity that is certain among findings, or null. */
export function worstOf(findings: readonly Finding[]): Severity | null {
  return (
    SEVERITIES.find((each) => findings.some((one) => one.verdict === 'violation' && one.severity === each)) ?? null
  );
}

/** Makes ids of elements from ids of the graph: each once, of letters that need no escape in a link. */
export function anchors(): (id: string) => string {
  const taken = new Map<string, number>();
  return (id) => {
    const slug =
      id
        .slice(-120)
        .replaceAll(/[^A-Za-z0-9.]+/g, '-')
        .replaceAll(/^-|-$/g, '') || 'unnamed';
    const count = (taken.get(slug) ?? 0) + 1;
    taken.set(slug, count);
    return `at-${slug}${count === 1 ? '' : `--${count}`}`;
  };
}
