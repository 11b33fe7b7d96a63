import { describe, expect, test } from 'vitest';
import { parseData } from '../../../parsers/yaml/index.ts';
import { at, textOf } from '../../../source/value.ts';
import { EXAMPLES, exampleChart, renderFiles, write } from './language.fixture.ts';

describe('templates write', () => {
  const { rendered, notices } = renderFiles(exampleChart());
  const text = rendered[0]?.text.text ?? '';
  const root = parseData({ path: 'examples.yaml', format: 'yaml', text }).documents[0]?.root ?? undefined;

  test('without anything left to Helm', () => {
    expect(notices).toEqual([]);
  });

  test.each(EXAMPLES.map(([template, written], index) => [template, written, index] as const))(
    '%s',
    (_, written, index) => {
      expect(textOf(at(root, 'data', `e${index}`))).toBe(written);
    },
  );
});

describe('what cannot be rendered is left to Helm, with a reason', () => {
  test.each([
    ['{{ if }}', 'where a value is wanted'],
    ['{{ if true }}', 'has no end'],
    ['{{ end }}', 'has nothing that it belongs to'],
    ['{{ else }}', 'has nothing that it belongs to'],
    ['{{ break }}', 'stands in no range'],
    ['{{ "a }}', 'a string is not closed'],
    ['{{ "\\q" }}', 'an escape that is none'],
    ['{{ (1 }}', 'a parenthesis is not closed'],
    ['{{ 1) }}', 'a parenthesis is closed that was not opened'],
    ['{{ /* a */ }}', 'cannot stand in an action'],
    ['{{/* a }}', 'a comment is not closed'],
    ['{{ .a-b }}', 'cannot follow'],
    ['{{ 1 | 2 }}', 'piped into something that is no function'],
    ['{{ nil.a }}', 'only what has a name or stands in parentheses has fields'],
    ['{{ template x }}', 'a name in quotes is wanted'],
    ['{{ 99999999999999999999 }}', 'a number in it is too large'],
    ['{{ $x }}', 'no variable is called $x'],
    ['{{ $x = 1 }}', 'no variable is called $x'],
    ['{{ nobodyKnows 1 }}', 'the function "nobodyKnows" is not known here'],
    ['{{ upper .Values.number }}', 'in "upper" a text is wanted where float64 is'],
    ['{{ trunc .Values.number "a" }}', 'in "trunc" a whole number is wanted where float64 is'],
    ['{{ upper }}', 'takes 1 arguments and is given 0'],
    ['{{ eq 1 "a" }}', 'int and string cannot be compared'],
    ['{{ eq .Values.number 80 }}', 'float64 and int cannot be compared'],
    ['{{ .Values.missing.deeper }}', '"missing" has no value, so that it has no "deeper"'],
    ['{{ .Values.text.deeper }}', 'string has no "deeper"'],
    ['{{ .Values.text 1 }}', '"text" is given arguments and is no function'],
    ['{{ .Chart.Nonsense }}', 'has no "Nonsense"'],
    ['{{ include "none" . }}', 'no template is called "none"'],
    ['{{ template "none" . }}', 'no template is called "none"'],
    ['{{ range .Values.text }}{{ end }}', 'a range cannot go over string'],
    ['{{ index .Values.items 9 }}', 'there is no item 9'],
    ['{{ div 1 0 }}', 'a number is divided by zero'],
    ['{{ tpl "{{ if }}" . }}', 'where a value is wanted'],
    ['{{ semverCompare "nonsense" "1.0.0" }}', 'is no range of versions'],
    ['{{ regexMatch "(" "a" }}', 'a regular expression cannot be read'],
    ['{{ regexMatch "\\\\C" "a" }}', 'which is not read here'],
    ['{{ fail "because" }}', 'the chart says: because'],
    ['{{ if regexMatch "a" (randAlpha 5) }}{{ end }}', 'it depends on what is known only at deployment: it is random'],
  ])('%s', (template, reason) => {
    expect(write(template)).toMatch(/^helm-template: The template templates\/one\.txt is left to Helm/);
    expect(write(template)).toContain(reason);
  });
});
