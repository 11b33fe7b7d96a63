/**
 * A root module with most of the language in it, against what Terraform itself plans for it: `planned.json` holds the
 * inputs of its `terraform_data` resources, from `terraform plan` and `terraform show -json` (1.11), no provider needed.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { diskTree } from '../../source/disk-tree.ts';
import { openFiles } from '../files.ts';
import { bodiesOf } from './evaluated.fixture.ts';
import { assembleTerraform } from './index.ts';

const FOLDER = fileURLToPath(new URL('../../../testdata/terraform/planned/', import.meta.url));

test('evaluation says what Terraform plans', async () => {
  const { value, notices } = await assembleTerraform(openFiles(diskTree(FOLDER)));
  const planned = JSON.parse(readFileSync(`${FOLDER}planned.json`, 'utf8')) as Record<string, unknown>;
  const ours = value.flatMap((unit) => Object.entries(bodiesOf(unit)));
  expect(notices).toEqual([]);
  expect(ours.map(([address]) => address)).toEqual(Object.keys(planned));
  for (const [address, body] of ours) {
    expect([address, (body as { readonly input: unknown }).input]).toEqual([address, withoutNulls(planned[address])]);
  }
});

/** What is null is not there, but in a list. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)]));
}
