import type { Connections } from '../graph/connections/view.ts';
import { type ConnectionTable, connectionTables } from './connections.ts';
import { quoted } from './graph-dot.ts';
import { printable } from './style.ts';

/** The relation in the language of Graphviz, one cluster an environment; what is only possible is dashed. */
export function connectionsDot(connections: Connections): string {
  const clusters = connectionTables(connections).flatMap(cluster);
  return ['digraph connections {', '  rankdir=LR;', ...clusters, '}'].map((line) => `${line}\n`).join('');
}

/** Members that stand in the node of a group. */
const MOST_MEMBERS = 5;

function cluster({ environment, lines, names }: ConnectionTable, index: number): readonly string[] {
  const id = (end: string) => quoted([`${index} ${end}`]);
  const groups = new Map(names.map(({ name, of }) => [name, of]));
  const labelOf = (end: string): readonly string[] => {
    const of = groups.get(end) ?? [];
    const more = of.length > MOST_MEMBERS ? [`and ${of.length - MOST_MEMBERS} more`] : [];
    return [end, ...of.slice(0, MOST_MEMBERS), ...more];
  };
  // What stands in others is drawn too, so that every member has its node.
  const shown = lines.flatMap(({ source, target }) => [source, target]);
  const ends = [...new Set([...shown, ...names.map(({ name }) => name)])].sort();
  return [
    `  subgraph cluster_${index} {`,
    `    label=${quoted([printable(environment)])};`,
    ...ends.map(
      (end) => `    ${id(end)} [label=${quoted(labelOf(end))}, shape=${end.endsWith('[External]') ? 'oval' : 'box'}];`,
    ),
    ...lines.map(
      ({ source, target, ports, verdict }) =>
        `    ${id(source)} -> ${id(target)} [label=${quoted([ports])}, style=${verdict === 'possible' ? 'dashed' : 'solid'}];`,
    ),
    '  }',
  ];
}
