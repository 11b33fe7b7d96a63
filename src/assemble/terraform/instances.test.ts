import { describe, expect, test } from 'vitest';
import { assembled, bodies } from './evaluated.fixture.ts';

describe('count and for_each', () => {
  test('known keys make instances; a count of zero makes none', async () => {
    const all = await bodies(`
      resource "x" "c" {
        count = 2
        v     = count.index
      }
      resource "x" "none" {
        count = 0
      }
      resource "x" "set" {
        for_each = toset(["b", "a"])
        v        = "\${each.key}=\${each.value}"
      }
      resource "x" "map" {
        for_each = { web = 80, "a\\"b" = 1 }
        v        = each.value
      }`);
    expect(all).toEqual({
      'x.c[0]': { v: 0 },
      'x.c[1]': { v: 1 },
      'x.map["a\\"b"]': { v: 1 },
      'x.map["web"]': { v: 80 },
      'x.set["a"]': { v: 'a=a' },
      'x.set["b"]': { v: 'b=b' },
    });
  });

  test('an unknown number is one instance that may not be there', async () => {
    const all = await bodies(`
      variable "on" {}
      variable "names" { type = set(string) }
      resource "x" "c" {
        count = var.on ? 1 : 0
        v     = "n\${count.index}"
        port  = 22
      }
      resource "x" "e" {
        for_each = var.names
        v        = each.value
      }
      resource "x" "f" {
        for_each = { for n in var.names : n => { port = 443 } }
        v        = each.value.port
      }
      resource "x" "g" {
        id   = x.c[0].id
        port = x.c[0].port
        all  = x.e[*].id
        some = x.f["a"].v
      }`);
    expect(all).toEqual({
      'x.c': { '?': 'var.on has no value', v: '?no-default: var.on has no value', port: 22 },
      'x.e': { '?': 'var.names has no value', v: '?no-default: var.names has no value' },
      'x.f': { '?': 'var.names has no value', v: 443 },
      'x.g': {
        id: '?computed: x.c.id is set when the resource is made → x.c.id',
        port: 22,
        all: '?no-default: var.names has no value → x.e.id',
        some: 443,
      },
    });
  });

  test('what Terraform refuses, and too many instances, are told and left uncertain', async () => {
    const { units, notices } = await assembled({
      'main.tf': `
        resource "x" "list" {
          for_each = ["a"]
          v        = each.value
        }
        resource "x" "huge" {
          count = 1000000000
          v     = count.index
        }`,
    });
    expect(units[0]?.resources.map(({ address, uncertain }) => [address, uncertain?.because])).toEqual([
      ['x.huge', 'it has more than 10000 instances'],
      ['x.list', 'for_each needs a map or a set of strings, and is given a tuple'],
    ]);
    expect(notices.map(({ code }) => code).sort()).toEqual(['expansion-limit', 'invalid-value']);
  });

  test('modules that multiply each other end with a notice', async () => {
    const call = (to: string) => `module "m" {\n  source = "./${to}"\n  count  = 100\n}`;
    const { units, notices } = await assembled({
      'main.tf': call('a'),
      'a/main.tf': call('b'),
      'a/b/main.tf': call('c'),
      'a/b/c/main.tf': 'resource "x" "y" {\n  count = 100\n}',
    });
    expect(notices.map(({ code }) => code)).toEqual(['expansion-limit']);
    expect(units[0]?.resources.length).toBeGreaterThan(10_000);
    expect(units[0]?.resources.length).toBeLessThan(100_000);
  });
});

describe('references between resources', () => {
  test('are values where they are written, and links where they are computed', async () => {
    const all = await bodies(`
      resource "aws_security_group" "web" {
        name = "web"
        ingress {
          from_port = 80
        }
      }
      resource "aws_subnet" "s" {
        count = 2
      }
      resource "aws_instance" "i" {
        name    = aws_security_group.web.name
        sgs     = [aws_security_group.web.id]
        subnet  = aws_subnet.s[1].id
        subnets = aws_subnet.s[*].id
        port    = aws_security_group.web.ingress[0].from_port
        beyond  = aws_security_group.web.egress[0].from_port
        url     = "http://\${aws_security_group.web.arn}:\${aws_subnet.s[0].id}"
        whole   = aws_security_group.web
      }`);
    const computed = (address: string, attribute: string) =>
      `?computed: ${address}.${attribute} is set when the resource is made → ${address}.${attribute}`;
    expect(all['aws_instance.i']).toEqual({
      name: 'web',
      sgs: [computed('aws_security_group.web', 'id')],
      subnet: computed('aws_subnet.s[1]', 'id'),
      subnets: [computed('aws_subnet.s[0]', 'id'), computed('aws_subnet.s[1]', 'id')],
      port: 80,
      beyond: computed('aws_security_group.web', 'egress'),
      url: `${computed('aws_security_group.web', 'arn')}, aws_subnet.s[0].id`,
      whole: '?computed: it is the whole of aws_security_group.web → aws_security_group.web.',
    });
  });

  test('two resources may refer to each other, and to what data sources answer', async () => {
    const all = await bodies(`
      data "aws_ami" "base" {
        owner = "me"
      }
      resource "x" "a" {
        other = x.b.id
        name  = "a"
      }
      resource "x" "b" {
        other = x.a.id
        name  = "b-\${x.a.name}"
        ami   = data.aws_ami.base.image_id
        owner = data.aws_ami.base.owner
      }`);
    expect(all['x.b']).toEqual({
      other: '?computed: x.a.id is set when the resource is made → x.a.id',
      name: 'b-a',
      ami: '?data-source: data.aws_ami.base is asked when Terraform runs → data.aws_ami.base.image_id',
      owner: 'me',
    });
    expect(Object.keys(all)).toEqual(['data.aws_ami.base', 'x.a', 'x.b']);
  });

  test('what is written tells some of what a provider sets', async () => {
    const all = await bodies(`
      data "template_file" "t" {
        template = "port=$\${port}%%{ if port == 80 } web%%{ endif }"
        vars     = { port = 80 }
      }
      resource "terraform_data" "d" {
        input = { a = [1] }
      }
      resource "x" "y" {
        user_data = data.template_file.t.rendered
        handed    = terraform_data.d.output.a[0]
        id        = terraform_data.d.id
      }`);
    expect(all['x.y']).toEqual({
      user_data: 'port=80 web',
      handed: 1,
      id: '?computed: terraform_data.d.id is set when the resource is made → terraform_data.d.id',
    });
  });

  test('what is null is not there, and what tells Terraform what to do is no attribute', async () => {
    const all = await bodies(`
      resource "x" "a" {
        gone       = null
        list       = [null, 1]
        provider   = aws.west
        depends_on = [x.b]
        lifecycle {
          ignore_changes = [list]
        }
        provisioner "local-exec" {
          command = self.list
        }
      }
      moved {
        from = x.z
        to   = x.a
      }
      import {
        to = x.a
        id = "1"
      }
      removed {
        from = x.q
      }
      check "c" {
        assert {
          condition     = false
          error_message = "no"
        }
      }`);
    expect(all).toEqual({ 'x.a': { list: [null, 1] } });
  });

  test('something that is declared nowhere is a link, and told once for its module', async () => {
    const { units, notices } = await assembled({
      'main.tf': 'resource "x" "a" {\n  sg = aws_security_group.gone.id\n  v = var.gone\n  w = var.gone\n}',
    });
    const [first] = units[0]?.resources ?? [];
    expect(first?.body.entries.get('sg')?.value).toMatchObject({
      reason: 'computed',
      refers: [{ address: 'aws_security_group.gone', attribute: 'id' }],
    });
    expect(notices.map(({ code, message }) => [code, message])).toEqual([
      [
        'reference-missing',
        'aws_security_group.gone, var.gone: used in . and declared nowhere there. What is made of them is unknown; scan the file that declares them.',
      ],
    ]);
  });
});

describe('order', () => {
  test('values that need each other in a circle are told with the chain, the same from wherever one begins', async () => {
    const circle = (names: readonly string[]) =>
      assembled({
        'main.tf': `locals {\n  ${names.map((name) => `${name} = local.${NEXT[name]}`).join('\n  ')}\n}\nresource "x" "y" {\n  a = local.${names[0]}\n  b = local.${names[1]}\n}`,
      });
    for (const names of [
      ['a', 'b', 'c'],
      ['c', 'a', 'b'],
      ['b', 'c', 'a'],
    ]) {
      const { notices, units } = await circle(names);
      expect(notices.map(({ code, message }) => `${code}: ${message}`)).toEqual([
        'reference-cycle: Terraform would refuse this: local.a needs itself: local.a → local.b → local.c → local.a.',
      ]);
      expect(units[0]?.resources[0]?.body.entries.get('a')?.value).toMatchObject({ kind: 'unknown' });
    }
  });

  test.each([1, 50, 10_000])('a chain of %d locals, backwards, has a value', async (length) => {
    const lines = Array.from({ length }, (_, index) => `  l${index} = "\${local.l${index + 1}}"`);
    const all = await bodies(
      `locals {\n${lines.join('\n')}\n  l${length} = "end"\n}\nresource "x" "y" {\n  v = local.l0\n}`,
    );
    expect(all).toEqual({ 'x.y': { v: 'end' } });
  });

  test('a circle longer than the stack is deep is a circle', async () => {
    const length = 5000;
    const lines = Array.from({ length }, (_, index) => `  l${index} = local.l${(index + 1) % length}`);
    const { notices } = await assembled({
      'main.tf': `locals {\n${lines.join('\n')}\n}\nresource "x" "y" {\n  v = local.l7\n}`,
    });
    expect(notices.map(({ code }) => code)).toEqual(['reference-cycle']);
  });
});

const NEXT: Readonly<Record<string, string>> = { a: 'b', b: 'c', c: 'a' };
