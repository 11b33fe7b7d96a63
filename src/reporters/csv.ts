import { printable } from './style.ts';

/** Rows as RFC 4180 has them: fields quoted where they must be, lines ended by CR LF. */
export function csvOf(head: string, rows: readonly (readonly string[])[]): string {
  return [head, ...rows.map((row) => row.map(field).join(','))].map((row) => `${row}\r\n`).join('');
}

/** The tree may be hostile: what a spreadsheet would take for a formula gets a quote in front, and a row is one line. */
function field(text: string): string {
  const shown = printable(text);
  const safe = /^[=+\-@\s\ufffd]/.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
