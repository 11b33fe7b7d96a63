import { describe, expect, test } from 'vitest';
import { fragment, image, somewhere, workload } from '../fragment.fixture.ts';
import type { CommandLine, ConfigFact, ConfigUse, ContainerFact, ImageFact, WorkloadFact } from '../fragment.ts';
import type { RunningContainer, RunningWorkload } from '../running.ts';
import { imagesOf } from './images.ts';
import { runWorkloads } from './run.ts';

const line = (shell: boolean, ...words: string[]): CommandLine => ({
  words: words.map((text) => ({ text, origin: somewhere() })),
  shell,
  origin: somewhere(),
});

function run(
  workloads: readonly WorkloadFact[],
  configs: readonly ConfigFact[] = [],
  built: readonly ImageFact[] = [],
) {
  const { unit } = fragment('compose:.');
  const images = imagesOf(
    built.map((fact) => fragment(fact.id, { images: [fact] })),
    () => false,
  );
  const placed = workloads.map((fact) => ({ id: `env::${fact.id}`, fact, unit }));
  return runWorkloads(placed, images, new Map(), configs).workloads;
}

function runOne(
  own: Partial<ContainerFact>,
  built?: Partial<ImageFact>,
  configs: readonly ConfigFact[] = [],
): RunningContainer {
  const id = 'docker:app/Dockerfile';
  const use = built ? { image: { reference: null, build: id, origin: somewhere() } } : {};
  const [only] = run(
    [workload('app', [], { container: { ...use, ...own } })],
    configs,
    built ? [image(id, built)] : [],
  );
  return (only as RunningWorkload).containers[0] as RunningContainer;
}

const words = ({ command }: RunningContainer) => command?.words.map(({ text }) => text).join(' ') ?? null;

describe('the command that a container runs', () => {
  const built = { entrypoint: line(false, 'entry'), command: line(false, '--image') };

  test.each<[string, Partial<ContainerFact>, Partial<ImageFact> | undefined, string | null]>([
    ['nothing', {}, undefined, null],
    ["the image's", {}, built, 'entry --image'],
    ["its own command under the image's entrypoint", { command: line(false, '--own') }, built, 'entry --own'],
    ["its own entrypoint, which empties the image's command", { entrypoint: line(false, 'own') }, built, 'own'],
    ['both of its own', { entrypoint: line(false, 'own'), command: line(false, 'x') }, built, 'own x'],
    [
      'a shell-form entrypoint, which takes no command',
      {},
      { entrypoint: line(true, 'run it'), command: line(false, 'x') },
      'run it',
    ],
    ['a command alone', { command: line(true, 'serve -p 80') }, undefined, 'serve -p 80'],
  ])('is %s', (_, own, from, expected) => {
    expect(words(runOne(own, from))).toBe(expected);
  });
});

describe('the environment that a container gets', () => {
  const config: ConfigFact = {
    kind: 'config',
    namespace: null,
    name: 'settings',
    entries: [
      { name: 'HOST', value: 'db', origin: somewhere() },
      { name: 'app.conf', value: 'port = 80', origin: somewhere() },
    ],
    origin: somewhere(),
  };
  const use = (facts: Partial<ConfigUse>): ConfigUse => ({
    config: { kind: 'config', namespace: null, name: 'settings' },
    as: 'variables',
    origin: somewhere(),
    ...facts,
  });
  const variables = (running: RunningContainer) =>
    Object.fromEntries([...running.environment].map(([name, { value }]) => [name, value]));

  test("is the image's under the configs' under its own", () => {
    const own = { environment: [{ name: 'C', value: 'own', origin: somewhere() }], configs: [use({ prefix: 'X_' })] };
    const from = {
      environment: [
        { name: 'A', value: 'image', origin: somewhere() },
        { name: 'X_HOST', value: 'image', origin: somewhere() },
        { name: 'C', value: 'image', origin: somewhere() },
      ],
    };
    expect(variables(runOne(own, from, [config]))).toEqual({
      A: 'image',
      X_HOST: 'db',
      'X_app.conf': 'port = 80',
      C: 'own',
    });
  });

  test('has one key of a config under the name that it is given', () => {
    const own = { configs: [use({ key: 'HOST', variable: 'DB_HOST' }), use({ key: 'gone', variable: 'GONE' })] };
    expect(variables(runOne(own, undefined, [config]))).toEqual({ DB_HOST: 'db' });
  });

  test('and files stand apart', () => {
    const running = runOne({ configs: [use({ as: 'files', key: 'app.conf' })] }, undefined, [config]);
    expect(running.environment.size).toBe(0);
    expect(running.payloads.map(({ name, value }) => [name, value])).toEqual([['app.conf', 'port = 80']]);
  });
});

describe('the network that a workload has', () => {
  const shares = (to: string) => ({ shares: { workload: to, origin: somewhere() } });

  test('is that of the one at the end of the chain, with its segments', () => {
    const running = run([
      workload('vpn', ['net']),
      workload('a', [], shares('vpn')),
      workload('b', [], shares('a')),
      workload('c', ['other']),
    ]);
    expect(running.map(({ network }) => network)).toEqual(['env::vpn', 'env::vpn', 'env::vpn', 'env::c']);
    expect(running.map(({ segments }) => segments)).toEqual([['net'], ['net'], ['net'], ['other']]);
  });

  test('is its own where it shares in a circle, or with nobody', () => {
    const running = run([
      workload('a', [], shares('b')),
      workload('b', [], shares('a')),
      workload('c', [], shares('gone')),
    ]);
    expect(running.map(({ network }) => network)).toEqual(['env::a', 'env::b', 'env::c']);
  });
});
