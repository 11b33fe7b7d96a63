import { describe, expect, test } from 'vitest';
import { fragment, image, port, somewhere } from '../fragment.fixture.ts';
import type { ImageFact } from '../fragment.ts';
import { type FoundImage, imagesOf } from './images.ts';

const imagesFrom = (facts: readonly ImageFact[]) =>
  imagesOf(
    facts.map((fact) => fragment(fact.id, { images: [fact] })),
    (reference) => reference.startsWith('redis'),
  );

const use = (reference: string | null, build?: string) => ({
  reference,
  origin: somewhere(),
  ...(build === undefined ? {} : { build }),
});
const said = (found: FoundImage | null) => found && `${found.kind} ${found.image.fact.id} ${found.confidence}`;
const command = (...words: string[]) => ({
  words: words.map((text) => ({ text, origin: somewhere() })),
  shell: false,
  origin: somewhere(),
});

describe('the build that a container runs', () => {
  const images = imagesFrom([
    image('docker:cart/Dockerfile', { names: ['shop/cart:1.0'] }),
    image('docker:vote/Dockerfile'),
    image('docker:redis/Dockerfile'),
    image('docker:web/Dockerfile#dev'),
    image('docker:a/api/Dockerfile'),
    image('docker:b/api/Dockerfile'),
  ]);

  test.each<[string, ReturnType<typeof use>, string[], string | null]>([
    ['by its id', use(null, 'docker:cart/Dockerfile'), [], 'builds docker:cart/Dockerfile high'],
    ['by its name', use('shop/cart:1.0'), [], 'runs docker:cart/Dockerfile high'],
    ['by its name with another tag', use('shop/cart:2.0'), [], 'runs docker:cart/Dockerfile medium'],
    ['by its folder', use('registry.example:5000/team/vote@sha256:0'), [], 'runs docker:vote/Dockerfile medium'],
    ['by the end of its name', use('team/app_vote'), ['vote'], 'runs docker:vote/Dockerfile low'],
    ['not by the end of its name alone', use('team/app_vote'), ['ui'], null],
    ['not by half a word', use('team/upvote'), ['vote'], null],
    ['not a known image by its folder', use('redis:7'), ['redis'], null],
    ['not a stage that is no end', use('web'), ['web'], null],
    ['not one of several', use('api'), ['api'], null],
    ['not a build that is not there', use('shop/cart:1.0', 'docker:gone/Dockerfile'), [], null],
  ])('%s', (_, image, names, expected) => {
    expect(said(images.find(image, names))).toBe(expected);
  });
});

describe('what an image inherits', () => {
  const base = image('docker:base/Dockerfile', {
    names: ['base'],
    base: use('alpine:3'),
    ports: [port(80)],
    environment: [
      { name: 'A', value: 'base', origin: somewhere() },
      { name: 'B', value: 'base', origin: somewhere() },
    ],
    entrypoint: command('run'),
    command: command('--base'),
  });

  const find = (facts: Partial<ImageFact>) => {
    const top = image('docker:top/Dockerfile', { base: use('base'), ...facts });
    const found = imagesFrom([base, top]).find(use(null, top.id), []);
    return found?.image as FoundImage['image'];
  };

  test('ports, variables and the image at the bottom', () => {
    const built = find({ ports: [port(443)], environment: [{ name: 'A', value: 'top', origin: somewhere() }] });
    expect(built.ports.map(({ ports }) => ports.from)).toEqual([443, 80]);
    expect([...built.environment.values()].map(({ name, value }) => `${name}=${value}`)).toEqual(['A=top', 'B=base']);
    expect(built.base).toBe('alpine:3');
    expect(built.chain.map(({ id }) => id)).toEqual(['docker:top/Dockerfile', 'docker:base/Dockerfile']);
  });

  test('a new entrypoint drops the command below it', () => {
    expect(find({}).command?.words[0]?.text).toBe('--base');
    expect(find({ entrypoint: command('other') }).command).toBeNull();
    expect(find({ entrypoint: command('other'), command: command('-x') }).command?.words[0]?.text).toBe('-x');
  });

  test('images that stand on each other in a circle end somewhere', () => {
    const one = image('docker:one/Dockerfile', { names: ['one'], base: use('two') });
    const two = image('docker:two/Dockerfile', { names: ['two'], base: use('one') });
    expect(imagesFrom([one, two]).all.map(({ chain }) => chain.length)).toEqual([2, 2]);
  });
});
