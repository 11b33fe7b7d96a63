/** Plans that nobody's Terraform wrote. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockOf, stepsOf, textOfSteps, withoutLastKey } from './address.ts';
import { planText, recorded, refers } from './recorded.fixture.ts';

const words = fc.constantFrom(
  ...['planned_values', 'root_module', 'resources', 'values', 'address', 'type', 'name', 'mode', 'child_modules'],
  ...['resource_changes', 'change', 'after', 'after_unknown', 'configuration', 'module_calls', 'expressions'],
  ...['references', 'constant_value', 'module', 'sensitive_values', 'prior_state', 'lineage', 'serial', 'instances'],
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown>(true, false, null, 0, 'aws_vpc.a', 'module.a', 'a[', 'module.a["x', ''),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(words, tie('tree'), { maxKeys: 5 }),
  ),
}));

test('anything with the words of a plan or a state is read or told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(words, tree), async (root) => {
      const texts = [
        { format_version: '1.2', planned_values: {}, resource_changes: [], ...root },
        { format_version: '1.0', values: { root_module: root } },
        { version: 4, lineage: 'x', serial: 1, resources: [root] },
      ];
      for (const text of texts) await recorded({ 'a.json': JSON.stringify(text) });
    }),
    { numRuns: 150 },
  );
});

describe('addresses', () => {
  const key = fc.oneof(
    fc.nat().map((index) => `[${index}]`),
    fc.string().map((text) => `[${JSON.stringify(text)}]`),
  );
  const part = fc.tuple(fc.stringMatching(/^[a-z_]{1,6}$/), fc.option(key, { nil: '' })).map(([name, at]) => name + at);

  test('are taken apart and put together again', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const address = parts.join('.');
        expect(textOfSteps(stepsOf(address))).toBe(address);
        expect(blockOf(address)).toBe(parts.map((each) => /^[a-z_]+/.exec(each)?.[0]).join('.'));
        expect(address.startsWith(withoutLastKey(address))).toBe(true);
      }),
    );
  });

  test('that are none have no steps', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(stepsOf(text))));
    expect(stepsOf('a[')).toEqual([]);
    expect(stepsOf('a["x"')).toEqual([]);
    expect(stepsOf('a'.repeat(5000))).toEqual([]);
  });
});

describe('what they cost', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => index);

  test('grows with their size: instances of one block that refer to all of another', async () => {
    const time = async (count: number) => {
      const text = planText(
        many(count).flatMap((index) => [
          { address: `aws_subnet.a[${index}]`, values: { id: `subnet-${index}` } },
          { address: `aws_instance.a[${index}]`, values: { subnet_id: `subnet-${index}` } },
        ]),
        {
          resources: { 'aws_subnet.a': {}, 'aws_instance.a': { subnet_id: refers('aws_subnet.a') } },
        },
      );
      const start = performance.now();
      const { units } = await recorded({ 'a.json': text });
      expect(units[0]?.resources).toHaveLength(2 * count);
      return performance.now() - start;
    };
    await time(200);
    const [small, large] = [await time(250), await time(2000)];
    expect(large).toBeLessThan(small * 8 * 4 + 500);
  });

  test('is bounded for references that double from module to module', async () => {
    const deep = (depth: number): object => ({
      resources: { 'aws_instance.x': { subnet_id: refers('var.a', 'var.b') } },
      ...(depth > 0 && {
        calls: {
          m: { expressions: { a: refers('var.a', 'var.b'), b: refers('var.b', 'var.a') }, module: deep(depth - 1) },
        },
      }),
    });
    const depth = 25;
    const address = `${'module.m.'.repeat(depth)}aws_instance.x`;
    const { units } = await recorded({
      'a.json': planText([{ address, values: {}, unknown: { subnet_id: true } }], deep(depth)),
    });
    expect(units[0]?.resources).toHaveLength(1);
  });
});
