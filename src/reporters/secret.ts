/** What looks like a secret in a line of code, before the line is quoted: reports are sent around, and kept. */

/** A name that ends like this has a secret for its value: not `TOKEN_URL`, and not `PASSWORD_FILE`. */
const NAME =
  '[\\w.-]{0,64}(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|(?:api|access|private|secret|account|encryption|signing)[_-]?key(?:[_-]?base)?)';

/** In every `NAME`. Most lines have none of it, and are spared what takes longer. */
const WORD = /pass|pwd|secret|token|credential|key/i;

/** `DB_PASSWORD: …`, `"token" = …`, `Password=…;`. */
const ASSIGNED = new RegExp(`${NAME}["']?[ \\t]{0,16}[:=][ \\t]{0,16}`, 'gi');
/** `--requirepass …`, `"--token", …`. */
const FLAGGED = new RegExp(`--?${NAME}(?:["']?[ \\t]{0,16},[ \\t]{0,16}|[ \\t]{1,16})`, 'gi');
/** `name: DB_PASSWORD, value: …`, in one line. */
const NAMED = new RegExp(
  `name["']?:[ \\t]{0,16}["']?${NAME}["']?[ \\t]{0,16},[ \\t]{0,16}["']?value["']?:[ \\t]{0,16}`,
  'gi',
);
/** The password of `postgres://user:password@host`. */
const IN_ADDRESS = /:\/\/[^\s:@/"']{0,128}:(?=[^\s@/"']{1,256}@)/g;

/** A line that names a secret, and the line below it with the value, as manifests of Kubernetes have it. */
const NAME_LINE = new RegExp(`^[ \\t-]{0,256}name:[ \\t]{0,16}["']?${NAME}["']?[ \\t]{0,16}$`, 'i');
const VALUE_LINE = /^[ \t]{0,256}value:[ \t]{0,16}/g;

/** These are no secrets, whatever they are called: a variable, a template, a truth value, an address, a path to where it is. */
const HARMLESS = /^(?:\$|\{\{|<|\/|[a-z][a-z0-9+.-]{0,30}:\/\/|(?:true|false|yes|no|null|~)$)/i;

/**
 * `line` with each character of what looks like a secret hidden, so that everything else stays where it stands. `before`
 * is the line above it.
 */
export function withoutSecrets(line: string, before: string): string {
  let hidden = line;
  const hide = (pattern: RegExp, end: (start: number, match: number) => number) => {
    for (const { 0: written, index } of line.matchAll(pattern)) {
      const quote = /["']/.test(line[index + written.length] ?? '') ? 1 : 0;
      const start = index + written.length + quote;
      const stop = end(start, index);
      if (HARMLESS.test(line.slice(start, stop))) continue;
      hidden = hidden.slice(0, start) + '*'.repeat(stop - start) + hidden.slice(stop);
    }
  };
  const value = (start: number, match: number) => valueEnd(line, start, match);
  if (WORD.test(line)) for (const pattern of [ASSIGNED, FLAGGED, NAMED]) hide(pattern, value);
  if (line.includes('://')) hide(IN_ADDRESS, (start) => line.indexOf('@', start));
  if (WORD.test(before) && NAME_LINE.test(before)) hide(VALUE_LINE, value);
  return hidden;
}

/** Behind a value from `start` on: at the quote that was opened before it, or before its name (at `match`). */
function valueEnd(line: string, start: number, match: number): number {
  const quote = [line[start - 1], line[match - 1]].find((character) => character === '"' || character === "'");
  const close = quote === undefined ? -1 : line.indexOf(quote, start);
  if (close !== -1) return close;
  const blank = line.slice(start).search(/[\s,;}\]"']/);
  return blank === -1 ? line.length : start + blank;
}
