import { git } from '../source/git.ts';

/** Whether a line of a file (from one, paths from the top of the repository) is new or changed since a revision. */
export type Changed = (file: string, line: number) => boolean;

/** A difference that is longer is not read, in bytes. */
const MOST_PRINTED = 2 ** 27;

/** The lines that HEAD has and `base` has not. Nothing that the repository names is run for it. */
export function changedSince(checkout: string, base: string): Changed {
  const words = [
    'diff-tree',
    '-r',
    '-p',
    '-U0',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    base,
    'HEAD',
  ];
  const printed = git(checkout, ['-c', 'core.quotePath=false', ...words], '', MOST_PRINTED).toString('utf8');
  const ranges = new Map<string, (readonly [from: number, to: number])[]>();
  let file = '';
  // Lines of files, which may look like anything.
  let inside = 0;
  for (const line of printed.split('\n')) {
    if (inside > 0) {
      if (/^[-+]/.test(line)) inside--;
      continue;
    }
    // Git writes a tab after a name with blanks, and quotes around one with quotes.
    const [, named, quoted] = /^\+\+\+ (?:b\/(.*?)|"b\/(.*)")\t?$/.exec(line) ?? [];
    file = named ?? quoted?.replaceAll(/\\(["\\])/g, '$1') ?? file;
    const [, gone = '1', from, count = '1'] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (from === undefined) continue;
    inside = Number(gone) + Number(count);
    if (count === '0') continue;
    const known = ranges.get(file) ?? [];
    known.push([Number(from), Number(from) + Number(count) - 1]);
    ranges.set(file, known);
  }
  return (path, line) => (ranges.get(path) ?? []).some(([from, to]) => from <= line && line <= to);
}
