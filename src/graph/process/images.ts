/** The image catalogue by what is asked of it: an image reference, or the name of a program. */
import { matchesGlob } from '../../source/glob.ts';
import type { ImageCatalogue, ImageEntry } from '../catalogue.ts';
import { entryAt, own } from '../catalogue-entry.ts';
import type { Argument } from './shell.ts';

/** What of an image reference the catalogue goes by. */
export interface ImageReference {
  /** Without registry, tag and digest, and without the folder that mirrors keep the official images in. */
  readonly repository: string;
  /** `latest` where nothing is said. */
  readonly tag: string;
}

/** `redis` and `7-alpine` of `docker.io/library/redis:7-alpine@sha256:…`. */
export function parseReference(reference: string): ImageReference {
  const name = reference.split('@', 1)[0] as string;
  const colon = name.lastIndexOf(':');
  const tagged = colon > name.lastIndexOf('/');
  const parts = (tagged ? name.slice(0, colon) : name).toLowerCase().split('/');
  if (parts.length > 1 && /[.:]|^localhost$/.test(parts[0] as string)) parts.shift();
  const path = parts.join('/').replace(/^(?:docker\/|docker-hub\/|dockerhub\/)?library\//, '');
  return { repository: path, tag: tagged ? name.slice(colon + 1) : 'latest' };
}

/** The entry of an image; undefined where the catalogue has none. */
export function imageEntry(reference: string, images: ImageCatalogue): ImageEntry | undefined {
  const { repository } = parseReference(reference);
  const asked = ASKED.get(images) ?? new Map<string, ImageEntry | undefined>();
  ASKED.set(images, asked);
  if (!asked.has(repository)) {
    const matching = () => images.byPattern.find(([pattern]) => matchesGlob(pattern, repository, '/'))?.[1];
    asked.set(repository, entryAt(images.entries, own(images.byName, repository) ?? matching()));
  }
  return asked.get(repository);
}

/** What was asked of a catalogue before, by repository. */
const ASKED = new WeakMap<ImageCatalogue, Map<string, ImageEntry | undefined>>();

/** The entry of a program, by its name and the words that tell what it does (`flask run`); undefined where there is none. */
export function programEntry(
  program: string,
  words: readonly Argument[],
  { entries, byProgram }: ImageCatalogue,
): ImageEntry | undefined {
  const known = own(byProgram, program.toLowerCase());
  if (!known) return undefined;
  const given = firstWords(words);
  return entryAt(entries, known.find(([asked]) => asked.every((word) => given.includes(word)))?.[1]);
}

/** Whether a program with these words is what `entry` knows. */
export function runsEntry(entry: ImageEntry, program: string, words: readonly Argument[]): boolean {
  const given = firstWords(words);
  return entry.programs.some((known) => {
    const [name, ...verbs] = known.split(' ');
    return name === program.toLowerCase() && verbs.every((verb) => given.includes(verb));
  });
}

/** The words that may tell what a program is asked to do. */
function firstWords(words: readonly Argument[]): readonly (string | null)[] {
  return words.slice(0, 20).map(({ text }) => text);
}

/** Whether `tag` is one that an entry's `tag` means. */
export function matchesTag(pattern: string, tag: string): boolean {
  return pattern.startsWith('!') ? !matchesGlob(pattern.slice(1), tag) : matchesGlob(pattern, tag);
}
