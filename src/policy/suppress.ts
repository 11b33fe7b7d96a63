/** Which findings comments hide, and which comments hide nothing (rules.md §2). */
import { append } from '../source/multimap.ts';
import type { Origin, Span } from '../source/span.ts';
import type { Finding, Slice, Suppressed } from './finding.ts';
import type { RuleHeader } from './rule.ts';
import type { SuppressionUse } from './subjects/suppression.ts';
import type { Suppression } from './suppression-comment.ts';

/** What is left of the findings, and what became of the rest. */
export interface Suppressing {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** What came of our own comments, a rule each; comments of other tools are none of our business. */
  readonly uses: readonly SuppressionUse[];
}

/** What suppressing goes by. */
export interface SuppressOptions {
  /** The rules that ran. */
  readonly rules: readonly RuleHeader[];
  /** The ids of all rules that there are. */
  readonly known: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Takes out of `findings` what a suppression covers at its location or at a hop of its path. An expired one hides
 * nothing. One for a rule that is known and did not run is neither used nor unused.
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  { rules, known, at }: SuppressOptions,
): Suppressing {
  const byFile = new Map<string, Suppression[]>();
  for (const one of suppressions) append(byFile, one.covers.file, one);
  const declarations = new Map(rules.map((rule) => [rule.id, rule]));
  const used = new Set<string>();
  const left: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const rule = declarations.get(finding.ruleId);
    const matching = placesOf(finding)
      .flatMap((place) => (byFile.get(place.file) ?? []).filter(({ covers }) => holds(covers, place)))
      .filter((one) => rule && names(one, rule, finding));
    for (const one of matching) used.add(useKey(one, finding.ruleId));
    const valid = matching.find(({ endsAt }) => endsAt === null || at < endsAt);
    if (!valid) left.push(finding);
    else {
      const { reason, origin, until, by } = valid;
      suppressed.push({ finding, how: 'comment', reason, origin, until, by });
    }
  }
  const uses = suppressions
    .filter(({ tool }) => tool === 'portolan')
    .flatMap((one) => one.ids.map((rule) => ({ one, rule })))
    .filter(({ rule }) => declarations.has(rule) || !known.has(rule))
    .map(({ one: { endsAt, reason, until, by, origin, ...one }, rule }) => ({
      rule,
      known: known.has(rule),
      used: used.has(useKey({ ...one, origin }, rule)),
      expired: endsAt !== null && at >= endsAt,
      reason,
      until,
      by,
      origin,
    }));
  return { findings: left, suppressed, uses };
}

/** Where a finding stands, and each place by way of which that came: a value counts where a template writes it, too. */
function placesOf({ location, path }: Finding): readonly Span[] {
  return [location, ...path.map(({ origin }) => origin)].flatMap((origin) => {
    const way: Span[] = [];
    for (let link: Origin | undefined = origin; link; link = link.via) way.push(link);
    return way;
  });
}

function holds(covers: Span, { start }: Span): boolean {
  return covers.start <= start && (start < covers.end || start === covers.start);
}

/** Whether a suppression is for a rule; a slice of a rule only for findings in it. */
function names({ tool, ids }: Suppression, rule: RuleHeader, { port, scope }: Finding): boolean {
  if (tool === 'portolan') return ids.includes(rule.id);
  const equivalents = rule.equivalents[tool] ?? [];
  return equivalents.some((equivalent) => {
    const { id, ports, scopes }: Slice = typeof equivalent === 'string' ? { id: equivalent } : equivalent;
    if (ids.length > 0 && !ids.includes(id)) return false;
    if (scopes && !(scope !== null && scopes.includes(scope))) return false;
    return ports === undefined || (port !== null && ports.includes(port));
  });
}

function useKey({ origin }: Pick<Suppression, 'origin'>, rule: string): string {
  return `${origin.file}:${origin.start}:${rule}`;
}
