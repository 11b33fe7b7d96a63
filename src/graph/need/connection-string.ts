/**
 * Connection strings of the form `key=value;key=value` or `key=value key=value` (E1): ADO.NET and Npgsql
 * (`Server=tcp:db,1433;…`, `Host=db;Port=5432`), libpq (`host=db port=5432`). Each line of a text is read alone.
 */
import type { Address } from './address.ts';
import { canonicalHost, isHost, portNumber } from './host.ts';

/** The addresses that connection strings in `text` name by their keys; their options are the whole string. */
export function connectionStringsIn(text: string): readonly Address[] {
  if (!text.includes('=')) return [];
  const found: Address[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    found.push(...addressesOf(line, offset));
    offset += line.length + 1;
  }
  return found;
}

interface Setting {
  readonly key: string;
  readonly value: string;
  /** Of the value, in the line. */
  readonly start: number;
}

function addressesOf(line: string, offset: number): readonly Address[] {
  const settings = settingsOf(line);
  if (settings.length < 2) return [];
  const ports =
    settings
      .find(({ key }) => key === 'port')
      ?.value.split(',')
      .map(portNumber) ?? [];
  return settings
    .filter(({ key }) => HOST_KEYS.has(key))
    .flatMap(({ value, start }) => hostsOf(value, offset + start))
    .map(
      (host, i): Address => ({ ...host, port: host.port ?? ports[i] ?? ports[0] ?? null, scheme: null, options: line }),
    );
}

const HOST_KEYS: ReadonlySet<string> = new Set([
  'host',
  'hostname',
  'server',
  'datasource',
  'addr',
  'address',
  'networkaddress',
]);

/** `key=value` by key, in lower case and without blanks; quotes around values are left out. */
function settingsOf(line: string): readonly Setting[] {
  const settings: Setting[] = [];
  for (const { text, start } of parts(line, line.includes(';') ? /[^;]+/g : /[^\s&]+/g)) {
    const equals = text.indexOf('=');
    if (equals < 1) continue;
    const key = text
      .slice(0, equals)
      .toLowerCase()
      .replace(/[^a-z]/g, '');
    const raw = text.slice(equals + 1);
    const value = raw.replace(/^[\s'"]+/, '');
    settings.push({
      key,
      value: value.replace(/['"]/g, ' ').trimEnd(),
      start: start + equals + 1 + raw.length - value.length,
    });
  }
  return settings;
}

function* parts(line: string, pattern: RegExp): Iterable<{ readonly text: string; readonly start: number }> {
  for (const match of line.matchAll(pattern)) yield { text: match[0], start: match.index };
}

/** `db`, `tcp:db,1433`, `db\\INSTANCE,1433`, `db1,db2`, `db:3306`. */
function hostsOf(value: string, offset: number): readonly Pick<Address, 'start' | 'end' | 'host' | 'port'>[] {
  const hosts: { start: number; end: number; host: string; port: number | null }[] = [];
  for (const { text, start } of parts(value, /[^,]+/g)) {
    const port = portNumber(text.trim());
    const last = hosts[hosts.length - 1];
    if (port !== null && last) {
      last.port = port;
      last.end = offset + start + text.length;
      continue;
    }
    const prefix = /^\s*(?:tcp:)?/i.exec(text)?.[0].length ?? 0;
    const name = text.slice(prefix).split(/[\\:\s]/, 1)[0] as string;
    const written = /^:(\d{1,5})$/.exec(text.slice(prefix + name.length))?.[1];
    if (!isHost(name)) continue;
    const begin = offset + start + prefix;
    const length = name.length + (written === undefined ? 0 : written.length + 1);
    hosts.push({
      start: begin,
      end: begin + length,
      host: canonicalHost(name),
      port: written === undefined ? null : portNumber(written),
    });
  }
  return hosts;
}
