import type { Notice, NoticeCode } from '../../source/notice.ts';
import { memoryTree } from '../../source/tree.ts';
import { at, type Value } from '../../source/value.ts';
import { openFiles } from '../files.ts';
import type { Build, ComposeUnit } from '../unit.ts';
import { assembleCompose } from './index.ts';

/** What tests ask of the compose projects of a tree in memory. */
export interface Assembled {
  readonly ids: readonly string[];
  readonly units: readonly ComposeUnit[];
  readonly builds: readonly Build[];
  readonly notices: readonly Notice[];
  unit(id: string): ComposeUnit;
  /** What an origin covers: `compose.yaml: web`. */
  quote(origin: Value['origin'] | undefined): string;
}

/** Assembles files whose texts are indented as the test that holds them. */
export function assemble(files: Readonly<Record<string, string>>): Assembled {
  const texts = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, dedent(text)]));
  const { value, notices } = assembleCompose(openFiles(memoryTree(texts)));
  return {
    ...value,
    notices,
    ids: value.units.map(({ id }) => id),
    unit(id) {
      const unit = value.units.find((each) => each.id === id);
      if (!unit) throw new Error(`no unit ${id} among ${value.units.map((each) => each.id).join(', ')}`);
      return unit;
    },
    quote: (origin) => (origin ? `${origin.file}: ${texts[origin.file]?.slice(origin.start, origin.end)}` : ''),
  };
}

function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indent = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
  return `${lines.map((line) => line.slice(indent)).join('\n')}\n`;
}

/** A value as data; an unknown as the reason why. */
export function plain(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  if (value.kind === 'unknown') return `? ${value.because}`;
  if (value.kind === 'scalar') return value.value === null ? null : value.text;
  if (value.kind === 'list') return value.items.map(plain);
  return Object.fromEntries([...value.entries.values()].map((entry) => [entry.key, plain(entry.value)]));
}

/** A service of the merged project. */
export function service(unit: ComposeUnit, name: string): Value | undefined {
  return at(unit.model, 'services', name);
}

/** The codes of notices, in their order. */
export function codes(notices: readonly Notice[]): NoticeCode[] {
  return notices.map(({ code }) => code);
}
