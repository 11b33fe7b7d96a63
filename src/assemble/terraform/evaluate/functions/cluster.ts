/** Letters as people count them (Unicode UAX 29, grapheme clusters), which is how Terraform counts. */

/** Made once: making one takes longer than a hundred texts. */
let segmenter: Intl.Segmenter | undefined;

/** The letters of a text. */
export function clusters(value: string): string[] {
  // A line break of two characters is the one cluster that ASCII has.
  if (/^[\x00-\x0c\x0e-\x7f]*$/.test(value)) return value.split('');
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(value), ({ segment }) => segment);
}

/** How many letters a text has. */
export function countClusters(value: string): number {
  return /^[\x00-\x0c\x0e-\x7f]*$/.test(value) ? value.length : clusters(value).length;
}
