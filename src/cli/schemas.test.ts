/** What commands print as JSON is what their schemas say, and nothing that these leave out: the scripts of testdata/cli/. */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from './main.ts';
import { readScript, scripts, unpack } from './script.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-schemas-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every object with the members that its schema has, and no others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema ? { ...inside, additionalProperties: false } : inside;
}

describe.each(['connections', 'explain', 'waivers', 'graph'])('%s', (command) => {
  const schema = JSON.parse(readFileSync(new URL(`../../schemas/${command}.schema.json`, import.meta.url), 'utf8'));
  const validate = new Ajv({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true }).compile(
    closed(schema) as object,
  );
  const own = scripts.map(readScript).filter(({ args }) => args[0] === command);

  test('has scripts', () => expect(own.length).toBeGreaterThan(1));

  test.each(own.map((script) => [script.path.replace(/.*\//, ''), script] as const))('%s', async (_, script) => {
    unpack(script, folder);
    const format = script.args.indexOf('--format');
    const args = format < 0 ? script.args : script.args.toSpliced(format, 2);
    let written = '';
    const exit = await main([...args, '--format', 'json'], {
      stdout: {
        isTTY: false,
        write: (more: string) => {
          written += more;
        },
      },
      stderr: { isTTY: false, write: () => {} },
      cwd: folder,
      env: {},
      stdin: () => script.stdin,
      now: () => Date.UTC(2026, 0, 1),
    });
    // A question that nobody can answer has no answer.
    if (written === '') return expect(exit).toBe(2);
    validate(JSON.parse(written));
    expect(validate.errors ?? []).toEqual([]);
  });
});
