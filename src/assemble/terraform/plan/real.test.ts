/** What Terraform itself wrote: plans and states of testdata/recordings, made with Terraform 1.11. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bodiesOf } from '../evaluated.fixture.ts';
import { recorded } from './recorded.fixture.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../../../testdata/recordings/${name}`, import.meta.url), 'utf8');
const CODE = { 'main.tf': read('main.tf'), 'net/main.tf': read('net/main.tf') };
const ADDRESSES = [
  'module.net["one"].terraform_data.in',
  'module.net["t.w\\"o"].terraform_data.in',
  'terraform_data.a',
  'terraform_data.b[0]',
  'terraform_data.b[1]',
  'terraform_data.c',
  'terraform_data.s',
];

const inputs = (bodies: Record<string, unknown>, address: string) =>
  (bodies[address] as { readonly input: unknown } | undefined)?.input;

describe.each(['plan.json', 'later-plan.json', 'state.json', 'raw.tfstate'])('%s', (name) => {
  test('holds every instance, with its values and its links', async () => {
    const { units, notices } = await recorded({ [name]: read(name) });
    expect(notices).toEqual([]);
    expect(units.map(({ id }) => id)).toEqual([`terraform:${name}`]);
    expect(units[0]?.resources.map(({ address }) => address)).toEqual(ADDRESSES);
    const bodies = bodiesOf(units[0] as (typeof units)[0]);
    expect(inputs(bodies, 'terraform_data.a')).toEqual({ cidr: '10.0.0.0/8', name: 'a' });
    expect(inputs(bodies, 'terraform_data.b[1]')).toEqual([
      expect.stringMatching(/→ terraform_data\.a\.id$/),
      expect.stringMatching(/→ terraform_data\.a\.id$/),
      'x',
    ]);
    expect(inputs(bodies, 'module.net["t.w\\"o"].terraform_data.in')).toEqual({
      key: 't.w"o',
      parent: expect.stringMatching(/→ terraform_data\.a\.id$/),
    });
    expect(inputs(bodies, 'terraform_data.c')).toEqual({
      all: [expect.stringMatching(/→ terraform_data\.b/), expect.stringMatching(/→ terraform_data\.b/)],
      m: expect.stringMatching(/→ .*module\.net\["one"\]\.terraform_data\.in\.id/),
    });
  });

  test('keeps what is sensitive', async () => {
    const { units } = await recorded({ [name]: read(name) });
    expect(JSON.stringify(units.map(bodiesOf))).not.toContain('hush');
    const input = inputs(bodiesOf(units[0] as (typeof units)[0]), 'terraform_data.s');
    expect(JSON.stringify(input)).toContain('?sensitive: terraform_data.s.input');
  });

  test('beside the code, it takes its place', async () => {
    const { units, notices, origin } = await recorded({ ...CODE, [name]: read(name) });
    expect(notices).toEqual([]);
    expect(units.map(({ id, files }) => [id, files])).toEqual([
      ['terraform:.', ['main.tf', 'net/main.tf', name].sort()],
    ]);
    expect(units[0]?.resources.map(({ address }) => address)).toEqual(ADDRESSES);
    expect(origin('module.net["one"].terraform_data.in', 'input', 'parent')).toEqual([
      'main.tf: terraform_data.a.id',
      'main.tf: module "net"',
    ]);
    expect(origin('terraform_data.a', 'input', 'cidr')).toEqual(['main.tf: "10.0.0.0/8"']);
  });
});
