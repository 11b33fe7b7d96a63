import { describe, expect, test } from 'vitest';
import { parseHcl } from './index.ts';
import type { Attribute, Block, Body, Expression } from './syntax.ts';

function read(json: unknown, path = 'a.tf.json') {
  const text = JSON.stringify(json, null, 2);
  return { text, ...parseHcl({ path, format: 'hcl-json', text }) };
}

/** A body as words: blocks with their labels, arguments with the kind of their value. */
function outline({ items }: Body): unknown[] {
  return items.map((item) =>
    item.kind === 'attribute'
      ? `${item.name}: ${item.value.kind}`
      : [[item.type, ...item.labels.map(({ text }) => text)].join(' '), ...outline(item.body)],
  );
}

function argument(body: Body, name: string): Expression {
  return (body.items.find((item) => item.kind === 'attribute' && item.name === name) as Attribute).value;
}

describe('blocks', () => {
  test('have the labels that Terraform gives their types, one or several below a name', () => {
    const { body, notices } = read({
      '//': 'a comment',
      terraform: { required_version: '1', backend: { s3: { bucket: 'b' } } },
      variable: { a: { type: 'string' }, b: {} },
      locals: [{ x: 1 }, { y: [true, null] }],
      resource: { aws_vpc: { main: { cidr_block: '10.0.0.0/8' }, other: [{ a: 1 }, { a: 2 }] } },
      module: { m: { source: './m', providers: { aws: 'aws.west' } } },
    });
    expect(notices).toEqual([]);
    expect(outline(body)).toEqual([
      ['terraform', 'required_version: text', ['backend s3', 'bucket: text']],
      ['variable a', 'type: variable'],
      ['variable b'],
      ['locals', 'x: literal'],
      ['locals', 'y: tuple'],
      ['resource aws_vpc main', 'cidr_block: text'],
      ['resource aws_vpc other', 'a: literal'],
      ['resource aws_vpc other', 'a: literal'],
      ['module m', 'source: text', 'providers: object'],
    ]);
  });

  test('of a provider look like arguments, unless they are or hold dynamic ones', () => {
    const { body } = read({
      resource: {
        aws_security_group: {
          web: {
            tags: { a: 'b' },
            ingress: [{ from_port: 1 }],
            lifecycle: { ignore_changes: ['tags'], precondition: { condition: '${var.x}' } },
            dynamic: { egress: { for_each: '${var.e}', content: { dynamic: { f: { for_each: [], content: {} } } } } },
            rule: { dynamic: { g: { for_each: [], content: {} } } },
          },
        },
      },
    });
    expect(outline(body)).toEqual([
      [
        'resource aws_security_group web',
        'tags: object',
        'ingress: tuple',
        ['lifecycle', 'ignore_changes: tuple', ['precondition', 'condition: template']],
        ['dynamic egress', 'for_each: template', ['content', ['dynamic f', 'for_each: tuple', ['content']]]],
        ['rule', ['dynamic g', 'for_each: tuple', ['content']]],
      ],
    ]);
  });

  test('stand where their last label does', () => {
    const { body, text } = read({ resource: { aws_vpc: { main: { a: 1 } } } });
    const block = body.items[0] as Block;
    expect(text.slice(block.header.start, block.header.end)).toBe('"main"');
    expect(block.labels.map(({ start, end }) => text.slice(start, end))).toEqual(['"aws_vpc"', '"main"']);
    expect(JSON.parse(text.slice(block.body.start, block.body.end))).toEqual({ a: 1 });
  });
});

describe('strings', () => {
  test('are templates, with the place of everything in them behind escapes, too', () => {
    const { body, text } = read({ locals: { a: 'x "\u0001\u00e9\\ ${var.b}' } });
    const value = argument((body.items[0] as Block).body, 'a');
    const part = value.kind === 'template' ? value.parts[1] : undefined;
    expect(part && text.slice(part.start, part.end)).toBe('${var.b}');
    expect(text.slice(value.start, value.end)).toBe('"x \\"\\u0001\u00e9\\\\ ${var.b}"');
  });

  test('are references and types without a sign, and themselves where nothing is evaluated', () => {
    const { body } = read({
      variable: { a: { type: 'map(object({ b = string }))', default: '${x}' } },
      output: { o: { value: '${a}', depends_on: ['aws_vpc.main'] } },
      moved: { from: 'aws_vpc.a', to: 'module.m.aws_vpc.b[0]' },
    });
    const [variable, output, moved] = body.items as Block[];
    expect(argument(variable!.body, 'type')).toMatchObject({ kind: 'call', name: 'map' });
    expect(argument(variable!.body, 'default')).toMatchObject({ kind: 'text', value: '${x}' });
    expect(argument(output!.body, 'depends_on')).toMatchObject({
      kind: 'tuple',
      items: [{ kind: 'attr', name: 'main' }],
    });
    expect(argument(moved!.body, 'to')).toMatchObject({ kind: 'index' });
  });

  test('of files of variables are themselves, whatever the names', () => {
    const { body } = read({ a: '${x}', module: { b: '%{c}' } }, 'prod.auto.tfvars.json');
    expect(outline(body)).toEqual(['a: text', 'module: object']);
  });

  test('that cannot be read are notices with their place', () => {
    const { body, text, notices } = read({ locals: { a: 'x ${', b: 'ok' } });
    expect(outline(body)).toEqual([['locals', 'a: invalid', 'b: text']]);
    expect(notices.map(({ code, origin }) => [code, origin.file, text.slice(origin.start - 2, origin.start)])).toEqual([
      ['syntax-error', 'a.tf.json', '${'],
    ]);
  });
});

test('what is no object is told, and what is no JSON', () => {
  expect(read({ resource: 'x' }).notices.map(({ code }) => code)).toEqual(['syntax-error']);
  const broken = parseHcl({ path: 'a.tf.json', format: 'hcl-json', text: '{"locals": {' });
  expect(broken.notices[0]?.message).toMatch(/not valid JSON/);
});
