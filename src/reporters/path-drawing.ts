import type { Hop, Scope } from '../graph/vocabulary.ts';
import type { Finding, Lines } from '../policy/finding.ts';
import { address, place } from './place.ts';
import type { Canvas } from './reporter.ts';
import { printable } from './style.ts';

/** How far in reports draw paths. */
const INDENT = 4;

/**
 * The path of a finding from the caller to the listener, one hop a line, each with the line that grants it; the hop at
 * the finding's own line is where to cut.
 *
 *     the internet
 *      ├─ published port 8080:80   docker-compose.yml:14:9   ✂ cut here
 *      ╰─ listener vote 80/tcp     vote/Dockerfile:21:1
 */
export function drawPath(finding: Finding, canvas: Canvas): readonly string[] {
  const { scope, path } = finding;
  const cut = cutOf(finding, canvas.lines);
  return scope === null ? drawHops(path, canvas, cut) : drawWay(scope, path, canvas, cut);
}

/** A path, and who stands at its beginning. */
export function drawWay(scope: Scope, path: readonly Hop[], canvas: Canvas, cut = -1): readonly string[] {
  const hops = drawHops(path, canvas, cut);
  return hops.length === 0 ? hops : [SOURCES[scope], ...hops];
}

/** The hops alone; the one whose number is `cut` is where to cut. Places stand below where the terminal is too narrow. */
export function drawHops(
  path: readonly Hop[],
  { lines, style, width = Number.POSITIVE_INFINITY }: Canvas,
  cut = -1,
): readonly string[] {
  const labels = path.map(hopText);
  const places = path.map(({ origin }) => printable(address(origin, lines)));
  const longest = Math.max(0, ...labels.map((label) => label.length));
  const beside = path.every((_, index) => {
    const length = ` ├─ ${''.padEnd(longest)}  ${places[index]}${index === cut ? `  ${CUT}` : ''}`.length;
    return INDENT + length <= width;
  });
  return path.flatMap((_, index) => {
    const [branch, rail] = index === path.length - 1 ? ['╰─', ' '] : ['├─', '│'];
    const label = labels[index] as string;
    const place = style('cyan', places[index] as string);
    const mark = index === cut ? `  ${style('red', CUT)}` : '';
    const lead = ` ${style('dim', branch)} `;
    if (beside) return [`${lead}${label.padEnd(longest)}  ${place}${mark}`];
    return [`${lead}${label}${mark}`, ` ${style('dim', rail)}  ${place}`];
  });
}

const CUT = '✂ cut here';

/** The number of the hop at the finding's own line, where to cut; -1 where there is no choice. */
export function cutOf({ path, location }: Finding, lines: Lines): number {
  return path.length > 1 ? path.findIndex(({ origin }) => sameLine(origin, location, lines)) : -1;
}

/** Who stands at the beginning of a path, in words. */
export const SOURCES: Readonly<Record<Scope, string>> = {
  internet: 'the internet',
  external: 'outsiders',
  network: 'the local network',
  node: 'the machines of the cluster',
  cluster: 'every workload of the cluster',
  segment: 'every workload of the segment',
  workload: 'named workloads',
  host: 'this machine',
  pod: 'containers of the pod',
};

/** `published port 8080:80`; `cluster` of what has no other name. */
export function hopText({ kind, name }: Pick<Hop, 'kind' | 'name'>): string {
  return printable(kind === name ? kind : `${kind.replaceAll('-', ' ')} ${name}`.trim());
}

function sameLine(a: Hop['origin'], b: Hop['origin'], lines: Lines): boolean {
  return a.file === b.file && place(a, lines).line === place(b, lines).line;
}
