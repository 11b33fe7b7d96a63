import type { UnitIdentity } from '../../source/unit.ts';
import type { Stage } from '../vocabulary.ts';

/** Words in folders, file names and variants that say what an environment is for. */
const WORDS: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  ...['prod', 'production', 'prd'].map((word) => [word, 'production'] as const),
  ...[
    'dev',
    'devel',
    'develop',
    'development',
    'debug',
    'local',
    'localhost',
    'staging',
    'stage',
    'stg',
    'preprod',
    'qa',
    'uat',
    'test',
    'tests',
    'testing',
    'e2e',
    'ci',
    'sandbox',
    'devcontainer',
  ].map((word) => [word, 'development'] as const),
  ...[
    'example',
    'examples',
    'sample',
    'samples',
    'demo',
    'demos',
    'tutorial',
    'tutorials',
    'quickstart',
    'playground',
    'fixture',
    'fixtures',
    'testdata',
  ].map((word) => [word, 'example'] as const),
]);

/**
 * What an environment is for, as its path and variant say, word by word. An example stays one whatever it is an example
 * of; otherwise the last word counts, so that `prod/test` is a test.
 */
export function stageOf({ root, variant }: Pick<UnitIdentity, 'root' | 'variant'>): Stage {
  const stages = `${root} ${variant ?? ''}`
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((word) => WORDS.get(word) ?? []);
  return stages.includes('example') ? 'example' : (stages.at(-1) ?? 'unknown');
}
