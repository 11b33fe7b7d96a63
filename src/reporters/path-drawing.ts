import type { Hop } from '../graph/vocabulary.ts';
import type { Finding, Lines } from '../policy/finding.ts';
import { address, place } from './place.ts';
import { printable, type Style } from './style.ts';

/**
 * The path of a finding from the caller to the listener, one hop a line, each with the line that grants it; the hop at
 * the finding's own line is where to cut.
 *
 *     internet
 *      ├─ published port 8080:80   docker-compose.yml:14:9   ✂ cut here
 *      ╰─ listener vote 80/tcp     vote/Dockerfile:21:1
 */
export function drawPath({ path, location }: Finding, lines: Lines, style: Style): readonly string[] {
  const labels = path.map(hopText);
  const width = Math.max(0, ...labels.map((label) => label.length));
  const cut = path.findIndex(({ origin }) => sameLine(origin, location, lines));
  return path.map(({ origin }, index) => {
    const branch = index === path.length - 1 ? '╰─' : '├─';
    const label = labels[index] as string;
    const where = address(origin, lines);
    const mark = index === cut && path.length > 1 ? `  ${style('red', '✂ cut here')}` : '';
    return `${style('dim', branch)} ${label.padEnd(width)}  ${style('cyan', printable(where))}${mark}`;
  });
}

/** `published port 8080:80`. */
export function hopText({ kind, name }: Pick<Hop, 'kind' | 'name'>): string {
  return printable(`${kind.replaceAll('-', ' ')} ${name}`.trim());
}

function sameLine(a: Hop['origin'], b: Hop['origin'], lines: Lines): boolean {
  return a.file === b.file && place(a, lines).line === place(b, lines).line;
}
