import type { Origin } from '../../source/span.ts';
import { at, type Scalar, textOf, type Value } from '../../source/value.ts';

/** A published port, taken apart and not yet judged: its parts are what somebody wrote. */
export interface PortParts {
  /** What a person calls it: `127.0.0.1:8080:80`, written so or as a mapping. */
  readonly text: string;
  /** Without brackets; null where none is given. */
  readonly address: string | null;
  /** A port, a range, or null where Docker picks a port. */
  readonly published: string | null;
  readonly target: string;
  /** Lower case; `tcp` where none is given. */
  readonly protocol: string;
  /** `host` or `ingress`, in the long form only. */
  readonly mode: string | null;
  readonly applicationProtocol: string | null;
  readonly origin: Origin;
}

/**
 * The parts of an item of `ports`: `[[address:][published]:]target[/protocol]`, or the long form. What stands in a
 * variable without value (kept as `${VAR}`) is not taken apart. Undefined for what is neither form.
 */
export function portParts(item: Value): PortParts | undefined {
  if (item.kind === 'scalar') {
    const written = portText(item);
    return written === undefined ? undefined : { ...shortForm(written), origin: item.origin };
  }
  if (item.kind !== 'mapping') return undefined;
  const target = portText(at(item, 'target'));
  if (target === undefined) return undefined;
  const published = portText(at(item, 'published'));
  const address = textOf(at(item, 'host_ip'));
  const protocol = textOf(at(item, 'protocol'));
  // Put together as the short form, so that an address in `published` (which some write) is read as one.
  const short = [
    ...(address ? [address.includes(':') ? `[${address}]` : address] : []),
    ...(published || address ? [published ?? ''] : []),
    target,
  ].join(':');
  const parts = shortForm(protocol && protocol.toLowerCase() !== 'tcp' ? `${short}/${protocol}` : short);
  return {
    ...parts,
    mode: textOf(at(item, 'mode')) ?? null,
    applicationProtocol: textOf(at(item, 'app_protocol')) ?? null,
    origin: item.origin,
  };
}

/** What makes two items of `ports` the same one, so that the later file's replaces the earlier's. */
export function portKey(item: Value): string | undefined {
  const parts = portParts(item);
  if (!parts) return undefined;
  return [parts.address ?? '0.0.0.0', parts.published ?? '', parts.target, parts.protocol].join(' ');
}

/** `80`, and also `80.0` and `0x50`: what YAML reads as a whole number is one. */
function portText(value: Value | undefined): string | undefined {
  if (value?.kind !== 'scalar') return undefined;
  return wholeNumber(value) ?? textOf(value);
}

function wholeNumber(value: Scalar): string | undefined {
  return Number.isSafeInteger(value.value) ? String(value.value) : undefined;
}

function shortForm(written: string): Omit<PortParts, 'origin'> {
  const colons = separators(written);
  const last = colons.at(-1);
  const behind = last === undefined ? written : written.slice(last + 1);
  const slash = behind.lastIndexOf('/');
  const target = slash < 0 ? behind : behind.slice(0, slash);
  const protocol = slash < 0 ? 'tcp' : behind.slice(slash + 1).toLowerCase();
  const before = colons.at(-2);
  const published = last === undefined ? '' : written.slice(before === undefined ? 0 : before + 1, last);
  const address = before === undefined ? '' : written.slice(0, before);
  return {
    text: written,
    address: address.replace(/^\[(.*)\]$/, '$1') || null,
    published: published || null,
    target,
    protocol,
    mode: null,
    applicationProtocol: null,
  };
}

/** Where the colons stand that part a short form: not those inside `[…]` or `${…}`. */
function separators(written: string): readonly number[] {
  const colons: number[] = [];
  let inside = 0;
  for (let i = 0; i < written.length; i++) {
    const character = written[i];
    if (character === '[' || character === '{') inside++;
    else if (character === ']' || character === '}') inside--;
    else if (character === ':' && inside === 0) colons.push(i);
  }
  return colons;
}
