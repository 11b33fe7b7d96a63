import ignore, { type Ignore } from 'ignore';
import { type Notice, notice } from './notice.ts';
import type { Result } from './result.ts';

/** The patterns of one .gitignore, which hold below its folder, and those of the folders around it. */
export interface Ignores {
  /** The folder's path with a `/` at its end; empty for the root. */
  readonly prefix: string;
  readonly patterns: Ignore;
  readonly outer: Ignores | null;
}

/**
 * Each wildcard of a pattern multiplies the ways in which a long name can fail to match it. Those at either end
 * (two stars before the first slash, stars after the last) are free, and three between are more than real files have.
 */
const MAX_WILDCARDS = 3;

/** The patterns of `text`, the content of `<prefix>.gitignore`; one that would take too long to match is left out. */
export function ignoresOf(text: string, prefix: string, outer: Ignores | null): Result<Ignores> {
  const notices: Notice[] = [];
  const kept: string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    if (isCheap(line)) kept.push(line);
    else {
      const origin = { file: `${prefix}.gitignore`, start: offset, end: offset + line.length };
      const message = `This pattern has more than ${MAX_WILDCARDS} wildcards and is not honoured; what it names is scanned.`;
      notices.push(notice('unsupported-construct', message, origin));
    }
    offset += line.length + 1;
  }
  // As git does where file names keep their case, whatever machine this runs on.
  const patterns = ignore({ ignorecase: false }).add(kept);
  return { value: { prefix, patterns, outer }, notices };
}

function isCheap(line: string): boolean {
  if (line.startsWith('#')) return true;
  const between = line.replace(/^!?\/?(?:\*\*\/)?/, '').replace(/\/\*+\s*$/, '');
  return (between.match(/\*+/g)?.length ?? 0) <= MAX_WILDCARDS;
}

/** As git decides: by the innermost file that has a pattern for the path. A folder's path ends with `/`. */
export function isIgnored(ignores: Ignores | null, path: string): boolean {
  for (let level = ignores; level !== null; level = level.outer) {
    const { ignored, unignored } = level.patterns.test(path.slice(level.prefix.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
