import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  derived,
  fileText,
  joinTexts,
  marked,
  originOf,
  plain,
  sliceText,
  type Text,
  unknownWithin,
  writtenAt,
} from './text.ts';

const place = (file: string, start: number, end: number) => ({ file, start, end });

test('a part of a file stands where it is written', () => {
  const text = sliceText(fileText('a.tpl', 'one two'), 4);
  expect(originOf(text, 0, 3)).toEqual(place('a.tpl', 4, 7));
  expect(originOf(text, 1, 2)).toEqual(place('a.tpl', 5, 6));
});

test('a value stands where it is written, by way of who writes it', () => {
  const value = marked('8080', place('values.yaml', 10, 14));
  const inner = writtenAt(value, place('_helpers.tpl', 3, 30));
  const text = joinTexts([fileText('a.tpl', 'port: '), writtenAt(inner, place('a.tpl', 6, 26))]);
  expect(originOf(text, 6, 10)).toEqual({
    ...place('values.yaml', 10, 14),
    via: { ...place('_helpers.tpl', 3, 30), via: place('a.tpl', 6, 26) },
  });
});

test('what comes from several places stands where it is put together', () => {
  const source = fileText('a.tpl', '"{{ .a }}:{{ .b }}"');
  const text = joinTexts([
    sliceText(source, 0, 1),
    writtenAt(marked('x', place('values.yaml', 0, 1)), place('a.tpl', 1, 9)),
    sliceText(source, 9, 10),
    writtenAt(marked('y', place('values.yaml', 5, 6)), place('a.tpl', 10, 18)),
    sliceText(source, 18, 19),
  ]);
  expect(text.text).toBe('"x:y"');
  expect(originOf(text, 0, 5)).toEqual(place('a.tpl', 0, 19));
  expect(originOf(text, 1, 4)).toEqual(place('a.tpl', 1, 18));
  expect(originOf(text, 1, 2)).toMatchObject(place('values.yaml', 0, 1));
});

test('what one action writes from two files is its own', () => {
  const both = joinTexts([marked('a', place('values.yaml', 0, 1)), plain('-'), marked('b', place('Chart.yaml', 0, 1))]);
  const text = writtenAt(both, place('a.tpl', 0, 9));
  expect(originOf(text, 0, 3)).toEqual(place('a.tpl', 0, 9));
});

test('what comes from nowhere belongs to the action that writes it', () => {
  const text = writtenAt(plain('made up'), place('a.tpl', 2, 9));
  expect(originOf(text, 0, 7)).toEqual(place('a.tpl', 2, 9));
  expect(originOf(plain('made up'), 0, 7)).toBeUndefined();
});

test('a changed text comes from where what it is made of comes from, if that is one place', () => {
  const value = marked('web', place('values.yaml', 0, 3));
  expect(originOf(derived('WEB', [value]), 0, 3)).toEqual(place('values.yaml', 0, 3));
  expect(originOf(derived('WEB', [value, marked('b', place('values.yaml', 9, 10))]), 0, 3)).toBeUndefined();
});

test('what nobody knows stays unknown', () => {
  const secret = marked('unknown', undefined, 'it is random');
  const text = joinTexts([plain('password: '), derived('dW5rbm93bg==', [secret])]);
  expect(unknownWithin(text, 10, 22)).toBe('it is random');
  expect(unknownWithin(text, 0, 10)).toBeUndefined();
});

test('a way that is too long keeps its beginning and its end', () => {
  let text: Text = marked('x', place('values.yaml', 0, 1));
  for (let i = 0; i < 50; i++) text = writtenAt(text, place('a.tpl', i, i + 1));
  const links: number[] = [];
  for (let link = originOf(text, 0, 1)?.via; link; link = link.via) links.push(link.start);
  expect(links.length).toBeLessThan(10);
  expect([links[0], links.at(-1)]).toEqual([0, 49]);
});

test('parts put together again are the whole, letter by letter', () => {
  const part = fc.record({ text: fc.string(), at: fc.nat(100) });
  fc.assert(
    fc.property(fc.array(part), fc.nat(50), fc.nat(50), (parts, from, length) => {
      const whole = joinTexts(
        parts.map(({ text, at }, i) => (i % 2 ? plain(text) : marked(text, place('v', at, at + 1)))),
      );
      const cut = sliceText(whole, from, from + length);
      expect(cut.text).toBe(whole.text.slice(from, from + length));
      for (let i = 0; i < cut.text.length; i++) {
        expect(originOf(cut, i, i + 1)).toEqual(originOf(whole, from + i, from + i + 1));
      }
    }),
  );
});
