import { type ExposureChange, shownOf } from '../graph/difference/view.ts';
import type { Difference } from '../policy/difference/view.ts';
import { listenerText } from './difference.ts';
import { quoted } from './graph-mermaid.ts';
import { hopText } from './path-drawing.ts';

/** A drawing of more is not read. */
const MOST_DRAWN = 20;

const ARROWS: Readonly<Record<ExposureChange['kind'], string>> = {
  added: '==>',
  widened: '==>',
  narrowed: '-.->',
  removed: '-.->',
};

/** The changed ways in as a Mermaid flowchart, from who calls to what listens; empty where nothing changed. */
export function differenceMermaid({ exposures }: Pick<Difference, 'exposures'>): string {
  if (exposures.length === 0) return '';
  const nodes = new Map<string, string>();
  const node = (key: string, text: string, open = '[', close = ']') => {
    const known = nodes.get(key) ?? `n${nodes.size}`;
    if (!nodes.has(key)) lines.push(`  ${known}${open}${quoted([text])}${close}`);
    nodes.set(key, known);
    return known;
  };
  const lines = ['flowchart LR'];
  for (const change of exposures.slice(0, MOST_DRAWN)) {
    const { scope, path, listener } = shownOf(change);
    const steps = [
      node(`scope ${scope}`, scope, '([', '])'),
      ...path.slice(0, -1).map((hop) => node(`${hop.kind} ${hop.name}`, hopText(hop))),
      node(`listener ${listener.id}`, listenerText(listener)),
    ];
    const arrow = ARROWS[change.kind];
    steps.slice(1).forEach((step, index) => {
      const label = index === 0 ? `|${quoted([change.kind])}|` : '';
      lines.push(`  ${steps[index]} ${arrow}${label} ${step}`);
    });
  }
  return lines.map((line) => `${line}\n`).join('');
}
