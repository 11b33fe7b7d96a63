/** `docs/rules/` is written from `rules/`: `npm run test:update` writes it anew. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ruleMarkdown } from '../reporters/rule-markdown.ts';
import { builtinProse, builtinRules, ruleInfo } from './builtin.ts';

const prose = await builtinProse();

test.each(builtinRules().map(({ declaration }) => [declaration.id, declaration] as const))(
  'the page of %s is up to date',
  async (id, rule) => {
    const text = prose.get(id);
    const page = ruleMarkdown({ rule: ruleInfo(rule, text), examples: text?.examples ?? [] });
    await expect(page).toMatchFileSnapshot(`../../docs/rules/${id}.md`);
  },
);

test('no page is left of a rule that is gone', () => {
  const ids = builtinRules().map(({ declaration }) => `${declaration.id}.md`);
  expect(readdirSync('docs/rules').sort()).toEqual(ids.sort());
});
