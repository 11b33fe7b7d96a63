import { expect, test } from 'vitest';
import { suggestion } from './suggest.ts';

test.each([
  ['scpoe', ['scope', 'port'], 'did you mean `scope`?'],
  ['Scope', ['scope'], 'did you mean `scope`?'],
  ['hasRle', ['hasRole', 'exposed'], 'did you mean `hasRole`?'],
  ['nothing', ['scope', 'port'], 'known: port, scope'],
  ['nothing', [], ''],
])('%s among %s', (word, known, is) => expect(suggestion(word, known)).toBe(is));
