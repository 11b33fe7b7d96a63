/**
 * Ranges of addresses as rules of AWS take them: the provider refuses one with bits after its prefix (`10.0.0.1/8`), so that
 * nothing of the rule is ever there.
 */

import { readIpv4, readIpv6 } from '../../../source/ip-address.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { type Block, isUnknown, texts } from '../resource.ts';

/** Whether a text is a range that has bits after its prefix. */
export function isRefused(range: string): boolean {
  const [address = '', length = ''] = range.split('/');
  if (!/^\d{1,3}$/.test(length)) return false;
  const bits = BigInt(length);
  const short = readIpv4(address);
  if (short !== undefined) return bits <= 32n && BigInt.asUintN(Number(32n - bits), BigInt(short)) !== 0n;
  const long = readIpv6(address);
  return long !== undefined && bits <= 128n && BigInt.asUintN(Number(128n - bits), long) !== 0n;
}

/** What is to be told of the ranges in attributes of a rule. */
export function refusedRanges(block: Block, attributes: readonly string[]): readonly Notice[] {
  return attributes
    .flatMap((name) => texts(block, name))
    .flatMap((item) => {
      if (isUnknown(item) || !isRefused(item.text)) return [];
      const message = `AWS refuses ${item.text}: bits are set after its prefix. The rule is read without it.`;
      return [notice('invalid-value', message, item.origin)];
    });
}
