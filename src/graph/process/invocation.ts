/** The programs that a container's command line starts, each with the words and variables that it gets. */
import type { Origin } from '../../source/span.ts';
import type { RunningContainer } from '../running.ts';
import { type Argument, type Environment, readScript } from './shell.ts';
import { interpretedProgram, isScript, shellScript, wrappedProgram } from './wrappers.ts';

/** A program that a container starts. */
export interface Invocation {
  /** What its file is called, without folders; null for words that go to an entrypoint which the code does not show. */
  readonly program: string | null;
  readonly arguments: readonly Argument[];
  readonly environment: Environment;
  /** The word that names the program; where there is none, the line that says which image runs. */
  readonly origin: Origin;
  /** It stands in a script, or behind another program: not what the command line itself begins with. */
  readonly nested: boolean;
}

/** More programs than this are no command line of people; neither is a longer script, or more that variables hold. */
const MOST = 256;
const MAX_DEPTH = 5;
const MAX_SCRIPT = 262_144;

interface Search {
  readonly shell: boolean;
  readonly found: Invocation[];
}

/** The variables of a container, as its processes see them. */
export function environmentOf(container: RunningContainer): Environment {
  return (name) => container.environment.get(name);
}

/**
 * The programs of the container's entrypoint and command, in the order of the words: wrappers (`tini --`, `sh -c`,
 * `env`, `npx`) are looked through, interpreters count beside what they run. Empty where nothing says what runs.
 */
export function invocationsOf(container: RunningContainer): readonly Invocation[] {
  const search: Search = { shell: container.command?.shell ?? false, found: [] };
  readWords(search, wordsOf(container), environmentOf(container), 0);
  return search.found;
}

/**
 * The words of the container's command line with `$(NAME)` replaced, which Kubernetes does before any shell; of names
 * that nothing sets it stays as it is (as there).
 */
export function wordsOf(container: RunningContainer): readonly Argument[] {
  let budget = MAX_SCRIPT;
  return (container.command?.words ?? []).map(({ text, origin }) => {
    let known = true;
    const expanded = text.replace(/\$\$|\$\(([A-Za-z_][A-Za-z0-9_.-]{0,200})\)/g, (all, name?: string) => {
      const value = name === undefined ? undefined : container.environment.get(name)?.value;
      if (value === undefined) return all;
      if (typeof value === 'string') budget -= value.length;
      known &&= typeof value === 'string' && budget >= 0;
      return known ? String(value) : '';
    });
    return { text: known ? expanded : null, origin };
  });
}

function readWords(search: Search, words: readonly Argument[], environment: Environment, depth: number): void {
  const [first, ...rest] = words;
  if (first === undefined || first.text === null || search.found.length >= MOST || depth > MAX_DEPTH) return;
  if (/\s/.test(first.text)) {
    if (search.shell) readNested(search, first, environment, depth);
    else if (first.text.trim() !== '') readWords(search, [...splitWord(first), ...rest], environment, depth);
    return;
  }
  if (first.text.startsWith('-')) {
    search.found.push({ program: null, arguments: words, environment, origin: first.origin, nested: depth > 0 });
    return;
  }
  const name = baseName(first.text);
  const script = shellScript(name, words);
  if (script.at !== -1) {
    const word = words[script.at] as Argument;
    if (script.inline) readNested(search, word, environment, depth);
    else readWords(search, words.slice(script.at), environment, depth + 1);
    return;
  }
  const wrapped = wrappedProgram(name, words);
  const next = wrapped === -1 ? interpretedProgram(name, words) : wrapped;
  // A wrapper's own words are no matter of ours; an interpreter's are, and a script's, up to what they start.
  if (wrapped === -1 || isScript(name)) {
    const own = next === -1 ? rest : words.slice(1, next);
    search.found.push({ program: name, arguments: own, environment, origin: first.origin, nested: depth > 0 });
  }
  if (next !== -1) readWords(search, words.slice(next), environment, depth + 1);
  if (COMMAND_TAKERS.has(name)) {
    for (const word of rest) if (word.text?.includes(' ')) readNested(search, word, environment, depth);
  }
}

/** The program and its words where somebody wrote them as one: entrypoints that are scripts take them apart again. */
function splitWord({ text, origin }: Argument): readonly Argument[] {
  return (text ?? '')
    .trim()
    .split(/\s+/)
    .map((part) => ({ text: part, origin }));
}

/** Programs that take whole command lines for single words. */
const COMMAND_TAKERS: ReadonlySet<string> = new Set(['nodemon', 'concurrently', 'watchexec', 'entr', 'su', 'runuser']);

function readNested(search: Search, script: Argument, environment: Environment, depth: number): void {
  if (script.text === null || script.text.length > MAX_SCRIPT) return;
  for (const command of readScript(script.text, environment, placesIn(script.text, script.origin))) {
    readWords({ ...search, shell: false }, command.words, command.environment, depth + 1);
  }
}

/** Where a stretch of a script stands: exactly where the file has it letter by letter, else the whole of it. */
function placesIn(text: string, origin: Origin): (start: number, end: number) => Origin {
  if (origin.end - origin.start !== text.length) return () => origin;
  return (start, end) => ({ ...origin, start: origin.start + start, end: origin.start + end });
}

/** `uvicorn` of `/usr/local/bin/uvicorn`; of a file that a package brings along also without its ending. */
function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/\.exe$/i, '');
  return path.includes('node_modules/') ? name.replace(/\.[cm]?js$/, '') : name;
}
