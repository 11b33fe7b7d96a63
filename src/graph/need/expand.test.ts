import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expand } from './expand.ts';

const environment = new Map([
  ['HOST', 'db'],
  ['PORT', '5432'],
  ['EMPTY', ''],
  ['URL', 'http://$(HOST):${PORT}'],
  ['LOOP', '${LOOP}'],
]);
const lookup = (name: string) => environment.get(name);

describe('expand', () => {
  it.each([
    ['$(HOST):$(PORT)', 'db:5432'],
    ['${HOST}:$PORT/x', 'db:5432/x'],
    ['${EMPTY:-cache}:${NOTHING-6379}', 'cache:6379'],
    ['${HOST:-cache}', 'db'],
    ['$(URL)/', 'http://db:5432/'],
    ['${NOTHING}:80 $NOTHING $(NOTHING)', '${NOTHING}:80 $NOTHING $(NOTHING)'],
    ['a $ b $5 ${} $()', 'a $ b $5 ${} $()'],
    ['${LOOP}', '${LOOP}'],
    ['plain', 'plain'],
  ])('makes %s into %s', (text, expanded) => {
    expect(expand(text, lookup)).toBe(expanded);
  });

  it('leaves a text alone that would grow without end', () => {
    const bomb = (name: string) => `$(${name}x) `.repeat(500);
    expect(expand('$(A)', bomb)).toBe('$(A)');
    expect(expand('$(A) '.repeat(1000), () => 'x'.repeat(10_000))).toBe('$(A) '.repeat(1000));
  });

  it('is total', () => {
    const unit = fc.constantFrom('$', '{', '}', '(', ')', 'HOST', 'LOOP', ':-', '-', 'x');
    fc.assert(fc.property(fc.string({ unit }), (text) => typeof expand(text, lookup) === 'string'));
  });
});
