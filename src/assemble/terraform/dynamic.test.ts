import { describe, expect, test } from 'vitest';
import { assembled, bodies } from './evaluated.fixture.ts';

const guard = (body: string, before = '') => bodies(`${before}\nresource "aws_security_group" "g" {\n${body}\n}`);

describe('dynamic blocks', () => {
  test('make one block an item, beside those that are written', async () => {
    const all = await guard(`
      ingress {
        from_port = 22
      }
      dynamic "ingress" {
        for_each = [80, 443]
        content {
          from_port = ingress.value
          note      = "no \${ingress.key}"
        }
      }
      dynamic "egress" {
        for_each = { web = 80, dns = 53 }
        iterator = rule
        content {
          from_port = rule.value
          note      = rule.key
        }
      }
      dynamic "none" {
        for_each = []
        content {}
      }`);
    expect(all['aws_security_group.g']).toEqual({
      ingress: [{ from_port: 22 }, { from_port: 80, note: 'no 0' }, { from_port: 443, note: 'no 1' }],
      egress: [
        { from_port: 53, note: 'dns' },
        { from_port: 80, note: 'web' },
      ],
      none: [],
    });
  });

  test('stand in each other, and see the iterators around them', async () => {
    const all = await guard(`
      dynamic "set" {
        for_each = { a = [1, 2], b = [3] }
        content {
          name = set.key
          dynamic "item" {
            for_each = set.value
            content {
              v = "\${set.key}\${item.value}"
            }
          }
        }
      }`);
    expect(all['aws_security_group.g']).toEqual({
      set: [
        { name: 'a', item: [{ v: 'a1' }, { v: 'a2' }] },
        { name: 'b', item: [{ v: 'b3' }] },
      ],
    });
  });

  test('over something unknown make one block that may not be there, of which what is known is known', async () => {
    const all = await guard(
      `
      dynamic "ingress" {
        for_each = var.rules
        content {
          from_port   = ingress.value.port
          to_port     = 443
          cidr_blocks = ["0.0.0.0/0"]
        }
      }
      dynamic "egress" {
        for_each = var.on ? [1] : []
        content {
          from_port = egress.value
        }
      }`,
      'variable "rules" {}\nvariable "on" {}',
    );
    expect(all['aws_security_group.g']).toEqual({
      ingress: [
        {
          '?': 'var.rules has no value',
          from_port: '?no-default: var.rules has no value',
          to_port: 443,
          cidr_blocks: ['0.0.0.0/0'],
        },
      ],
      egress: [{ '?': 'var.on has no value', from_port: 1 }],
    });
  });

  test('a bad attribute of a block is lost alone, and a bad for_each leaves the block unknown', async () => {
    const { units, notices } = await assembled({
      'main.tf': `resource "x" "y" {
        b {
          good = 1
          bad  = {}.x
        }
        dynamic "c" {
          for_each = 5
          content {
            v = 1
          }
        }
      }`,
    });
    const body = units[0]?.resources[0]?.body.entries;
    expect(body?.get('b')?.value).toMatchObject({ kind: 'list' });
    const made = body?.get('c')?.value;
    expect(made?.kind === 'list' && made.items).toMatchObject([{ kind: 'mapping', uncertain: { kind: 'unknown' } }]);
    expect(notices.map(({ code }) => code)).toEqual(['invalid-value', 'invalid-value']);
  });
});

test('rules in an attribute have the shape of rules in blocks', async () => {
  const attribute = await guard('ingress = [{ from_port = 22, cidr_blocks = ["0.0.0.0/0"], self = null }]');
  const block = await guard('ingress {\n  from_port = 22\n  cidr_blocks = ["0.0.0.0/0"]\n}');
  expect(attribute).toEqual(block);
});
