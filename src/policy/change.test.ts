import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHANGES } from './change.ts';
import { checkRule } from './checked-rule.ts';
import { compile } from './compile.ts';
import { declarationOf, SPEECH } from './sample.fixture.ts';

test('the schema of rules names every change', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schemas/rule.schema.json', import.meta.url), 'utf8'));
  expect(schema.properties.change.enum).toEqual(Object.keys(CHANGES));
});

test('a change is for the rules on what it is a change of', () => {
  expect(checkRule(declarationOf({ on: 'exposure', change: 'loopback' }), SPEECH, compile)).toHaveProperty('when');
  expect(checkRule(declarationOf({ on: 'listener', change: 'loopback' }), SPEECH, compile)).toMatchObject([
    { message: 'the change `loopback` is for rules on exposure' },
  ]);
});
