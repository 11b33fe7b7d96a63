/** One rich report, made by hand, for the tests of all reporters: everything that they have to tell apart is in it. */

import type { Finding, Lines, Report, RuleInfo } from '../policy/finding.ts';
import { lineIndex } from '../source/line-index.ts';
import { notice } from '../source/notice.ts';
import { fileOrigin, type Origin } from '../source/span.ts';
import type { Context } from './reporter.ts';
import { plain } from './style.ts';

const FILES: Readonly<Record<string, string>> = {
  'docker-compose.yml': [
    'services:',
    '  db:',
    '    image: postgres:16',
    '    ports:',
    '      - "5432:5432"',
    '  web:',
    '    build: ./web app',
    '    ports: ["8080:80", "9229:9229"]',
    '    environment:',
    '      GREETING: "\u001b[31m[click](1) <b>\u202e%0A::error::"',
    '',
  ].join('\n'),
  'web app/Dockerfile': 'FROM node:22\r\nEXPOSE 80\r\nEXPOSE 9229\r\n',
  'deploy/broken.yaml': 'kind: Service\nspec: [\n',
};

const indexes = new Map(Object.entries(FILES).map(([path, text]) => [path, lineIndex(text)]));

export const sampleLines: Lines = (file) => indexes.get(file);

/** The first place of `text` in `file`. */
export function placeOf(file: string, text: string): Origin {
  const start = (FILES[file] as string).indexOf(text);
  if (start === -1) throw new Error(`${file} does not hold ${text}`);
  return { file, start, end: start + text.length };
}

const COMPOSE = 'docker-compose.yml';
const DOCKERFILE = 'web app/Dockerfile';
const ENVIRONMENT = 'compose:docker-compose.yml';

const data: Finding = {
  ruleId: 'data-store-exposed',
  title: 'A data store can be reached from outside',
  severity: 'high',
  band: 'network',
  confidence: 'high',
  verdict: 'violation',
  message:
    'PostgreSQL (5432/tcp) of db can be reached from the local network. Whoever is on it can try passwords. Publish it on 127.0.0.1 only.',
  environments: [ENVIRONMENT],
  workload: 'db',
  listener: `${ENVIRONMENT}/db/db/tcp/5432`,
  port: 5432,
  technology: 'compose',
  location: placeOf(COMPOSE, '"5432:5432"'),
  related: [{ origin: placeOf(COMPOSE, 'postgres:16'), message: 'the image that listens' }],
  target: 'db:5432/tcp',
  scope: 'network',
  sources: null,
  path: [
    { kind: 'published-port', name: '5432:5432', origin: placeOf(COMPOSE, '"5432:5432"') },
    { kind: 'listener', name: 'db 5432/tcp', origin: placeOf(COMPOSE, 'image: postgres:16') },
  ],
  because: [],
  change: {
    about: 'Publish it for the machine alone',
    edit: { origin: placeOf(COMPOSE, '5432:5432'), was: '5432:5432', becomes: '127.0.0.1:5432:5432' },
  },
  identity: '0a1b2c',
  fingerprint: '0a1b2c',
};

const debug: Finding = {
  ...data,
  ruleId: 'debug-port',
  title: 'A debugger listens',
  severity: 'critical',
  band: null,
  confidence: 'medium',
  message: 'The Node.js inspector (9229/tcp) of web can be reached at [::]:9229. It runs any code. Remove the port.',
  workload: 'web',
  listener: `${ENVIRONMENT}/web/web/tcp/9229`,
  port: 9229,
  location: placeOf(COMPOSE, '"9229:9229"'),
  related: [],
  change: null,
  path: [
    { kind: 'published-port', name: '9229:9229', origin: placeOf(COMPOSE, '"9229:9229"') },
    { kind: 'exposed-port', name: '9229', origin: placeOf(DOCKERFILE, 'EXPOSE 9229') },
  ],
  identity: '3d4e5f',
  fingerprint: '3d4e5f',
};

/** A second finding of the same rule on the same line. */
const second: Finding = {
  ...debug,
  message: 'The port 8080 of web is a debugger as well. 100% sure: it says so, twice.',
  port: 80,
  path: [],
  location: placeOf(COMPOSE, '"8080:80"'),
  identity: '6a7b8c',
  fingerprint: '6a7b8c',
};

const undecided: Finding = {
  ...data,
  ruleId: 'greeting',
  title: 'A greeting is not polite',
  severity: 'low',
  band: null,
  confidence: 'low',
  verdict: 'undecided',
  message: 'The greeting of web may be \u001b[31m[rude](1). Nobody can tell. Set it.',
  workload: null,
  listener: null,
  port: null,
  technology: null,
  target: null,
  scope: null,
  sources: null,
  location: { ...placeOf(COMPOSE, 'GREETING'), via: placeOf(COMPOSE, 'web:') },
  related: [],
  path: [],
  because: ['GREETING has no value'],
  change: null,
  identity: '9d0e1f',
  fingerprint: '9d0e1f',
};

const rules: readonly RuleInfo[] = [
  {
    id: 'data-store-exposed',
    title: 'A data store can be reached from outside',
    severity: { internet: 'critical', network: 'high', cluster: 'low' },
    confidence: 'high',
    why: 'Whoever reaches a data store needs one password, or none.\n\nIt has no business outside.',
    fix: { compose: 'Publish it on `127.0.0.1`, or not at all.\n\nMore about it.', general: 'Close it.' },
    references: ['https://example.org/data-stores'],
    controls: { 'nist-800-53': ['AC-6', 'SC-7'], 'pci-dss': ['1.3'] },
    equivalents: { kics: ['sensitive_port'], checkov: [{ id: 'CKV_GCP_88', ports: [3306] }] },
  },
  {
    id: 'debug-port',
    title: 'A debugger listens',
    severity: 'critical',
    confidence: 'medium',
    why: 'A debugger runs what it is told.',
    fix: 'Remove it.',
    references: [],
    controls: {},
    equivalents: {},
  },
  {
    id: 'greeting',
    title: 'A greeting is not polite',
    severity: 'low',
    confidence: 'low',
    why: 'Politeness is free.',
    fix: 'Be polite.',
    references: [],
    controls: { 'nist-800-53': ['AC-6'] },
    equivalents: {},
  },
];

export const sampleReport: Report = {
  at: '2026-01-01T00:00:00.000Z',
  findings: [debug, second, data, undecided],
  suppressed: [
    {
      finding: { ...data, fingerprint: 'ffff', location: placeOf(COMPOSE, 'db:') },
      how: 'comment',
      reason: 'a laptop, not a server',
      origin: placeOf(COMPOSE, 'image: postgres:16'),
      until: '2030-01-01',
      by: 'the team',
    },
  ],
  notices: [
    notice('syntax-error', 'A list is not closed: end it with ].', placeOf('deploy/broken.yaml', '[')),
    notice('helm-template', 'A template of a chart is left to Helm.', fileOrigin('chart/web.yaml')),
  ],
  coverage: {
    files: 3,
    parsed: 2,
    skipped: 0,
    failed: 1,
    unknowns: 1,
    grants: 4,
    decided: 3,
    undecidedBecause: { 'GREETING has no value': 1 },
  },
  rules,
};

export const emptyReport: Report = {
  ...sampleReport,
  findings: [],
  suppressed: [],
  notices: [],
  coverage: { ...sampleReport.coverage, undecidedBecause: {} },
};

/** How the sample is told to programs and people alike, unless a test says otherwise. */
export const sampleContext: Context = {
  version: '0.0.0',
  lines: sampleLines,
  style: plain,
  verbose: false,
  quiet: false,
  showSuppressed: false,
  pairs: false,
  sarif: { prefix: '', category: null, suppressed: false, provenance: null, successful: true },
};
