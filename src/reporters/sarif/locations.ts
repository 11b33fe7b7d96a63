import type { ArtifactLocation, Location, Region } from 'sarif';
import type { Lines } from '../../policy/finding.ts';
import type { Span } from '../../source/span.ts';
import { oneLine } from '../place.ts';

/** The base that all locations are relative to: the top level of the checkout. */
export const BASE = '%SRCROOT%';

/** `src/a b.yml` → `src/a%20b.yml`: relative, with `/`, each segment percent-encoded. */
export function uriOf(file: string, prefix: string): string {
  return `${prefix}${file}`.split('/').map(encodeURIComponent).join('/');
}

export function artifactOf(file: string, prefix: string): ArtifactLocation {
  return { uri: uriOf(file, prefix), uriBaseId: BASE };
}

export function regionOf(origin: Span, lines: Lines): Region {
  const { line, column, endLine, endColumn } = oneLine(origin, lines);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

export function locationOf(origin: Span, lines: Lines, prefix: string): Location {
  return {
    physicalLocation: { artifactLocation: artifactOf(origin.file, prefix), region: regionOf(origin, lines) },
  };
}
