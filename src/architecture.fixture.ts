/** Who may import whom: the laws of ARCHITECTURE.md, each a sentence. src/architecture.test.ts checks them. */
import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

/** Only these may be imported from `from`, besides packages, Node's own modules and the folder itself. */
const only = (from: string, allowed: readonly string[], comment: string): IForbiddenRuleType => ({
  name: `${from} imports ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}`,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...allowed.map((each) => `^src/${each}`)] },
});

export const LAWS: readonly IForbiddenRuleType[] = [
  {
    name: 'nothing imports itself',
    comment: 'A circle has no first page: nobody can read it in order.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'what is imported is there',
    comment: 'An import that cannot be resolved is not checked by any other law.',
    severity: 'error',
    from: { path: '^src/' },
    to: { couldNotResolve: true },
  },
  only('source', [], 'What every stage may import stands on nothing.'),
  only('parsers', ['source/'], 'A parser makes a tree of one text, and knows nothing of what it is for.'),
  only(
    'assemble',
    ['source/', 'parsers/', 'generated/modules\\.json$'],
    'Assembling fills in and merges; it says nothing of what a field means.',
  ),
  only(
    'adapters',
    ['source/', 'parsers/', 'assemble/', 'graph/'],
    'An adapter turns one unit into facts; it judges nothing.',
  ),
  {
    name: 'adapters know no sibling',
    comment: 'What two technologies share belongs to the stage before them or behind them.',
    severity: 'error',
    from: { path: '^src/adapters/([^/]+)/' },
    to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
  },
  only('graph', ['source/'], 'The graph knows no file format and no rule.'),
  only('policy', ['source/', 'graph/'], 'A rule asks the graph, never a file.'),
  only(
    'reporters',
    [
      'source/',
      'policy/finding\\.ts$',
      'graph/exposure-graph\\.ts$',
      'graph/vocabulary\\.ts$',
      'graph/fragment\\.ts$',
      'graph/inventory\\.ts$',
      'graph/connections/view\\.ts$',
      'graph/explanation/view\\.ts$',
      'graph/difference/view\\.ts$',
      'policy/difference/view\\.ts$',
      'policy/waiver\\.ts$',
      'generated/page\\.json$',
    ],
    'A reporter turns a view into text; it computes no view.',
  ),
  only(
    'config',
    ['source/', 'parsers/', 'policy/', 'graph/', 'generated/'],
    'Configuration is read by the parsers that read everything else.',
  ),
  {
    name: 'only cli, action and index read configuration',
    comment: 'What the program is told comes in by one door.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(config/|cli/|action/|index\\.ts$)' },
    to: { path: '^src/config/' },
  },
  {
    name: 'only cli, action and index start the pipeline',
    comment: 'lint joins the stages; no stage knows what it is joined to.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(cli/|action/|index\\.ts$)' },
    to: { path: '^src/lint\\.ts$' },
  },
  {
    name: 'nothing but action imports cli, and nothing action',
    comment: 'cli and action are outermost.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(cli|action)/' },
    to: { path: '^src/(cli|action)/' },
  },
];

/** How the modules are read. Without `tsPreCompilationDeps` an `import type` would not count. */
export const READING: ICruiseOptions = {
  doNotFollow: { path: ['node_modules', '^src/generated/'] },
  exclude: { path: ['\\.(test|fixture|fuzz)\\.ts$'] },
  tsPreCompilationDeps: true,
  tsConfig: { fileName: 'tsconfig.json' },
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
};
