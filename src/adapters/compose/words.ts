/**
 * The words of a command that is written as one string, as Compose splits it: at blanks, with quotes and backslashes
 * keeping them. Nothing is expanded.
 */
export function shellWords(command: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let i = 0; i < command.length; i++) {
    const character = command[i] as string;
    if (character === '\\' && quote !== "'") {
      // Inside double quotes a backslash is one, but before what it can escape.
      const next = command[i + 1] ?? '';
      const escapes = quote === '' || next === '"' || next === '\\' || next === '$' || next === '`';
      word = (word ?? '') + (escapes ? next : `\\${next}`);
      i++;
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (word !== null) words.push(word);
  return words;
}
