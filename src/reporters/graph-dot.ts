import { type Drawing, type DrawnEdge, type DrawnNode, drawingsOf } from './drawing.ts';
import type { GraphView } from './graph-json.ts';

const STYLES: Readonly<Record<DrawnEdge['kind'], string>> = {
  reachable: 'style=bold',
  possible: 'style=dashed',
  needed: 'style=solid, color=gray40',
};

const SHAPES: Readonly<Record<DrawnNode['kind'], string>> = {
  scope: 'shape=oval',
  workload: 'shape=box',
  external: 'shape=parallelogram',
};

/** The graph in the language of Graphviz; one cluster an environment. */
export function graphDot({ graph }: GraphView): string {
  const parts = drawingsOf(graph).flatMap(cluster);
  return ['digraph portolan {', '  rankdir=LR;', ...parts, '}'].map((line) => `${line}\n`).join('');
}

function cluster({ id, nodes, edges }: Drawing, index: number): readonly string[] {
  const name = (node: string) => quoted([`${index} ${node}`]);
  return [
    `  subgraph cluster_${index} {`,
    `    label=${quoted([id])};`,
    ...nodes.map((node) => `    ${name(node.id)} [label=${quoted(node.label)}, ${SHAPES[node.kind]}];`),
    ...edges.map(
      ({ from, to, label, kind }) => `    ${name(from)} -> ${name(to)} [label=${quoted([label])}, ${STYLES[kind]}];`,
    ),
    '  }',
  ];
}

/** A quoted string: only the quote and the backslash mean anything in it; lines are told apart by `\n`. */
export function quoted(lines: readonly string[]): string {
  const text = lines.map((line) => line.replaceAll(/[\\"]/g, '\\$&').replaceAll(/[\u0000-\u001f]/g, ' '));
  return `"${text.join('\\n')}"`;
}
