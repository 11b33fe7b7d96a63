import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { NO_ASSUMPTIONS } from '../graph/vocabulary.ts';
import { analyse } from '../lint.ts';
import type { CheckedRule } from '../policy/checked-rule.ts';
import { readExpectations } from '../policy/expectation.ts';
import { factsOf } from '../policy/facts.ts';
import { Place } from '../policy/opaque.ts';
import { SUBJECTS } from '../policy/subjects/table.ts';
import { SUBJECT_TABLE } from '../policy/subjects.ts';
import { UnknownError } from '../policy/unknown-error.ts';
import { bind, session } from '../policy/view.ts';
import { diskTree } from '../source/disk-tree.ts';
import { memoryTree, type Tree } from '../source/tree.ts';
import { builtinCatalogue, builtinProse, builtinRules } from './builtin.ts';
import { loadRules } from './load-rules.ts';

const rules = builtinRules();
const prose = await builtinProse();

describe('the built-in rules', () => {
  const ids = rules.map(({ declaration }) => declaration.id);

  test('are there, with ids of their own', () => {
    expect(ids.length).toBeGreaterThan(29);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(ids)('%s says why, how to mend it, and shows when it fires and when not', (id) => {
    const text = prose.get(id);
    expect(text?.why).toMatch(/\S/);
    expect(text?.fix).not.toEqual('');
    expect(Object.keys(text?.controls ?? {})).not.toHaveLength(0);
    const examples = text?.examples ?? [];
    const expectations = examples.map(({ files }) => readExpectations(files));
    expect(expectations.flat().filter(({ rule }) => rule !== id)).toEqual([]);
    expect(expectations.some((all) => all.some(({ kind }) => kind !== 'ok'))).toBe(true);
    expect(expectations.some((all) => all.length === 0 || all.some(({ kind }) => kind === 'ok'))).toBe(true);
  });
});

describe('what the build translated is what the CEL of the rule files comes out as', () => {
  let interpreted: readonly CheckedRule[] = [];
  beforeAll(async () => {
    const paths = rules.map(({ declaration }) => `rules/${declaration.id}.yaml`);
    const loaded = await loadRules(diskTree('.'), paths, builtinCatalogue(), new Set());
    interpreted = loaded.map(({ rule }) => rule);
  });

  test('in what it reads', () => {
    expect(rules.map(({ reads }) => reads)).toEqual(interpreted.map(({ reads }) => reads));
  });

  const cases = 'testdata/cases';
  const trees: readonly (readonly [string, Tree])[] = [
    ...[...prose].map(([id, { examples }]) => {
      const files = examples.flatMap(({ files }, index) =>
        Object.entries(files).map(([path, text]) => [`${index}/${path}`, text] as const),
      );
      return [`the examples of ${id}`, memoryTree(Object.fromEntries(files))] as const;
    }),
    ...readdirSync(cases).map((name) => [`${cases}/${name}`, diskTree(`${cases}/${name}`)] as const),
  ];

  const asked = new Set<string>();
  test.each(trees)('for %s', async (_, tree) => {
    const { graph } = await analyse(tree, { catalogue: builtinCatalogue(), assume: NO_ASSUMPTIONS });
    const differing = graph.environments.flatMap((environment) => {
      const current = session(factsOf(environment));
      return SUBJECTS.flatMap((name) =>
        [...SUBJECT_TABLE[name].all(current.facts)].flatMap((subject) => {
          const variables = bind(name, subject, current);
          return rules.flatMap((rule, index) => {
            if (rule.declaration.on !== name) return [];
            asked.add(rule.declaration.id);
            const expected = expressionsOf(interpreted[index] as CheckedRule).map((one) => one(variables, current));
            const found = expressionsOf(rule).map((one) => one(variables, current));
            const same = expected.length === found.length && expected.every((value, at) => isSame(value, found[at]));
            return same ? [] : [{ rule: rule.declaration.id, expected, found }];
          });
        }),
      );
    });
    expect(differing).toEqual([]);
  });

  test('and every rule was asked', () => {
    const askable = rules.filter(({ declaration }) => !['suppression', 'waiver'].includes(declaration.on));
    expect(askable.map(({ declaration }) => declaration.id).filter((id) => !asked.has(id))).toEqual([]);
  });
});

function expressionsOf({ when, at, message }: CheckedRule) {
  return [when, at, ...message().filter((part) => typeof part !== 'string')];
}

/** Whether two evaluations came to the same; what a field answers is the same object each time. */
function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof UnknownError && other instanceof UnknownError) return one.because === other.because;
  return one instanceof Place && other instanceof Place ? one.origin === other.origin : Object.is(one, other);
}
