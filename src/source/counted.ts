/** A text behind its length: in a row of such texts no text looks like a part of another. */
export function counted(text: string): string {
  return `${text.length}:${text}`;
}

/** Texts as one text, the same for the same texts in the same order and for no others. */
export function countedAll(texts: readonly string[]): string {
  let all = '';
  for (const text of texts) all += counted(text);
  return all;
}
