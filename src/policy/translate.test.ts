import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import { type Expression, expressionOf } from './expression.ts';
import { factsOf } from './facts.ts';
import * as operators from './operators.ts';
import { environmentOf, exposureOf, listenerOf, SPEECH, workloadOf } from './sample.fixture.ts';
import type { TypeName } from './subjects/table.ts';
import { translate } from './translate.ts';
import { UnknownError } from './unknown-error.ts';
import { bind, session } from './view.ts';

const listener = listenerOf(workloadOf('web'), 8080);
/** Its address, port, ports and transport are unknown, each for a reason of its own. */
const exposure = exposureOf(listener, {
  address: null,
  ports: null,
  transport: 'unknown',
  implicit: true,
  http: { hosts: ['a', 'b', 'é🙂'], paths: ['/', '/x'], methods: [] },
});
const environment = environmentOf({ exposures: [exposure], listeners: [listener], workloads: [listener.workload] });
const TYPES: readonly TypeName[] = ['bool', 'int', 'double', 'string', 'list<string>', 'PortSet'];

/** What both make of an expression: its value, or why it has none. */
function bothOf(text: string): readonly [unknown, unknown] {
  const compiled = compile(text, 'exposure', TYPES, SPEECH);
  const translated = translate(text, 'exposure', TYPES, SPEECH);
  if (!('expression' in compiled) || !('expression' in translated)) throw new Error(`${text} is no expression`);
  expect(translated.fields).toEqual(compiled.fields);
  const run = new Function('cel', `return ${translated.expression}`)(operators);
  return [outcome(compiled.expression), outcome(expressionOf(run))];
}

function outcome(expression: Expression): unknown {
  const current = session(factsOf(environment));
  const value = expression(bind('exposure', exposure, current), current);
  if (current.defect !== undefined) return 'a defect';
  return value instanceof UnknownError ? { because: value.because } : value;
}

/**
 * What the language is made of, by type: `B` stands for any truth value in it, `I` for any whole number, `D` for any other
 * number, `S` for any string, `L` for any list of strings, `P` for any set of ports. What has no part comes first.
 */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  B: [
    ...['true', 'false', 'exposure.implicit', 'listener.loopback', 'listener.plays("debug")'],
    ...['!B', '(B && B)', '(B || B)', '(B && B && B)', '(B || B || B)', '(B ? B : B)', 'B == B', 'B != B'],
    ...['I == I', 'I != I', 'I < I', 'I <= D', 'D > I', 'D >= D', 'D == D', 'S == S', 'S != S', 'S < S'],
    ...['S.startsWith(S)', 'S.endsWith(S)', 'S.contains(S)', 'S.glob(S)', 'S in L', 'S in [S, S]', 'I in [I, 1]'],
    ...['I in P', 'P.overlaps(P)', 'exposure.servesPath(S)', 'exposure.path.via(S)'],
    ...['L.exists(x, x == S)', 'L.exists(x, x == S || B)', 'L.exists(x, L.exists(y, x == y && B))', 'L.exists(x, B)'],
    ...['L.all(x, x != S)', 'L.all(x, x == S || B)', 'L.all(x, L.all(x, x == S))', 'L.all(x, B)'],
    ...['L.exists_one(x, x == S)', 'L.exists_one(x, B)', 'L.filter(x, B).exists(x, x == S)'],
    ...['environment.workloads.exists(w, w.name == S || B)', '[true, B].exists(t, t)', 'B in [B, true]'],
  ],
  I: [
    ...['0', '1', '9223372036854775807', 'listener.port', 'exposure.port', 'listener.ports.size', 'exposure.path.hops'],
    ...['(I + I)', '(I - I)', '(-I)', '(B ? I : I)', 'size(S)', 'S.size()', 'size(L)', 'L.size()', 'P.size'],
  ],
  D: ['0.5', '1.0', '8080.0', '(D + D)', '(D - D)', '(-D)', '(B ? D : D)'],
  S: [
    ...['"a"', '"/"', '"é🙂"', '""', '"*"', '"\\\\"', 'listener.name', 'exposure.address', 'exposure.transport'],
    ...['(S + S)', '(B ? S : S)', 'S.lowerAscii()', 'S.upperAscii()', 'S.trim()', 'L.join()', 'L.join(S)'],
    ...['string(I)', 'string(D)', 'string(B)', 'string(S)'],
  ],
  L: [
    ...['exposure.hosts', 'exposure.paths', 'exposure.methods', '["a", "z"]'],
    ...['[S]', '[S, S]', '(L + L)', '(B ? L : L)', 'L.filter(x, x != S)', 'L.filter(new, B)'],
    ...['L.map(x, x + S)', 'L.map(x, S)', 'L.map(x, x == S || B, x + S)'],
  ],
  P: ['exposure.ports', 'listener.ports', 'ports("data-store")', 'ports("PostgreSQL")', '(B ? P : P)'],
};

const EXPRESSIONS = fc.letrec<Record<string, string>>((tie) =>
  Object.fromEntries(
    Object.entries(FORMS).map(([type, forms]) => {
      const filled = forms.map((form) => {
        const parts = form.split(/\b([BIDSLP])\b/);
        return fc
          .tuple(...parts.map((part, at) => (at % 2 === 1 ? tie(part) : fc.constant(part))))
          .map((all) => all.join(''));
      });
      return [type, fc.oneof({ maxDepth: 4, withCrossShrink: true }, ...filled)];
    }),
  ),
);

describe('a translated expression', () => {
  test.each(Object.values(FORMS).flat())('%s is what CEL makes of it', (form) => {
    const filled = form.replaceAll(/\b[BIDSLP]\b/g, (type) => FORMS[type]?.[1] as string);
    const [expected, found] = bothOf(filled);
    expect(found).toEqual(expected);
  });

  test('is what CEL makes of it, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(EXPRESSIONS)), (text) => {
        fc.pre('expression' in compile(text, 'exposure', TYPES, SPEECH));
        const [expected, found] = bothOf(text);
        expect(found).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['exposure.hosts == ["a"]', 'exposure.hosts == ["a"]'],
    ['workload in environment.workloads', 'workload in environment.workloads'],
    ['ports(listener.name).size == 0', 'ports(listener.name)'],
  ])('%s stops the build', (text, what) => {
    expect(() => translate(text, 'exposure', ['bool'], SPEECH)).toThrow(`\`${what}\` has no translation`);
  });
});
