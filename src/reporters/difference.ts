/** What changed, in words: the same for every format. */

import { scopeText, shownOf } from '../graph/difference/view.ts';
import { type Listener, rangeText } from '../graph/vocabulary.ts';
import type { Difference, JudgedChange } from '../policy/difference/view.ts';
import { plural } from './scan-text.ts';

/** `PostgreSQL db:5432/tcp`. */
export function listenerText({ workload, service, ports, protocol }: Listener): string {
  return `${service === null ? '' : `${service} `}${workload.name}:${rangeText(ports)}/${protocol}`;
}

/** What became of an exposure. */
export function changeText(change: JudgedChange): string {
  const waived = change.admitted ? `; approved by ${change.admitted.by}: ${change.admitted.reason}` : '';
  if (change.what.length > 0) return change.what.join('; ') + waived;
  return reachText(change) + waived;
}

function reachText(change: JudgedChange): string {
  return scopeText(shownOf(change), change.kind === 'removed' ? null : change.surely);
}

/** The whole of it in one sentence. */
export function differenceSummary({ exposures, ports, fresh, fixed, base, head }: Difference): string {
  const counted = (['added', 'widened', 'narrowed', 'removed'] as const)
    .map((kind) => [exposures.filter((change) => change.kind === kind).length, kind] as const)
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${count} ${kind}`);
  const appeared = ports.filter(({ kind }) => kind === 'appeared').length;
  const parts = [
    counted.length === 0 ? 'no exposure changed' : `exposures: ${counted.join(', ')}`,
    ...(appeared > 0 ? [`${plural(appeared, 'port')} appeared`] : []),
    ...(ports.length > appeared ? [`${plural(ports.length - appeared, 'port')} gone`] : []),
    ...(fresh.length > 0 ? [`${plural(fresh.length, 'new finding')}`] : []),
    ...(fixed.length > 0 ? [`${plural(fixed.length, 'finding')} fixed`] : []),
  ];
  return `From ${base.name} to ${head.name}: ${parts.join('; ')}.`;
}
