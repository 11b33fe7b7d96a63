/** Every way to tell a view. Each reporter loads when it is asked for, but for the one that most runs ask for. */
import type { Connections } from '../graph/connections/view.ts';
import type { Explanation } from '../graph/explanation/view.ts';
import type { Inventory } from '../graph/inventory.ts';
import type { Difference } from '../policy/difference/view.ts';
import type { Report, RuleInfo } from '../policy/finding.ts';
import type { GraphView } from './graph-json.ts';
import type { Reporter } from './reporter.ts';
import type { ExampleReport } from './rule-tests.ts';
import type { RuleView } from './rules-text.ts';
import { scanText } from './scan-text.ts';
import type { WaiversView } from './waivers.ts';

type Loader<V> = () => Promise<Reporter<V>>;

interface Views {
  readonly scan: Report & GraphView;
  readonly ports: Inventory;
  readonly graph: GraphView;
  readonly connections: Connections;
  readonly explain: Explanation;
  readonly difference: Difference;
  readonly waivers: WaiversView;
  readonly rules: readonly RuleInfo[];
  readonly rule: RuleView;
  readonly ruleTests: ExampleReport;
}

type ViewName = keyof Views;

/** The reporters by view and format, each loaded when it is asked for. */
export const REPORTERS = {
  scan: {
    text: async () => scanText,
    json: async () => (await import('./scan-json.ts')).scanJson,
    sarif: async () => (await import('./sarif/sarif.ts')).scanSarif,
    github: async () => (await import('./github.ts')).scanGithub,
    gitlab: async () => (await import('./scan-gitlab.ts')).scanGitlab,
    junit: async () => (await import('./scan-junit.ts')).scanJunit,
    markdown: async () => (await import('./scan-markdown.ts')).scanMarkdown,
    html: async () => (await import('./html/page.ts')).htmlPage,
  },
  ports: {
    text: async () => (await import('./ports-text.ts')).portsText,
    json: async () => (await import('./ports-json.ts')).portsJson,
    csv: async () => (await import('./ports-csv.ts')).portsCsv,
    markdown: async () => (await import('./ports-markdown.ts')).portsMarkdown,
  },
  graph: {
    json: async () => (await import('./graph-json.ts')).graphJson,
    mermaid: async () => (await import('./graph-mermaid.ts')).graphMermaid,
    dot: async () => (await import('./graph-dot.ts')).graphDot,
    html: async () => (await import('./html/page.ts')).htmlPage,
  },
  connections: {
    text: async () => (await import('./connections-text.ts')).connectionsText,
    json: async () => (await import('./connections-json.ts')).connectionsJson,
    csv: async () => (await import('./connections-csv.ts')).connectionsCsv,
    dot: async () => (await import('./connections-dot.ts')).connectionsDot,
  },
  explain: {
    text: async () => (await import('./explain-text.ts')).explainText,
    json: async () => (await import('./explain-json.ts')).explainJson,
  },
  difference: {
    text: async () => (await import('./difference-text.ts')).differenceText,
    json: async () => (await import('./difference-json.ts')).differenceJson,
    markdown: async () => (await import('./difference-markdown.ts')).differenceMarkdown,
    sarif: async () => (await import('./sarif/difference.ts')).differenceSarif,
  },
  waivers: {
    text: async () => (await import('./waivers.ts')).waiversText,
    json: async () => (await import('./waivers.ts')).waiversJson,
  },
  rules: {
    text: async () => (await import('./rules-text.ts')).ruleListText,
    json: async () => (await import('./rules-json.ts')).ruleListJson,
  },
  rule: {
    text: async () => (await import('./rules-text.ts')).ruleText,
    markdown: async () => (await import('./rule-markdown.ts')).ruleMarkdown,
    json: async () => (await import('./rules-json.ts')).ruleJson,
  },
  ruleTests: {
    text: async () => (await import('./rule-tests.ts')).ruleTestsText,
    json: async () => (await import('./rule-tests.ts')).ruleTestsJson,
  },
} as const satisfies { readonly [V in ViewName]: Readonly<Record<string, Loader<Views[V]>>> };
