import type { ReportingConfiguration } from 'sarif';
import type { Confidence } from '../../graph/vocabulary.ts';
import type { Severity } from '../../policy/finding.ts';

export type Level = ReportingConfiguration.level;

/** What viewers sort and gate by. */
export const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** In the middle of GitHub's bands: over 9 critical, 7 to 8.9 high, 4 to 6.9 medium, below that low. */
const SCORES: Readonly<Record<Severity, number>> = { critical: 9.5, high: 8, medium: 5.5, low: 2.5, info: 1 };

/** How far doubt moves a result down in the order of its own band. */
const DOUBT: Readonly<Record<Confidence, number>> = { high: 0, medium: 2, low: 4 };

/** `security-severity`, which code scanning reads as text. */
export function score(severity: Severity): string {
  return SCORES[severity].toFixed(1);
}

/** From 0 to 100, in step with `security-severity`, since some consumers read the one and some the other. */
export function rank(severity: Severity, confidence: Confidence): number {
  return SCORES[severity] * 10 - DOUBT[confidence];
}
