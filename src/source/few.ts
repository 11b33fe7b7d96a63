/** More than these nobody reads. */
const MOST = 3;

/** Some of many in a sentence: `a, b, c and 4 more`. Only the first three of `texts` are looked at where `count` says how many there are. */
export function fewOf(texts: readonly string[], count = texts.length): string {
  const shown = texts.slice(0, MOST).join(', ');
  return count > MOST ? `${shown} and ${count - MOST} more` : shown;
}
