/** One thing is told once: findings of the same thing are merged, ordered, and given an identity. */
import { SCOPES } from '../graph/vocabulary.ts';
import { fewOf } from '../source/few.ts';
import { append } from '../source/multimap.ts';
import { compareText } from '../source/order.ts';
import { type Origin, placeKey } from '../source/span.ts';
import { type Finding, SEVERITIES } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Edge } from './subjects/table.ts';

/** A finding before it is compared with others. */
export interface Draft {
  readonly finding: Omit<Finding, 'identity' | 'fingerprint' | 'environments'>;
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
  const ordered = instancesTogether(
    partsTogether(
      [...merged.values()].sort(
        (a, b) =>
          byImportance(a.finding, b.finding) || compareText(JSON.stringify(a.edge.names), JSON.stringify(b.edge.names)),
      ),
    ),
  );
  const times = new Map<string, number>();
  return ordered.map(({ finding, edge, environments }) => {
    const identity = JSON.stringify([finding.ruleId, edge.names]);
    const nth = (times.get(identity) ?? 0) + 1;
    times.set(identity, nth);
    return {
      ...finding,
      environments,
      identity,
      /** Computed for the formats that tell it. */
      get fingerprint() {
        return fingerprint(finding.ruleId, edge.names, nth);
      },
    };
  });
}

/** Of the parts of one thing about which a rule says the same, the first: its finding shows the others. */
function partsTogether(drafts: readonly Draft[]): readonly Draft[] {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const { finding, edge, environments } = draft;
    const { ruleId, verdict, severity, message } = finding;
    // What is no part of anything is a group of its own.
    const key = edge.part ? [ruleId, verdict, severity, message, edge.part, environments] : [groups.size];
    append(groups, JSON.stringify(key), draft);
  }
  return [...groups.values()].map((group) => {
    const [first, ...others] = group as [Draft, ...Draft[]];
    if (others.length === 0) return first;
    const places = others.map(({ finding }) => ({ origin: finding.location, message: 'The same holds here.' }));
    return { ...first, finding: { ...first.finding, related: [...first.finding.related, ...places] } };
  });
}

/**
 * One finding for all instances of a block of code (a module that is called twice, a `count`) that a rule has the same
 * against at the same place: it is one defect, and whoever changes the line mends them all. The first of them is told.
 */
function instancesTogether(drafts: readonly Draft[]): readonly Draft[] {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const { finding, edge, environments } = draft;
    const { ruleId, verdict, severity, location, port, scope } = finding;
    const made = edge.instance && placeKey(edge.instance.origin);
    // What has no instances is a group of its own.
    const key = made ? [ruleId, verdict, severity, placeKey(location), environments, made, port, scope] : [groups.size];
    append(groups, JSON.stringify(key), draft);
  }
  return [...groups.values()].map(asOne);
}

function asOne(group: readonly Draft[]): Draft {
  const [first, ...others] = group as readonly [Draft, ...Draft[]];
  const names = [...new Set(others.flatMap(({ edge }) => edge.instance?.name ?? []))].filter(
    (name) => name !== first.edge.instance?.name,
  );
  if (names.length === 0) return first;
  const ways = others.flatMap(({ finding, edge }) => {
    const { via } = finding.location;
    return via ? [{ origin: via, message: `It comes to ${edge.instance?.name} by way of this.` }] : [];
  });
  const told = new Set(first.finding.related.map(({ origin }) => placeKey(origin)));
  const fresh = ways.filter(({ origin }) => !told.has(placeKey(origin)) && told.add(placeKey(origin)));
  const message = `${first.finding.message} The same line does it for ${fewOf(names)}.`;
  return { ...first, finding: { ...first.finding, message, related: [...first.finding.related, ...fresh] } };
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
