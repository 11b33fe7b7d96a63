import type { Environment, ExposureGraph } from '../graph/exposure-graph.ts';
import type { PortRange } from '../graph/fragment.ts';
import type { Exposure } from '../graph/vocabulary.ts';

/** What a drawing shows of an environment: who knocks at which workload from outside, and who needs whom. */
export interface Drawing {
  readonly id: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

export interface DrawnNode {
  readonly id: string;
  readonly label: readonly string[];
  readonly kind: 'scope' | 'workload' | 'external';
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** An exposure that is certain, one that is only possible, or a need. */
  readonly kind: 'reachable' | 'possible' | 'needed';
}

/** Scopes wider than the deployment itself: the rest is what neighbours do, and drawn as needs. */
const OUTSIDE: readonly string[] = ['internet', 'external', 'network', 'node'];

/** The drawings of a graph, one an environment. */
export function drawingsOf({ environments }: ExposureGraph): readonly Drawing[] {
  return environments.map(drawingOf);
}

function drawingOf(environment: Environment): Drawing {
  const exposures = environment.exposures.filter(({ scope, implicit }) => OUTSIDE.includes(scope) && !implicit);
  const edges = new Map<string, DrawnEdge>();
  const scopes = new Set<string>();
  const externals = new Set<string>();
  const add = (edge: DrawnEdge) => edges.set(JSON.stringify(edge), edge);
  for (const exposure of exposures) {
    scopes.add(exposure.scope);
    add({
      from: `scope:${exposure.scope}`,
      to: exposure.listener.workload.id,
      label: exposureLabel(exposure),
      kind: exposure.verdict,
    });
  }
  for (const { from, to, stated } of environment.needs) {
    if (typeof from === 'string' || stated) continue;
    if ('external' in to) {
      externals.add(to.external);
      add({ from: from.id, to: `external:${to.external}`, label: String(to.port ?? ''), kind: 'needed' });
    } else if (to.workload !== from) {
      add({ from: from.id, to: to.workload.id, label: `${range(to.ports)}/${to.protocol}`, kind: 'needed' });
    }
  }
  return {
    id: environment.id,
    nodes: [
      ...[...scopes].sort().map((scope) => ({ id: `scope:${scope}`, label: [scope], kind: 'scope' as const })),
      ...environment.workloads.map(({ id, name, kind }) => ({ id, label: [name, kind], kind: 'workload' as const })),
      ...[...externals].sort().map((name) => ({ id: `external:${name}`, label: [name], kind: 'external' as const })),
    ],
    edges: [...edges.values()],
  };
}

function exposureLabel({ ports, listener }: Exposure): string {
  const inside = `${range(listener.ports)}/${listener.protocol}`;
  const outside = ports === null ? 'any port' : range(ports);
  return outside === range(listener.ports) ? inside : `${outside} to ${inside}`;
}

function range({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}
