/** Command lines as settings: `--redis=redis:6379`, `--host db --port 5432`, `-h db`, `-Ddb.host=db`, `nc -z db 5432`. */
import type { Origin } from '../../source/span.ts';
import { isHost, portNumber } from './host.ts';
import type { Setting } from './setting.ts';

/** A word of a command as the process gets it, variables filled in. */
export interface Token {
  readonly text: string;
  readonly origin: Origin;
}

/** The settings of one simple command. A word that is neither a flag nor a flag's value is a setting without a name. */
export function settingsOfCommand(words: readonly Token[]): readonly Setting[] {
  const program = (words[0]?.text ?? '').split('/').pop() as string;
  const short = SHORT_FLAGS.get(program) ?? SHORT_FLAGS.get('') ?? new Map();
  const settings: Setting[] = [];
  for (let at = 0; at < words.length; at++) {
    const { text, origin } = words[at] as Token;
    const next = words[at + 1];
    const assigned = ASSIGNMENT.exec(text);
    const name = assigned ? (assigned[1] as string) : (short.get(text) ?? (LONG_FLAG.test(text) ? text : null));
    if (assigned) {
      settings.push({ name: name as string, value: text.slice(assigned[0].length), origin });
    } else if (name !== null && next && !next.text.startsWith('-')) {
      settings.push({ name, value: next.text, origin: next.origin });
      at++;
    } else if (next && isHost(text) && portNumber(next.text) !== null) {
      // `nc -z db 5432`: two words that read like an address.
      settings.push({ name: null, value: `${text}:${next.text}`, origin });
      at++;
    } else {
      settings.push({ name: null, value: text, origin });
    }
  }
  return settings;
}

/** `--name=`, `-Dname=`, `NAME=`. */
const ASSIGNMENT = /^(?:-D|--?)?([A-Za-z_][\w.-]{0,99})=/;
const LONG_FLAG = /^--?[A-Za-z][\w.-]{2,99}$/;

/** What one letter means to programs that connect to somewhere; the entry without a program is for all others. */
const SHORT_FLAGS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ...['psql', 'pg_isready', 'pg_dump', 'createdb', 'redis-cli', 'mongo', 'mongosh'].map(
    (program) =>
      [
        program,
        new Map([
          ['-h', 'host'],
          ['-p', 'port'],
        ]),
      ] as const,
  ),
  ...['mysql', 'mysqladmin', 'mysqldump', 'mariadb', 'mariadb-admin'].map(
    (program) =>
      [
        program,
        new Map([
          ['-h', 'host'],
          ['-P', 'port'],
        ]),
      ] as const,
  ),
  [
    '',
    new Map([
      ['-h', 'host'],
      ['-H', 'host'],
    ]),
  ],
]);
