import { describe, expect, test } from 'vitest';
import { type Option, readWords } from './command.ts';
import { UsageError } from './exit.ts';

const OPTIONS: readonly Option[] = [
  { flags: '-f, --format <format>', about: '', choices: ['text', 'json'], fallback: 'text' },
  { flags: '--fail-on <severity>', about: '' },
  { flags: '--rule <id>', about: '', read: (value, before) => [...((before ?? []) as string[]), value] },
  { flags: '-q, --quiet', about: '' },
  { flags: '-v, --verbose', about: '' },
  { flags: '--no-color', about: '' },
];
const PATHS = { name: '[paths...]', about: 'files and folders' };
const ID = { name: '<id>', about: 'as findings name it' };

const read = (words: string, parameters = [PATHS]) =>
  readWords({ parameters, options: OPTIONS }, words.split(' ').filter(Boolean));

describe('words', () => {
  const nothing = { format: 'text', color: true };
  test.each([
    ['', [], {}],
    ['a b', ['a', 'b'], {}],
    ['a -q b', ['a', 'b'], { quiet: true }],
    ['-', ['-'], {}],
    ['-qv a', ['a'], { quiet: true, verbose: true }],
    ['-f json', [], { format: 'json' }],
    ['-fjson', [], { format: 'json' }],
    ['-qfjson', [], { quiet: true, format: 'json' }],
    ['--format=json', [], { format: 'json' }],
    ['--fail-on --quiet', [], { failOn: '--quiet' }],
    ['--fail-on=a=b', [], { failOn: 'a=b' }],
    ['--rule a --rule=b', [], { rule: ['a', 'b'] }],
    ['--no-color', [], { color: false }],
    ['a -- -q --rule', ['a', '-q', '--rule'], {}],
    ['-h', [], { help: true }],
  ])('%j', (words, plain, options) => {
    expect(read(words)).toEqual({ words: plain, options: { ...nothing, ...options } });
  });

  test.each([
    ['--quite', 'there is no option --quite; did you mean --quiet?'],
    ['--frobnicate', 'there is no option --frobnicate'],
    ['-x', 'there is no option -x'],
    ['-qx', 'there is no option -x'],
    ['--constructor', 'there is no option --constructor'],
    ['--format', '-f, --format <format> lacks its value'],
    ['-f xml', '-f, --format <format> cannot be xml: choose one of text, json'],
    ['--quiet=yes', '-q, --quiet takes no value'],
  ])('%j is wrong usage', (words, message) => {
    expect(() => read(words)).toThrow(new UsageError(message));
  });

  test('are as many as there are parameters', () => {
    expect(read('a', [ID]).words).toEqual(['a']);
    expect(() => read('', [ID])).toThrow('<id> is missing: as findings name it');
    expect(() => read('a b', [ID])).toThrow('b is one word too many');
    expect(() => read('a', [])).toThrow('a is one word too many');
    expect(read('a b c', [ID, PATHS]).words).toEqual(['a', 'b', 'c']);
    expect(() => read('', [ID, PATHS])).toThrow('<id> is missing');
    expect(read('--help', [ID]).options.help).toBe(true);
  });
});
