import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assembleCompose } from '../../assemble/compose/index.ts';
import { openFiles } from '../../assemble/files.ts';
import { memoryTree } from '../../source/tree.ts';
import { facts } from './facts.fixture.ts';
import { composeFragment } from './index.ts';

describe('definitions', () => {
  const definitions = (files: Record<string, string>) => {
    const { units } = assembleCompose(openFiles(memoryTree(files))).value;
    return units.map(
      (unit) => new Map(composeFragment(unit).value.definitions.map(({ key, digest }) => [key, digest])),
    );
  };

  test('equal where services are written alike, and two file sets of a folder always differ', () => {
    const [base, overlay] = definitions({
      'compose.yaml': 'services: { web: { image: web, hostname: x }, db: { image: db } }',
      'compose.dev.yaml': 'services: { web: { hostname: y } }',
    });
    expect(base?.get('compose-service/./db')).toBe(overlay?.get('compose-service/./db'));
    expect(base?.get('compose-service/./web')).not.toBe(overlay?.get('compose-service/./web'));
    expect(base?.get('compose-project/.')).not.toBe(overlay?.get('compose-project/.'));
    const [one, other] = definitions({
      'a/compose.yaml': 'name: x\nservices: { web: { image: web, hostname: x } }',
      'b/compose.yaml': 'name: x\nservices:\n  web:\n    hostname: x\n    image: web\n',
    });
    expect(one?.get('compose-service/x/web')).toBe(other?.get('compose-service/x/web'));
  });
});

test('what comes by include has the line that includes it behind its origin', () => {
  const { workload, line, unit } = facts('include:\n  - ../db/compose.yaml\n', {
    'db/compose.yaml': 'services:\n  db: { image: db }',
  });
  const { origin } = workload('db');
  expect(unit.id).toBe('compose:shop');
  expect(line(origin)).toBe('db/compose.yaml:2');
  expect(line(origin.via)).toBe('shop/compose.yaml:2');
});

test('nothing that a file can hold makes reading it throw', () => {
  const keys = fc.constantFrom(
    'services',
    'networks',
    'volumes',
    'configs',
    'include',
    'name',
    'x-any',
    'web',
    'default',
  );
  const fields = fc.constantFrom(
    ...['image', 'build', 'ports', 'expose', 'environment', 'networks', 'network_mode', 'volumes', 'extends', 'links'],
    ...['depends_on', 'command', 'entrypoint', 'healthcheck', 'labels', 'deploy', 'profiles', 'env_file', 'logging'],
    ...['volumes_from', 'configs', 'secrets', 'test', 'context', 'args', 'target', 'published', 'service', 'aliases'],
  );
  const texts = fc.constantFrom('', 'web', '80:80', '${X}:80', '${', 'service:web', 'a=b', './x:/y:ro', '../..', 'CMD');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(keys, fields), tie('value'), { maxKeys: 4 }),
    ),
  }));
  const file = fc.record({ services: fc.dictionary(keys, fc.dictionary(fields, value)) }, { requiredKeys: [] });
  fc.assert(
    fc.property(file, fc.dictionary(keys, value), (base, over) => {
      const files = { 'compose.yaml': JSON.stringify(base), 'compose.override.yaml': JSON.stringify(over) };
      const { units } = assembleCompose(openFiles(memoryTree(files))).value;
      for (const unit of units) expect(composeFragment(unit).value.workloads.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
