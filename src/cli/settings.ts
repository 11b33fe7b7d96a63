import { builtinCatalogue, builtinProse, builtinRules, ruleInfo } from '../config/builtin.ts';
import { NO_ASSUMPTIONS } from '../graph/vocabulary.ts';
import type { Knowledge, Policy } from '../lint.ts';
import { checkRule } from '../policy/checked-rule.ts';
import { language } from '../policy/language.ts';
import { UsageError } from './exit.ts';

/** What is known beforehand, and what is asked. */
export interface Settings {
  readonly knowledge: Knowledge;
  readonly policy: Policy;
}

export function builtinKnowledge(): Knowledge {
  return { catalogue: builtinCatalogue(), assume: NO_ASSUMPTIONS };
}

/** Which of the rules run: all of them, those of `only`, or all but those of `but`. */
export interface RuleChoice {
  readonly only: readonly string[];
  readonly but: readonly string[];
}

export async function builtinPolicy(choice: RuleChoice): Promise<Policy> {
  const declarations = builtinRules();
  const known = new Set(declarations.map(({ id }) => id));
  for (const id of [...choice.only, ...choice.but]) {
    if (!known.has(id)) throw new UsageError(`there is no rule ${id}: portolan rules list tells what there is`);
  }
  const chosen = declarations.filter(
    ({ id }) => (choice.only.length === 0 || choice.only.includes(id)) && !choice.but.includes(id),
  );
  const speech = language(builtinCatalogue());
  const rules = chosen.map((declaration) => {
    const checked = checkRule(declaration, speech);
    if ('when' in checked) return checked;
    throw new Error(
      `the built-in rule ${declaration.id} is wrong: ${checked.map(({ message }) => message).join('; ')}`,
    );
  });
  const prose = await builtinProse();
  return { rules, infos: chosen.map((declaration) => ruleInfo(declaration, prose.get(declaration.id))) };
}
