import { expect, test } from 'vitest';
import { stageOf } from './stage.ts';

test.each([
  ['.', null, 'unknown'],
  ['deploy/prod', null, 'production'],
  ['k8s/overlays/dev', null, 'development'],
  ['k8s', 'staging', 'development'],
  ['prod', 'test', 'development'],
  ['examples/production', null, 'example'],
  ['apps/products', null, 'unknown'],
  ['apps/Demo-Shop', null, 'example'],
])('%s #%s is %s', (root, variant, stage) => {
  expect(stageOf({ root, variant })).toBe(stage);
});
