import { existsSync } from 'node:fs';
import { parse } from '@cdktf/hcl2json';
import { describe, expect, test } from 'vitest';
import { diskTree } from '../../source/disk-tree.ts';
import { jsonOf } from './hcl2json.fixture.ts';
import { parseHcl } from './index.ts';

/** What HashiCorp's parser makes of a file; undefined where it refuses it. */
function oracle(path: string, text: string): Promise<Record<string, unknown> | undefined> {
  return parse(path, text).catch(() => undefined);
}

function ours(path: string, text: string) {
  const { body, notices } = parseHcl({ path, format: 'hcl', text });
  return { json: jsonOf(text, body), codes: notices.map(({ code }) => code) };
}

/** Files that hcl2json refuses and we read without an error, and why. */
const ONLY_OURS: Readonly<Record<string, string>> = {};

const FOLDERS = ['testdata', '../shared'].filter((folder) => existsSync(folder));

describe.each(FOLDERS)('every file below %s', (folder) => {
  const tree = diskTree(folder);
  const texts = tree.list().value.flatMap((path) => {
    const reading = /\.(?:tf|tofu|tfvars)$/.test(path) ? tree.read(path) : undefined;
    return reading?.kind === 'text' ? [[path, reading.text] as const] : [];
  });

  test('is read as hcl2json reads it', { timeout: 300_000 }, async () => {
    const onlyOurs: string[] = [];
    let compared = 0;
    for (const [path, text] of texts) {
      const theirs = await oracle(path, text);
      const { json, codes } = ours(path, text);
      if (theirs) {
        expect({ json, codes }, path).toEqual({ json: theirs, codes: [] });
        compared++;
      } else if (!codes.includes('syntax-error')) onlyOurs.push(path);
    }
    expect(onlyOurs.filter((path) => !(path in ONLY_OURS))).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(texts.length * 0.98);
  });
});

describe('what few files hold is read as hcl2json reads it', () => {
  test.each([
    ['operators', 'a = 1 + 2 * 3 - -x % 4 / 5\nb = !a && b || c == d != e\nc = a < b && c >= d || e <= f && g > h\n'],
    ['conditionals', 'a = b ? c : d ? e : f\nb = (a ? b : c) ? d : e\nc = "${a ? "x" : "y"} z"\n'],
    [
      'steps',
      'a = b.c[0].d["e"].*.f.0.g[*].h[1].i\nb = c.0.d\nc = [1, 2][0]\nd = {a = 1}.a\ne = f(1)[g.h].i\nf = "x".y\n',
    ],
    ['calls', 'a = f()\nb = f(1, [2]...)\nc = f(\n  1,\n  2,\n)\nd = provider::aws::f(x)\ne = f (1)\n'],
    [
      'for',
      'a = [for x in y : x if x != ""]\nb = {for k, v in y : k => v... if k}\nc = [\n  for\n  i, x in [\n1] : x\n]\n',
    ],
    ['keys', 'a = { b = 1, "c" : 2, (d) = 3, 4 = 5, "${e}f" = 6, g.h = 7, true = 8, null = 9\n  i = 10\n\n}\n'],
    ['numbers', 'a = [0, 1.5, 1e3, 1.5E-2, 12345678901234567890, -3, 007]\n'],
    ['words', 'a = [true, false, null, truely]\n'],
    ['escapes', 'a = "\\n\\t\\r\\"\\\\ \\u00e9 \\U0001F600 $${a} %%{b} $ % $$ %% $x 100%"\n'],
    ['composed letters', 'a = "e\u0301"\nb "e\u0301" {}\nc = { "e\u0301" = 1 }\n'],
    ['names', '\u00e9t\u00e9 = a-b\n_x-1 = \u540d.\u524d\n'],
    [
      'wraps',
      'a = "${b}"\nb = "${"c"}"\nc = "${[1, "${d}"]}"\nd = "${~ e ~}"\ne = "${1}"\nf = "${1}2${true}${null}"\n',
    ],
    [
      'directives',
      'a = "%{ if b }c%{ else }d%{ endif } %{ for k, v in e }${k}%{ endfor }"\nb = "%{ if c }%{ endif }"\n',
    ],
    ['trimmed', 'a = "x  ${~ b ~}  y %{~ if c ~} z %{~ endif ~} w"\nb = "x \\n ${~ c}"\n'],
    ['heredocs', 'a = <<E\n  b\n${c}\n  %{ if d ~}\n    e\n  %{ endif ~}\nE\nb = f(<<E\nx\nE\n, 1)\nc = <<E\nE\n'],
    [
      'flushed',
      'a = <<-E\n    b\n      ${c}\n\n    d\n  E\nb = <<-E\n  ${c}\n    x\n\t\ty\n  E\nc = <<-E\n${d}\n  e\n  E\n',
    ],
    ['flushed and trimmed', 'a = <<-E\n    x ${~ b ~}\n      y\n    ${~ c ~} z\n   \n    w\n  E\n'],
    ['heredocs with escapes', 'a = <<E\n\\n "q" $${b} %%{c} $ % $$\nE\n'],
    ['comments', '# a\n// b\n/* c\n = */ d = 1 # e\nf = [ # g\n  1, /* h */ 2 // i\n]\n'],
    [
      'blocks',
      'a b "c" d {\n  e = 1\n  f {\n    g = 2\n  }\n  f {}\n}\nh { i = 1 }\nj {}\na b "c" d {}\nk "x\\ty" {}\n',
    ],
    ['CRLF', 'a {\r\n  b = <<E\r\n  x\r\nE\r\n  c = [\r\n    1,\r\n  ]\r\n}\r\n# d\r\ne = 1\r\n'],
    ['a byte order mark', '\uFEFFa = 1\n'],
    ['no last line end', 'a = 1'],
    ['nothing', ''],
  ])('%s', async (_, text) => {
    const theirs = await oracle('a.tf', text);
    expect(theirs).toBeDefined();
    expect(ours('a.tf', text)).toEqual({ json: theirs, codes: [] });
  });
});

describe('what hcl2json refuses, and Terraform 0.11 or a careless hand wrote, is read with a notice', () => {
  test.each([
    ['two indices behind dots', 'a = b.0.1\n', { a: '${b.0.1}' }],
    ['names in quotes', 'a { "b" = 1 }\n"c" "d" {}\n', { a: [{ b: 1 }], c: { d: [{}] } }],
    [
      'a block in one line with more than one argument',
      'a { b = 1, c = 2 }\nd { e = 3 f = 4 }\n',
      { a: [{ b: 1, c: 2 }], d: [{ e: 3, f: 4 }] },
    ],
    ['a block in a block in one line', 'a { b { c = 1 } }\n', { a: [{ b: [{ c: 1 }] }] }],
    ['a brace behind an argument', 'a {\n  b = 1 }\nc { d = 2\n}\n', { a: [{ b: 1 }], c: [{ d: 2 }] }],
    ['two blocks on a line', 'a {} b {}\n', { a: [{}], b: [{}] }],
    ['the same argument twice', 'a = 1\na = 2\n', { a: 2 }],
    ['an escape that is none', 'a = "\\d\\."\n', { a: 'd.' }],
    ['blanks behind a marker', 'a = <<E \nb\nE\n', { a: 'b\n' }],
    ['a heredoc that ends with the file', 'a = <<E\nb\nE', { a: 'b\n' }],
  ])('%s', async (_, text, json) => {
    expect(await oracle('a.tf', text)).toBeUndefined();
    const read = ours('a.tf', text);
    expect(read.json).toEqual(json);
    expect(new Set(read.codes)).toEqual(new Set([text.startsWith('a = 1\na') ? 'duplicate-key' : 'lenient-syntax']));
  });
});
