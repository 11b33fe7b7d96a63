import type { Fix, Replacement } from 'sarif';
import type { Finding, Lines } from '../../policy/finding.ts';
import type { Edit } from '../../source/edit.ts';
import type { LineIndex } from '../../source/line-index.ts';
import { placeKey } from '../../source/span.ts';
import { place } from '../place.ts';
import type { Context } from '../reporter.ts';
import { artifactOf } from './locations.ts';

/** The one fix after which a result is gone: none unless every finding behind it has a change that can be written. */
export function fixesOf(findings: readonly Finding[], { lines, sarif }: Context): readonly Fix[] {
  const edits = new Map<string, Edit>();
  const about = new Set<string>();
  for (const { change, verdict } of findings) {
    if (change === null || verdict === 'undecided') return [];
    edits.set(placeKey(change.edit.origin), change.edit);
    about.add(change.about);
  }
  const files = new Map<string, Replacement[]>();
  for (const edit of edits.values()) {
    const replacement = replacementOf(edit, lines);
    if (replacement === null) return [];
    const { file } = edit.origin;
    files.set(file, [...(files.get(file) ?? []), replacement]);
  }
  const artifactChanges = [...files].map(([file, replacements]) => ({
    artifactLocation: artifactOf(file, sarif.prefix),
    replacements,
  }));
  return [{ description: { text: `${[...about].join('; ')}.` }, artifactChanges }];
}

/** Null where the file does not read as the edit takes it to. */
function replacementOf({ origin, was, becomes }: Edit, lines: Lines): Replacement | null {
  const text = lines(origin.file);
  if (text?.slice(origin.start, origin.end) !== was) return null;
  const written = indented(becomes, origin.start, text);
  if (written === null) return null;
  const { line, column, endLine, endColumn } = place(origin, lines);
  return {
    deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
    ...(written === '' ? {} : { insertedContent: { text: written } }),
  };
}

/** With the line ends of the file, each line as far in as `start`; null where something else stands before that. */
function indented(becomes: string, start: number, text: LineIndex): string | null {
  if (!becomes.includes('\n')) return becomes;
  const { line, column } = text.position(start);
  const before = text.line(line).slice(0, column - 1);
  if (!/^[ -]*$/.test(before)) return null;
  const end = text.slice(text.start(line) + text.line(line).length, text.start(line + 1));
  return becomes.replaceAll('\n', (end || '\n') + ' '.repeat(before.length));
}
