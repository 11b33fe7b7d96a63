import { Command, Option } from 'commander';
import { builtinProse, builtinRules, ruleInfo } from '../config/builtin.ts';
import { REPORTERS } from '../reporters/index.ts';
import { deliver, styleFor } from './deliver.ts';
import { type Answer, EXIT, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { contextOf } from './session.ts';

interface RulesOptions {
  readonly format: string;
  readonly color: boolean;
}

/** `portolan rules`: the policy, to be read and tested. */
export function rulesCommand(io: Io, answer: Answer): Command {
  const rules = new Command('rules').description('the policy: what is asked, why, and how to mend what is found');
  rules.addCommand(listCommand(io, answer), { isDefault: true });
  rules.addCommand(showCommand(io, answer));
  return rules;
}

function withRuleOptions(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'what standard output gets').choices(formats).default('text'))
    .option('--no-color', 'no colours');
}

function listCommand(io: Io, answer: Answer): Command {
  return withRuleOptions(new Command('list'), Object.keys(REPORTERS.rules))
    .description('every rule with its severity and title')
    .action(async (options: RulesOptions) => {
      const prose = await builtinProse();
      const infos = builtinRules().map((rule) => ruleInfo(rule, prose.get(rule.id)));
      await deliver(infos, REPORTERS.rules, options.format, [], contextOf(styleFor(io, options.color)), io);
      answer(EXIT.clean);
    });
}

function showCommand(io: Io, answer: Answer): Command {
  return withRuleOptions(new Command('show'), Object.keys(REPORTERS.rule))
    .description('one rule: why, how to mend it, examples, equivalents')
    .argument('<id>', 'as findings name it')
    .action(async (id: string, options: RulesOptions) => {
      const wanted = id.split('/')[0];
      const rule = builtinRules().find((each) => each.id === wanted);
      if (!rule) throw new UsageError(`there is no rule ${id}: portolan rules list tells what there is`);
      const prose = (await builtinProse()).get(rule.id);
      const view = { rule: ruleInfo(rule, prose), examples: prose?.examples ?? [] };
      await deliver(view, REPORTERS.rule, options.format, [], contextOf(styleFor(io, options.color)), io);
      answer(EXIT.clean);
    });
}
