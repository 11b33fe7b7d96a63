import { describe, expect, test } from 'vitest';
import { lineIndex } from '../../source/line-index.ts';
import type { Mapping, Value } from '../../source/value.ts';
import { at, entryOf } from '../../source/value.ts';
import { parseYaml } from './index.ts';
import { plainOf } from './plain.fixture.ts';

function parse(text: string) {
  return parseYaml({ path: 'a.yaml', format: 'yaml', text });
}

function valuesOf(text: string): readonly unknown[] {
  return parse(text).documents.map(({ root }) => plainOf(root));
}

/** Each notice as `code line:column`. */
function noticesOf(text: string): readonly string[] {
  const lines = lineIndex(text);
  return parse(text).notices.map(({ code, origin }) => {
    const { line, column } = lines.position(origin.start);
    return `${code} ${line}:${column}`;
  });
}

/** What the text holds where a value stands. */
function written(text: string, value: Value | undefined): string | undefined {
  return value && text.slice(value.origin.start, value.origin.end);
}

describe('documents', () => {
  test.each([
    ['', [null]],
    ['# nothing but a comment\n', [null]],
    ['---\n', [null]],
    ['---\n---\n', [null, null]],
    ['a: 1', [{ a: 1 }]],
    ['a: 1\n---\nb: 2\n...\n', [{ a: 1 }, { b: 2 }]],
    ['a: 1\n...\n# between\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['# licence\n---\na: 1\n', [{ a: 1 }]],
    ['%YAML 1.2\n# directives end here\n---\na: 1\n', [{ a: 1 }]],
    ['a: 1\n...\n%YAML 1.2\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['--- one\n--- two\n', ['one', 'two']],
    ['a: |\n  --- indented\n', [{ a: '--- indented\n' }]],
    ['a: x\n---b: y\n', [{ a: 'x', '---b': 'y' }]],
  ])('%j holds %j', (text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
    expect(noticesOf(text)).toEqual([]);
  });

  test('line ends of every kind', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a: |', '  x', '  y', '---', 'b:', '- "c', '  d"', ''].join(end);
      expect(valuesOf(text)).toEqual([{ a: 'x\ny\n' }, { b: ['c d'] }]);
    }
  });

  test('a broken document is a notice at its place, and the others stay', () => {
    const text = 'a: 1\n---\nb: "unterminated\n---\nc: 3\n';
    expect(valuesOf(text)).toEqual([{ a: 1 }, { c: 3 }]);
    expect(noticesOf(text)).toEqual(['syntax-error 4:1']);
  });

  test('a file that ends in the middle', () => {
    expect(noticesOf('services:\n  web:\n    ports: [80:80, "81\n')).toEqual(['syntax-error 4:1']);
    expect(valuesOf('services:\n  web:\n    image: x\n    ports:\n')).toEqual([
      { services: { web: { image: 'x', ports: null } } },
    ]);
  });

  test('the message of a notice does not quote the file', () => {
    const [notice] = parse(`password: hunter2\nb: [${'x'.repeat(500)}\n`).notices;
    expect(notice?.message).toBe(
      'This document is not valid YAML: unexpected end of the stream within a flow collection. It is not analysed.',
    );
  });

  test('more documents than any file has', () => {
    const { documents, notices } = parse('--- 1\n'.repeat(20_001));
    expect(documents).toHaveLength(20_000);
    expect(notices.map(({ code, origin }) => [code, origin.start])).toEqual([['file-too-large', 120_000]]);
  });
});

describe('JSON', () => {
  test('with tabs, escapes and no blanks', () => {
    expect(valuesOf('{\n\t"a":1,\n\t"b":["c\\/d","\\u00e9",true,null,-1.5e3]\n}\n')).toEqual([
      { a: 1, b: ['c/d', 'é', true, null, -1500] },
    ]);
  });

  test('what is wrong with it is called by its name', () => {
    const [notice] = parseYaml({ path: 'a.json', format: 'json', text: '{"a": 1' }).notices;
    expect(notice?.message).toMatch(/^This document is not valid JSON: /);
  });
});

describe('what Go reads and YAML 1.2 does not', () => {
  test.each([
    ['a: [\n  1,\n  2,\n]\nb:\n  c: [\n    3\n]\n', { a: [1, 2], b: { c: [3] } }, 'lenient-syntax 4:1'],
    ['a:\n  b: [\n\t1, # not ]\n# nor }\n]\n', { a: { b: [1] } }, 'lenient-syntax 3:2'],
    ['a:\n  b: "c\nd"\n', { a: { b: 'c d' } }, 'lenient-syntax 3:1'],
    ["a:\n  - |\n    [ it's\n  - {b: 'c\n\nd'}\n", { a: ["[ it's\n", { b: 'c\nd' }] }, 'lenient-syntax 6:1'],
  ])('%j', (text, expected, notice) => {
    expect(valuesOf(text)).toEqual([expected]);
    expect(noticesOf(text)).toContain(notice);
  });

  test('keeps the places of the original', () => {
    const text = 'a:\n  b: [\n    one, # [\n    "two\n]"\n]\nc: three\n';
    const root = parse(text).documents[0]?.root as Mapping;
    const list = at(root, 'a', 'b');
    expect(list?.kind === 'list' && list.items.map((item) => written(text, item))).toEqual(['one', '"two\n]"']);
    expect(written(text, at(root, 'c'))).toBe('three');
    expect(written(text, list)).toBe('[\n    one, # [\n    "two\n]"\n]');
  });
});

describe('places', () => {
  const text = [
    'plain: some words # a comment',
    "single: 'it''s'",
    'double: "a\\tb"',
    'literal: |- # keep',
    '  one',
    '  two',
    '',
    'empty:',
    'list: # of three',
    '  - a',
    '  -',
    '  - {x: 1, y: [2, 3] }',
    'folded: text over',
    '  two lines',
    '? explicit',
    ': value',
    '',
  ].join('\n');
  const root = parse(text).documents[0]?.root as Mapping;

  test.each([
    ['plain', 'some words'],
    ['single', "'it''s'"],
    ['double', '"a\\tb"'],
    ['literal', '|- # keep\n  one\n  two'],
    ['empty', 'empty'],
    ['list', '- a\n  -\n  - {x: 1, y: [2, 3] }'],
    ['folded', 'text over\n  two lines'],
    ['explicit', 'value'],
  ])('%s', (key, expected) => {
    expect(written(text, at(root, key))).toBe(expected);
  });

  test('keys, items and what is inside them', () => {
    expect([...root.entries.values()].map(({ keyOrigin }) => text.slice(keyOrigin.start, keyOrigin.end))).toEqual([
      ...root.entries.keys(),
    ]);
    const list = at(root, 'list');
    if (list?.kind !== 'list') throw new Error('no list');
    expect(list.items.map((item) => written(text, item))).toEqual(['a', '-', '{x: 1, y: [2, 3] }']);
    expect(written(text, at(list.items[2], 'y'))).toBe('[2, 3]');
    expect(written(text, root)).toBe(text.trimEnd());
  });
});

describe('limits', () => {
  test('fifty levels are read, two hundred are a notice', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(noticesOf(deep(50))).toEqual([]);
    expect(noticesOf(`${deep(200)}\n---\na: 1`)).toEqual(['depth-limit 1:100']);
    expect(valuesOf(`${deep(200)}\n---\na: 1`)).toEqual([{ a: 1 }]);
  });

  test('repeated keys: the last counts, and a file full of them is told once', () => {
    expect(valuesOf('a: 1\nb: 2\na: 3\n')).toEqual([{ a: 3, b: 2 }]);
    expect(noticesOf('a: 1\nb: 2\na: 3\n')).toEqual(['duplicate-key 3:1']);
    const { notices } = parse('a: 1\n'.repeat(1000));
    expect(notices).toHaveLength(20);
    expect(notices.at(-1)?.message).toMatch(/Further ones of this file are not listed\.$/);
  });
});

describe('templates', () => {
  test.each([
    ['image: {{ .Values.image }}\n', 'helm-template 1:8'],
    ['a: 1\n{{- if .Values.on }}\nb: 2\n{{- end }}\n', 'helm-template 2:1'],
    ['labels:\n  {{- include "x.labels" . | nindent 4 }}\n', 'helm-template 2:3'],
    ['name: web-{{ template "x" . }}\n', 'helm-template 1:7'],
    ['%{ if enabled }\na: 1\n%{ endif }\n', 'template-file 1:1'],
    ['a:\n%{~ for x in y }\n- 1\n%{ endfor ~}\n', 'template-file 2:1'],
    ['{% if x %}\na: 1\n{% endif %}\n', 'template-file 1:1'],
  ])('%j is left to who fills it in', (text, notice) => {
    expect(parse(text).documents).toEqual([]);
    expect(noticesOf(text)).toEqual([notice]);
  });

  test.each([
    'name: "{{ .Values.x }}-{{ if a }}b{{ end }}"\n',
    '# {{- include "x" . }}\na: 1\n',
    'rule: |\n  {{ if $value }}{{ end }}\n',
    'path: a-{{path}}\n',
    'exporter: \'{{ define "x" }}\'\n',
  ])('%j is analysed', (text) => {
    expect(parse(text).documents).toHaveLength(1);
    expect(noticesOf(text)).toEqual([]);
  });

  test('a chart is Helm’s whatever its templates look like', () => {
    const file = {
      path: 'chart/templates/a.yaml',
      format: 'yaml',
      text: 'a: 1\nname: "{{ .Release.Name }}"\n',
    } as const;
    expect(parseYaml(file, true).notices.map(({ code, origin }) => [code, origin.start])).toEqual([
      ['helm-template', 12],
    ]);
    expect(parseYaml({ ...file, text: 'a: 1\n' }, true).documents).toHaveLength(1);
  });

  test('a document with actions in quotes that is broken elsewhere is broken', () => {
    expect(noticesOf('a: "{{ x }}"\nb: [\n')).toEqual(['syntax-error 3:1']);
  });
});

describe('tags', () => {
  const root = parse('a: !override\n  - 1\nb: !reset\nc: !reset null\nd: !!str 80\ne: !!int "80"\nf: ! 8\ng: !x {}\n')
    .documents[0]?.root;

  test('local ones stand beside the value', () => {
    expect(
      ['a', 'b', 'c', 'd', 'g']
        .map((key) => at(root ?? undefined, key))
        .map((value) => value && 'tag' in value && value.tag),
    ).toEqual(['!override', '!reset', '!reset', false, '!x']);
    expect(entryOf(root ?? undefined, 'b')?.value).toMatchObject({ kind: 'scalar', value: null, text: '' });
  });

  test('standard ones decide the value', () => {
    expect(plainOf(root ?? null)).toMatchObject({ d: '80', e: 80, f: '8' });
    expect(at(root ?? undefined, 'd')).toMatchObject({ quoted: true });
  });
});
