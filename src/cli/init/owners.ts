/** The lines of CODEOWNERS that guard the policy: nobody accepts their own findings. */
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
  const owned = ownedIn(before, site.owners.length === 0);
  const missing = [...guarded, path]
    .map((each) => `/${each.replace(/[\s#!*?[\]\\]/g, '\\$&')}`)
    .filter((each) => !owned.has(each));
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

/** The patterns that have a line; those of lines that are comments too, where `commented` counts. */
function ownedIn(text: string, commented: boolean): ReadonlySet<string> {
  const lines = text.split(/\r?\n/).map((line) => (commented ? line.replace(/^# */, '') : line));
  return new Set(lines.map((line) => /^(?:\\.|\S)+/.exec(line)?.[0] ?? ''));
}
