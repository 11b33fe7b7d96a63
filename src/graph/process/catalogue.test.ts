import { describe, expect, test } from 'vitest';
import builtin from '../../generated/catalogue.json' with { type: 'json' };
import { matchesGlob } from '../../source/glob.ts';
import type { Catalogue, ImageEntry } from '../catalogue.ts';
import { everyEntry } from '../catalogue-entry.ts';

const catalogue = builtin as unknown as Catalogue;
const ports = everyEntry(catalogue.ports.entries);
const images = everyEntry(catalogue.images.entries);
const services = new Set(ports.map((entry) => entry.service));

function named(entry: ImageEntry): string {
  return `${entry.service}: ${[...entry.images, ...entry.programs].join(', ')}`;
}

describe('the image catalogue', () => {
  test('knows the well-known images', () => {
    expect(new Set(images.flatMap((entry) => entry.images)).size).toBeGreaterThan(300);
  });

  test.each(images.map((entry) => [named(entry), entry] as const))('%s', (_, entry) => {
    expect(entry.images.length + entry.programs.length).toBeGreaterThan(0);
    // What the port catalogue does not know by its service has to say what each of its ports is for.
    for (const { service = entry.service, role } of entry.ports)
      if (role === undefined) expect(services).toContain(service);
  });

  test('no image and no program stands in two entries', () => {
    const all = images.flatMap((entry) => [...entry.images, ...entry.programs.map((program) => `program ${program}`)]);
    expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([]);
  });

  test('no pattern covers an image of another entry', () => {
    const globs = images.flatMap((entry) =>
      entry.images.filter((image) => image.includes('*')).map((glob) => ({ glob, entry })),
    );
    const plain = images.flatMap((entry) =>
      entry.images.filter((image) => !image.includes('*')).map((image) => ({ image, entry })),
    );
    const clashes = globs.flatMap(({ glob, entry }) =>
      plain
        .filter((other) => other.entry !== entry && matchesGlob(glob, other.image, '/'))
        .map(({ image }) => `${glob} ${image}`),
    );
    expect(clashes).toEqual([]);
  });
});
