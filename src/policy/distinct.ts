/** One thing is told once: findings of the same thing are merged, ordered, and given an identity. */
import { SCOPES } from '../graph/vocabulary.ts';
import { compareText } from '../source/order.ts';
import type { Origin } from '../source/span.ts';
import { type Finding, SEVERITIES } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Edge } from './subjects/table.ts';

/** A finding before it is compared with others. */
export interface Draft {
  readonly finding: Omit<Finding, 'fingerprint' | 'environments'>;
  readonly edge: Edge;
  readonly environments: readonly string[];
}

/** One finding a thing, with all environments that it stands in, in the order of reports, with fingerprints. */
export function distinct(drafts: readonly Draft[]): readonly Finding[] {
  const merged = new Map<string, Draft>();
  for (const one of widest(drafts)) {
    const { file, start } = one.finding.location;
    const key = JSON.stringify([one.finding.ruleId, file, start, one.edge.names]);
    const same = merged.get(key);
    const environments = [...new Set([...(same?.environments ?? []), ...one.environments])].sort();
    const first = same && !(same.finding.verdict === 'undecided' && one.finding.verdict === 'violation') ? same : one;
    merged.set(key, { ...first, environments });
  }
  const ordered = [...merged.values()].sort(
    (a, b) =>
      byImportance(a.finding, b.finding) || compareText(JSON.stringify(a.edge.names), JSON.stringify(b.edge.names)),
  );
  const times = new Map<string, number>();
  return ordered.map(({ finding, edge, environments }) => {
    const same = JSON.stringify([finding.ruleId, edge.names]);
    const nth = (times.get(same) ?? 0) + 1;
    times.set(same, nth);
    return {
      ...finding,
      environments,
      /** Computed for the formats that tell it. */
      get fingerprint() {
        return fingerprint(finding.ruleId, edge.names, nth);
      },
    };
  });
}

/**
 * Of the ways to one listener that a rule has something against at one place, the widest: whoever changes that line closes
 * them all. What is certain comes before what is undecided, whatever its scope and place; of what is undecided, the way
 * with the fewest unknowns, however narrow: the others add a guess to it.
 */
function widest(drafts: readonly Draft[]): readonly Draft[] {
  const keyed = drafts.map((draft) => {
    const { exposure } = draft.edge;
    if (!exposure) return { draft, entry: '', place: '', rank: [0, 0, ''] as const };
    const { ruleId, listener, verdict, location, because } = draft.finding;
    const thing = [ruleId, draft.environments, listener];
    const entry = JSON.stringify([...thing, exposure.entry?.id ?? null]);
    const place = JSON.stringify([...thing, verdict, location.file, location.start]);
    return {
      draft,
      entry,
      place,
      rank: [because.length, SCOPES.indexOf(exposure.scope), JSON.stringify(draft.edge.names)] as const,
    };
  });
  const certain = new Set<string>();
  const best = new Map<string, (typeof keyed)[number]>();
  for (const one of keyed) {
    if (one.draft.finding.verdict === 'violation') certain.add(one.entry);
    const before = best.get(one.place);
    if (!before || comesBefore(one.rank, before.rank)) best.set(one.place, one);
  }
  const told = keyed.filter(
    (one) =>
      !one.draft.edge.exposure ||
      (best.get(one.place) === one && (one.draft.finding.verdict === 'violation' || !certain.has(one.entry))),
  );
  return told.map(({ draft }) => draft);
}

type Rank = readonly [unknowns: number, width: number, name: string];

function comesBefore([unknowns, width, name]: Rank, other: Rank): boolean {
  return (unknowns - other[0] || width - other[1] || compareText(name, other[2])) < 0;
}

/** Findings of two evaluations in the order of reports. */
export function merge(a: readonly Finding[], b: readonly Finding[]): readonly Finding[] {
  return [...a, ...b].sort(byImportance);
}

function byImportance(a: Draft['finding'], b: Draft['finding']): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    byPlace(a.location, b.location) ||
    compareText(a.ruleId, b.ruleId)
  );
}

function byPlace(a: Origin, b: Origin): number {
  return compareText(a.file, b.file) || a.start - b.start || a.end - b.end;
}
