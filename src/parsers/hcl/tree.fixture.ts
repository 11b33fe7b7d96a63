import fc from 'fast-check';
import type { Attribute, BinaryOperator, Block, Body, Expression, Label, Part } from './syntax.ts';

/** A tree has places; those of made-up ones are all nothing. */
const NOWHERE = { start: 0, end: 0 };

const name = fc
  .stringMatching(/^[a-z_][a-z0-9_-]{0,6}$/)
  .filter((text) => !['true', 'false', 'null', 'for', 'in', 'if'].includes(text));

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('', ' ', '${a}', '%{', '$', '\\', '"', '\n', 'é'),
  )
  .map((value) => value.normalize('NFC'));

const literal: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .constantFrom(true, false, null)
    .map((value) => ({ kind: 'literal' as const, ...NOWHERE, value, text: String(value) })),
  fc
    .constantFrom('0', '7', '007', '1.5', '1e3', '2.5E-3', '65535')
    .map((written) => ({ kind: 'literal' as const, ...NOWHERE, value: Number(written), text: written })),
);

const variable: fc.Arbitrary<Expression> = name.map((each) => ({ kind: 'variable' as const, ...NOWHERE, name: each }));
const plain: fc.Arbitrary<Expression> = text.map((value) => ({ kind: 'text' as const, ...NOWHERE, value }));

/** What heredocs can hold: whole lines, and no sequence behind a sign that would escape it. */
const line = text.map((value) => `${value.replace(/[$%\r]/g, '')}\n`);

const OPERATORS: readonly BinaryOperator[] = ['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'];

const { whole } = fc.letrec<{
  expression: Expression;
  term: Expression;
  step: Expression;
  part: Part;
  quoted: Expression;
  whole: Expression;
}>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    tie('term'),
    fc.record({
      kind: fc.constant('binary' as const),
      start: fc.constant(0),
      end: fc.constant(0),
      operator: fc.constantFrom(...OPERATORS),
      left: tie('term'),
      right: tie('term'),
    }),
    fc.record({
      kind: fc.constant('unary' as const),
      start: fc.constant(0),
      end: fc.constant(0),
      operator: fc.constantFrom('!' as const, '-' as const),
      operand: tie('term'),
    }),
    fc.tuple(tie('term'), tie('expression'), tie('expression')).map(([condition, then, otherwise]) => ({
      kind: 'conditional' as const,
      ...NOWHERE,
      condition,
      then,
      otherwise,
    })),
  ),
  term: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    literal,
    plain,
    tie('step'),
    tie('quoted'),
    fc
      .tuple(variable, fc.array(name, { maxLength: 2 }), fc.boolean())
      .map(([on, names, full]) => ({ kind: 'splat' as const, ...NOWHERE, on, each: chain(names), full })),
    fc.array(tie('whole'), { maxLength: 3 }).map((items) => ({ kind: 'tuple' as const, ...NOWHERE, items })),
    fc
      .array(fc.record({ key: fc.oneof(plain, tie('step').map(parenthesised)), value: tie('whole') }), {
        maxLength: 3,
      })
      .map((items) => ({ kind: 'object' as const, ...NOWHERE, items })),
    fc
      .tuple(
        fc.constantFrom('tuple' as const, 'object' as const),
        name,
        fc.option(name),
        tie('expression'),
        tie('expression'),
      )
      .chain(([shape, item, key, of, value]) =>
        fc.tuple(tie('expression'), fc.boolean(), fc.option(tie('expression'))).map(([keyed, grouped, condition]) => ({
          kind: 'for' as const,
          ...NOWHERE,
          shape,
          key,
          item,
          of,
          keyed: shape === 'object' ? keyed : null,
          value,
          grouped: shape === 'object' && grouped,
          condition,
        })),
      ),
    tie('expression').map(parenthesised),
  ),
  step: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    variable,
    fc
      .tuple(tie('step'), name)
      .map(([on, each]) => ({ kind: 'attr' as const, ...NOWHERE, on, name: each, key: NOWHERE })),
    fc.tuple(tie('step'), tie('expression')).map(([on, key]) => ({ kind: 'index' as const, ...NOWHERE, on, key })),
    fc
      .tuple(fc.oneof(name, fc.constant('provider::a::b')), fc.array(tie('whole'), { maxLength: 3 }), fc.boolean())
      .map(([each, args, expand]) => ({
        kind: 'call' as const,
        ...NOWHERE,
        name: each,
        args,
        expand: expand && args.length > 0,
      })),
  ),
  quoted: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => template(parts)),
  // A heredoc stands only where a line may end behind it.
  whole: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    tie('expression'),
    fc.tuple(fc.array(tie('part'), { maxLength: 3 }), line).map(([parts, last]): Expression => {
      const simple = parts.filter(({ kind }) => kind === 'text' || kind === 'interpolation');
      const lines = simple.map(
        (part): Part => (part.kind === 'text' ? { ...part, value: part.value.replace(/[$%\r]/g, '') } : part),
      );
      return { ...template([...lines, { kind: 'text', ...NOWHERE, value: last }]), heredoc: true };
    }),
  ),
  part: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    text.map((value) => ({ kind: 'text' as const, ...NOWHERE, value })),
    tie('expression').map((value) => ({ kind: 'interpolation' as const, ...NOWHERE, value })),
    fc
      .tuple(tie('expression'), fc.array(tie('part'), { maxLength: 2 }), fc.array(tie('part'), { maxLength: 2 }))
      .map(([condition, then, otherwise]) => ({
        kind: 'if' as const,
        ...NOWHERE,
        condition,
        // biome-ignore lint/suspicious/noThenProperty: the shape of a directive
        then: joined(then),
        otherwise: joined(otherwise),
      })),
    fc
      .tuple(name, fc.option(name), tie('expression'), fc.array(tie('part'), { maxLength: 2 }))
      .map(([item, key, of, parts]) => ({
        kind: 'for-directive' as const,
        ...NOWHERE,
        key,
        item,
        of,
        parts: joined(parts),
      })),
  ),
}));

function parenthesised(inner: Expression): Expression {
  return { kind: 'parentheses', ...NOWHERE, inner };
}

function chain(names: readonly string[]): Expression {
  let on: Expression = { kind: 'item', ...NOWHERE };
  for (const each of names) on = { kind: 'attr', ...NOWHERE, on, name: each, key: NOWHERE };
  return on;
}

/** Parts as the parser would have them: no empty texts, and none beside another. */
function joined(parts: readonly Part[]): readonly Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const before = all.at(-1);
    if (part.kind === 'text' && before?.kind === 'text') {
      all[all.length - 1] = { ...before, value: (before.value + part.value).normalize('NFC') };
    } else if (part.kind !== 'text' || part.value !== '') all.push(part);
  }
  return all;
}

/** One text alone is no template. */
function template(parts: readonly Part[]): Extract<Expression, { kind: 'text' | 'template' }> {
  const all = joined(parts);
  const [first] = all;
  if (!first) return { kind: 'text', ...NOWHERE, value: '' };
  return all.length === 1 && first.kind === 'text' ? first : { kind: 'template', ...NOWHERE, parts: all };
}

const attribute: fc.Arbitrary<Attribute> = fc
  .tuple(name, whole)
  .map(([each, value]) => ({ kind: 'attribute', ...NOWHERE, name: each, key: NOWHERE, value }));

const label: fc.Arbitrary<Label> = text.map((value) => ({ ...NOWHERE, text: value }));

/** Bodies in which no argument stands twice. */
export const body: fc.Arbitrary<Body> = fc.letrec<{ body: Body; block: Block }>((tie) => ({
  body: fc.array(fc.oneof({ maxDepth: 3 }, attribute, tie('block')), { maxLength: 4 }).map((items) => {
    const names = new Set<string>();
    const kept = items.filter((item) => item.kind === 'block' || (!names.has(item.name) && names.add(item.name)));
    return { ...NOWHERE, items: kept };
  }),
  block: fc
    .tuple(name, fc.array(label, { maxLength: 2 }), tie('body'))
    .map(([type, labels, inner]) => ({ kind: 'block', ...NOWHERE, type, labels, header: NOWHERE, body: inner })),
})).body;
