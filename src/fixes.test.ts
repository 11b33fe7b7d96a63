/** Every fix that SARIF offers, applied to the file: the result is gone, nothing else came, and nothing else went. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Fix, Log, Result } from 'sarif';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtinCatalogue } from './config/builtin.ts';
import { type LoadedPolicy, loadPolicy, policyOf, ruleInfos } from './config/load-policy.ts';
import { NO_ASSUMPTIONS } from './graph/vocabulary.ts';
import { analyse, judge } from './lint.ts';
import type { Finding, Report } from './policy/finding.ts';
import { scanSarif } from './reporters/sarif/sarif.ts';
import { plain } from './reporters/style.ts';
import { diskTree } from './source/disk-tree.ts';
import { lineIndex } from './source/line-index.ts';
import { memoryTree } from './source/tree.ts';

/** Clients outside may have been the only ones of a port; that the code shows no other is then told as before. */
const HINT = 'listener-without-client ';

type Files = Readonly<Record<string, string>>;

const CASES = fileURLToPath(new URL('../testdata/cases/', import.meta.url));

let loaded: LoadedPolicy;
beforeAll(async () => {
  loaded = await loadPolicy(memoryTree({}), null);
});

interface Scanned {
  readonly report: Report;
  readonly results: readonly Result[];
}

async function scan(files: Files): Promise<Scanned> {
  const policy = policyOf(loaded, { only: [], skip: [], inlineSuppressions: false, at: 0 });
  const knowledge = { catalogue: builtinCatalogue(), assume: NO_ASSUMPTIONS };
  const analysis = await analyse(memoryTree(files), knowledge);
  const report = await judge(analysis, policy, await ruleInfos(policy.rules, loaded.prose));
  const sarif = { prefix: '', category: null, suppressed: false, provenance: null, successful: true };
  const flags = { verbose: false, quiet: false, showSuppressed: false, pairs: false };
  const context = { version: '0.0.0', lines: analysis.lines, style: plain, ...flags, sarif };
  const { runs } = JSON.parse(scanSarif(report, context)) as Log;
  return { report, results: runs[0]?.results ?? [] };
}

/** The files after a fix, as an editor applies it. */
function applied(files: Files, fix: Fix): Files {
  const changed = { ...files };
  for (const { artifactLocation, replacements } of fix.artifactChanges) {
    const file = decodeURIComponent(artifactLocation.uri as string);
    const text = changed[file] as string;
    const lines = lineIndex(text);
    const edits = replacements.map(({ deletedRegion: region, insertedContent }) => ({
      start: lines.start(region.startLine as number) + (region.startColumn as number) - 1,
      end: lines.start(region.endLine as number) + (region.endColumn as number) - 1,
      text: insertedContent?.text ?? '',
    }));
    edits.sort((a, b) => b.start - a.start);
    changed[file] = edits.reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
  }
  return changed;
}

/** A finding by what it is about; a listener's port is in its id. */
function keyOf({ ruleId, workload, listener, verdict }: Finding): string {
  return [ruleId, workload, listener, verdict].join(' ');
}

/** What is wrong with the fixes of `files`, and how many there are. */
async function check(files: Files): Promise<{ readonly count: number; readonly problems: readonly string[] }> {
  const before = await scan(files);
  const problems: string[] = [];
  let count = 0;
  for (const result of before.results) {
    for (const fix of result.fixes ?? []) {
      count++;
      const { uri } = result.locations?.[0]?.physicalLocation?.artifactLocation ?? {};
      const line = result.locations?.[0]?.physicalLocation?.region?.startLine;
      const name = `${result.ruleId} at ${uri}:${line}`;
      const after = await scan(applied(files, fix));
      const fingerprint = result.partialFingerprints?.['portolan/v1'];
      if (after.results.some((one) => one.partialFingerprints?.['portolan/v1'] === fingerprint)) {
        problems.push(`${name} is still there`);
      }
      const left = after.report.findings.map(keyOf);
      const known = before.report.findings.map(keyOf);
      const made = left.filter((key) => !known.includes(key) && !key.startsWith(HINT));
      problems.push(...made.map((key) => `${name}: new is ${key}`));
      const elsewhere = before.report.findings.filter(({ location }) => {
        const position = lineIndex(files[location.file] ?? '').position(location.start);
        return location.file !== decodeURIComponent(uri ?? '') || position.line !== line;
      });
      const gone = elsewhere.map(keyOf).filter((key) => !left.includes(key));
      problems.push(...gone.map((key) => `${name}: gone is ${key}`));
      const unread = (scanned: Scanned) => scanned.report.notices.map(({ code, message }) => `${code} ${message}`);
      const told = new Set(unread(before));
      problems.push(...unread(after).flatMap((notice) => (told.has(notice) ? [] : [`${name}: ${notice}`])));
    }
  }
  return { count, problems };
}

const folders = (path: string) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(folders(CASES).map(({ name }) => name))('%s', (area) => {
  test.each(folders(`${CASES}${area}`).map(({ name }) => name))('%s', async (name) => {
    const tree = diskTree(`${CASES}${area}/${name}`);
    const files = tree.list().value.flatMap((path) => {
      const reading = tree.read(path);
      return reading.kind === 'text' ? [[path, reading.text] as const] : [];
    });
    expect((await check(Object.fromEntries(files))).problems).toEqual([]);
  });
});

/** The one line of `ports` in a service, after the fix of the finding on it; null where none is offered. */
async function fixed(line: string, path = 'compose.yaml'): Promise<string | null> {
  const files = { [path]: `services:\n  web:\n    image: example/web:1\n    ports:\n      - ${line}\n` };
  const { results } = await scan(files);
  const [result] = results.filter(({ ruleId }) => ruleId === 'published-on-all-interfaces');
  const fix = result?.fixes?.[0];
  if (!fix) return null;
  expect((await check(files)).problems).toEqual([]);
  const text = applied(files, fix)[path] as string;
  return text.slice(text.indexOf('- ') + 2).trimEnd();
}

describe('a published port', () => {
  test.each([
    ['8080:80', '127.0.0.1:8080:80'],
    ['"8080:80"', '"127.0.0.1:8080:80"'],
    ["'8080:80/udp'", "'127.0.0.1:8080:80/udp'"],
    ['80', '127.0.0.1::80'],
    ['"80"', '"127.0.0.1::80"'],
    ['22:34', '127.0.0.1:22:34'],
    ['"9010-9012:8010-8012"', '"127.0.0.1:9010-9012:8010-8012"'],
    ['"0.0.0.0:8080:80"', '"127.0.0.1:8080:80"'],
    ['0.0.0.0::80', '127.0.0.1::80'],
    ['"[::]:8080:80"', '"[::1]:8080:80"'],
    ['{ target: 80, published: 8080 }', '{ host_ip: 127.0.0.1, target: 80, published: 8080 }'],
    ['{"target": 80, "published": "8080"}', '{ "host_ip": "127.0.0.1","target": 80, "published": "8080"}'],
    ['target: 80\n        published: 8080', 'host_ip: 127.0.0.1\n        target: 80\n        published: 8080'],
    [
      'target: 80\n        host_ip: "0.0.0.0"\n        published: 8080',
      'target: 80\n        host_ip: "127.0.0.1"\n        published: 8080',
    ],
    ['{ target: 80, host_ip: "::" }', '{ target: 80, host_ip: "::1" }'],
  ])('%s becomes %s', async (line, becomes) => {
    expect(await fixed(line)).toBe(becomes);
  });

  test.each([
    ['with a variable', '"${PORT:-8080}:80"'],
    ['with a variable for its address', '"${ADDRESS:-0.0.0.0}:8080:80"'],
    ['with an escape', '"\\x38080:80"'],
    ['over lines', '"8080\\\n        :80"'],
    ['in a block', '>-\n        8080:80'],
    ['at an address of its own', '"192.168.1.5:8080:80"'],
    ['whose only key may be a pair', 'target: 80'],
    ['with a tag', '!override "8080:80"'],
    ['of a number in base sixteen', '0x50'],
  ])('%s has no fix', async (_, line) => {
    expect(await fixed(line)).toBeNull();
  });

  test('ends its lines as the file does', async () => {
    const line = '- target: 80\r\n      published: 8080\r\n';
    const files = { 'compose.yaml': `services:\r\n  web:\r\n    image: example/web:1\r\n    ports:\r\n    ${line}` };
    const { results } = await scan(files);
    const fix = results.find(({ fixes }) => fixes)?.fixes?.[0] as Fix;
    expect(applied(files, fix)['compose.yaml']).toContain('- host_ip: 127.0.0.1\r\n      target: 80\r\n');
  });

  test.each<[string, Files]>([
    [
      'that two services share',
      {
        'compose.yaml':
          'x-ports: &ports ["8080:80"]\nservices:\n  a: { image: example/a, ports: *ports }\n  b: { image: example/b, ports: *ports }\n',
      },
    ],
    [
      'that another service extends',
      {
        'compose.yaml':
          'services:\n  a: { image: example/a, ports: ["8080:80"] }\n  b: { extends: { service: a }, image: example/b }\n',
      },
    ],
    [
      'that two projects extend',
      {
        'common.yaml': 'services:\n  web: { image: example/a, ports: ["8080:80"] }\n',
        'a/compose.yaml': 'services:\n  web: { extends: { file: ../common.yaml, service: web } }\n',
        'b/compose.yaml': 'services:\n  web: { extends: { file: ../common.yaml, service: web } }\n',
      },
    ],
    [
      'that the override file has as well',
      {
        'compose.yaml': 'services:\n  web: { image: example/a, ports: ["8080:80"] }\n',
        'compose.override.yaml': 'services:\n  web: { ports: ["8080:80"] }\n',
      },
    ],
    [
      'that a variant has as well',
      {
        'compose.yaml': 'services:\n  web: { image: example/a, ports: ["8080:80"] }\n',
        'compose.prod.yaml': 'services:\n  web: { ports: ["8080:80"] }\n',
      },
    ],
    ['of a swarm', { 'docker-stack.yml': 'services:\n  web: { image: example/a, ports: ["8080:80"] }\n' }],
  ])('%s has no fix', async (_, files) => {
    const { results } = await scan(files);
    expect(results.filter(({ ruleId }) => ruleId === 'published-on-all-interfaces')).not.toEqual([]);
    expect(results.flatMap(({ fixes = [] }) => fixes)).toEqual([]);
  });

  test('that stands in one place for one service has one, whoever names it', async () => {
    const files = {
      'compose.yaml': 'x-ports: &ports ["8080:80"]\nservices:\n  a: { image: example/a, ports: *ports }\n',
    };
    expect(await check(files)).toEqual({ count: 1, problems: [] });
  });

  test('of a line with several findings has a fix of all of them together', async () => {
    const files = { 'compose.yaml': 'services:\n  web: { image: example/a, ports: ["8080:80", "8443:443"] }\n' };
    const { results } = await scan(files);
    const [fix] = results.flatMap(({ fixes = [] }) => fixes);
    expect(applied(files, fix as Fix)['compose.yaml']).toContain('["127.0.0.1:8080:80", "127.0.0.1:8443:443"]');
    expect((await check(files)).problems).toEqual([]);
  });
});

describe('EXPOSE of what is no port', () => {
  test.each([
    ['EXPOSE 80 70000', 'EXPOSE 80\n'],
    ['EXPOSE 70000 80', 'EXPOSE 80\n'],
    ['EXPOSE 80  70000/udp 81', 'EXPOSE 80 81\n'],
    ['EXPOSE 70000', ''],
    ['  expose 70000  ', ''],
  ])('%s', async (line, becomes) => {
    const files = { Dockerfile: `FROM alpine:3.20\n${line}\n` };
    const { results } = await scan(files);
    const [fix] = results.flatMap(({ fixes = [] }) => fixes);
    expect(applied(files, fix as Fix).Dockerfile).toBe(`FROM alpine:3.20\n${becomes}`);
    expect((await check(files)).problems).toEqual([]);
  });

  test.each([['ARG PORT=70000\nEXPOSE $PORT'], ['EXPOSE 80 \\\n  70000'], ['ONBUILD EXPOSE 70000\nFROM base']])(
    '%j has no fix',
    async (lines) => {
      const { results } = await scan({ Dockerfile: `FROM alpine:3.20 AS base\n${lines}\n` });
      expect(results.some(({ ruleId }) => ruleId === 'invalid-port')).toBe(true);
      expect(results.flatMap(({ fixes = [] }) => fixes)).toEqual([]);
    },
  );
});
