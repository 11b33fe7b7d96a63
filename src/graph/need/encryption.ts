/**
 * What the options of an address say of its transport: true inside TLS, false in the clear, null where they say nothing or
 * leave it to the two ends (`sslmode=prefer`). Options stand behind `?` and
 * `&`, or apart by `;`, or by blanks.
 */
export function encryptionIn(options: string): boolean | null {
  for (const part of options.split(options.includes(';') ? /[?&;]+/ : /[?&\s]+/)) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const key = part
      .slice(0, equals)
      .toLowerCase()
      .replace(/[^a-z]/g, '');
    const value = part
      .slice(equals + 1)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
    const said = KEYS.has(key) ? VALUES.get(value) : undefined;
    if (said !== undefined) return said;
  }
  return null;
}

const KEYS: ReadonlySet<string> = new Set([
  'ssl',
  'sslmode',
  'usessl',
  'requiressl',
  'tls',
  'usetls',
  'encrypt',
  'secure',
]);

const VALUES: ReadonlyMap<string, boolean> = new Map([
  ...['false', 'no', 'off', '0', 'none', 'disable', 'disabled'].map((value) => [value, false] as const),
  ...['true', 'yes', 'on', '1', 'require', 'required', 'strict', 'mandatory', 'skipverify'].map(
    (value) => [value, true] as const,
  ),
  ...['verifyca', 'verifyfull', 'verifyidentity'].map((value) => [value, true] as const),
]);
