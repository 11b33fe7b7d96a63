/** What code scanning takes of a title or description. Names of the scanned tree are as long as it likes. */
const MAX_TEXT = 1024;

/** With an end, where it is too long to be read. */
export function clip(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
}

/**
 * Text of a message outside of its links, clipped. `[text](target)` would be a link; viewers differ in whether a backslash
 * says that it is none, but all want the brackets to touch.
 */
export function unlinked(text: string): string {
  return clip(text).replaceAll('](', '] (');
}

/** A link to the related location `id`. */
export function linked(text: string, id: number): string {
  return `[${clip(text).replaceAll(/[\\[\]]/g, (character) => `\\${character}`)}](${id})`;
}
