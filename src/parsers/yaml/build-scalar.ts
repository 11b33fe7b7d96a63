import { getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Origin } from '../../source/span.ts';
import type { Scalar } from '../../source/value.ts';
import { type DocumentBuild, type ScalarEvent, tagOf } from './build-state.ts';
import { seek, trimEnd } from './gap.ts';
import { resolvePlain, resolveTagged } from './scalar.ts';
import { HELM_CONTROL } from './template.ts';

const BLOCK_INDICATORS = [124, 62]; // `|` and `>`

/** The scalar of an event; `holder` is what an empty one points at: its key. */
export function buildScalar(build: DocumentBuild, event: ScalarEvent, holder: Origin | undefined): Scalar {
  const text = decode(build, event);
  const origin = scalarOrigin(build, event, holder);
  const plain = event.style === SCALAR_STYLE.PLAIN;
  if (plain && text.includes('{{') && HELM_CONTROL.test(text)) build.file.templateAt ??= origin.start;
  if (event.tagStart < 0)
    return { kind: 'scalar', value: plain ? resolvePlain(text) : text, text, quoted: !plain, origin };
  const { standard, local } = tagOf(build, event);
  const tagged = standard === undefined ? undefined : resolveTagged(standard, text);
  const value = tagged !== undefined ? tagged : plain && standard !== '' ? resolvePlain(text) : text;
  const quoted = typeof value === 'string' && (!plain || standard === 'str' || standard === '');
  return { kind: 'scalar', value, text, quoted, origin, ...(local !== undefined && { tag: local }) };
}

function decode(build: DocumentBuild, event: ScalarEvent): string {
  if (event.valueStart < 0) return '';
  if (event.fast && build.exact) return build.source.slice(event.valueStart, event.valueEnd);
  const value = getScalarValue(build.source, event.fast ? { ...event, fast: false } : event);
  const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
  return isBlock && endsOpen(build, event) ? value.replace(/\n$/, '') : value;
}

/** Whether a block scalar ends with its file, without the line break that it would otherwise keep. */
function endsOpen(build: DocumentBuild, event: ScalarEvent): boolean {
  return event.valueEnd >= build.source.length && !build.source.endsWith('\n') && !build.source.endsWith('\r');
}

/** Where a scalar stands, with its quotes or its block indicator; an empty one stands where its holder does. */
function scalarOrigin(build: DocumentBuild, event: ScalarEvent, holder: Origin | undefined): Origin {
  const { base, file } = build;
  const before = build.end;
  const properties = Math.max(event.tagEnd, event.anchorEnd);
  if (properties >= 0) build.end = base + properties;
  if (event.valueStart < 0) return emptyOrigin(build, event, holder, before);
  let start = base + event.valueStart;
  let end = base + event.valueEnd;
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
    start--;
    end++;
  } else if (event.style !== SCALAR_STYLE.PLAIN) {
    start = seek(file.text, build.end, BLOCK_INDICATORS);
    end = trimEnd(file.text, start, end);
  }
  build.end = end;
  file.outline?.scalar(Math.min(end, base + event.valueStart), end);
  return { file: file.file, start, end };
}

function emptyOrigin(build: DocumentBuild, event: ScalarEvent, holder: Origin | undefined, before: number): Origin {
  const { base, file } = build;
  if (event.tagStart >= 0) return { file: file.file, start: base + event.tagStart, end: base + event.tagEnd };
  return holder ?? { file: file.file, start: before, end: before };
}
