/** The image catalogue by what is asked of it: an image reference, or the name of a program. */
import { matchesGlob } from '../../source/glob.ts';
import type { ImageEntry } from '../catalogue.ts';
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

interface ImageIndex {
  readonly byImage: ReadonlyMap<string, ImageEntry>;
  /** With what every match begins with, so that most are passed over at a glance. */
  readonly globs: readonly { readonly pattern: string; readonly start: string; readonly entry: ImageEntry }[];
  /** What was asked before, by repository. */
  readonly asked: Map<string, ImageEntry | undefined>;
  readonly byProgram: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly entry: ImageEntry }[]>;
}

const INDEXES = new WeakMap<readonly ImageEntry[], ImageIndex>();

/** The entry of an image; undefined where the catalogue has none. */
export function imageEntry(reference: string, entries: readonly ImageEntry[]): ImageEntry | undefined {
  const { repository } = parseReference(reference);
  const { byImage, globs, asked } = indexOf(entries);
  if (asked.has(repository)) return asked.get(repository);
  const matches = ({ start, pattern }: { start: string; pattern: string }) =>
    repository.startsWith(start) && matchesGlob(pattern, repository, '/');
  const entry = byImage.get(repository) ?? globs.find(matches)?.entry;
  asked.set(repository, entry);
  return entry;
}

/** The entry of a program, by its name and the words that tell what it does (`flask run`); undefined where there is none. */
export function programEntry(
  program: string,
  words: readonly Argument[],
  entries: readonly ImageEntry[],
): ImageEntry | undefined {
  const known = indexOf(entries).byProgram.get(program.toLowerCase()) ?? [];
  const given = firstWords(words);
  return known.find((each) => each.words.every((word) => given.includes(word)))?.entry;
}

function indexOf(entries: readonly ImageEntry[]): ImageIndex {
  const known = INDEXES.get(entries);
  if (known) return known;
  const byImage = new Map<string, ImageEntry>();
  const globs: { pattern: string; start: string; entry: ImageEntry }[] = [];
  const byProgram = new Map<string, { words: readonly string[]; entry: ImageEntry }[]>();
  for (const entry of entries) {
    for (const pattern of entry.images) {
      if (pattern.includes('*')) globs.push({ pattern, start: pattern.slice(0, pattern.indexOf('*')), entry });
      else byImage.set(pattern, entry);
    }
    for (const program of entry.programs) {
      const [name = '', ...words] = program.split(' ');
      byProgram.set(name, [...(byProgram.get(name) ?? []), { words, entry }]);
    }
  }
  // `flask run` is asked for before `flask`.
  for (const known of byProgram.values()) known.sort((a, b) => b.words.length - a.words.length);
  const index = { byImage, globs, asked: new Map(), byProgram };
  INDEXES.set(entries, index);
  return index;
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
