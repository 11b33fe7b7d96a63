/** The few ways in which text on a terminal stands out. */
export type Tone = 'bold' | 'dim' | 'red' | 'magenta' | 'yellow' | 'cyan' | 'green' | 'blue';
export type Style = (tone: Tone, text: string) => string;

const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

export const plain: Style = (_tone, text) => text;

/** ANSI select-graphic-rendition sequences, as every terminal knows them. */
export const coloured: Style = (tone, text) => {
  const [on, off] = CODES[tone];
  return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
};

/**
 * Text of the scanned tree, made safe for a terminal and a log: what would move the cursor, recolour the line or turn its
 * direction is shown as the replacement character, a tab as a blank, so that columns still count UTF-16 code units. So is
 * the first colon of what a workflow runner would take for a command, since any word may come to begin a line.
 */
export function printable(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/(?<=^|\s)::(?=[a-z][a-z-]*(?:\s|::|$))/gi, '\ufffd:');
}
