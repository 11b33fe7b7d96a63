import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryTree } from '../../../source/tree.ts';
import { openFiles } from '../../files.ts';
import { chartsOf } from '../chart.ts';
import { fullBudget } from './fault.ts';
import { EXAMPLES, renderFiles, VALUES, write } from './language.fixture.ts';
import { lex, SyntaxFault } from './template/lex.ts';
import { parseTemplate } from './template/parse.ts';

describe('what would never end is cut off', () => {
  test.each([
    ['a range over a thousand millions', '{{ range until 1000000000 }}a{{ end }}'],
    ['a number to range over', '{{ range 1000000000 }}a{{ end }}'],
    ['a negative range', '{{ untilStep 0 -2000000000 -1 }}'],
    ['a sequence', '{{ seq 1000000000 }}'],
    ['ranges in ranges', `${'{{ range until 1000 }}'.repeat(6)}a${'{{ end }}'.repeat(6)}`],
    ['a repeated text', '{{ repeat 1000000000 "ab" }}'],
    ['a text that doubles', `{{ $x := "lol" }}{{ range until 100 }}{{ $x = print $x $x }}{{ end }}`],
    ['a list that doubles', `{{ $x := list 1 2 }}{{ range until 100 }}{{ $x = concat $x $x }}{{ end }}`],
    ['a wide number', '{{ printf "%1000000000d" 1 }}'],
    ['a width from an argument', '{{ printf "%*d" 999999999 1 }}'],
    ['a wide text again and again', '{{ range until 1000 }}{{ $x := printf "%900000d" 1 }}{{ end }}'],
    ['an indentation', '{{ indent 1000000000 "a" }}'],
    ['indented lines', '{{ $x := repeat 1000000 "a\\n" }}{{ nindent 1000 $x }}'],
    ['a template that includes itself', '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}'],
    [
      'two that include each other',
      '{{ define "a" }}{{ template "b" . }}{{ end }}{{ define "b" }}{{ template "a" . }}{{ end }}{{ template "a" }}',
    ],
    ['a text that is its own template', '{{ tpl .Values.self . }}'],
    ['a map in itself', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ toYaml $d }}'],
    ['a map in itself, printed', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ $d }}'],
    ['a map in itself, copied', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ deepCopy $d }}'],
    ['a map in itself, as JSON', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ toJson $d }}'],
    [
      'maps in themselves, compared',
      '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ $e := dict }}{{ $_ := set $e "a" $e }}{{ deepEqual $d $e }}',
    ],
    ['a deep list', '{{ $x := list }}{{ range until 5000 }}{{ $x = list $x }}{{ end }}{{ toJson $x }}'],
    [
      'a pattern that others backtrack on',
      '{{ range until 1000 }}{{ regexMatch "^(a|a)*(a|a)*b$" (repeat 3000 "a") }}{{ end }}',
    ],
    ['a large pattern read again and again', '{{ range until 2000 }}{{ regexMatch "(a{50}){90}" "a" }}{{ end }}'],
    ['a replaced text', '{{ replace "a" (repeat 100000 "b") (repeat 100000 "a") }}'],
    ['a joined list', '{{ join (repeat 1000000 "b") (until 100000) }}'],
  ])('%s', (_, template) => {
    expect(write(template, `${VALUES}self: '{{ tpl .Values.self . }}'\n`)).toMatch(/^expansion-limit: /);
  });

  test.each([
    ['blocks', '{{ if true }}'.repeat(5_000)],
    ['parentheses', `{{ ${'('.repeat(5_000)}1${')'.repeat(5_000)} }}`],
    ['else after else', `{{ if false }}${'{{ else if false }}'.repeat(5_000)}{{ end }}`],
  ])('%s nested deeper than anybody writes', (_, template) => {
    expect(write(template)).toMatch(/^helm-template: .*nested too deeply/);
  });

  test.each([
    ['a pattern that is too large', '{{ regexMatch "((a{100}){100}){100}" "a" }}', 'it is too large'],
    ['a pattern of nothing', '{{ regexMatch "(?:(?:(?:){1000}){1000}){1000}" "a" }}', 'it is too large'],
    ['a pattern nested too deeply', `{{ regexMatch "${'('.repeat(100)}${')'.repeat(100)}" "a" }}`, 'nested too deeply'],
  ])('%s', (_, template, reason) => {
    expect(write(template)).toContain(reason);
  });

  test('more output than any chart has', () => {
    const files: Record<string, string> = { 'Chart.yaml': 'name: much\n' };
    for (let i = 0; i < 12; i++) files[`templates/${i}.yaml`] = '{{ repeat 1000000 "a" }}';
    const { rendered, notices } = renderFiles(files);
    expect(rendered).toHaveLength(8);
    expect(notices.map(({ code }) => code)).toEqual([
      'expansion-limit',
      'expansion-limit',
      'expansion-limit',
      'expansion-limit',
    ]);
  });

  test('many charts, each of which takes all that it may', async () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 40; i++) {
      files[`c${i}/Chart.yaml`] = `name: c${i}\n`;
      files[`c${i}/templates/a.yaml`] = `${'{{ range until 1000 }}'.repeat(6)}a${'{{ end }}'.repeat(6)}`;
    }
    const { units, notices } = await chartsOf(openFiles(memoryTree(files)));
    expect(units).toEqual([]);
    expect(notices.map(({ code }) => code)).toEqual(Array(40).fill('expansion-limit'));
  }, 120_000);

  test('charts that require each other', async () => {
    const chart = (name: string, other: string) =>
      `name: ${name}\nversion: 1.0.0\ndependencies: [{ name: ${other}, repository: "file://../${other}" }, { name: ${other}, alias: again, repository: "file://../${other}" }]\n`;
    const files = openFiles(
      memoryTree({ 'a/Chart.yaml': chart('a', 'b'), 'b/Chart.yaml': chart('b', 'a'), 'c/Chart.yaml': chart('c', 'a') }),
    );
    expect((await chartsOf(files)).units).toEqual([]);
  });
});

describe('anything at all', () => {
  const files = (template: string, values: string) => ({
    'Chart.yaml': 'name: any\n',
    'values.yaml': values,
    'templates/any.yaml': template,
  });

  test('text without actions is written as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('{{') && text.trim() !== '');
        expect(renderFiles(files(text, '')).rendered[0]?.text.text).toBe(`${text.trimEnd()}\n`);
      }),
    );
  });

  test('tokens never throw but with their place, and stand in the text one behind the other', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{{- ',
      ' -}}',
      '/*',
      '*/',
      '"',
      '`',
      '$x',
      '.a',
      '|',
      '(',
      ')',
      ':=',
      ' ',
      '\n',
      '1.5',
      'if',
      'é',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        try {
          let at = 0;
          for (const { start, end } of lex(text)) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeLessThanOrEqual(text.length);
            at = end;
          }
          parseTemplate(text, () => {});
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxFault);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('rendering never throws, and stays within its budget', () => {
    const action = fc.constantFrom(...EXAMPLES.map(([template]) => template));
    const piece = fc.oneof(
      action,
      fc.string(),
      fc.constantFrom('{{ end }}', '{{ range .Values.items }}', '{{ if . }}', '{{ else }}', '{{ with .Values }}'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.oneof(fc.constant(VALUES), fc.string()), (pieces, values) => {
        const budget = { ...fullBudget(), steps: 20_000, text: 200_000 };
        const { rendered, notices } = renderFiles(files(pieces.join(''), values), budget);
        expect(rendered.length + notices.length).toBeLessThan(10);
      }),
      { numRuns: 300 },
    );
  });
});
