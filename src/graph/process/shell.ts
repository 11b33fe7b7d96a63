/**
 * Shell scripts as far as command lines need them: simple commands with their words, variables filled in from the
 * environment. Control flow is not followed: every command of a script counts as run.
 */
import type { Origin } from '../../source/span.ts';
import { unknown } from '../../source/value.ts';
import type { VariableFact } from '../fragment.ts';

/** The variables that a process sees. */
export type Environment = (name: string) => VariableFact | undefined;

/** A word as the program gets it. */
export interface Argument {
  /** Null where the code does not show it: a command substitution, a variable of unknown value. */
  readonly text: string | null;
  readonly origin: Origin;
}

/** One simple command: never empty. */
export interface Command {
  readonly words: readonly Argument[];
  readonly environment: Environment;
}

/** Variables may repeat each other's values; beyond this many characters what they stand for is unknown. */
const MAX_EXPANSION = 262_144;
const MAX_NESTING = 10;
/** Longer values are no command lines of people, and would be split into words without end. */
const MAX_VALUE = 65_536;

/** Words of the shell's grammar that stand before a command. */
const RESERVED: ReadonlySet<string> = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '!', '{', 'time']);

interface Script {
  readonly text: string;
  readonly place: (start: number, end: number) => Origin;
  readonly outer: Environment;
  /** Variables that the script itself has set so far. */
  readonly set: Map<string, VariableFact>;
  readonly commands: Command[];
  at: number;
  expanded: number;
  words: Argument[];
  assignments: Map<string, VariableFact>;
  /** The word being read; null between words. */
  word: { text: string; known: boolean; quoted: boolean; readonly start: number } | null;
  /** The next word names the file of a redirection. */
  redirected: boolean;
}

/**
 * The commands of `text`, in its order. `place` tells where a stretch of it stands in a file. Total: whatever the text
 * is, it has some reading, in time proportional to it and to what its variables hold.
 */
export function readScript(
  text: string,
  environment: Environment,
  place: (start: number, end: number) => Origin,
): readonly Command[] {
  const script: Script = {
    text,
    place,
    outer: environment,
    set: new Map(),
    commands: [],
    at: 0,
    expanded: 0,
    words: [],
    assignments: new Map(),
    word: null,
    redirected: false,
  };
  while (script.at < text.length) readNext(script);
  endCommand(script);
  return script.commands;
}

function readNext(script: Script): void {
  const char = script.text[script.at] as string;
  if (char === ' ' || char === '\t' || char === '\r') {
    endWord(script);
    script.at++;
  } else if (char === '>' || char === '<' || (char === '&' && script.text[script.at + 1] === '>')) {
    redirect(script);
  } else if (SEPARATORS.has(char)) {
    endCommand(script);
    script.at++;
  } else if (char === '#' && script.word === null) {
    const end = script.text.indexOf('\n', script.at);
    script.at = end === -1 ? script.text.length : end;
  } else {
    readPart(script, char);
  }
}

const SEPARATORS: ReadonlySet<string> = new Set(['\n', ';', '&', '|', '(', ')']);

/** Reads a part of a word that begins with `char`: a quoted stretch, a variable, or a character. */
function readPart(script: Script, char: string): void {
  script.word ??= { text: '', known: true, quoted: false, start: script.at };
  script.at++;
  if (char === "'") {
    script.word.quoted = true;
    script.word.text += until(script, "'");
  } else if (char === '"') {
    script.word.quoted = true;
    append(script, readQuoted(script, '"', 0));
  } else if (char === '\\') {
    const next = script.text[script.at++];
    if (next !== undefined && next !== '\n') script.word.text += next;
  } else if (char === '`') {
    until(script, '`');
    script.word.known = false;
  } else if (char === '$') {
    appendSplit(script, readVariable(script, 0));
  } else {
    script.word.text += char;
  }
}

/** Reads up to the closing `end` of a double-quoted stretch or of a `${…}`; null where part of it is unknown. */
function readQuoted(script: Script, end: string, depth: number): string | null {
  let text = '';
  let known = true;
  while (script.at < script.text.length) {
    const char = script.text[script.at++] as string;
    if (char === end) break;
    if (char === '\\' && '"\\$`\n}'.includes(script.text[script.at] ?? '')) {
      const next = script.text[script.at++] ?? '';
      if (next !== '\n') text += next;
    } else if (char === '`') {
      until(script, '`');
      known = false;
    } else if (char === '$') {
      const value = readVariable(script, depth);
      if (value === null) known = false;
      else text += value;
    } else text += char;
  }
  return known ? text : null;
}

/** The value of the variable whose `$` was just read: empty where it is not set, null where it is not known. */
function readVariable(script: Script, depth: number): string | null {
  const next = script.text[script.at] ?? '';
  if (next === '(') {
    skipSubstitution(script);
    return null;
  }
  const braced = next === '{';
  const from = script.at + (braced ? 1 : 0);
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(script.text.slice(from, from + 200))?.[0];
  if (name === undefined) return '$';
  script.at = from + name.length;
  const value = variableValue(script, name);
  if (!braced) return value ?? (value === undefined ? '' : null);
  const operator = /^:?[-+=?]/.exec(script.text.slice(script.at, script.at + 2))?.[0] ?? '';
  script.at += operator.length;
  if (depth >= MAX_NESTING) {
    script.at = script.text.length;
    return null;
  }
  const word = readQuoted(script, '}', depth + 1);
  if (operator === '') return word === '' ? (value ?? (value === undefined ? '' : null)) : null;
  const set = value !== undefined && !(operator.startsWith(':') && value === '');
  if (operator.endsWith('+')) return set ? word : '';
  return set ? value : operator.endsWith('?') ? '' : word;
}

/** Undefined where nothing sets the variable; positional and special ones are unknown. */
function variableValue(script: Script, name: string): string | null | undefined {
  if (!/^[A-Za-z_]/.test(name)) return null;
  const fact = lookUp(script, name);
  if (fact === undefined) return undefined;
  if (typeof fact.value !== 'string' || fact.value.length > MAX_VALUE) return null;
  script.expanded += fact.value.length;
  return script.expanded > MAX_EXPANSION ? null : fact.value;
}

function lookUp(script: Script, name: string): VariableFact | undefined {
  return script.set.get(name) ?? script.outer(name);
}

/** Leaves the reader behind the parenthesis that closes a command substitution. */
function skipSubstitution(script: Script): void {
  let open = 0;
  while (script.at < script.text.length) {
    const char = script.text[script.at++];
    if (char === '(') open++;
    else if (char === ')' && --open === 0) return;
  }
}

function until(script: Script, end: string): string {
  const found = script.text.indexOf(end, script.at);
  const text = script.text.slice(script.at, found === -1 ? undefined : found);
  script.at = found === -1 ? script.text.length : found + 1;
  return text;
}

function append(script: Script, text: string | null): void {
  if (script.word === null) return;
  if (text === null) script.word.known = false;
  else script.word.text += text;
}

/** An unquoted variable makes as many words as its value has. */
function appendSplit(script: Script, text: string | null): void {
  const start = script.word?.start ?? script.at;
  const pieces = text?.split(/[ \t\r\n]+/) ?? [null];
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) {
      endWord(script);
      script.word = { text: '', known: true, quoted: false, start };
    }
    append(script, piece);
  }
}

function redirect(script: Script): void {
  if (script.word !== null && /^\d+$/.test(script.word.text) && !script.word.quoted) script.word = null;
  endWord(script);
  while (script.at < script.text.length && '<>&-|'.includes(script.text[script.at] as string)) script.at++;
  script.redirected = true;
}

function endWord(script: Script): void {
  const { word } = script;
  script.word = null;
  if (word === null || (word.text === '' && word.known && !word.quoted)) return;
  if (script.redirected) {
    script.redirected = false;
    return;
  }
  const origin = script.place(word.start, Math.min(script.at, script.text.length));
  const assigned = script.words.length === 0 ? assignmentOf(word, origin) : undefined;
  if (assigned) script.assignments.set(assigned.name, assigned);
  else if (script.words.length > 0 || word.quoted || !RESERVED.has(word.text)) {
    script.words.push({ text: word.known ? word.text : null, origin });
  }
}

function assignmentOf(word: NonNullable<Script['word']>, origin: Origin): VariableFact | undefined {
  const name = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(word.text)?.[1];
  if (name === undefined) return undefined;
  const value = word.known ? word.text.slice(name.length + 1) : unknown(`${name} is set by a command`, origin);
  return { name, value, origin };
}

function endCommand(script: Script): void {
  endWord(script);
  script.redirected = false;
  const { words, assignments, set, outer } = script;
  script.words = [];
  script.assignments = new Map();
  if (words.length === 0 || words[0]?.text === 'export') {
    for (const [name, fact] of assignments) set.set(name, fact);
    for (const { text, origin } of words.slice(1)) {
      const fact = text === null ? undefined : assignmentOf({ text, known: true, quoted: false, start: 0 }, origin);
      if (fact) set.set(fact.name, fact);
    }
  } else {
    const environment: Environment = (name) => assignments.get(name) ?? set.get(name) ?? outer(name);
    script.commands.push({ words, environment });
  }
}
