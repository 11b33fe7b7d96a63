import type { Connections } from '../graph/connections/view.ts';
import { type ConnectionTable, connectionTables } from './connections.ts';
import { quoted } from './graph-dot.ts';

/** The relation in the language of Graphviz, one cluster an environment; what is only possible is dashed. */
export function connectionsDot(connections: Connections): string {
  const clusters = connectionTables(connections).flatMap(cluster);
  return ['digraph connections {', '  rankdir=LR;', ...clusters, '}'].map((line) => `${line}\n`).join('');
}

function cluster({ environment, lines, names }: ConnectionTable, index: number): readonly string[] {
  const id = (end: string) => quoted([`${index} ${end}`]);
  const size = new Map(names.map(({ name, of }) => [name, of.length]));
  const ends = [...new Set(lines.flatMap(({ source, target }) => [source, target]))].sort();
  return [
    `  subgraph cluster_${index} {`,
    `    label=${quoted([environment])};`,
    ...ends.map((end) => {
      const label = size.has(end) ? [end, `${size.get(end)} members`] : [end];
      return `    ${id(end)} [label=${quoted(label)}, ${end.endsWith('[External]') ? 'shape=oval' : 'shape=box'}];`;
    }),
    ...lines.map(
      ({ source, target, ports, verdict }) =>
        `    ${id(source)} -> ${id(target)} [label=${quoted([ports])}, ${verdict === 'possible' ? 'style=dashed' : 'style=solid'}];`,
    ),
    '  }',
  ];
}
