import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../parsers/hcl/index.ts';
import { evaluated, printed, scopeOf } from './console.fixture.ts';
import { convert } from './convert.ts';
import { type Datum, text } from './datum.ts';
import { evaluate } from './expression.ts';
import { Fault, fullBudget } from './fault.ts';
import { parseType } from './type-expression.ts';
import { type Type, typeKey } from './types.ts';

const AT = { file: 'main.tf', start: 0, end: 0 };

function typeIn(source: string): Type {
  const { value } = parseExpression({ path: 'main.tf', text: source });
  if (!value) throw new Error(source);
  const constant = (expression: typeof value) => evaluate(expression, scopeOf());
  return parseType(value, { file: 'main.tf', constant, budget: fullBudget() });
}

/** A value as a variable of a type would hold it. */
function held(type: string, value: string | Datum): string {
  const datum = typeof value === 'string' ? evaluated(value) : value;
  return printed(convert(datum, typeIn(type), fullBudget()), 0).replace(/\s+/g, ' ');
}

describe('a type constraint', () => {
  test.each([
    ['string', 'string'],
    ['any', 'any'],
    ['list(string)', 'list(string)'],
    ['map(set(number))', 'map(set(number))'],
    ['tuple([string, bool])', '[string,bool]'],
    ['object({ a = string, b = optional(list(number), [1]) })', '{"a":string,"b":list(number)}'],
    // Terraform 0.11 wrote names in quotes, and collections without their items.
    ['"string"', 'string'],
    ['"list"', 'list(any)'],
    ['map', 'map(any)'],
  ])('%s', (source, expected) => {
    expect(typeKey(typeIn(source))).toBe(expected);
  });

  test.each([
    'strin',
    'list()',
    'list(string, number)',
    'tuple(string)',
    'object([])',
    'map(strin)',
    '1',
    'optional(string)',
    'object({ a = optional() })',
    'object({ a = optional(number, "x") })',
  ])('%s is none', (source) => {
    expect(() => typeIn(source)).toThrow(Fault);
  });
});

describe('a variable holds', () => {
  test.each([
    ['number', '"8080"', '8080'],
    ['bool', '"true"', 'true'],
    ['string', '8080', '"8080"'],
    ['list(number)', '["80", 443]', 'tolist([ 80, 443, ])'],
    ['set(string)', '["b", "a", "b"]', 'toset([ "a", "b", ])'],
    ['map(string)', '{ b = 1, a = true }', 'tomap({ "a" = "true" "b" = "1" })'],
    ['list(any)', '[1, "a"]', 'tolist([ "1", "a", ])'],
    ['any', '[1, "a"]', '[ 1, "a", ]'],
    ['tuple([string, number])', '[1, "2"]', '[ "1", 2, ]'],
    ['object({ a = string })', '{ a = 1, b = 2 }', '{ "a" = "1" }'],
    ['object({ a = optional(string) })', '{}', '{ "a" = null }'],
    ['object({ a = optional(string, "x") })', '{}', '{ "a" = "x" }'],
    ['object({ a = optional(string, "x") })', '{ a = null }', '{ "a" = "x" }'],
    ['object({ a = optional(object({ b = optional(number, 1) }), {}) })', '{}', '{ "a" = { "b" = 1 } }'],
    [
      'list(object({ port = number, cidrs = optional(list(string), ["10.0.0.0/8"]) }))',
      '[{ port = "22" }, { port = 80, cidrs = [] }]',
      'tolist([ { "cidrs" = tolist([ "10.0.0.0/8", ]) "port" = 22 }, { "cidrs" = tolist([]) "port" = 80 }, ])',
    ],
    [
      'map(object({ p = optional(number, 5) }))',
      '{ x = {}, y = { p = 6 } }',
      'tomap({ "x" = { "p" = 5 } "y" = { "p" = 6 } })',
    ],
    ['set(object({ a = string }))', '[{ a = "y" }, { a = "x" }]', 'toset([ { "a" = "x" }, { "a" = "y" }, ])'],
    ['object({ a = string })', 'tomap({ a = "x" })', '{ "a" = "x" }'],
    ['map(any)', '{ a = [1], b = ["x", "y"] }', 'tomap({ "a" = tolist([ "1", ]) "b" = tolist([ "x", "y", ]) })'],
    ['number', 'null', 'null'],
    ['list(string)', 'toset(["b", "a"])', 'tolist([ "a", "b", ])'],
  ])('in %s: %s', (type, value, expected) => {
    expect(held(type, value)).toBe(expected);
  });

  test.each([
    ['number', '"eighty"'],
    ['bool', '"yes"'],
    ['string', '[]'],
    ['list(number)', '["a"]'],
    ['list(string)', '"a"'],
    ['map(string)', '["a"]'],
    ['object({ a = string })', '{ b = 1 }'],
    ['tuple([string])', '["a", "b"]'],
    ['list(any)', '[1, [2]]'],
    ['map(object({ a = string }))', '{ x = { b = 1 } }'],
  ])('nothing in %s of %s', (type, value) => {
    expect(() => held(type, value)).toThrow(Fault);
  });

  test('what does not fit is told where it stands', () => {
    const expression = '{ ports = [80, "x"] }';
    const type = 'object({ ports = list(number) })';
    try {
      held(type, expression);
      expect.unreachable();
    } catch (error) {
      const { origin, message } = error as Fault;
      expect(expression.slice(origin.start, origin.end)).toBe('"x"');
      expect(message).toBe('a number is needed where a string ("x") is given');
    }
  });

  test('parts keep their places and marks', () => {
    const secret: Datum = { ...text('1', { ...AT, start: 7 }), sensitive: true };
    const list = convert({ kind: 'tuple', items: [secret], origin: AT }, typeIn('set(number)'), fullBudget());
    expect(list).toMatchObject({
      kind: 'set',
      items: [{ kind: 'number', value: 1, sensitive: true, origin: { start: 7 } }],
    });
  });
});

describe('conversions', () => {
  const value = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('any'), { maxKeys: 4 }),
    ),
  })).any;
  const datumOf = (json: unknown) =>
    evaluated(`jsondecode(${JSON.stringify(JSON.stringify(json)).replace(/[$%](?=\{)/g, (sign) => sign + sign)})`);

  test('done twice change nothing more', () => {
    const types = [
      'list(any)',
      'set(any)',
      'map(any)',
      'list(string)',
      'map(map(any))',
      'set(set(string))',
      'object({ a = optional(any), b = optional(list(any), []) })',
    ].map(typeIn);
    fc.assert(
      fc.property(value, fc.constantFrom(...types), (json, type) => {
        let once: Datum;
        try {
          once = convert(datumOf(json), type, fullBudget());
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
          return;
        }
        expect(printed(convert(once, type, fullBudget()), 0)).toBe(printed(once, 0));
      }),
    );
  });

  test('JSON comes back as it was', () => {
    fc.assert(
      fc.property(value, (json) => {
        const datum = datumOf(json);
        const [one, other] = ['jsonencode(x)', 'jsonencode(jsondecode(join("", split("", jsonencode(x)))))'];
        expect(evaluated(other, scopeOf({ x: datum }))).toMatchObject({
          value: (evaluated(one, scopeOf({ x: datum })) as { value: string }).value,
        });
      }),
    );
  });

  test('YAML comes back as it was', () => {
    fc.assert(
      fc.property(value, (json) => {
        const scope = scopeOf({ x: datumOf(json) });
        expect(printed(evaluated('yamldecode(join("", split("", yamlencode(x))))', scope), 0)).toBe(
          printed(evaluated('x', scope), 0),
        );
      }),
    );
  });
});
