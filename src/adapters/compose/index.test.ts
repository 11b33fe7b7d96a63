import { describe, expect, test } from 'vitest';
import { assembleCompose } from '../../assemble/compose/index.ts';
import { openFiles } from '../../assemble/files.ts';
import { memoryTree } from '../../source/tree.ts';
import { composeFragment } from './index.ts';
import { facts } from './testing.ts';

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
