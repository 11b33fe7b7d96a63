/** How grave and how sure a finding is, from what its rule says and what it rests on. */
import { type Confidence, SCOPES, type Scope } from '../graph/vocabulary.ts';
import { SEVERITIES, type Severity } from './finding.ts';
import type { RuleDeclaration } from './rule.ts';

const CONFIDENCES = ['high', 'medium', 'low'] as const satisfies readonly Confidence[];

/**
 * The severity of a rule for a scope, and the entry of its map that says so (null without a map). A scope that the map
 * leaves out takes the entry of the next narrower scope in it; one narrower than all, the narrowest entry.
 */
export function severityFor(
  severity: RuleDeclaration['severity'],
  scope: string,
): { readonly severity: Severity; readonly band: string | null } {
  if (typeof severity === 'string') return { severity, band: null };
  const listed = SCOPES.filter((one) => severity[one] !== undefined);
  const place = scope === '' ? SCOPES.length : SCOPES.indexOf(scope as Scope);
  const band = listed.find((one) => SCOPES.indexOf(one) >= place) ?? (listed.at(-1) as string);
  return { severity: severity[band] as Severity, band };
}

/** One step less severe; `info` stays. */
export function lower(severity: Severity): Severity {
  return SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? 'info';
}

/** The less severe of the two. */
export function atMost(severity: Severity, limit: Severity): Severity {
  return SEVERITIES[Math.max(SEVERITIES.indexOf(severity), SEVERITIES.indexOf(limit))] as Severity;
}

/** The least sure of them. */
export function leastSure(...confidences: readonly Confidence[]): Confidence {
  return CONFIDENCES[Math.max(...confidences.map((one) => CONFIDENCES.indexOf(one)))] as Confidence;
}
