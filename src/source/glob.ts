/**
 * Whether `text` matches `pattern` as a whole: `*` stands for any run of characters, `?` for one. There are no other
 * special characters. Greedy with one point to fall back to, so the time is at most length times length.
 *
 * @param bound a character that neither `*` nor `?` stands for: `/` where a pattern speaks of one part of a path
 */
export function matchesGlob(pattern: string, text: string, bound = ''): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || (pattern[p] === '?' && text[t] !== bound))) {
      p++;
      t++;
    } else if (star >= 0 && text[mark] !== bound) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
