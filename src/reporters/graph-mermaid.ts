import { type Drawing, type DrawnEdge, type DrawnNode, drawingsOf } from './drawing.ts';
import type { GraphView } from './graph-json.ts';

const ARROWS: Readonly<Record<DrawnEdge['kind'], string>> = { reachable: '==>', possible: '-.->', needed: '-->' };

const SHAPES: Readonly<Record<DrawnNode['kind'], readonly [string, string]>> = {
  scope: ['([', '])'],
  workload: ['[', ']'],
  external: ['[/', '/]'],
};

/** The graph as a Mermaid flowchart, which GitHub and GitLab draw inside of Markdown; one subgraph an environment. */
export function graphMermaid({ graph }: GraphView): string {
  const parts = drawingsOf(graph).flatMap((drawing, index) => subgraph(drawing, `e${index}`));
  return ['flowchart LR', ...parts].map((line) => `${line}\n`).join('');
}

function subgraph({ id, nodes, edges }: Drawing, prefix: string): readonly string[] {
  const names = new Map(nodes.map((node, index) => [node.id, `${prefix}n${index}`]));
  return [
    `  subgraph ${prefix}[${quoted([id])}]`,
    ...nodes.map((node) => {
      const [open, close] = SHAPES[node.kind];
      return `    ${names.get(node.id)}${open}${quoted(node.label)}${close}`;
    }),
    ...edges.map(({ from, to, label, kind }) => {
      const text = label === '' ? '' : `|${quoted([label])}|`;
      return `    ${names.get(from)} ${ARROWS[kind]}${text} ${names.get(to)}`;
    }),
    '  end',
  ];
}

/** Text of the scanned tree, as entities wherever Mermaid or HTML could read more than text into it. */
export function quoted(lines: readonly string[]): string {
  const text = lines.map((line) => line.replaceAll(/[^\p{L}\p{N} ._/:,=-]/gu, (c) => `#${c.codePointAt(0)};`));
  return `"${text.join('<br/>')}"`;
}
