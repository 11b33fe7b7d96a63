import { at, textOf, type Value } from '../../source/value.ts';

/** The path in the container: what makes two volumes of a service one. */
export function volumeTarget(item: Value): string | undefined {
  if (item.kind === 'mapping') return textOf(at(item, 'target'));
  const written = textOf(item);
  return written === undefined ? undefined : volumeParts(written).target;
}

/** The short form of a volume, taken apart. */
export interface VolumeParts {
  /** Null for an anonymous volume. */
  readonly source: string | null;
  readonly target: string;
  readonly options: readonly string[];
}

/** The parts of `[source:]target[:options]`; the drive letter of a Windows path and `${…}` are not taken apart. */
export function volumeParts(written: string): VolumeParts {
  const parts: string[] = [];
  let start = 0;
  let inside = 0;
  for (let i = 0; i <= written.length; i++) {
    const character = written[i];
    if (character === '{') inside++;
    else if (character === '}') inside--;
    else if (character === undefined || (character === ':' && inside === 0 && !isDrive(written, start, i))) {
      parts.push(written.slice(start, i));
      start = i + 1;
    }
  }
  const [first = '', second, third = ''] = parts;
  if (second === undefined) return { source: null, target: first, options: [] };
  return { source: first, target: second, options: third === '' ? [] : third.split(',') };
}

function isDrive(written: string, start: number, colon: number): boolean {
  return colon === start + 1 && /[A-Za-z]/.test(written[start] ?? '') && /[\\/]/.test(written[colon + 1] ?? '');
}
