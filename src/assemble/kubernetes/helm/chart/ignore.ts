/** What the .helmignore of a chart keeps out of it. Its patterns are not git's. */
import { posix } from 'node:path';
import { matchesGlob } from '../../../../source/glob.ts';
import { type Notice, type NoticeCode, notice } from '../../../../source/notice.ts';
import { onceEach } from '../../../../source/once.ts';
import type { Files } from '../../../files.ts';

/** Whether a file of a chart, by its path in the tree, is kept out of it. */
export type Ignored = (path: string) => boolean;

interface Rule {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** Of the path in the chart; of the name alone where the pattern has no slash. */
  readonly matches: (path: string) => boolean;
}

/** Of everything else in the folder of the templates, files whose names begin with a dot are no templates. */
const DEFAULT = 'templates/.?*';
/** Every pattern is tried on every file: more of them, or longer ones, are nobody's. */
const MOST_PATTERNS = 200;
const LONGEST_PATTERN = 500;

/** What the .helmignore of the chart in `folder`, and Helm itself, keep out of the chart and of the charts packed in it. */
export function helmIgnored(files: Files, folder: string, notices: Notice[]): Ignored {
  const path = posix.join(folder, '.helmignore');
  const reading = files.read(path);
  const text = reading.kind === 'text' ? reading.text : '';
  const rules: Rule[] = [];
  const tell = (code: NoticeCode, message: string, start: number, end: number) =>
    notices.push(notice(code, `${message}; what it names is read.`, { file: path, start, end }));
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const pattern = line.trim();
    if (pattern === '' || pattern.startsWith('#')) continue;
    if (rules.length === MOST_PATTERNS) {
      tell('expansion-limit', `Patterns behind the first ${MOST_PATTERNS} are not honoured`, index, text.length);
      break;
    }
    if (pattern.includes('**')) tell('invalid-value', 'Helm knows no **', index, index + line.length);
    else if (/[[\\]/.test(pattern) || pattern.length > LONGEST_PATTERN)
      tell('unsupported-construct', 'This pattern is not honoured', index, index + line.length);
    else rules.push(ruleOf(pattern));
  }
  rules.push(ruleOf(DEFAULT));
  const isFolderLeftOut = onceEach((inside: string): boolean => {
    return inside !== '.' && (isFolderLeftOut(posix.dirname(inside)) || leavesOut(rules, inside, true));
  });
  return (file) => {
    const inside = posix.relative(folder, file);
    return isFolderLeftOut(posix.dirname(inside)) || leavesOut(rules, inside, false);
  };
}

function ruleOf(pattern: string): Rule {
  const negated = pattern.startsWith('!');
  const foldersOnly = pattern.endsWith('/');
  const written = pattern.slice(negated ? 1 : 0, foldersOnly ? -1 : undefined);
  const glob = written.replace(/^\//, '');
  const matches = written.includes('/')
    ? (path: string) => matchesGlob(glob, path, '/')
    : (path: string) => matchesGlob(glob, posix.basename(path), '/');
  return { negated, foldersOnly, matches };
}

/** A negated pattern leaves out everything that it does not match, which is what Helm makes of it. */
function leavesOut(rules: readonly Rule[], path: string, isFolder: boolean): boolean {
  return rules.some(({ negated, foldersOnly, matches }) => {
    const fits = (isFolder || !foldersOnly) && matches(path);
    return fits !== negated;
  });
}
