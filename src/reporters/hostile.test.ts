/** Names of the scanned tree that would be more than text in some format. */
import { describe, expect, test } from 'vitest';
import { emptyEnvironment } from '../graph/exposure-graph.ts';
import type { Listener, Workload } from '../graph/vocabulary.ts';
import type { Finding } from '../policy/finding.ts';
import { lineIndex } from '../source/line-index.ts';
import { fileOrigin } from '../source/span.ts';
import { scanGithub } from './github.ts';
import { graphDot } from './graph-dot.ts';
import { graphMermaid } from './graph-mermaid.ts';
import { cell } from './markdown.ts';
import { portsCsv } from './ports-csv.ts';
import { portsMarkdown } from './ports-markdown.ts';
import { portsText } from './ports-text.ts';
import { sampleContext, sampleLines, sampleReport } from './report.fixture.ts';
import { sarifProblems } from './sarif/conformance.fixture.ts';
import { scanSarif } from './sarif/sarif.ts';
import { scanGitlab } from './scan-gitlab.ts';
import { scanJunit } from './scan-junit.ts';
import { scanMarkdown } from './scan-markdown.ts';
import { printable } from './style.ts';

const EVIL = '=1+1"\n::error::x\r\n| <img src=x> [a](b) `c` \u001b[2J";} -->%0A,';

const context = { ...sampleContext, lines: () => undefined, verbose: true, showSuppressed: true };

const workload = {
  id: EVIL,
  name: EVIL,
  namespace: null,
  kind: 'compose-service',
  unit: EVIL,
  technology: 'compose',
  segments: [],
  namespaces: new Map(),
  labels: new Map(),
  hostNetwork: null,
  optional: null,
  containers: [],
  origins: [fileOrigin(EVIL)],
} as unknown as Workload;

const listener = {
  id: EVIL,
  workload,
  ports: { from: 80, to: 80 },
  protocol: 'tcp',
  service: null,
  roles: [{ role: 'application', confidence: 'high' }],
  evidence: 'declared',
  origins: [fileOrigin(EVIL)],
} as unknown as Listener;

const inventory = {
  environments: [{ id: EVIL, entries: [{ listener, widest: [], possible: null, neighbours: 0, neededBy: [EVIL] }] }],
};

const graph = {
  graph: {
    environments: [
      {
        ...emptyEnvironment(EVIL),
        workloads: [workload],
        listeners: [listener],
      },
    ],
    links: [],
  },
  notices: [],
  coverage: { files: 1, parsed: 1, skipped: 0, failed: 0, unknowns: 0 },
};

test('Markdown calls nobody, and leads nowhere', () => {
  const text = cell('@octocat, @acme/all, #12, acme/shop#3, GH-4, a@example.org, https://example.org, www.example.org');
  expect(text.replaceAll('&#8203;', '')).toBe(
    '\\@octocat, \\@acme/all, \\#12, acme/shop\\#3, GH-4, a\\@example.org, https://example.org, www.example.org',
  );
  expect(text).not.toMatch(/@\w|(?<!&)#\w|GH-\d|:\/\/|www\.\w/);
});

test('SARIF has no link that a name makes', () => {
  const [finding] = sampleReport.findings as [Finding];
  const hop = { kind: 'service', name: EVIL, origin: fileOrigin('a [b](1)/c.yaml') };
  const hostile: Finding = {
    ...finding,
    message: `${EVIL} and [that](9). Then [more](https://example.org).`,
    workload: EVIL,
    path: [hop, { ...hop, origin: fileOrigin('d.yaml') }],
    related: [{ origin: fileOrigin('e.yaml'), message: `${EVIL} [f](7)` }],
  };
  const sarif = scanSarif({ ...sampleReport, findings: [hostile] }, { ...context, lines: () => lineIndex('a: 1\n') });
  expect(sarifProblems(sarif)).toEqual([]);
});

describe('the inventory', () => {
  test('keeps its table on a terminal', () => {
    const text = portsText(inventory, context);
    expect(text.split('\n')).toHaveLength(4);
    expect(text).not.toContain('\u001b');
  });

  test('starts no formula in a spreadsheet', () => {
    const [, ...rows] = portsCsv(inventory, context).split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    expect(rows[0]).toContain(`"'=1+1""`);
    expect(rows.filter((row) => row !== '')).toHaveLength(1);
    expect(rows[0]).not.toMatch(/[\n\u001b]/);
  });

  test('holds no markup and no link in Markdown', () => {
    const text = portsMarkdown(inventory, context);
    expect(text).not.toMatch(/(?<!\\)[<[`]|\u001b/);
    expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
  });
});

describe('the drawing', () => {
  test('is quoted for Mermaid', () => {
    const text = graphMermaid(graph);
    expect(text.split('\n')).toHaveLength(5);
    expect(text.replaceAll('<br/>', '')).not.toMatch(/[<>`\u001b]|""/);
  });

  test('is quoted for Graphviz', () => {
    const text = graphDot(graph);
    const quotes = text.replaceAll(/\\[\\"]/g, '').match(/"/g) ?? [];
    expect(quotes.length % 2).toBe(0);
    expect(text.split('\n')).toHaveLength(8);
  });
});

test('a finding is one workflow command, whatever it says', () => {
  const [first] = sampleReport.findings;
  const finding = { ...first, message: EVIL, ruleId: 'a,b::c' } as (typeof sampleReport.findings)[number];
  const text = scanGithub({ ...sampleReport, findings: [finding], notices: [] }, { ...context, lines: sampleLines });
  expect(text.split('\n')).toHaveLength(2);
  expect(text).toContain('title=a%2Cb%3A%3Ac (critical)::=1+1"%0A');
  expect(text).toContain('%250A');
  expect(text).not.toContain('\u001b');
});

describe('a finding in a file that programs read', () => {
  const [first] = sampleReport.findings;
  const finding = { ...first, message: EVIL, ruleId: EVIL, because: [EVIL] } as (typeof sampleReport.findings)[number];
  const report = { ...sampleReport, findings: [finding, { ...finding, verdict: 'undecided' as const }] };

  test('is text in XML', () => {
    const xml = scanJunit(report, context);
    const tags = xml.match(/<[^>]*>/g) ?? [];
    expect(new Set(tags.map((tag) => /^<[?/]?([a-z]+)/.exec(tag)?.[1]))).toEqual(
      new Set(['xml', 'testsuites', 'testsuite', 'testcase', 'failure', 'skipped']),
    );
    for (const tag of tags) expect(tag.replace(/ [a-z]+="[^"<]*"/g, '')).toMatch(/^<(\?xml\?|\/?[a-z]+\/?)>$/);
    expect(xml).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test('is text in JSON and Markdown', () => {
    expect(JSON.parse(scanGitlab(report, context))).toHaveLength(1);
    const markdown = scanMarkdown(report, context);
    expect(markdown).not.toMatch(/(?<!\\)[<[`]|\u001b/);
    expect(markdown.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(6);
  });
});

test('more findings than GitHub shows are told as a number', () => {
  const [first] = sampleReport.findings;
  const findings = Array.from({ length: 25 }, () => first as (typeof sampleReport.findings)[number]);
  const text = scanGithub({ ...sampleReport, findings, notices: [] }, { ...context, lines: sampleLines });
  expect(text.match(/^::error /gm)).toHaveLength(10);
  expect(text).toContain('::notice title=Portolan::15 more');
});

test('what a workflow runner would obey is not printed, and an address is', () => {
  expect(printable('::error file=a::x')).toBe('\ufffd:error file=a::x');
  expect(printable('a ::stop-commands::x')).toBe('a \ufffd:stop-commands::x');
  expect(printable('::1 [::]:80 fe80::a %3A::')).toBe('::1 [::]:80 fe80::a %3A::');
});

test('what moves a cursor or turns a line is not printed', () => {
  expect(printable('a\u001b[31m\u202eb\tc')).toBe('a\ufffd[31m\ufffdb c');
});
