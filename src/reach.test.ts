/**
 * The fixtures of testdata/reach/: small projects, each about one rule of reachability, and what must come of them, written
 * by hand from the rule. A folder has at least one of
 *
 * - `expected-declared.txt`, `expected-effective.txt`: the lines that `portolan connections` prints under that profile. A
 *   line of which nobody can be sure ends in `(possible)`; rules behind that, or in brackets of their own on a line that is
 *   sure, `(possible: R9, R16)`, `(R16)`, have to be among those that the connection names for itself.
 * - `exposures.txt`: one line for every exposure under the effective profile,
 *
 *       namespace/workload:port/protocol <- scope [via kind/name] [:outside port] verdict [implicit]
 *
 *   The outside port is `*` where the cluster picks one. Scopes that hold only some callers list them in brackets:
 *   `external(203.0.113.0/24)`, `workload(shop/web)`.
 * - `attachments.txt`: one line for every guard and one for every door of a gateway: whether they have to do with anything,
 *
 *       kind [namespace/]name attached | unattached | unknown
 *       kind [namespace/]name :port leads to listeners | leads to nothing | leads outside
 *
 * Blank lines and what stands behind `#` are for the reader; the order of the lines does not matter. `portolan.yaml` says
 * what the code does not show, as for any project.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { builtinCatalogue } from './config/builtin.ts';
import { NO_CONFIG, readConfig } from './config/config.ts';
import { connectionsOf } from './graph/connections/index.ts';
import {
  type Assumptions,
  type Door,
  type Exposure,
  type Gateway,
  type Guard,
  type Profile,
  rangeText,
} from './graph/vocabulary.ts';
import { type Analysis, analyse } from './lint.ts';
import { type ConnectionLine, connectionTables } from './reporters/connections.ts';
import { diskTree } from './source/disk-tree.ts';
import type { Tree } from './source/tree.ts';

const FIXTURES = fileURLToPath(new URL('../testdata/reach/', import.meta.url));

type LinesOf = (analysis: Analysis, assume: Assumptions, expected: readonly string[]) => readonly string[];
const EXPECTATIONS: readonly (readonly [file: string, profile: Profile, of: LinesOf])[] = [
  ['expected-declared.txt', 'declared', connectionLines],
  ['expected-effective.txt', 'effective', connectionLines],
  ['exposures.txt', 'effective', exposureLines],
  ['attachments.txt', 'effective', attachmentLines],
];

const folders = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The rules that one folder at least is about; further deviations and partial repositories have folders of their own. */
const RULES = Array.from({ length: 42 }, (_, i) => `r${String(i + 1).padStart(2, '0')}`);
const DEVIATIONS = Array.from({ length: 13 }, (_, i) => `d${String(i + 1).padStart(2, '0')}`);

test.each([...RULES, ...DEVIATIONS])('%s has a fixture', (rule) => {
  expect(folders.filter((folder) => folder.startsWith(`${rule}-`))).not.toEqual([]);
});

test.each(folders)('%s', async (folder) => {
  const tree = diskTree(`${FIXTURES}${folder}`);
  const present = EXPECTATIONS.filter(([file]) => existsSync(`${FIXTURES}${folder}/${file}`));
  expect(present.length, 'a fixture expects something').toBeGreaterThan(0);
  for (const [file, profile, linesOf] of present) {
    const assume = await assumptionsOf(tree, profile);
    const analysis = await analyse(tree, { catalogue: builtinCatalogue(), assume });
    const expected = expectedLines(`${FIXTURES}${folder}/${file}`);
    expect(linesOf(analysis, assume, expected), file).toEqual(expected);
  }
});

async function assumptionsOf(tree: Tree, profile: Profile): Promise<Assumptions> {
  const written = tree.read('portolan.yaml');
  const config = written.kind === 'text' ? await readConfig('portolan.yaml', written.text) : NO_CONFIG;
  return { ...config.assume, profile };
}

function expectedLines(path: string): readonly string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .sort();
}

function connectionLines({ graph }: Analysis, assume: Assumptions, expected: readonly string[]): readonly string[] {
  const tables = connectionTables(connectionsOf(graph.environments, assume));
  expect(
    tables.map(({ environment }) => environment),
    'everything is one environment',
  ).toHaveLength(1);
  const known = new Map(expected.map((line) => [withoutRules(line), line]));
  return tables
    .flatMap(({ lines }) =>
      lines.map((line) => {
        const asked = known.get(connectionLine(line, []));
        return asked && rulesIn(asked).every((rule) => line.rules.includes(rule))
          ? asked
          : connectionLine(line, line.rules);
      }),
    )
    .sort();
}

function connectionLine({ source, target, ports, verdict }: ConnectionLine, rules: readonly string[]): string {
  const doubt = verdict === 'possible' ? `possible${rules.length > 0 ? ': ' : ''}` : '';
  const told = `${doubt}${rules.join(', ')}`;
  return `${source} => ${target} : ${ports}${told === '' ? '' : ` (${told})`}`;
}

const RULE = /\b[RSD]\d+\b/g;

function rulesIn(line: string): readonly string[] {
  return line.match(/\(.*\)$/)?.[0].match(RULE) ?? [];
}

function withoutRules(line: string): string {
  return line.replace(/ \((possible)?[^()]*\)$/, (_, possible) => (possible ? ' (possible)' : ''));
}

function exposureLines({ graph }: Analysis): readonly string[] {
  return graph.environments.flatMap(({ exposures }) => exposures.map(exposureLine)).sort();
}

function exposureLine({ listener, scope, sources, entry, ports, verdict, implicit }: Exposure): string {
  const { workload, protocol } = listener;
  const some = ['external', 'segment', 'workload'].includes(scope);
  const callers = some
    ? `(${sources
        .map(({ value }) => value)
        .sort()
        .join(',')})`
    : '';
  const door = entry ? ` via ${entry.kind}/${entry.name} :${ports === null ? '*' : rangeText(ports)}` : '';
  const who = `${workload.namespace}/${workload.name}:${rangeText(listener.ports)}/${protocol}`;
  return `${who} <- ${scope}${callers}${door} ${verdict}${implicit ? ' implicit' : ''}`;
}

function attachmentLines({ graph }: Analysis): readonly string[] {
  return graph.environments
    .flatMap(({ guards, gateways }) => [
      ...guards.map((guard) => `${guard.kind} ${nameOf(guard)} ${guard.attachment}`),
      ...gateways.flatMap((gateway) => gateway.doors.map((door) => doorLine(gateway, door))),
    ])
    .sort();
}

function doorLine(gateway: Gateway, { ports, target }: Door): string {
  const where = ports === null ? '*' : rangeText(ports);
  return `${gateway.kind} ${nameOf(gateway)} :${where} leads ${target === 'outside' ? target : `to ${target}`}`;
}

function nameOf({ namespace, name }: Gateway | Guard): string {
  return namespace === null ? name : `${namespace}/${name}`;
}
