import { type AddressSet, parseAddresses, unionOf } from '../graph/sets/address-set.ts';
import type { Problem } from '../policy/rule.ts';
import { originAt, type YamlFile } from './yaml-file.ts';

/** The addresses of a list that a JSON pointer leads to; a text that is none goes to `problems`, with its place. */
export function addressesIn(
  file: YamlFile,
  pointer: string,
  texts: readonly string[],
  problems: Problem[],
): AddressSet {
  const sets = texts.flatMap((text, index) => {
    const parsed = parseAddresses(text);
    if (parsed) return [parsed];
    const origin = originAt(file, `${pointer}/${index}`);
    problems.push({ origin, message: `${text} is no address`, hint: 'write addresses and ranges, 203.0.113.0/24' });
    return [];
  });
  return unionOf(sets);
}
