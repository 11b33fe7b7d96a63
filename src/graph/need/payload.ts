/**
 * Configuration texts as settings, whatever their format: JSON as such; YAML, properties, INI, TOML and scripts line by
 * line, with the keys that stand above a line put before its own (`redis:` above `host: cache` is `redis.host`).
 */
import type { Origin } from '../../source/span.ts';
import type { Setting } from './setting.ts';

/** The settings of `text`; a line that sets nothing is a setting without a name. Comments are left out. */
export function settingsOfText(text: string, origin: Origin): readonly Setting[] {
  return (jsonSettings(text, origin) ?? lineSettings(text, origin)).filter(({ value }) => value !== '');
}

function jsonSettings(text: string, origin: Origin): readonly Setting[] | null {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return flatten(JSON.parse(text), origin);
  } catch {
    return null;
  }
}

/** Every scalar with the path of its keys; without recursion, since the text may nest without end. */
function flatten(root: unknown, origin: Origin): readonly Setting[] {
  const settings: Setting[] = [];
  const open: { readonly name: string; readonly value: unknown }[] = [{ name: '', value: root }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { name, value } = next;
    if (value !== null && typeof value === 'object') {
      const list = Array.isArray(value);
      for (const [key, inner] of Object.entries(value))
        open.push({ name: list ? name : join(name, key), value: inner });
    } else if (typeof value === 'string' || typeof value === 'number') {
      settings.push({ name: name || null, value: String(value), origin });
    }
  }
  return settings.reverse();
}

interface Level {
  readonly indent: number;
  readonly name: string;
}

function lineSettings(text: string, origin: Origin): readonly Setting[] {
  const settings: Setting[] = [];
  let above: Level[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (COMMENT.test(line) || line.trim() === '') continue;
    const section = SECTION.exec(line);
    if (section) {
      above = [{ indent: -1, name: section[1] as string }];
      continue;
    }
    const body = line.replace(LEAD, '');
    const indent = line.length - body.length;
    const [all = '', key] = ASSIGNMENT.exec(body.slice(0, LONGEST_KEY)) ?? [];
    above = above.filter((level) => level.indent < indent);
    const parent = above[above.length - 1]?.name ?? '';
    const value = unquoted(body.slice(all.length));
    if (key === undefined) settings.push({ name: parent || null, value, origin });
    else if (value === '' || value === '{') above.push({ indent, name: join(parent, key) });
    else settings.push({ name: join(parent, key), value, origin });
  }
  return settings;
}

const COMMENT = /^\s*(?:#|\/\/|;|<!--)/;
/** `[section]` of INI and TOML. */
const SECTION = /^\s*\[{1,2}([\w.-]{1,99})\]{1,2}\s*$/;
/** Blanks, and the dashes of list items. */
const LEAD = /^\s*(?:-\s+)*/;
/** `key:`, `"key":`, `export KEY=`; the colon of a URL or of an address is none. */
const ASSIGNMENT = /^(?:export\s+)?["']?([A-Za-z_][\w.-]{0,99})["']?\s*(?:=|:(?=\s|$|["'{[]))\s*/;
const LONGEST_KEY = 400;

/** Without blanks, the comma behind, and quotes around. */
function unquoted(text: string): string {
  return text
    .trim()
    .replace(/,$/, '')
    .replace(/^(["'])(.*)\1$/, '$2');
}

function join(parent: string, key: string): string {
  const name = parent === '' ? key : `${parent}.${key}`;
  return name.length > LONGEST_NAME ? key : name;
}

/** Keys that nest deeper than people write are cut, so that names do not grow with the depth. */
const LONGEST_NAME = 400;
