import type { Location } from 'sarif';
import type { Finding, Lines } from '../../policy/finding.ts';
import type { Origin } from '../../source/span.ts';
import { hopText } from '../path-drawing.ts';
import { oneLine, wayOf } from '../place.ts';
import type { Context } from '../reporter.ts';
import { locationOf } from './locations.ts';
import { unlinked } from './text.ts';

/** Code scanning keeps a hundred locations of a result; a message with more links than this is not read either. */
const MAX_RELATED = 50;

/** A place besides that of a result. */
export interface Related {
  readonly location: Location;
  /** How the fact came to where it takes effect, a hop of a path, or what a rule says of the place. */
  readonly kind: 'way' | 'hop' | 'remark';
  /** Without a full stop. */
  readonly what: string;
  /** `line 12` in the file of the result, `deploy/web.yaml:12` in another. */
  readonly where: string;
}

/** Every other place that the findings speak of, each line once; `id` counts from one. */
export function relatedOf(
  findings: readonly Finding[],
  primary: Origin,
  { lines, sarif }: Context,
): readonly Related[] {
  const seen = new Set([placeText(primary, lines)]);
  const related: Related[] = [];
  const add = (origin: Origin, kind: Related['kind'], text: string) => {
    const key = placeText(origin, lines);
    if (seen.has(key) || related.length === MAX_RELATED) return;
    seen.add(key);
    const message = { text: unlinked(text) };
    const location = { id: related.length + 1, ...locationOf(origin, lines, sarif.prefix), message };
    const { file, line } = oneLine(origin, lines);
    related.push({
      location,
      kind,
      what: text.replace(/\.$/, ''),
      where: file === primary.file ? `line ${line}` : key,
    });
  };
  for (const { location } of findings)
    for (const origin of wayOf(location).slice(1)) add(origin, 'way', 'it comes by way of this');
  for (const { path } of findings) for (const hop of path) add(hop.origin, 'hop', hopText(hop));
  for (const finding of findings) for (const { origin, message } of finding.related) add(origin, 'remark', message);
  return related;
}

function placeText(origin: Origin, lines: Lines): string {
  return `${origin.file}:${oneLine(origin, lines).line}`;
}
