/**
 * Ranges of addresses as rules of AWS take them: the provider of Terraform refuses an address without a prefix, and a range
 * with bits after its prefix (`10.0.0.1/8`) which EC2 itself would cut off, so that nothing of the rule is ever there.
 */

import { readIpv4, readIpv6 } from '../../../source/ip-address.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { type Block, isUnknown, texts } from '../resource.ts';

/** Whether a text is no range, or one that has bits after its prefix. */
export function isRefused(range: string): boolean {
  const [address = '', length = ''] = range.split('/');
  if (!/^\d{1,3}$/.test(length)) return true;
  const bits = Number(length);
  const short = readIpv4(address);
  if (short !== undefined) return bits > 32 || BigInt.asUintN(32 - bits, BigInt(short)) !== 0n;
  const long = readIpv6(address);
  return long === undefined || bits > 128 || BigInt.asUintN(128 - bits, long) !== 0n;
}

/** What is to be told of the ranges in attributes of a rule. */
export function refusedRanges(block: Block, attributes: readonly string[]): readonly Notice[] {
  return attributes
    .flatMap((name) => texts(block, name))
    .flatMap((item) => {
      if (isUnknown(item) || !isRefused(item.text)) return [];
      const message = `Terraform refuses ${item.text}, which is no range of addresses or has bits after its prefix. The rule is read without it: write the range that is meant.`;
      return [notice('invalid-value', message, item.origin)];
    });
}
