/** Paths and URLs. */
import { posix } from 'node:path';
import { bool, dict } from '../datum.ts';
import { spendText } from '../fault.ts';
import type { Func } from '../machine.ts';
import { derived, plain } from '../text.ts';
import { fixed, map, string, text } from './arguments.ts';

const path = (change: (value: string) => string): Func =>
  fixed(1, (args, { machine }) => {
    spendText(machine.budget, text(args, 0).text.length);
    return derived(change(string(args, 0)), [text(args, 0)]);
  });

const BASE = path((value) => (value === '' ? '.' : posix.basename(value) || '/'));
const DIR = path((value) => posix.dirname(value));
const CLEAN = path((value) => posix.normalize(value).replace(/(?<=.)\/$/, ''));
const EXT = path((value) => /\.[^./]*$/.exec(value)?.[0] ?? '');
const ABSOLUTE = fixed(1, (args) => bool(string(args, 0).startsWith('/')));

/** The parts of a URL (RFC 3986, appendix B). */
const URL_PARTS = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/** By name. */
export const LOCATIONS: Readonly<Record<string, Func>> = {
  base: BASE,
  osBase: BASE,
  dir: DIR,
  osDir: DIR,
  clean: CLEAN,
  osClean: CLEAN,
  ext: EXT,
  osExt: EXT,
  isAbs: ABSOLUTE,
  osIsAbs: ABSOLUTE,
  urlParse: fixed(1, (args) => {
    const source = text(args, 0);
    const [, scheme = '', authority = '', pathname = '', query = '', fragment = ''] = URL_PARTS.exec(source.text) ?? [];
    const at = authority.lastIndexOf('@');
    const host = authority.slice(at + 1);
    const parts = {
      scheme: scheme.toLowerCase(),
      userinfo: at === -1 ? '' : authority.slice(0, at),
      host,
      hostname: host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1'),
      path: pathname,
      query,
      opaque: '',
      fragment,
    };
    return dict(Object.entries(parts).map(([key, value]) => [key, derived(value, [source])]));
  }),
  urlJoin: fixed(1, (args) => {
    const parts = map(args, 0).slots;
    const part = (key: string, before: string, behind = ''): string => {
      const value = parts.get(key)?.value;
      return value?.kind === 'text' && value.text !== '' ? `${before}${value.text}${behind}` : '';
    };
    const host = `${part('userinfo', '', '@')}${part('host', '')}`;
    const url = `${part('scheme', '', ':')}${host === '' ? '' : `//${host}`}${part('path', '')}${part('query', '?')}${part('fragment', '#')}`;
    return plain(url);
  }),
};
