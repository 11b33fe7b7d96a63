import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipv4Text, ipv6Text, isIpAddress, readIpv4, readIpv6 } from './ip-address.ts';

const address4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** With runs of zeros, as people have them. */
const address6 = fc
  .array(fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 0xffffn })), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.reduce((sum, group) => (sum << 16n) | group, 0n));

describe('an address', () => {
  test('is read as it is written', () => {
    fc.assert(fc.property(address4, (address) => readIpv4(ipv4Text(address)) === address));
    fc.assert(fc.property(address6, (address) => readIpv6(ipv6Text(address)) === address));
  });

  test('is what Node takes for one', () => {
    const text = fc.array(fc.constantFrom(':', '::', '.', '0', '1', '10', '255', '256', 'ff', 'abcde', 'g', '%eth0'), {
      maxLength: 12,
    });
    const nearly = fc
      .tuple(
        fc.oneof(address6.map(ipv6Text), address4.map(ipv4Text)),
        fc.nat(40),
        fc.constantFrom('', ':', '::', '.', '0'),
      )
      .map(([text, at, more]) => text.slice(0, at) + more + text.slice(at + 1));
    fc.assert(
      fc.property(
        fc.oneof(
          text.map((parts) => parts.join('')),
          nearly,
          fc.string(),
        ),
        (text) => isIpAddress(text) === (isIP(text) !== 0),
      ),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['::', 0n],
    ['::1', 1n],
    ['1::', 1n << 112n],
    ['2001:DB8::a:b', (0x2001_0db8n << 96n) | 0xa_000bn],
    ['::ffff:192.0.2.1', (0xffffn << 32n) | 0xc000_0201n],
    ['fe80::1%eth0', (0xfe80n << 112n) | 1n],
    ['1:2:3:4:5:6:7::', 0x0001_0002_0003_0004_0005_0006_0007_0000n],
  ])('%s is what it says', (text, address) => expect(readIpv6(text)).toBe(address));

  test.each(['', ':', '1:2:3:4:5:6:7:8::', '::1::', '1.2.3.4', '::1.2.3', '::01.2.3.4', ':::', '12345::'])(
    '%j is none of IPv6',
    (text) => expect(readIpv6(text)).toBeUndefined(),
  );

  test.each([
    [0n, '::'],
    [1n, '::1'],
    [0x2001_0db8_0000_0000_0001_0000_0000_0001n, '2001:db8::1:0:0:1'],
    [0x0001_0000_0002_0003_0004_0005_0006_0007n, '1:0:2:3:4:5:6:7'],
    [0x0000_0000_0001_0000_0000_0000_0001_0001n, '0:0:1::1:1'],
  ])('%s is written %s', (address, text) => expect(ipv6Text(address)).toBe(text));
});
