/** `.Files`: what templates may read of their own chart. */
import { posix } from 'node:path';
import type { Files } from '../../../files.ts';
import { type Datum, dict, list, type Slot, type Struct } from '../datum.ts';
import { type Budget, spend, spendText } from '../fault.ts';
import { string } from '../functions/arguments.ts';
import { matchOf, patternOf } from '../pattern.ts';
import { derived, fileText, plain, sliceText, type Text } from '../text.ts';
import { writeYaml } from '../yaml-write.ts';

/** A file of a chart: its name in the chart, and its path in the tree. */
interface Held {
  readonly name: string;
  readonly path: string;
}

/** What reading files needs, and what it leaves behind. */
export interface Access {
  readonly files: Files;
  readonly budget: Budget;
  /** The paths that a template has read. */
  readonly used: Set<string>;
}

/** The value of `.Files` of the chart in `folder`, which has the files at `paths`. */
export function filesOf(access: Access, folder: string, paths: readonly string[]): Struct {
  const prefix = folder === '.' ? 0 : folder.length + 1;
  return filesStruct(
    access,
    paths.map((path) => ({ name: path.slice(prefix), path })),
  );
}

function filesStruct(access: Access, held: readonly Held[]): Struct {
  const read = (name: string): Text => {
    const file = held.find((each) => each.name === name);
    return file ? textOf(access, file) : plain('');
  };
  return {
    kind: 'struct',
    type: 'engine.files',
    printed: 'map[]',
    fields: new Map(),
    slots: () => new Map(held.map((file): [string, Slot] => [file.name, { value: textOf(access, file) }])),
    methods: new Map<string, (args: readonly Datum[]) => Datum>([
      ['Get', (args) => read(string(args, 0))],
      ['GetBytes', (args) => read(string(args, 0))],
      ['Lines', (args) => list(linesOf(read(string(args, 0)), access.budget))],
      ['Glob', (args) => filesStruct(access, matching(held, string(args, 0), access.budget))],
      ['AsConfig', () => asYaml(access, held, (text) => text)],
      ['AsSecrets', () => asYaml(access, held, (text) => derived(Buffer.from(text.text).toString('base64'), [text]))],
    ]),
  };
}

function textOf({ files, budget, used }: Access, { path }: Held): Text {
  const reading = files.read(path);
  if (reading.kind !== 'text') return plain('');
  spendText(budget, reading.text.length);
  used.add(path);
  return fileText(path, reading.text);
}

function linesOf(text: Text, budget: Budget): readonly Text[] {
  if (text.text === '') return [];
  const lines: Text[] = [];
  for (let at = 0; at < text.text.length; ) {
    const end = text.text.indexOf('\n', at);
    spend(budget, 1);
    lines.push(sliceText(text, at, end === -1 ? text.text.length : end));
    at = end === -1 ? text.text.length : end + 1;
  }
  return lines;
}

function asYaml(access: Access, held: readonly Held[], change: (text: Text) => Text): Text {
  if (held.length === 0) return plain('{}');
  return writeYaml(dict(held.map((file) => [posix.basename(file.name), change(textOf(access, file))])), access.budget);
}

/** The files whose names a glob fits: `*` and `?` stay in one folder, `**` does not; `[…]` and `{a,b}` are known. */
function matching(held: readonly Held[], glob: string, budget: Budget): readonly Held[] {
  const program = patternOf(`^(?:${expressionOf(glob)})$`, budget);
  return held.filter(({ name }) => matchOf(program, name, 0, budget) !== undefined);
}

function expressionOf(glob: string): string {
  let braces = 0;
  return glob.replace(/\*\*|\*|\?|\[!?[^\]]*\]|[{},]|\\.|[^\w/]/gs, (part) => {
    if (part === '**') return '(?s:.*)';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.length > 1) return part.replace('[!', '[^');
    if (part === '{') {
      braces++;
      return '(?:';
    }
    if (part === '}' && braces > 0) {
      braces--;
      return ')';
    }
    if (part === ',') return braces > 0 ? '|' : ',';
    return part.startsWith('\\') && part.length > 1 ? part : `\\${part}`;
  });
}
