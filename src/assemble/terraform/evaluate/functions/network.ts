/** Functions of IP networks (website/docs/language/functions: "IP Network Functions"; internal/lang/funcs/cidr.go). */
import { ipv4Text, ipv6Text, readIpv4, readIpv6 } from '../../../../source/ip-address.ts';
import { bool, type Datum, sequence, text, type UnknownDatum } from '../datum.ts';
import { type Argument, type Call, COUNT, type Func, integer, own, paid, refuse, str, TEXT, whole } from './call.ts';

const SUBNET: Func = whole([TEXT, COUNT, COUNT], ([prefix, bits, subnet], call) => {
  const network = networkOf(prefix, call);
  const [more, number] = [integer(bits, call), integer(subnet, call)];
  const length = network.length + more;
  if (more < 0 || length > network.width)
    return refuse(call, `cannot extend a prefix of ${network.length} bits by ${more}`);
  if (number < 0 || BigInt(number) >= 1n << BigInt(more))
    return refuse(call, `is given the subnet ${number}, which ${more} more bits have no room for`);
  const address = network.address + (BigInt(number) << BigInt(network.width - length));
  return text(`${addressText(address, network.width)}/${length}`, call.origin);
});

/** By name. */
export const NETWORKS: Readonly<Record<string, Func>> = {
  cidrhost: whole([TEXT, COUNT], ([prefix, host], call) => {
    const network = networkOf(prefix, call);
    const number = BigInt(integer(host, call));
    const size = 1n << BigInt(network.width - network.length);
    const at = number < 0n ? size + number : number;
    if (at < 0n || at >= size) return refuse(call, `is given the host ${number}, which ${str(prefix)} has no room for`);
    return text(addressText(network.address + at, network.width), call.origin);
  }),
  cidrnetmask: whole([TEXT], ([prefix], call) => {
    const { width, length } = networkOf(prefix, call);
    if (width !== 32) return refuse(call, 'is given an IPv6 prefix, which has no netmask', prefix?.origin);
    return text(ipv4Text(Number((1n << 32n) - (1n << BigInt(32 - length)))), call.origin);
  }),
  cidrsubnet: own([TEXT, COUNT, COUNT], (args, call) => {
    const found = SUBNET.run(args.map(evaluated), call);
    return found.kind === 'unknown' ? sized(found, args) : found;
  }),
  cidrsubnets: whole([TEXT], ([prefix, ...bits], call) => subnets(prefix, bits, call), { rest: COUNT }),
  cidrcontains: whole([TEXT, TEXT], ([prefix, inner], call) => {
    const network = networkOf(prefix, call);
    const other = str(inner).includes('/') ? networkOf(inner, call) : hostOf(inner, call);
    const shift = BigInt(network.width - network.length);
    const inside = other.width === network.width && other.length >= network.length;
    return bool(inside && other.address >> shift === network.address >> shift, call.origin);
  }),
};

function evaluated(datum: Datum): Argument {
  return { origin: datum.origin, value: () => datum };
}

/** How long a part of a prefix is, where the prefix's own length is known: it is that much longer, whichever part it is. */
function sized(found: UnknownDatum, [prefix, bits]: readonly Datum[]): UnknownDatum {
  const written = prefix?.kind === 'string' ? prefix.value : prefix?.kind === 'unknown' ? prefix.ends : undefined;
  const length = /\/(\d{1,3})$/.exec(written ?? '')?.[1];
  if (length === undefined || bits?.kind !== 'number') return found;
  return { ...found, ends: `/${Number(length) + bits.value}` };
}

/** A block of addresses. */
interface Network {
  /** The first of them. */
  readonly address: bigint;
  /** In bits: 32 or 128. */
  readonly width: number;
  /** How many bits all of them share. */
  readonly length: number;
}

function networkOf(prefix: Datum | undefined, call: Call): Network {
  const written = str(prefix);
  const [, base = '', bits = ''] = /^([^/]*)\/(\d{1,3})$/.exec(written) ?? [];
  const { address, width } = hostOf(prefix, call, base);
  const length = Number(bits) - (width === 32 && base.includes(':') ? 96 : 0);
  if (bits === '' || length < 0 || length > width)
    return refuse(call, 'is given a prefix that is no CIDR', prefix?.origin);
  const rest = BigInt(width - length);
  return { address: (address >> rest) << rest, width, length };
}

/** An address alone. Terraform reads parts with zeros before them as decimal. */
function hostOf(datum: Datum | undefined, call: Call, written = str(datum)): Network {
  const four = readIpv4(written.replace(/(^|\.)0+(?=\d)/g, '$1'));
  if (four !== undefined) return { address: BigInt(four), width: 32, length: 32 };
  const six = written.includes('%') ? undefined : readIpv6(written);
  if (six === undefined) return refuse(call, 'is given a text that is no address', datum?.origin);
  // An IPv4 address written as IPv6 is one of IPv4.
  return six >> 32n === 0xffffn
    ? { address: six & 0xffffffffn, width: 32, length: 32 }
    : { address: six, width: 128, length: 128 };
}

function addressText(address: bigint, width: number): string {
  return width === 32 ? ipv4Text(Number(address)) : ipv6Text(address);
}

/** One after the other, each at the next place where a block of its size can begin. */
function subnets(prefix: Datum | undefined, bits: readonly Datum[], call: Call): Datum {
  const network = networkOf(prefix, call);
  const end = network.address + (1n << BigInt(network.width - network.length));
  let next = network.address;
  paid(bits.length, call);
  const items = bits.map((more) => {
    const extension = integer(more, call);
    const length = network.length + extension;
    if (extension < 1 || extension > 32 || length > network.width)
      return refuse(call, `cannot extend a prefix of ${network.length} bits by ${extension}`, more.origin);
    const size = 1n << BigInt(network.width - length);
    const start = ((next + size - 1n) / size) * size;
    next = start + size;
    if (next > end) return refuse(call, `has no room left in ${str(prefix)}`, more.origin);
    return text(`${addressText(start, network.width)}/${length}`, call.origin);
  });
  return sequence('list', items, call.origin);
}
