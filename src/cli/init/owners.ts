/** The lines of CODEOWNERS that guard the policy: nobody accepts their own findings. */
import ignore from 'ignore';
import { appended, created, type Site, type Step } from './step.ts';

/** Where the file may stand: the first that is there counts; where none is, the first is made. */
export const OWNERS_FILES = {
  github: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'],
  gitlab: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
} as const;

/**
 * Guards files. Later lines win, so ours stand at the end. Where nobody says who owns them, the lines are comments.
 *
 * @param guarded paths from the top
 */
export function ownersStep(site: Site, places: readonly [string, ...string[]], guarded: readonly string[]): Step {
  const path = places.find((each) => site.read(each).kind !== 'missing') ?? places[0];
  const reading = site.read(path);
  const before = reading.kind === 'text' ? reading.text : '';
  const lines = linesIn(before, site.owners.length === 0);
  const missing = [...guarded, path].filter((each) => !isGuarded(each, lines)).map(patternOf);
  if (missing.length === 0) return { kind: 'there', path, because: 'it guards the policy already' };
  const text = linesOf(missing, site.owners);
  return reading.kind === 'text' ? appended(site, path, before, `\n${text}`) : created(site, path, text);
}

function linesOf(patterns: readonly string[], owners: readonly string[]): string {
  const [head, lines] =
    owners.length > 0
      ? [
          '# What Portolan judges by: nobody accepts their own findings.',
          patterns.map((each) => `${each} ${owners.join(' ')}`),
        ]
      : [
          '# What Portolan judges by: write who owns it, and take the comments off.',
          patterns.map((each) => `# ${each} @OWNER`),
        ];
  return `${[head, ...lines].join('\n')}\n`;
}

function patternOf(path: string): string {
  return `/${path.replace(/[\s#!*?[\]\\]/g, '\\$&')}`;
}

interface Line {
  readonly pattern: string;
  /** Who owns a path that no one is named for is nobody. */
  readonly owned: boolean;
}

/** The lines that speak of files; those that are comments too, where `commented` counts. */
function linesIn(text: string, commented: boolean): readonly Line[] {
  return text.split(/\r?\n/).flatMap((written) => {
    const line = commented ? written.replace(/^# */, '') : written;
    const pattern = /^(?:\\.|[^\s#])(?:\\.|\S)*/.exec(line)?.[0];
    return pattern === undefined ? [] : [{ pattern, owned: /^\s+[^\s#]/.test(line.slice(pattern.length)) }];
  });
}

/** Whether a path has an own line with an owner, which no later one takes back. */
function isGuarded(path: string, lines: readonly Line[]): boolean {
  const last = lines.findLast(({ pattern }) => ignore({ ignorecase: false }).add(pattern).ignores(path));
  return last?.owned === true && last.pattern === patternOf(path);
}
