/** GitHub-flavoured Markdown, in which nothing of the scanned tree is more than text. */
import { printable } from './style.ts';

/** A table; nothing where it has no rows. Cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/**
 * Text of the scanned tree: nothing in it may end the cell, or become a link, markup or HTML. GitHub looks for people, issues
 * and addresses in what Markdown has made, where a backslash is gone: a space without width stays between their parts.
 */
export function cell(text: string): string {
  return printable(text.replaceAll(/[\r\n\t]+/g, ' '))
    .replaceAll(/[\\`*_{}[\]()#+!|<>~@&]/g, (character) => `\\${character}`)
    .replaceAll(/[@#](?=[\w-])|:(?=\/\/)|(?<=\bwww)\.|\bGH-(?=\d)/gi, '$&&#8203;');
}
