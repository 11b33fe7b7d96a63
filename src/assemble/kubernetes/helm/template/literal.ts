/** Go's literals: quoted and raw strings, characters, numbers. */

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|([\s\S]))/g;

/** What a string literal with its quotes stands for; undefined where an escape in it is none. */
export function unquote(literal: string): string | undefined {
  const inner = literal.slice(1, -1);
  if (literal[0] === '`') return inner.replaceAll('\r', '');
  if (!inner.includes('\\')) return inner;
  let valid = true;
  const text = inner.replace(ESCAPE, (_, byte, short, long, octal, simple) => {
    const code = byte ?? short ?? long ?? octal;
    if (code !== undefined) {
      const point = Number.parseInt(code, octal === undefined ? 16 : 8);
      if (point <= 0x10ffff) return String.fromCodePoint(point);
    }
    const known = simple === undefined ? undefined : SIMPLE[simple];
    if (known === undefined) valid = false;
    return known ?? '';
  });
  return valid ? text : undefined;
}

/** A number literal, and whether Go takes it for a float; undefined where it cannot be held. */
export function numberOf(literal: string): { readonly value: number; readonly float: boolean } | undefined {
  const digits = literal.replaceAll('_', '');
  const sign = digits.startsWith('-') ? -1 : 1;
  const bare = digits.replace(/^[-+]/, '');
  const based = /^0[xXoObB]/.test(bare);
  if (!based && /[.eE]/.test(bare)) return { value: sign * Number(bare), float: true };
  const value = !based && /^0[0-7]+$/.test(bare) ? Number.parseInt(bare, 8) : Number(bare);
  return Number.isSafeInteger(value) ? { value: sign * value, float: false } : undefined;
}
