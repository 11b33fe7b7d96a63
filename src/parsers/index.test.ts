import { expect, test } from 'vitest';
import { formatOf } from './index.ts';

test.each([
  ['compose.yaml', 'yaml'],
  ['k8s/Deployment.YML', 'yaml'],
  ['a/b.json', 'json'],
  ['Dockerfile', 'dockerfile'],
  ['web/Dockerfile.dev', 'dockerfile'],
  ['web.Dockerfile', 'dockerfile'],
  ['web.dockerfile', 'dockerfile'],
  ['Containerfile', 'dockerfile'],
  ['.env', 'dotenv'],
  ['.env.local', 'dotenv'],
  ['config/prod.env', 'dotenv'],
  ['Dockerfiles/readme', undefined],
  ['Dockerfile-notes.md', undefined],
  ['main.tf', 'hcl'],
  ['main.tofu', 'hcl'],
  ['prod.auto.tfvars', 'hcl'],
  ['main.tf.json', 'hcl-json'],
  ['prod.tfvars.json', 'hcl-json'],
  ['tf.json', 'json'],
  ['yaml', undefined],
  ['.envrc', undefined],
])('%s: %s', (path, format) => {
  expect(formatOf(path)).toBe(format);
});
