/**
 * HashiCorp's own parser, in WebAssembly, for a file that ours rejects: whatever it accepts is HCL, so that a rejection
 * is a gap of ours. It knows no places and takes half a second to load, so nothing else asks for it.
 */
import { notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import type { HclFile } from './index.ts';
import { readJson } from './json.ts';
import { moved } from './moved.ts';
import type { Attribute, Block, Body, Range } from './syntax.ts';

/** Larger files take the other parser seconds. In UTF-16 code units. */
const MAX_LENGTH = 256 * 1024;

/** Milliseconds after which the other parser is taken to have died: it does so without a word. */
const PATIENCE = 60_000;

/**
 * The file as HashiCorp's parser reads it, if that accepts what ours has found wrong; otherwise the file as it was. What
 * is in a block then stands where the block does, and a notice says so.
 */
export async function readByOtherParser(file: HclFile): Promise<HclFile> {
  const wrong = file.notices.find(({ code }) => code === 'syntax-error');
  const { path, text, format } = file.file;
  if (!wrong || format !== 'hcl' || text.length > MAX_LENGTH || isSteep(text)) return file;
  const json = await parsedElsewhere(path, text);
  if (json === undefined) return file;
  const { body } = readJson({ path, format: 'hcl-json', text: JSON.stringify(json) });
  return {
    ...file,
    body: placed(body, file.body),
    notices: [...file.notices.filter(({ code }) => code !== 'syntax-error'), gapAt(wrong.origin)],
  };
}

function gapAt(origin: Origin) {
  const message =
    "HashiCorp's parser accepts what is written here and Portolan's does not, which is an error of Portolan; please report it. The file is analysed, with the places of whole blocks.";
  return notice('lenient-syntax', message, origin);
}

async function parsedElsewhere(path: string, text: string): Promise<object | undefined> {
  const { default: hcl2json } = await import('@cdktf/hcl2json');
  let watch: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    watch = setTimeout(resolve, PATIENCE, undefined);
  });
  try {
    return await Promise.race([hcl2json.parse(path, text), silence]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(watch);
  }
}

/** How many brackets may be open at once, and how much else may be nested, before the other parser would overflow. */
const MAX_OPEN = 300;
const MAX_NESTING = 1000;

/** Whether a text may nest so deep that the other parser, which has no bound, would take the process down. */
function isSteep(text: string): boolean {
  let open = 0;
  for (const bracket of text.match(/[[{(\])}]/g) ?? []) {
    open = '[{('.includes(bracket) ? open + 1 : Math.max(0, open - 1);
    if (open > MAX_OPEN) return true;
  }
  return (text.match(/[?*]|%\{/g) ?? []).length > MAX_NESTING || /[-!\s]{500}/.test(text);
}

/** The body of the other parser with the places that ours has found: by name, and among equal names by order. */
function placed(body: Body, known: Body): Body {
  const places = new Map<string, Range[]>();
  for (const item of known.items) {
    const name = nameOf(item);
    places.set(name, [...(places.get(name) ?? []), item.kind === 'block' ? item.header : item.key]);
  }
  const items = body.items.map((item) => {
    const place = places.get(nameOf(item))?.shift() ?? { start: 0, end: 0 };
    return moved(item, (_, edge) => place[edge]);
  });
  return { start: known.start, end: known.end, items: items.sort((a, b) => a.start - b.start) };
}

function nameOf(item: Attribute | Block): string {
  return item.kind === 'block' ? [item.type, ...item.labels.map(({ text }) => text)].join('\0') : `${item.name}=`;
}
