/** Rule files of a repository → rules, checked; shared by `scan` and by `rules list`, `show` and `test`. */
import type { Catalogue } from '../graph/catalogue.ts';
import { type CheckedRule, checkRule } from '../policy/checked-rule.ts';
import { compile } from '../policy/compile.ts';
import { language } from '../policy/language.ts';
import type { Problem, RuleProse } from '../policy/rule.ts';
import { fileOrigin } from '../source/span.ts';
import type { Tree } from '../source/tree.ts';
import { ConfigError } from './config-error.ts';
import { schemaProblems } from './schema-problems.ts';
import { declarationOf, proseOf, type WrittenRule } from './written.ts';
import { originAt, readYamlFile, textAt } from './yaml-file.ts';

/** A rule of a file: what is evaluated, and what people read. */
export interface LoadedRule {
  readonly rule: CheckedRule;
  readonly prose: RuleProse;
}

/**
 * The rules of the files at `paths`, in their order. Throws a `ConfigError` with everything that is wrong with any of
 * them; `taken` are ids that other rules have.
 */
export async function loadRules(
  tree: Tree,
  paths: readonly string[],
  catalogue: Catalogue,
  taken: ReadonlySet<string>,
): Promise<readonly LoadedRule[]> {
  const { validateRule } = await import('../generated/validate.js');
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  const loaded: LoadedRule[] = [];
  const ids = new Set(taken);
  const shared = language(catalogue);
  const load = (path: string): LoadedRule | readonly Problem[] => {
    const reading = tree.read(path);
    if (reading.kind !== 'text') return [{ origin: fileOrigin(path), message: 'this rule cannot be read', hint: '' }];
    texts.set(path, reading.text);
    const file = readYamlFile(path, reading.text);
    if (!('content' in file)) return file;
    if (!validateRule(file.content)) return schemaProblems(file, validateRule.errors ?? []);
    const written = file.content as WrittenRule;
    if (ids.has(written.id)) {
      const message = `there is already a rule \`${written.id}\``;
      return [
        { origin: originAt(file, '/id'), message, hint: 'to change it, use `policy.overrides` in portolan.yaml' },
      ];
    }
    ids.add(written.id);
    const place = (text: string, key: string) => textAt(file, `/${key}`, text);
    const rule = checkRule(declarationOf(written, place, originAt(file, '/id')), shared, compile);
    return 'when' in rule ? { rule, prose: proseOf(written) } : rule;
  };
  for (const path of paths) {
    const rule = load(path);
    if ('rule' in rule) loaded.push(rule);
    else problems.push(...rule);
  }
  if (problems.length > 0) throw new ConfigError(problems, (file) => texts.get(file));
  return loaded;
}
