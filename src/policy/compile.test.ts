import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import { factsOf } from './facts.ts';
import { environmentOf, exposureOf, listenerOf, problemsOf, SPEECH, workloadOf } from './sample.fixture.ts';
import type { SubjectName, TypeName } from './subjects/table.ts';
import { UnknownError } from './unknown-error.ts';
import { bind, session } from './view.ts';

const unknownExposure = { address: null, ports: null, transport: 'unknown' } as const;
const listener = listenerOf(workloadOf('web'), 8080);
/** T is true, F false, U unknown; one, two and n are numbers, of which n is unknown. */
const exposure = exposureOf(listener, {
  ...unknownExposure,
  implicit: true,
  http: { hosts: ['a', 'b'], paths: [], methods: ['GET'] },
});
const NAMES: Readonly<Record<string, string>> = {
  T: 'exposure.implicit',
  F: 'listener.loopback',
  U: '(exposure.transport == "tls")',
  S: '(exposure.address)',
  N: 'exposure.port',
  TWO: 'exposure.hosts.size()',
  HOSTS: 'exposure.hosts',
  PORTS: 'exposure.ports',
};

/** The value of an expression in which the names above stand for fields. */
function value(text: string, types: readonly TypeName[] = ['bool'], on: SubjectName = 'exposure'): unknown {
  const named = text.replace(/\b(T|F|U|S|N|TWO|HOSTS|PORTS)\b/g, (name) => NAMES[name] as string);
  const compiled = compile(named, on, types, SPEECH);
  if (!('expression' in compiled)) throw new Error(`${named}: ${compiled.map(({ message }) => message).join('; ')}`);
  const current = session(factsOf(environmentOf({ exposures: [exposure], listeners: [listener] })));
  const result = compiled.expression(bind(on, exposure, current), current);
  expect(current.defect).toBeUndefined();
  return result instanceof UnknownError ? 'U' : result === true ? 'T' : result === false ? 'F' : result;
}

describe('three-valued logic', () => {
  const AND = { TT: 'T', TF: 'F', TU: 'U', FT: 'F', FF: 'F', FU: 'F', UT: 'U', UF: 'F', UU: 'U' };
  const OR = { TT: 'T', TF: 'T', TU: 'T', FT: 'T', FF: 'F', FU: 'U', UT: 'T', UF: 'U', UU: 'U' };

  test.each(Object.entries(AND))('%s: and', ([a, b], is) => expect(value(`${a} && ${b}`)).toBe(is));
  test.each(Object.entries(OR))('%s: or', ([a, b], is) => expect(value(`${a} || ${b}`)).toBe(is));

  test.each([
    ['!T', 'F'],
    ['!F', 'T'],
    ['!U', 'U'],
    ['U == T', 'U'],
    ['F == U', 'U'],
    ['U != U', 'U'],
    ['N == 1', 'U'],
    ['1 != N', 'U'],
    ['N < 1', 'U'],
    ['N <= 1', 'U'],
    ['1 > N', 'U'],
    ['1 >= N', 'U'],
    ['N + 1 == 2', 'U'],
    ['1 - N == 2', 'U'],
    ['-N == 2', 'U'],
    ['S + "a" == "b"', 'U'],
    ['S in ["a"]', 'U'],
    ['"a" in [S, "a"]', 'U'],
    ['"a" in HOSTS', 'T'],
    ['22 in PORTS', 'U'],
    ['PORTS.overlaps(ports("data-store"))', 'U'],
    ['S.startsWith("a")', 'U'],
    ['S.glob("*")', 'U'],
    ['"a".glob(S)', 'U'],
    ['size(S) == 1', 'U'],
    ['T ? T : U', 'T'],
    ['F ? U : F', 'F'],
    ['U ? T : T', 'U'],
    ['T ? U : T', 'U'],
    ['listener.exposed("internet")', 'F'],
  ])('%s is %s', (text, is) => expect(value(text)).toBe(is));

  // `x == "a"` is true of the first host alone, `U` is unknown for both.
  test.each([
    ['HOSTS.exists(x, x == "a")', 'T'],
    ['HOSTS.exists(x, x == "z")', 'F'],
    ['HOSTS.exists(x, U)', 'U'],
    ['HOSTS.exists(x, x == "b" || U)', 'T'],
    ['HOSTS.exists(x, x == "b" && U)', 'U'],
    ['HOSTS.exists(x, x == "z" && U)', 'F'],
    ['HOSTS.all(x, x != "z")', 'T'],
    ['HOSTS.all(x, x == "a")', 'F'],
    ['HOSTS.all(x, U)', 'U'],
    ['HOSTS.all(x, x == "b" && U)', 'F'],
    ['HOSTS.all(x, x == "a" || U)', 'U'],
    ['exposure.paths.all(x, U)', 'T'],
    ['exposure.paths.exists(x, U)', 'F'],
    ['HOSTS.exists_one(x, x == "a")', 'T'],
    ['HOSTS.exists_one(x, x == "b" || U)', 'U'],
    ['HOSTS.filter(x, x == "a").size() == 1', 'T'],
    ['HOSTS.filter(x, U).size() == 0', 'U'],
    ['HOSTS.map(x, x + "!").join(",") == "a!,b!"', 'T'],
    ['HOSTS.map(x, S).size() == 2', 'U'],
    ['HOSTS.exists(x, exposure.methods.exists(y, U || x == "b"))', 'T'],
  ])('%s is %s', (text, is) => expect(value(text)).toBe(is));

  test('an unknown that becomes known never turns a verdict round', () => {
    const atom = fc.constantFrom('T', 'F', 'U');
    const tree: fc.Arbitrary<string> = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        atom,
        fc.tuple(tie('node'), fc.constantFrom('&&', '||'), tie('node')).map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie('node').map((a) => `!(${a})`),
      ),
    })).node as fc.Arbitrary<string>;
    fc.assert(
      fc.property(tree, fc.constantFrom('T', 'F'), (text, known) => {
        const verdict = value(text);
        if (verdict !== 'U') expect(value(text.replace(/U/g, known))).toBe(verdict);
      }),
      { numRuns: 200 },
    );
  });

  test('says why', () => {
    const current = session(factsOf(environmentOf({ exposures: [exposure] })));
    const compiled = compile('exposure.port == 22', 'exposure', ['bool'], SPEECH);
    if (!('expression' in compiled)) throw new Error('not compiled');
    const once = compiled.expression(bind('exposure', exposure, current), current);
    const again = compiled.expression(bind('exposure', exposure, current), current);
    expect(once).toMatchObject({ because: 'the host or the platform picks the port', origin: exposure.grant });
    expect(again).toBe(once);
  });
});

describe('values', () => {
  test.each([
    ['listener.port + 1 == 8081', 'T'],
    ['8080 in listener.ports', 'T'],
    ['22 in listener.ports', 'F'],
    ['listener.ports.size == 1', 'T'],
    ['ports("data-store").size == 2', 'T'],
    ['ports("PostgreSQL").overlaps(ports("MySQL"))', 'F'],
    ['gateway.kind == "published-port"', 'T'],
    ['exposure.path.via("8080:80") && exposure.path.through("published-port")', 'T'],
    ['exposure.path.hops == 1', 'T'],
    ['exposure.sources.size == 0', 'T'],
    ['exposure.sources.within("10.0.0.0/8")', 'T'],
    ['string(listener.port) == "8080"', 'T'],
  ])('%s is %s', (text, is) => expect(value(text)).toBe(is));
});

describe('a defect', () => {
  test('of a field is noted whatever came out', () => {
    const broken = {
      ...exposure,
      get http(): never {
        throw new Error('no http');
      },
    };
    const current = session(factsOf(environmentOf()));
    const evaluated = (text: string) => {
      const compiled = compile(text, 'exposure', ['bool'], SPEECH);
      if (!('expression' in compiled)) throw new Error('not compiled');
      return compiled.expression(bind('exposure', broken, current), current);
    };
    expect(evaluated('true || exposure.hosts.size() == 0')).toBe(true);
    expect(current.defect).toBeUndefined();
    expect(evaluated('exposure.hosts.size() == 0 || true')).toBe(true);
    expect(current.defect).toEqual(new Error('no http'));
    current.defect = undefined;
    expect(evaluated('exposure.servesPath("/")')).toEqual(new Error('no http'));
    expect(current.defect).toEqual(new Error('no http'));
  });
});

describe('a wrong rule', () => {
  test.each([
    ['exposure.scpoe == "internet"', 'a value of type Exposure has no field `scpoe`; did you mean `scope`?', [9, 14]],
    ['exposure.scope == "interent"', '`exposure.scope` is never "interent"; did you mean `internet`?', [18, 28]],
    ['"intranet" == exposure.scope', '`exposure.scope` is never "intranet"; did you mean `internet`?', [0, 10]],
    ['exposure.scope in ["lan"]', '`exposure.scope` is never "lan"', [19, 24]],
    ['listener.hasRole("databse")', 'the role of `hasRole` is never "databse"', [17, 26]],
    [
      'listener.hasRole(true ? "debug" : "debgu")',
      'the role of `hasRole` is never "debgu"; did you mean `debug`?',
      [34, 41],
    ],
    ['exposure.sources.within("10.0.0/8")', '"10.0.0/8" is no address and no CIDR block', [24, 34]],
    ['ports("databases").size > 0', 'what `ports` knows is never "databases"', [6, 17]],
    ['listner.port == 1', 'there is no variable `listner` in a rule on exposure; did you mean `listener`?', [0, 7]],
    ['guard.name == ""', 'there is no variable `guard` in a rule on exposure', [0, 5]],
    ['listener.hasRle("debug")', '`hasRle` is not part of the rule language; did you mean `hasRole`?', [9, 15]],
    ['exposure.hasRole("debug")', 'a value of type Exposure has no method `hasRole` that takes this', [9, 16]],
    ['listener.hasRole(1)', '`hasRole` takes something else; it is `hasRole(role: string)`', [9, 16]],
    ['listener.port == "80"', 'no such overload: int == string', [0, 21]],
    ['listener.port', 'this is a number, and has to be true or false', [0, 13]],
    ['has(exposure.port)', '`has` is not part of the rule language', [0, 18]],
    ['workload.name.matches("a+")', '`matches` is not part of the rule language; use `glob', [14, 21]],
    ['exposure.hosts[0] == ""', '`[]` is not part of the rule language', [0, 17]],
    ['{"a": true}.size() == 1', '`{…}` is not part of the rule language', [0, 11]],
    ['listener.port / 2 == 1', '`/` is not part of the rule language', [0, 17]],
    ['dyn(1) == 1', '`dyn` is not part of the rule language', [0, 6]],
    ['cel.bind(x, 1, x == 1)', '`bind` is not part of the rule language', [4, 8]],
    [
      'environment.workloads.exists(a, environment.workloads.exists(b, environment.workloads.exists(c, true)))',
      '`exists` stands inside two others',
      [86, 92],
    ],
    ['exposure.scope ==', 'the expression ends too early', [17, 17]],
    ['exposure.scope = "a"', 'unexpected character: =', [15, 16]],
    ['', 'the expression ends too early', [0, 0]],
  ])('%s', (when, message, [start, end]) => {
    const problems = problemsOf({ when }).map((one) => ({ ...one, text: `${one.message}; ${one.hint}` }));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.text).toContain(message);
    expect(problems[0]?.origin).toEqual({ file: 'rule.yaml', start, end });
  });

  test('is no rule with an `at` that is no place', () => {
    expect(problemsOf({ at: 'exposure.scope' })[0]?.message).toBe(
      'this is a text, and has to be a value of type Origin',
    );
  });

  test('is refused when it is larger than any rule', () => {
    const huge = Array.from({ length: 3_000 }, () => 'true').join(' && ');
    expect(problemsOf({ when: huge })).toHaveLength(1);
    expect(problemsOf({ when: `${'('.repeat(5_000)}true${')'.repeat(5_000)}` })).toHaveLength(1);
  });

  test('never makes the check throw', () => {
    const piece = fc.constantFrom(
      'exposure',
      '.',
      'scope',
      '(',
      ')',
      '"',
      '==',
      '[',
      ']',
      '&&',
      ' ',
      '1',
      'exists',
      ',',
      'x',
      '{',
      '}',
      '?',
      ':',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => void problemsOf({ when: pieces.join('') })));
    fc.assert(fc.property(fc.string(), (when) => void problemsOf({ when })));
  });
});
