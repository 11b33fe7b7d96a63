/** The image catalogue, made ready for what is asked of it: by the build, so that no run has to go through all of it first. */
import type { ImageCatalogue, ImageEntry } from '../catalogue.ts';

/** The entries with what leads to them. */
export function imageCatalogue(entries: readonly ImageEntry[]): ImageCatalogue {
  const names = entries.flatMap(({ images }, at) => images.map((name) => [name, at] as const));
  const byProgram: Record<string, (readonly [string[], number])[]> = {};
  for (const [at, { programs }] of entries.entries()) {
    for (const program of programs) {
      const [name = '', ...words] = program.split(' ');
      byProgram[name] = [...(byProgram[name] ?? []), [words, at]];
    }
  }
  // `flask run` is asked for before `flask`.
  for (const known of Object.values(byProgram)) known.sort(([a], [b]) => b.length - a.length);
  return {
    entries,
    byName: Object.fromEntries(names.filter(([name]) => !name.includes('*'))),
    byPattern: names.filter(([name]) => name.includes('*')),
    byProgram,
  };
}
