import { describe, expect, test } from 'vitest';
import type { Origin } from '../../../../source/span.ts';
import { memoryTree } from '../../../../source/tree.ts';
import { evaluated, printed, scopeOf } from '../console.fixture.ts';
import { type Datum, sequence, text, unknownDatum } from '../datum.ts';
import { Fault } from '../fault.ts';

const AT: Origin = { file: 'other.tf', start: 0, end: 0 };
const ID = unknownDatum('computed', 'aws_subnet.a exists only once it is made', AT, [
  { address: 'aws_subnet.a', attribute: 'id' },
]);
const CIDRS = unknownDatum('no-default', 'var.cidrs has no value', AT, [{ address: 'aws_vpc.b', attribute: '' }]);
const NAMES = {
  id: ID,
  cidrs: CIDRS,
  each: { ...CIDRS, item: text('10.0.0.0/8', AT) },
  secret: { ...text('s3cret', AT), sensitive: true as const },
  secrets: { ...sequence('list', [text('a', AT)], AT), sensitive: true as const },
};
const SCOPE = () => scopeOf(NAMES);

/** A value with what is unknown in it as `?reason→references`. */
function shown(datum: Datum): unknown {
  if (datum.sensitive) return 'secret';
  if (datum.kind === 'unknown') {
    const refers = datum.refers.map(({ address, attribute }) => `${address}.${attribute}`).join('+');
    const some = datum.some?.map(shown);
    return `?${datum.reason}→${refers}${some && some.length > 0 ? ` with ${JSON.stringify(some)}` : ''}`;
  }
  if ('items' in datum) return datum.items.map(shown);
  if ('entries' in datum) return Object.fromEntries([...datum.entries].map(([key, value]) => [key, shown(value)]));
  return datum.kind === 'null' ? null : datum.value;
}

const SUBNET = '?computed→aws_subnet.a.id';
const OPEN = '?no-default→aws_vpc.b.';

describe('what depends on something unknown is unknown, and refers to all of it', () => {
  test.each<[string, unknown]>([
    ['upper(id)', SUBNET],
    ['format("%s-%s", id, cidrs)', `${SUBNET}+aws_vpc.b.`],
    ['join(",", ["a", id, cidrs])', `${SUBNET}+aws_vpc.b.`],
    ['jsonencode({ a = [id], b = { c = cidrs } })', `${SUBNET}+aws_vpc.b.`],
    ['merge({ a = 1 }, cidrs)', OPEN],
    ['cidrsubnet(id, 8, 1)', SUBNET],
    ['length(cidrs)', OPEN],
    ['length(toset([id, "a"]))', SUBNET],
    ['contains(["a", id], "b")', SUBNET],
    ['contains(cidrs, "b")', OPEN],
    ['alltrue([true, id])', SUBNET],
    ['coalesce(id, "b")', SUBNET],
    ['lookup({ a = 1 }, id, 2)', SUBNET],
    ['lookup(cidrs, "a", 2)', OPEN],
    ['zipmap([id], ["x"])', SUBNET],
    ['index(["a", id], "b")', SUBNET],
    ['regex("a", id)', SUBNET],
    ['setsubtract(["a"], [id])', SUBNET],
    ['file(id)', SUBNET],
    ['try(id, "b")', SUBNET],
    ['can(upper(id))', SUBNET],
    ['range(id)', SUBNET],
    ['max(1, id)', SUBNET],
    ['nosuch(id)', '?unmodelled→aws_subnet.a.id'],
    ['provider::aws::arn_parse(id)', '?unmodelled→aws_subnet.a.id'],
    ['setunion(cidrs, ["a"])', `${OPEN} with ["a"]`],
    ['max(cidrs...)', OPEN],
  ])('%s', (expression, expected) => {
    expect(shown(evaluated(expression, SCOPE()))).toEqual(expected);
  });
});

describe('what does not depend on it is known', () => {
  test.each<[string, unknown]>([
    ['length([id, "a"])', 2],
    ['length({ a = id })', 1],
    ['keys({ b = id, a = 1 })', ['a', 'b']],
    ['values({ b = id, a = 1 })', [1, SUBNET]],
    ['merge({ a = 1 }, { b = id })', { a: 1, b: SUBNET }],
    ['concat(["a"], [id])', ['a', SUBNET]],
    ['element(["a", id], 0)', 'a'],
    ['element(["a", id], 1)', SUBNET],
    ['contains([id, "a"], "a")', true],
    ['anytrue([id, true])', true],
    ['alltrue([id, false])', false],
    ['coalesce("a", id)', 'a'],
    ['coalescelist(["a"], cidrs)', ['a']],
    ['lookup({ a = 1, b = id }, "a", 2)', 1],
    ['try("a", id)', 'a'],
    ['formatlist("%s/32", ["10.0.0.1", id])', ['10.0.0.1/32', SUBNET]],
    ['flatten([["a"], [id]])', '?computed→aws_subnet.a.id with ["a"]'],
    ['tolist([id, 1, "a"])', [SUBNET, '1', 'a']],
    ['reverse([id, "a"])', ['a', SUBNET]],
    ['slice([id, "a"], 1, 2)', ['a']],
    ['zipmap(["x"], [id])', { x: SUBNET }],
    ['setproduct(["a"], [id])', [['a', SUBNET]]],
    ['chunklist([id, "a"], 1)', [[SUBNET], ['a']]],
    ['setunion(["a"], [id])', ['a', SUBNET]],
    ['one([id])', SUBNET],
    ['element(each, 3)', '10.0.0.0/8'],
    ['one(each)', '10.0.0.0/8'],
    ['jsondecode(jsonencode({ a = 1, b = id }))', { a: 1, b: SUBNET }],
  ])('%s', (expression, expected) => {
    expect(shown(evaluated(expression, SCOPE()))).toEqual(expected);
  });
});

describe('a collection with an unknown part still tells what is in it', () => {
  const some = '["0.0.0.0/0"]';
  test.each([
    ['concat(cidrs, ["0.0.0.0/0"])', some],
    ['distinct(concat(cidrs, ["0.0.0.0/0"], ["0.0.0.0/0"]))', some],
    ['compact(concat(cidrs, ["0.0.0.0/0", ""]))', some],
    ['toset(concat(cidrs, ["0.0.0.0/0"]))', some],
    ['sort(concat(cidrs, ["0.0.0.0/0"]))', some],
    ['flatten([cidrs, ["0.0.0.0/0"]])', some],
    ['concat(concat(cidrs, ["0.0.0.0/0"]), ["10.0.0.0/8"])', '["0.0.0.0/0","10.0.0.0/8"]'],
  ])('%s', (expression, expected) => {
    expect(shown(evaluated(expression, SCOPE()))).toBe(`${OPEN} with ${expected}`);
  });

  test('which is found in it', () => {
    expect(shown(evaluated('contains(concat(cidrs, ["a"]), "a")', SCOPE()))).toBe(true);
  });
});

describe('marks', () => {
  test.each<[string, unknown]>([
    ['upper(secret)', 'secret'],
    ['[secret, "a"]', ['secret', 'a']],
    ['concat([secret], ["a"])', ['secret', 'a']],
    ['concat(secrets, ["a"])', 'secret'],
    ['merge({ a = secret }, { b = 1 })', { a: 'secret', b: 1 }],
    ['jsonencode({ a = secret })', 'secret'],
    ['jsonencode([secret, id])', 'secret'],
    ['format("%v", [secret])', 'secret'],
    ['length(secrets)', 'secret'],
    ['nonsensitive(secret)', 's3cret'],
    ['join(",", [secret, id])', 'secret'],
    ['toset([secret])', ['secret']],
    ['concat([secret], cidrs)', 'secret'],
    ['timestamp()', '?computed→'],
    ['rsadecrypt("x", secret)', 'secret'],
    ['cidrhost(secret, 1)', 'refused'],
    ['one(secrets)', 'secret'],
    ['distinct([secret, secret])', ['secret']],
  ])('%s', (expression, expected) => {
    const result = () => shown(evaluated(expression, SCOPE()));
    if (expected === 'refused') expect(result).toThrow(Fault);
    else expect(result()).toEqual(expected);
  });

  test('no message shows a secret', () => {
    for (const expression of [
      'tonumber(secret)',
      'cidrhost(secret, 1)',
      'jsondecode(secret)',
      'tobool(secret)',
      'cidrsubnet("10.0.0.0/8", secret, 1)',
      'parseint(secret, 10)',
      'file(secret)',
      'timeadd(secret, "1h")',
      'regex("x", secret)',
      'formatdate(secret, "2018-01-02T23:12:01Z")',
      'format(secret, 1)',
    ]) {
      try {
        expect(printed(evaluated(expression, SCOPE()), 0)).not.toContain('s3cret');
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        expect(error.message, expression).not.toContain('s3cret');
      }
    }
  });
});

describe('places', () => {
  /** The piece of the expression that the value found at `path` stands at. */
  const placed = (expression: string, ...path: readonly number[]): string => {
    let datum = evaluated(expression, SCOPE());
    for (const index of path) datum = 'items' in datum ? (datum.items[index] as Datum) : datum;
    return expression.slice(datum.origin.start, datum.origin.end);
  };
  test.each<[string, string, ...number[]]>([
    ['concat(["10.0.0.0/8"], ["0.0.0.0/0"])', '"0.0.0.0/0"', 1],
    ['distinct(["a", "b", "a"])', '"b"', 1],
    ['sort(["b", "a"])', '"a"', 0],
    ['toset(["b", "a"])', '"a"', 0],
    ['flatten([["a"], ["b"]])', '"b"', 1],
    ['tolist([1, "a"])', '1', 0],
    ['coalesce("", "b")', '"b"'],
    ['try(1, 2)', '1'],
    ['lookup({ a = "x" }, "b", "y")', '"y"'],
    ['element(["a", "b"], 1)', '"b"'],
    ['split(",", "a,b")', '"a,b"', 1],
    ['trimspace(" a ")', '" a "'],
    ['values({ a = "x" })', '"x"', 0],
    ['keys({ a = "x" })', 'a', 0],
    ['formatlist("%s/32", ["10.0.0.1"])', '"10.0.0.1"', 0],
    ['jsondecode("[1]")', '"[1]"', 0],
    ['cidrsubnet("10.0.0.0/8", 8, 1)', 'cidrsubnet("10.0.0.0/8", 8, 1)'],
    ['format("%s", "a")', 'format("%s", "a")'],
    ['setproduct(["a"], ["b"])', '"b"', 0, 1],
    ['merge({ a = 1 }, { a = 2 })', 'merge({ a = 1 }, { a = 2 })'],
  ])('%s', (expression, expected, ...path) => {
    expect(placed(expression, ...path)).toBe(expected);
  });
});

describe('files', () => {
  const tree = memoryTree({
    'a.txt': 'hello',
    'files/b.json': '{"a": 1}',
    'files/c/d.tf': '',
    'hello.tftpl': 'Hello, ${upper(name)}!%{ for x in list } ${x}%{ endfor }',
    'loop.tftpl': '${templatefile("loop.tftpl", {})}',
  });
  const scope = () => scopeOf(NAMES, tree);
  test.each<[string, unknown]>([
    ['file("a.txt")', 'hello'],
    ['file("./files/../a.txt")', 'hello'],
    ['filebase64("a.txt")', 'aGVsbG8='],
    ['filesha256("a.txt")', '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
    ['fileexists("a.txt")', true],
    ['fileexists("b.txt")', false],
    ['fileset(".", "*.txt")', ['a.txt']],
    ['fileset("files", "**")', ['b.json', 'c/d.tf']],
    ['fileset("files", "**/*.{tf,json}")', ['b.json', 'c/d.tf']],
    ['fileset(".", "[a-b].tx?")', ['a.txt']],
    ['jsondecode(file("files/b.json")).a', 1],
    ['templatefile("hello.tftpl", { name = "x", list = [1, 2] })', 'Hello, X! 1 2'],
    ['templatefile("hello.tftpl", { name = id, list = [] })', SUBNET],
    ['templatefile("hello.tftpl", cidrs)', OPEN],
    ['try(file("nope.txt"), "default")', 'default'],
    ['file("../a.txt")', '?computed→'],
    ['file("/etc/passwd")', '?computed→'],
    ['fileexists("/etc/passwd")', '?computed→'],
    ['file(pathexpand("~/.ssh/id_rsa.pub"))', '?computed→'],
    ['fileset("..", "*")', '?computed→'],
  ])('%s', (expression, expected) => {
    expect(shown(evaluated(expression, scope()))).toEqual(expected);
  });

  test('one that is not there says so', () => {
    expect(() => evaluated('file("nope.txt")', scope())).toThrow(
      expect.objectContaining({ code: 'file-missing', reason: 'computed', message: 'there is no file nope.txt' }),
    );
  });
});

describe('bounds', () => {
  test.each([
    'format("%99999999d", 1)',
    'format("%.99999999f", 1)',
    'indent(100000000, "a\\nb\\nc")',
    'join(join("", [for i in range(1000) : "0123456789"]), [for i in range(300) : [for j in range(300) : "x"]]...)',
    'replace(join("", [for i in range(1000) : "aaaaaaaaaaaaaaaaaaaa"]), "a", join("", [for i in range(1000) : "aaaaaaaaaaaaaaaaaaaa"]))',
    'replace(join("", [for i in range(1000) : "aaaaaaaaaaaaaaaaaaaa"]), "/a+/", join("", [for i in range(1000) : "$0$0$0$0$0$0$0$0$0$0"]))',
    'setproduct(range(1000), range(1000), range(1000))',
  ])('%s', (expression) => {
    const started = performance.now();
    expect(() => evaluated(expression, SCOPE())).toThrow(expect.objectContaining({ code: 'expansion-limit' }));
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('a pattern that other engines hang on ends', () => {
    const pattern = 'length(regexall("(a|a)*(a|a)*b$", join("", [for i in range(200) : "aaaaaaaaaaaaaaaaaaaa"])))';
    const started = performance.now();
    try {
      expect(printed(evaluated(pattern, SCOPE()), 0)).toBe('0');
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
    }
    expect(performance.now() - started).toBeLessThan(8000);
  });

  test('try does not hide one', () => {
    expect(() => evaluated('try(format("%99999999d", 1), "a")', SCOPE())).toThrow(Fault);
  });

  test('a value that holds itself many times over is not gone through', () => {
    let datum: Datum = sequence('tuple', [text('a', AT)], AT);
    for (let depth = 0; depth < 60; depth++) datum = sequence('tuple', [datum, datum], AT);
    for (const expression of ['jsonencode(bomb)', 'flatten(bomb)', 'tolist(bomb)', 'toset([bomb])', 'yamlencode(bomb)'])
      expect(() => evaluated(expression, scopeOf({ bomb: datum })), expression).toThrow(Fault);
  });

  test('a YAML bomb is refused', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 12; at++)
      lines.push(
        `a${at}: &a${at} [${Array(10)
          .fill(`*a${at - 1}`)
          .join()}]`,
      );
    expect(() => evaluated('yamldecode(bomb)', scopeOf({ bomb: text(lines.join('\n'), AT) }))).toThrow(Fault);
  });

  test('deep JSON is refused, or read', () => {
    const deep = text('['.repeat(200_000) + ']'.repeat(200_000), AT);
    expect(() => evaluated('jsondecode(deep)', scopeOf({ deep }))).toThrow(Fault);
  });
});

test.each([
  ['cidrsubnet("fd00::/8", 40, length(cidrs))', '/48'],
  ['cidrsubnet(cidrsubnet("10.0.0.0/8", 8, length(cidrs)), 8, 1)', '/24'],
  ['cidrsubnet(id, 8, 1)', undefined],
  ['cidrsubnet("10.0.0.0/8", length(cidrs), 1)', undefined],
])('how long a part of a prefix is does not hang on which part it is: %s', (code, ends) => {
  const datum = evaluated(code, SCOPE());
  expect(datum.kind === 'unknown' && datum.ends).toBe(ends);
});
