/** What the tests hold every SARIF file against: the official schema, and what GitHub refuses or drops besides. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { githubProblems } from './github-limits.fixture.ts';

let validator: ValidateFunction | undefined;

function schema(): ValidateFunction {
  if (validator) return validator;
  const text = readFileSync(new URL('../../../testdata/sarif-2.1.0.json', import.meta.url), 'utf8');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  validator = ajv.compile(JSON.parse(text));
  return validator;
}

/** One sentence for everything that is wrong with a SARIF text; empty when it may be uploaded. */
export function sarifProblems(text: string, category: string | null = null): readonly string[] {
  const validate = schema();
  if (validate(JSON.parse(text))) return githubProblems(text, category);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
