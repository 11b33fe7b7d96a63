import { printable } from '../style.ts';

/** HTML or SVG that is safe as it stands: `markup` makes it, and nothing else does. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | string | number | null | undefined | false | readonly Markup[];

/**
 * A template whose parts are text, however hostile, and stand in quoted attributes or between tags. Only what this function
 * made itself is taken as it is; null, undefined and false are nothing.
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let html = texts[0] as string;
  parts.forEach((part, index) => {
    html += htmlOf(part) + texts[index + 1];
  });
  return { html };
}

/** Texts of our own (the script, the style sheet) that stand in their element as they are. */
export function raw(html: string): Markup {
  return { html };
}

/** Items with something between them. */
export function joined(items: readonly Markup[], between: string): Markup {
  return { html: items.map(({ html }) => html).join(escaped(between)) };
}

function htmlOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return printable(text.replaceAll(/[\r\n]+/g, ' ')).replaceAll(
    /[&<>"']/g,
    (character) => ENTITIES[character] as string,
  );
}

/** How wide a text is in a common sans-serif face, in ems, rather too wide than too narrow. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (character > '\u1100') width += 1.05;
    else if (/[iljtfrI.,:;'|!()[\]/ -]/.test(character)) width += 0.36;
    else if (/[mwMW@%]/.test(character)) width += 0.92;
    else width += /[A-Z_]/.test(character) ? 0.7 : 0.58;
  }
  return width;
}

/** The text, or as much of its beginning as is not wider than `ems`, with an ellipsis. */
export function fitted(text: string, ems: number): string {
  if (text.length <= ems * 3 && widthOf(text) <= ems) return text;
  let kept = '';
  let width = 1;
  for (const character of text) {
    width += widthOf(character);
    if (width > ems) break;
    kept += character;
  }
  return `${kept}…`;
}
