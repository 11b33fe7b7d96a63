import { type Event, parseEvents, YAMLException } from 'js-yaml';
import { clip } from './clip.ts';
import { lenientCopy } from './lenient.ts';

/** What the parser makes of one document. Offsets are in the document's own text. */
export type DocumentRead =
  | {
      readonly kind: 'events';
      readonly events: readonly Event[];
      /** Where the document departs from YAML 1.2 and was read as Go's parser reads it. */
      readonly lenientAt: number | null;
    }
  | { readonly kind: 'failed'; readonly reason: string; readonly at: number; readonly tooDeep: boolean };

/** How deep collections may be nested, as written; the parser recurses no deeper. */
const MAX_DEPTH = 100;

/** Reads one document. Never throws. An empty document has no events. */
export function readDocument(document: string): DocumentRead {
  const strict = attempt(document);
  if (strict.kind === 'events' || strict.reason !== 'deficient indentation') return strict;
  const lenient = attempt(lenientCopy(document));
  return lenient.kind === 'events' ? { ...lenient, lenientAt: strict.at } : lenient;
}

/** Only the reason of an exception is used: its message and mark hold a stretch of the file, or all of it. */
function attempt(document: string): DocumentRead {
  try {
    return { kind: 'events', events: parseEvents(document, { maxDepth: MAX_DEPTH }), lenientAt: null };
  } catch (error) {
    if (!(error instanceof YAMLException))
      return { kind: 'failed', reason: 'it cannot be read', at: 0, tooDeep: false };
    const at = Math.min(error.mark?.position ?? 0, document.length);
    const tooDeep = error.reason.startsWith('nesting exceeded');
    return { kind: 'failed', reason: clip(error.reason), at, tooDeep };
  }
}
