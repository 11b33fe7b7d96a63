/** Scripts of testdata/cli/: archives of text files whose sections are a command, its folder, and what must come out. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPTS = fileURLToPath(new URL('../../testdata/cli/', import.meta.url));
const RESULTS = ['stdout', 'stderr', 'exit'];

interface Section {
  readonly name: string;
  readonly text: string;
}

export interface Script {
  readonly path: string;
  readonly comment: string;
  /** What is given: the words of the command, what it reads, and its files. */
  readonly given: readonly Section[];
  readonly args: readonly string[];
  readonly stdin: string;
}

/** Their names. */
export const scripts: readonly string[] = readdirSync(SCRIPTS).filter((name) => name.endsWith('.txtar'));

export function readScript(name: string): Script {
  const path = join(SCRIPTS, name);
  const [comment = '', ...parts] = readFileSync(path, 'utf8').split(/^-- (.+) --\n/m);
  const sections: Section[] = [];
  for (let i = 0; i < parts.length; i += 2) sections.push({ name: parts[i] as string, text: parts[i + 1] as string });
  const given = sections.filter((section) => !RESULTS.includes(section.name));
  const text = (wanted: string) => given.find((section) => section.name === wanted)?.text ?? '';
  return { path, comment, given, args: text('args').split('\n').filter(Boolean), stdin: text('stdin') };
}

/** Puts the files of a script into a folder. */
export function unpack({ given }: Script, folder: string): void {
  for (const { name, text } of given) {
    if (name === 'args' || name === 'stdin') continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The text of an archive. */
export function format(comment: string, sections: readonly Section[]): string {
  return comment + sections.map(({ name, text }) => `-- ${name} --\n${text}`).join('');
}
