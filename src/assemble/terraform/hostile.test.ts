/** Configurations that are made to take forever, or all the memory there is: each ends, and says so. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assembled } from './evaluated.fixture.ts';

const use = (expression: string) => `resource "x" "y" {\n  v = ${expression}\n}\n`;
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

describe('ends', () => {
  test.each([
    [
      'a text that doubles',
      `locals {\n  l0 = "ab"\n${lines(60, (i) => `  l${i + 1} = "\${local.l${i}}\${local.l${i}}"`)}\n}\n${use('local.l60')}`,
    ],
    [
      'a list that doubles',
      `locals {\n  l0 = [1]\n${lines(60, (i) => `  l${i + 1} = concat(local.l${i}, local.l${i})`)}\n}\n${use('local.l60')}`,
    ],
    [
      'a list of lists that doubles',
      `locals {\n  l0 = [1]\n${lines(60, (i) => `  l${i + 1} = [local.l${i}, local.l${i}]`)}\n}\n${use('local.l60')}`,
    ],
    [
      'a list of unknowns that doubles',
      `variable "u" {}\nlocals {\n  l0 = [var.u]\n${lines(60, (i) => `  l${i + 1} = [local.l${i}, local.l${i}]`)}\n}\n${use('"${jsonencode(local.l60)}"')}`,
    ],
    [
      'loops in loops',
      use('[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : [for d in range(1000) : a]]]]'),
    ],
    [
      'a template in loops',
      use('[for a in range(1000) : "%{ for b in range(1000) }%{ for c in range(1000) }${a}%{ endfor }%{ endfor }"]'),
    ],
    [
      'dynamic blocks in dynamic blocks',
      `resource "x" "y" {\n${'dynamic "b" {\nfor_each = range(1000)\ncontent {\n'.repeat(6)}${'}\n}\n'.repeat(6)}}`,
    ],
    ['an expression that is nested deeply', use(`${'['.repeat(5000)}1${']'.repeat(5000)}`)],
    ['a sum of many', use(Array(20_000).fill('1').join(' + '))],
    ['a chain of conditionals', use(`${'true ? '.repeat(3000)}1${' : 2'.repeat(3000)}`)],
    ['many attributes', use(`local.a${'.b'.repeat(20_000)}`)],
  ])('%s', { timeout: 60_000 }, async (_, text) => {
    const { units } = await assembled({ 'main.tf': text });
    expect(units).toHaveLength(1);
  });

  test('many root modules, each of which takes all that it may', { timeout: 120_000 }, async () => {
    const loops = use('[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]');
    const texts = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`r${index}/main.tf`, loops]));
    const { units } = await assembled(texts);
    expect(units).toHaveLength(60);
  });

  test('many modules that hand on a value that grows', { timeout: 60_000 }, async () => {
    const texts: Record<string, string> = { 'main.tf': 'module "m" {\n  source = "./m0"\n  in = ["a"]\n}\n' };
    for (let i = 0; i < 30; i++) {
      texts[`m${i}/main.tf`] =
        `variable "in" {}\nresource "x" "y" {\n  v = var.in\n}\nmodule "m" {\n  source = "../m${i + 1}"\n  in = [var.in, var.in]\n}\noutput "out" {\n  value = [var.in, var.in]\n}`;
    }
    const { units, notices } = await assembled(texts);
    expect(units).toHaveLength(1);
    expect(notices.map(({ code }) => code)).toContain('expansion-limit');
  });
});

/** Pieces that configurations are made of, and are broken into. */
const PIECES = fc.constantFrom(
  'variable "a" {',
  'default = ',
  'locals {',
  'resource "x" "y" {',
  'module "m" {',
  'source = "./"',
  'source = "./m"',
  'count = ',
  'for_each = ',
  'dynamic "b" {',
  'content {',
  'v = ',
  'w = ',
  '}',
  '\n',
  'var.a',
  'local.v',
  'x.y',
  'x.y[0].w',
  'module.m.o',
  'output "o" {',
  'value = ',
  'each.value',
  'count.index',
  '[for k, v in ',
  ' : v]',
  '{',
  '[',
  ']',
  '(',
  ')',
  '"${',
  '}"',
  '1',
  '"s"',
  'null',
  'true ? ',
  ' : ',
  '[*]',
  '.w',
  ' + ',
  ' == ',
  'toset([1])',
  'merge(',
  'try(',
  ', ',
  '...',
);

test('evaluation never throws, whatever is written', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(PIECES, { maxLength: 60 }), fc.array(PIECES, { maxLength: 30 }), async (main, sub) => {
      const { notices } = await assembled({ 'main.tf': main.join(''), 'm/main.tf': sub.join('') });
      expect(notices.every(({ message }) => message.length > 0)).toBe(true);
    }),
    { numRuns: 1500 },
  );
});
