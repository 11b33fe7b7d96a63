/** The hook of pre-commit (docs/hooks.md). */
import { readYamlFile } from '../../config/yaml-file.ts';
import { addition, appended, created, type Site, type Source, type Step, sourced, yamlText } from './step.ts';

const CONFIG = '.pre-commit-config.yaml';
/** Other programs that run hooks: two in one repository are one too many. */
const OTHERS = ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml', '.husky/pre-commit'];

interface Hooks {
  readonly repos?: readonly { readonly hooks?: readonly { readonly id?: unknown }[] }[];
}

/** The hook, in the configuration of pre-commit that there is or in a new one. */
export function hookStep(site: Site): Step {
  const reading = site.read(CONFIG);
  const text = reading.kind === 'text' ? reading.text : null;
  if (text !== null && hookIds(hooksIn(text)).some((id) => String(id).startsWith('portolan')))
    return { kind: 'there', path: CONFIG, because: 'it runs Portolan already' };
  return sourced(site, (source) => {
    const other = OTHERS.find((path) => site.read(path).kind === 'text');
    if (text === null && other !== undefined)
      return {
        kind: 'ask',
        path: other,
        text: 'portolan scan --allow-empty\n',
        because: 'it runs the hooks here: have it run this, as docs/hooks.md shows',
      };
    if (text === null) return created(site, CONFIG, `repos:\n${hookText(site, source, '  ')}`);
    const added = hookText(site, source, /^( *)- +repo:/m.exec(text)?.[1] ?? '  ');
    if (isItem(text, text + addition(text, added))) return appended(site, CONFIG, text, added);
    return {
      kind: 'ask',
      path: CONFIG,
      text: added,
      because: 'its list of repos does not end the file: add it to the list',
    };
  });
}

/** The entry that docs/hooks.md shows, at an indentation. */
export function hookText({ prefix }: Pick<Site, 'prefix'>, { repository, commit }: Source, indent: string): string {
  const lines = [`- repo: https://github.com/${repository}`, `  rev: ${commit}`, '  hooks:', '    - id: portolan'];
  if (prefix !== '') lines.push(`      args: [${yamlText(`--root=${prefix.slice(0, -1)}`)}]`);
  return lines.map((line) => `${indent}${line}\n`).join('');
}

/** Whether one file is the other with one more repository at the end of its list, and nothing else changed. */
function isItem(before: string, after: string): boolean {
  const [old, now] = [hooksIn(before), hooksIn(after)];
  if (!old?.repos?.length || now?.repos?.length !== old.repos.length + 1) return false;
  return JSON.stringify({ ...now, repos: now.repos.slice(0, -1) }) === JSON.stringify(old);
}

function hooksIn(text: string): Hooks | null {
  const file = readYamlFile(CONFIG, text);
  const content = 'content' in file ? (file.content as Hooks | null) : null;
  return Array.isArray(content?.repos) ? content : null;
}

function hookIds(hooks: Hooks | null): readonly unknown[] {
  return (hooks?.repos ?? []).flatMap((repo) => (Array.isArray(repo?.hooks) ? repo.hooks.map((hook) => hook?.id) : []));
}
