import { describe, expect, test } from 'vitest';
import { bodies } from './evaluated.fixture.ts';

/** The value of an expression in a module with these further declarations. */
async function valueIn(expression: string, declarations = ''): Promise<unknown> {
  const all = await bodies(`${declarations}\nresource "x" "y" {\n  v = [${expression}]\n}`);
  return ((all['x.y'] as Record<string, unknown>).v as unknown[])[0];
}

describe('expressions', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['"a${1 + 1}b"', 'a2b'],
    ['"${[1, 2]}"', [1, 2]],
    ['"%{ if 1 > 2 }yes%{ else }no%{ endif }"', 'no'],
    ['"%{ for k, v in { b = 1, a = 2 } }${k}=${v};%{ endfor }"', 'a=2;b=1;'],
    ['[for i, x in ["a", "b"] : "${i}${x}"]', ['0a', '1b']],
    ['[for x in [3, 1, 2] : x * 2 if x > 1]', [6, 4]],
    ['{ for x in ["a", "b"] : x => upper(x) }', { a: 'A', b: 'B' }],
    ['{ for x in ["ab", "ac", "b"] : substr(x, 0, 1) => x... }', { a: ['ab', 'ac'], b: ['b'] }],
    ['[{ a = 1 }, { a = 2 }][*].a', [1, 2]],
    ['[{ a = [1] }, { a = [2] }].*.a[0]', [1]],
    ['[{ a = [1] }, { a = [2] }][*].a[0]', [1, 2]],
    ['null[*].a', []],
    ['{ a = 7 }[*].a', [7]],
    ['true && false || !false', true],
    ['5 % 3 == 2 ? "y" : "n"', 'y'],
    ['{ (upper("k")) = 1, "l-m" = 2 }', { K: 1, 'l-m': 2 }],
    ['merge({ a = 1 }, { b = 2 })', { a: 1, b: 2 }],
    ['max([1, 5, 3]...)', 5],
    ['try({ a = 1 }.b, "none")', 'none'],
    ['can({ a = 1 }.b)', false],
    ['cidrsubnet("10.0.0.0/16", 8, 2)', '10.0.2.0/24'],
    ['jsondecode("{\\"a\\": [1]}").a[0]', 1],
  ])('%s', async (expression, value) => {
    expect(await valueIn(expression)).toEqual(value);
  });

  test('a fault is a notice at its place, and an unknown for whoever has it alone', async () => {
    const all = await bodies('resource "x" "y" {\n  bad = { a = 1 }.b\n  good = 1\n}');
    expect(all['x.y']).toEqual({ bad: '?unmodelled: this object has no "b"', good: 1 });
  });
});

describe('what is unknown', () => {
  const OPEN = 'variable "open" {}\nvariable "other" { type = bool }';

  test.each([
    ['var.open', '?no-default: var.open has no value'],
    ['"a-${var.open}"', '?no-default: var.open has no value'],
    ['var.other ? 22 : 22', 22],
    ['var.other ? [1, 2] : [1, 3]', [1, '?no-default: var.other has no value']],
    ['var.other ? { a = 1, b = 2 } : { a = 1, b = 3 }', { a: 1, b: '?no-default: var.other has no value' }],
    ['[for x in var.open : 5]', '?no-default: var.open has no value'],
    ['[for x in var.open : 5][0]', 5],
    ['var.open[*].id', '?no-default: var.open has no value'],
    ['false && var.other', false],
    ['var.other && false', false],
    ['var.other || true', true],
    ['(var.other ? ["a"] : ["a", "a"])[0]', 'a'],
    ['{ (var.open) = 5 }["z"]', '?no-default: var.open has no value'],
    ['[80, 80][var.open]', 80],
    ['terraform.workspace', '?no-default: terraform.workspace is chosen when Terraform is run'],
    ['length([var.open, var.open])', 2],
    ['concat(["a"], [var.open])', ['a', '?no-default: var.open has no value']],
    ['nothing("x")', '?unmodelled: the function nothing is not modelled'],
  ])('%s', async (expression, value) => {
    expect(await valueIn(expression, OPEN)).toEqual(value);
  });
});

describe('settings', () => {
  test('path.module is told from the root module', async () => {
    const texts = {
      'live/main.tf':
        'module "a" {\n  source = "../lib"\n}\nresource "x" "y" {\n  v = "${path.module} ${path.root}"\n}',
      'lib/main.tf': 'resource "x" "y" {\n  v = "${path.module}/f ${path.root}"\n  w = file("${path.module}/f.txt")\n}',
      'lib/f.txt': 'hello',
    };
    expect(await bodies(texts)).toEqual({
      'module.a.x.y': { v: '../lib/f .', w: 'hello' },
      'x.y': { v: '. .' },
    });
  });

  test('a template sees its variables alone', async () => {
    const texts = {
      'main.tf': 'locals {\n  l = 1\n}\nresource "x" "y" {\n  v = templatefile("t.tpl", { a = [1, 2] })\n}',
      't.tpl': '%{ for n in a ~}\n${n}\n%{ endfor ~}\nend',
    };
    expect(await bodies(texts)).toEqual({ 'x.y': { v: '1\n2\nend' } });
  });
});
