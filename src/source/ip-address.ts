/** IP addresses as text and as numbers. */

const DOTTED = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9A-Fa-f]{1,4}$/;
const ZONE = /%[-.:0-9A-Za-z]+$/;

/**
 * An IPv4 address as an unsigned 32-bit number; undefined for any other text. Only in four decimal parts: `010.1` is a trap,
 * not an address.
 */
export function readIpv4(text: string): number | undefined {
  const parts = DOTTED.exec(text);
  if (!parts) return undefined;
  let value = 0;
  for (let i = 1; i <= 4; i++) {
    const part = Number(parts[i]);
    if (part > 255) return undefined;
    value = value * 256 + part;
  }
  return value;
}

/**
 * An IPv6 address as a 128-bit integer, in any of the forms of RFC 4291 §2.2; undefined for any other text. The zone of
 * `fe80::1%eth0` names a network card, and is passed over.
 */
export function readIpv6(text: string): bigint | undefined {
  const halves = withoutDots(text.replace(ZONE, '')).split('::');
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const left = 8 - head.length - (tail?.length ?? 0);
  if (halves.length > 2 || (tail ? left < 1 : left !== 0)) return undefined;
  const groups = [...head, ...Array<string>(left).fill('0'), ...(tail ?? [])];
  if (!groups.every((group) => GROUP.test(group))) return undefined;
  return BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`);
}

/** The text of an IPv6 address with the IPv4 address at its end, if there is one, as two groups. */
function withoutDots(text: string): string {
  const end = text.lastIndexOf(':') + 1;
  const last = end > 0 ? readIpv4(text.slice(end)) : undefined;
  return last === undefined
    ? text
    : `${text.slice(0, end)}${(last >>> 16).toString(16)}:${(last & 0xffff).toString(16)}`;
}

/** Whether the text is an address. */
export function isIpAddress(text: string): boolean {
  return readIpv4(text) !== undefined || readIpv6(text) !== undefined;
}

/** An unsigned 32-bit number as an IPv4 address. */
export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** A 128-bit integer as an IPv6 address in the form of RFC 5952: the longest run of zeros, the first of them, as `::`. */
export function ipv6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  let from = 0;
  let length = 0;
  for (let at = 0; at < 8; at++) {
    let end = at;
    while (groups[end] === '0') end++;
    if (end - at > length) [from, length] = [at, end - at];
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`;
}
