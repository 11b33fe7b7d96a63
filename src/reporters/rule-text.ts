import type { RuleInfo, Severity } from '../policy/finding.ts';
import { SEVERITIES } from '../policy/finding.ts';

/** One way to mend what a rule finds; `technology` is null where it is the same everywhere. */
export interface FixSection {
  readonly technology: string | null;
  readonly text: string;
}

export function fixSections(fix: RuleInfo['fix']): readonly FixSection[] {
  if (typeof fix === 'string') return [{ technology: null, text: fix.trim() }];
  return Object.entries(fix).map(([technology, text]) => ({ technology, text: text.trim() }));
}

/** All sections as plain text. */
export function fixText(fix: RuleInfo['fix']): string {
  return fixSections(fix)
    .map(({ technology, text }) => (technology === null ? text : `${technology}: ${text}`))
    .join('\n\n');
}

/** The severest that a rule's findings can be. */
export function worstSeverity({ severity }: Pick<RuleInfo, 'severity'>): Severity {
  if (typeof severity === 'string') return severity;
  const bands = Object.values(severity);
  return SEVERITIES.find((level) => bands.includes(level)) ?? 'info';
}

/** `critical`, or `internet: critical, network: high`. */
export function severityText({ severity }: Pick<RuleInfo, 'severity'>): string {
  if (typeof severity === 'string') return severity;
  return Object.entries(severity)
    .map(([band, level]) => `${band}: ${level}`)
    .join(', ');
}

/** The first paragraph of what mends a finding in this technology; null where the rule says nothing for it. */
export function fixFor(fix: RuleInfo['fix'], technology: string | null): string | null {
  const sections = fixSections(fix);
  const chosen =
    sections.find((section) => section.technology === technology) ??
    sections.find((section) => section.technology === null) ??
    sections.find((section) => section.technology === 'general');
  return chosen === undefined ? null : (chosen.text.split(/\n\s*\n/)[0] as string);
}
