/** The catalogue, made ready for what is asked of it: by the build, so that no run has to go through all of it first. */
import type { Catalogue, ImageCatalogue, ImageEntry, PortCatalogue, PortEntry } from './catalogue.ts';
import { entriesOf } from './catalogue-entry.ts';

/** The entries with what leads to them. */
export function catalogueOf(ports: readonly PortEntry[], images: readonly ImageEntry[]): Catalogue {
  return { ports: portCatalogue(ports), images: imageCatalogue(images) };
}

function portCatalogue(entries: readonly PortEntry[]): PortCatalogue {
  const byNumber: Record<string, number[]> = {};
  for (const [at, { ports }] of entries.entries())
    for (const { from, to } of ports) if (from === to) byNumber[from] = [...(byNumber[from] ?? []), at];
  const named = entries.flatMap(({ names, secureNames }, at) => [
    ...names.map((name) => [name, { entry: at, secure: false }] as const),
    ...secureNames.map((name) => [name, { entry: at, secure: true }] as const),
  ]);
  return {
    entries: entriesOf(entries),
    byService: Object.fromEntries(entries.map(({ service }, at) => [service.toLowerCase(), at])),
    byName: Object.fromEntries(named),
    byNumber,
    byRange: entries.flatMap(({ ports }, at) =>
      ports.filter(({ from, to }) => from !== to).map((range) => [range, at] as const),
    ),
  };
}

function imageCatalogue(entries: readonly ImageEntry[]): ImageCatalogue {
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
    entries: entriesOf(entries),
    byName: Object.fromEntries(names.filter(([name]) => !name.includes('*'))),
    byPattern: names.filter(([name]) => name.includes('*')),
    byProgram,
  };
}
