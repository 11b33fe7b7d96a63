import { portParts } from '../../assemble/compose/port-parts.ts';
import type { Edit } from '../../source/edit.ts';
import type { Span } from '../../source/span.ts';
import { entryOf, type Mapping, type Scalar, textOf, type Value } from '../../source/value.ts';

/** Every address, as people write it, and the loopback address of the same family. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const DEFAULT = '127.0.0.1';

/**
 * The change of text that publishes an item of `ports` on loopback alone, where it is published at every address.
 * Undefined where it has an address of its own, or where the item does not stand in the list itself: then other layers or
 * other services have a part in it. Whether the file reads as the item says is for the one who applies it (source/edit.ts).
 */
export function loopbackEdit(item: Value, list: Value | undefined): Edit | undefined {
  if (!list || !contains(list.origin, item.origin) || item.kind === 'unknown' || item.tag !== undefined)
    return undefined;
  if (item.kind === 'scalar') return inShortForm(item);
  return item.kind === 'mapping' ? inLongForm(item) : undefined;
}

/** `8080:80` → `127.0.0.1:8080:80`, `[::]:8080:80` → `[::1]:8080:80`, `80` → `127.0.0.1::80`. */
function inShortForm(item: Scalar): Edit | undefined {
  const { text } = item;
  const parts = portParts(item);
  // A number in another base is read as its decimal digits, and cannot follow an address.
  if (!parts || parts.text !== text || !/^[\w.:[\]/-]+$/.test(text)) return undefined;
  if (!item.quoted && isJson(item)) return undefined;
  if (parts.address === null) {
    const becomes = `${DEFAULT}${parts.published === null ? '::' : ':'}${text}`;
    return text.startsWith(':') ? undefined : { origin: inside(item), was: text, becomes };
  }
  const to = LOOPBACK[parts.address];
  const written = text.startsWith('[') ? `[${parts.address}]` : parts.address;
  if (to === undefined || !text.startsWith(`${written}:`)) return undefined;
  const becomes = written.replace(parts.address, to) + text.slice(written.length);
  return { origin: inside(item), was: text, becomes };
}

/** Changes `host_ip`, or writes it before the first key. */
function inLongForm(item: Mapping): Edit | undefined {
  const address = portParts(item)?.address ?? null;
  const given = entryOf(item, 'host_ip')?.value;
  if (given) {
    const to = address === null || textOf(given) !== address ? undefined : LOOPBACK[address];
    if (given.kind !== 'scalar' || to === undefined || (isJson(given) && !given.quoted)) return undefined;
    return { origin: inside(given), was: given.text, becomes: to };
  }
  const entries = [...item.entries.values()];
  const [first] = entries;
  // One key alone may be a pair in a list in brackets; a key from elsewhere came by `<<`.
  if (!first || entries.length < 2 || address !== null) return undefined;
  if (!entries.every(({ keyOrigin }) => contains(item.origin, keyOrigin))) return undefined;
  const { keyOrigin, key } = first;
  if (keyOrigin.start === item.origin.start)
    return { origin: keyOrigin, was: key, becomes: `host_ip: ${DEFAULT}\n${key}` };
  const brace = { ...item.origin, end: item.origin.start + 1 };
  const quoted = keyOrigin.end - keyOrigin.start > key.length;
  return { origin: brace, was: '{', becomes: quoted ? `{ "host_ip": "${DEFAULT}",` : `{ host_ip: ${DEFAULT},` };
}

/** Where the text of a scalar stands, without its quotes. */
function inside({ origin, quoted }: Scalar) {
  return quoted ? { ...origin, start: origin.start + 1, end: origin.end - 1 } : origin;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** In JSON a text needs quotes. */
function isJson({ origin }: Scalar): boolean {
  return /\.json$/i.test(origin.file);
}
