/**
 * Addresses in a text (E1): every `scheme://user:password@host:port,host:port`, `host:port` and `[::1]:port`, wherever it
 * stands. One walk over the text for each of the two forms; no step looks back or ahead further than a fixed length.
 */
import { canonicalHost, isHost, isIpv6, LONGEST_HOST, portNumber } from './host.ts';

/** An address; offsets in UTF-16 code units of the text that it was found in. */
export interface Address {
  /** Where its host begins and where host and port end. Credentials are never inside. */
  readonly start: number;
  readonly end: number;
  /** Lower case, without brackets and without a trailing dot. */
  readonly host: string;
  readonly port: number | null;
  /** `postgresql` of `jdbc:postgresql://`; null where none is written. */
  readonly scheme: string | null;
  /** What follows the address and says how to speak to it: path and query of a URL; empty where there is none. */
  readonly options: string;
}

/** Schemes are short, and so is what comes before them (`jdbc:`, `jdbc:mysql:`). */
const LONGEST_SCHEME = 60;
/** The longest stretch that is looked through for options. */
const LONGEST_OPTIONS = 1024;

/** All addresses in `text`, in their order. Total, linear, and never two at one place. */
export function addressesIn(text: string): readonly Address[] {
  const urls = urlsIn(text);
  const pairs = pairsIn(text, urls.spans);
  return [...urls.addresses, ...pairs].sort((a, b) => a.start - b.start);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function urlsIn(text: string): { readonly addresses: readonly Address[]; readonly spans: readonly Span[] } {
  const addresses: Address[] = [];
  const spans: Span[] = [];
  for (let mark = text.indexOf('://'); mark >= 0; ) {
    const schemeStart = startOf(text, mark, isSchemeCode, LONGEST_SCHEME);
    const authority = mark + 3;
    const end = authorityEnd(text, authority);
    const scheme = schemeOf(text.slice(schemeStart, mark));
    const hosts = scheme === null ? [] : hostsIn(text.slice(authority, end), authority);
    const optionsEnd = hosts.length === 0 ? end : endOf(text, end, isOptionCode, LONGEST_OPTIONS);
    const options = text.slice(end, optionsEnd);
    for (const host of hosts) addresses.push({ ...host, scheme, options });
    // Where no host is, an address may still come (`dns:///db:5432`).
    spans.push({ start: schemeStart, end: optionsEnd });
    mark = text.indexOf('://', end);
  }
  return { addresses, spans };
}

/** The last word of `jdbc:mysql`; null where it is no scheme. */
function schemeOf(written: string): string | null {
  const scheme = written.slice(written.lastIndexOf(':') + 1).toLowerCase();
  return /^[a-z][a-z0-9+.-]*$/.test(scheme) ? scheme : null;
}

type Found = Pick<Address, 'start' | 'end' | 'host' | 'port'>;

/** Where an authority ends; in `a:1,http://b` it does so before the next scheme. */
function authorityEnd(text: string, from: number): number {
  const end = endOf(text, from, isAuthorityCode);
  if (!text.startsWith('://', end - 1)) return end;
  const comma = text.slice(from, end).lastIndexOf(',');
  return from + Math.max(0, comma);
}

/**
 * The hosts of an authority, which stands at `offset` and may list several: `u:p@db1:27017,db2:27017`. What is no host,
 * like `$HOST`, is left out.
 */
function hostsIn(authority: string, offset: number): readonly Found[] {
  const found: Found[] = [];
  for (let start = authority.lastIndexOf('@') + 1; start < authority.length; ) {
    const comma = authority.indexOf(',', start);
    const end = comma < 0 ? authority.length : comma;
    const host = hostAt(authority, start, end);
    if (host) found.push({ ...host, start: offset + host.start, end: offset + host.end });
    start = end + 1;
  }
  return found;
}

function hostAt(text: string, start: number, limit: number): Found | null {
  const item = text.slice(start, Math.min(limit, start + LONGEST_HOST + 8));
  const bracket = item.startsWith('[') ? item.indexOf(']') : -1;
  const name = bracket > 0 ? item.slice(1, bracket) : item.slice(0, endOf(item, 0, isHostCode));
  const rest = item.slice(bracket > 0 ? bracket + 1 : name.length);
  if (bracket > 0 ? !isIpv6(name) : !isHost(name)) return null;
  const digits = /^:(\d{1,5})(?![\w$%{])/.exec(rest)?.[1];
  const port = digits === undefined ? null : portNumber(digits);
  // `web-$N`, `web%s`: the name goes on with what is not known.
  if (digits === undefined ? /^:?[$%{<*]/.test(rest) : port === null) return null;
  const length = item.length - rest.length + (digits === undefined ? 0 : digits.length + 1);
  return { start, end: start + length, host: canonicalHost(name), port };
}

/** `host:port` outside of the spans. */
function pairsIn(text: string, spans: readonly Span[]): readonly Address[] {
  const found: Address[] = [];
  let next = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    while (next < spans.length && (spans[next] as Span).end <= colon) next++;
    const span = spans[next];
    if (span && span.start <= colon) continue;
    const pair = pairAt(text, colon);
    if (pair) found.push({ ...pair, scheme: null, options: '' });
  }
  return found;
}

function pairAt(text: string, colon: number): Found | null {
  const end = endOf(text, colon + 1, isDigit, 6);
  const port = portNumber(text.slice(colon + 1, end));
  if (port === null || goesOn(text, end)) return null;
  if (text[colon - 1] === ']') {
    const open = startOf(text, colon - 1, isIpv6Code, 46) - 1;
    const host = text.slice(open + 1, colon - 1);
    return text[open] === '[' && isIpv6(host) ? { start: open, end, host: canonicalHost(host), port } : null;
  }
  const start = startOf(text, colon, isHostCode, LONGEST_HOST + 1);
  const host = text.slice(start, colon);
  if (!isHost(host) || UNKNOWN_BEFORE.has(text[start - 1] ?? '')) return null;
  return { start, end, host: canonicalHost(host), port };
}

/** Behind the number of a port nothing stands that makes it something else: `8000-8010`, `12:30:00`, `user:1234@host`. */
function goesOn(text: string, end: number): boolean {
  const next = text[end] ?? '';
  if (next === '.') return isWord(text.charCodeAt(end + 1));
  if (next === ':') return isDigit(text.charCodeAt(end + 1));
  return next !== '' && ('@%-$'.includes(next) || isWord(text.charCodeAt(end)));
}

/** What ends something whose value is not known: `${PREFIX}db:5432`. */
const UNKNOWN_BEFORE: ReadonlySet<string> = new Set(['$', '}', '%', '*', '~']);

function endOf(text: string, from: number, belongs: (code: number) => boolean, most = text.length): number {
  const limit = Math.min(text.length, from + most);
  let end = from;
  while (end < limit && belongs(text.charCodeAt(end))) end++;
  return end;
}

function startOf(text: string, to: number, belongs: (code: number) => boolean, most: number): number {
  const limit = Math.max(0, to - most);
  let start = to;
  while (start > limit && belongs(text.charCodeAt(start - 1))) start--;
  return start;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWord(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}

/** Letters, digits, `_`, `-`, `.`. */
function isHostCode(code: number): boolean {
  return isWord(code) || code === 45 || code === 46;
}

function isIpv6Code(code: number): boolean {
  return isHostCode(code) || code === 58;
}

/** Of a scheme and what stands before it: also `+` and `:`. */
function isSchemeCode(code: number): boolean {
  return isHostCode(code) || code === 43 || code === 58;
}

const NOT_OPTIONS: ReadonlySet<number> = new Set(Array.from('"\'`<>|\\,', (char) => char.charCodeAt(0)));
const NOT_AUTHORITY: ReadonlySet<number> = new Set(Array.from('/?#;()', (char) => char.charCodeAt(0)));

function isOptionCode(code: number): boolean {
  return code > 32 && !NOT_OPTIONS.has(code);
}

/** A comma belongs to an authority: it may list several hosts. */
function isAuthorityCode(code: number): boolean {
  return code === 44 || (isOptionCode(code) && !NOT_AUTHORITY.has(code));
}
