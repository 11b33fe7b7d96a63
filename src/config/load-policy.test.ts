import { describe, expect, test } from 'vitest';
import { parseAddressList } from '../graph/sets/address-set.ts';
import { memoryTree } from '../source/tree.ts';
import { ConfigError } from './config-error.ts';
import { loadPolicy, policyOf, ruleInfos } from './load-policy.ts';

const RULE = `id: no-telnet
title: Telnet is reachable
severity: high
on: exposure
when: 23 in exposure.ports
message: "Telnet of {workload.name} is reachable."
why: |
  Passwords travel in the clear.
`;

/** The policy of a tree, with the lines of the error where there is one. */
async function load(files: Readonly<Record<string, string>>, path = 'portolan.yaml') {
  const text = files[path];
  try {
    return { loaded: await loadPolicy(memoryTree(files), text === undefined ? null : { path, text }), lines: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { loaded: undefined, lines: error.message.split('\n'), problems: error.problems };
  }
}

const config = (text: string) => ({ 'portolan.yaml': `version: 1\n${text}` });

describe('a policy', () => {
  test('without a file is the built-in one', async () => {
    const { loaded } = await load({});
    expect(loaded?.config.policy).toEqual({
      rules: [],
      failOn: 'high',
      overrides: {},
      requireExpiry: false,
      nonSensitivePorts: [],
    });
    expect(loaded?.rules.map(({ declaration }) => declaration.id)).toEqual([...(loaded?.known ?? [])]);
  });

  test('takes in the rules of the repository, with their prose', async () => {
    const files = {
      ...config('policy: { rules: [./policies/**/*.yaml] }'),
      'policies/a/telnet.yaml': RULE,
      'other.yaml': 'x',
    };
    const { loaded } = await load(files);
    const rule = loaded?.rules.find(({ declaration }) => declaration.id === 'no-telnet');
    expect(rule?.declaration).toMatchObject({ confidence: 'medium', equivalents: {}, at: null });
    expect((await loaded?.prose())?.get('no-telnet')?.why).toBe('Passwords travel in the clear.\n');
    const infos = await ruleInfos(rule ? [rule] : [], loaded?.prose ?? (async () => new Map()));
    expect(infos).toMatchObject([{ id: 'no-telnet', severity: 'high', fix: '', references: [], controls: {} }]);
  });

  test('finds rules beside a policy file that lies deeper', async () => {
    const files = { 'ci/portolan.yaml': 'version: 1\npolicy: { rules: [rules] }', 'ci/rules/telnet.yaml': RULE };
    expect((await load(files, 'ci/portolan.yaml')).loaded?.known.has('no-telnet')).toBe(true);
  });

  test('overrides severities and switches rules off', async () => {
    const { loaded } = await load(
      config(
        'policy:\n  failOn: never\n  overrides: { node-port: { severity: info }, host-network: { enabled: false } }',
      ),
    );
    const by = (id: string) => loaded?.rules.find(({ declaration }) => declaration.id === id)?.declaration;
    expect(loaded?.config.policy.failOn).toBe('never');
    expect(by('node-port')?.severity).toBe('info');
    expect(by('host-network')).toBeUndefined();
    expect(loaded?.known.has('host-network')).toBe(true);
  });

  test('runs the rules that a run asks for', async () => {
    const { loaded } = await load(config('compat: { suppressions: true }\npolicy: { requireExpiry: true }'));
    const run = { only: ['node-port', 'host-port'], skip: ['host-port'], inlineSuppressions: false, at: 7 };
    const policy = loaded && policyOf(loaded, run);
    expect(policy?.rules.map(({ declaration }) => declaration.id)).toEqual(['node-port']);
    expect(policy).toMatchObject({ inlineSuppressions: false, compatSuppressions: true, requireExpiry: true, at: 7 });
    expect(policy?.known).toBe(loaded?.known);
  });

  test('says what the code cannot show', async () => {
    const text =
      'assume: { internetFacingHosts: true, cni: cilium, trustedSources: [192.0.2.0/31, "::1"] }\nwaivers: []';
    const { loaded } = await load(config(text));
    expect(loaded?.config.assume).toEqual({
      internetFacingHosts: true,
      profile: 'effective',
      guardsEnforced: true,
      addressesMatchWorkloads: false,
      trustedSources: parseAddressList(['192.0.2.0/31', '::1']).set,
      environments: [],
    });
  });
});

describe('a wrong policy file', () => {
  test.each([
    ['polcy: {}', ['portolan.yaml:2:1: unknown key `polcy`; did you mean `policy`?']],
    ['policy: { rulez: [] }', ['portolan.yaml:2:11: unknown key `rulez`; did you mean `rules`?']],
    ['policy: { failOn: hihg }', ['portolan.yaml:2:19: `policy.failOn` cannot be `hihg`; did you mean `high`?']],
    ['policy: { rules: x.yaml }', ['portolan.yaml:2:18: `policy.rules` has to be a list']],
    [
      'policy:\n  overrides:\n    node-prot: { enabled: false }',
      ['portolan.yaml:4:5: there is no rule `node-prot`; did you mean `node-port`?'],
    ],
    [
      'policy: { rules: ["../*.yaml"] }',
      ['portolan.yaml:2:19: `../*.yaml` leads out of the scanned folder; keep rules inside it'],
    ],
    [
      'assume:\n  trustedSources: [192.0.2.0/24, 300.1.1.1]',
      ['portolan.yaml:3:34: 300.1.1.1 is no address; write addresses and ranges, 203.0.113.0/24'],
    ],
    [
      'environments:\n  a: { root: ./x/ }\n  b: { root: x, links: { c: ../y } }',
      [
        'portolan.yaml:4:14: `x` is the root of `a` already; name another folder',
        'portolan.yaml:4:29: `../y` leads out of the scanned folder; name one inside it',
      ],
    ],
    [
      'environments: { "a:b": { root: x } }',
      ['portolan.yaml:2:17: nothing in `environments` can be called `a:b`; it has to be: a name without : and #'],
    ],
    ['policy: { rules: [rules/*.yaml] }', ['portolan.yaml:2:19: `rules/*.yaml` matches no rule file']],
    [
      'waivers:\n  - rule: x\n    match: { from: [] }\n    expires: soon\n    reason: x',
      [
        'portolan.yaml:3:5: `approvedBy` is missing in `waivers[0]`',
        'portolan.yaml:5:14: `waivers[0].expires` cannot be `soon`; it has to be: a date or a time of RFC 3339, such as 2026-12-31T17:00:00Z',
      ],
    ],
    [
      'policy: { maxWaiver: 2 weeks }',
      ['portolan.yaml:2:22: `policy.maxWaiver` cannot be `2 weeks`; it has to be: how long a waiver may last'],
    ],
    ['policy: [', ['portolan.yaml:2:']],
    ['---\nversion: 1', ['portolan.yaml:2:1: this file has to hold one document']],
    ['version: 1', ['portolan.yaml:2:1:']],
  ])('%s', async (text, lines) => {
    const told = await load(config(text));
    expect(told.loaded).toBeUndefined();
    lines.forEach((line, index) => {
      expect(told.lines[index]?.slice(0, line.length).toLowerCase()).toBe(line.toLowerCase());
    });
    expect(told.lines).toHaveLength(lines.length);
  });

  test.each([
    ['', 'portolan.yaml:1:1: this file is empty'],
    ['version: 2', 'portolan.yaml:1:10: `version` has to be `1`'],
    ['policy: {}', 'portolan.yaml:1:1: `version` is missing'],
    ['[]', 'portolan.yaml:1:1: this file has to be a mapping'],
  ])('%j', async (text, line) => {
    expect((await load({ 'portolan.yaml': text })).lines).toEqual([line]);
  });
});

describe('a wrong rule', () => {
  const wrong = (change: (rule: string) => string) =>
    load({ ...config('policy: { rules: [r.yaml] }'), 'r.yaml': change(RULE) });

  test.each([
    [
      '23 in exposure.ports',
      '23 in exposure.prots',
      'r.yaml:5:22: a value of type Exposure has no field `prots`; did you mean `ports`?',
    ],
    [
      'when: 23 in exposure.ports',
      'when: |\n  true &&\n    exposure.scope == "lan"',
      'r.yaml:7:23: `exposure.scope` is never "lan"',
    ],
    ['when: 23 in exposure.ports', "when: 'listener.port == ''a'''", 'r.yaml:5:8: no such overload'],
    [
      'when: 23 in exposure.ports',
      'when: >-\n  true &&\n  exposure.prots.size > 1',
      'r.yaml:7:12: a value of type Exposure has no field `prots`',
    ],
    [
      '{workload.name}',
      '{workload.nmae}',
      'r.yaml:6:31: a value of type Workload has no field `nmae`; did you mean `name`?',
    ],
    ['{workload.name}', '{workload.name', 'r.yaml:6:21: this brace is never closed; write `{{` for a brace'],
    ['{workload.name}', '{exposure.grant}', 'r.yaml:6:22: this is a value of type Origin'],
    [
      'id: no-telnet',
      'id: No Telnet',
      'r.yaml:1:5: `id` cannot be `No Telnet`; it has to be: words in lower case joined by hyphens',
    ],
    [
      'id: no-telnet',
      'id: node-port',
      'r.yaml:1:5: there is already a rule `node-port`; to change it, use `policy.overrides` in portolan.yaml',
    ],
    ['on: exposure', 'on: exposures', 'r.yaml:4:5: `on` cannot be `exposures`; did you mean `exposure`?'],
    ['severity: high', 'severity: { internet: hi }', 'r.yaml:3:23: `severity.internet` cannot be `hi`'],
    [
      'on: exposure',
      'on: exposure\nat: exposure.scope',
      'r.yaml:5:5: this is a text, and has to be a value of type Origin',
    ],
    ['title: Telnet is reachable\n', '', 'r.yaml:1:1: `title` is missing'],
  ])('%s → %s', async (from, to, line) => {
    const { lines } = await wrong((rule) => rule.replace(from, to));
    expect(lines[0]?.slice(0, line.length)).toBe(line);
  });

  test('tells everything that is wrong at once', async () => {
    const { problems } = await wrong((rule) => rule.replace('exposure.ports', 'x').replace('workload.name', 'y'));
    expect(problems).toHaveLength(2);
  });

  test('may have one severity where nothing has a scope', async () => {
    const { lines } = await wrong((rule) =>
      rule
        .replace('severity: high', 'severity: { internet: high }')
        .replace('on: exposure\nwhen: 23 in exposure.ports', 'on: workload\nwhen: workload.hostNetwork'),
    );
    expect(lines).toEqual(['r.yaml:1:5: a rule on workload has one severity: only exposure and listener have a scope']);
  });
});
