/** Addresses as command lines write them: a port, a host, both, or a URL. */

export interface Address {
  /** As a listener's bind address: `0.0.0.0` where every address is meant; null where the text names none. */
  readonly host: string | null;
  /** Null where the text names none, or leaves the choice to the machine (0). */
  readonly port: number | null;
  /** Lower case, of a URL. */
  readonly scheme: string | null;
}

const EVERYWHERE: ReadonlySet<string> = new Set(['', '*', '+', '0', '0.0.0.0', 'any', 'all']);

/**
 * `8080`, `:8080`, `0.0.0.0`, `0.0.0.0:8080`, `[::]:8080`, `localhost:8080`, `tcp://0.0.0.0:2375`, `http://+:80`.
 * Null where the text is none of these: a socket in the file system, a word, a port that no machine has.
 */
export function parseAddress(text: string): Address | null {
  if (text.length > 300) return null;
  const [, scheme = null, authority = ''] = /^(?:([a-z][a-z0-9+._-]*):\/\/)?([^/?#]*)/i.exec(text) ?? [];
  if (scheme === null && authority.length < text.length) return null;
  const lower = scheme?.toLowerCase() ?? null;
  if (lower === 'unix' || lower === 'fd' || /^unix:/i.test(text)) return null;
  if (scheme === null && /^\d+$/.test(authority)) return addressOf(null, authority, null);
  const [, bracketed, plain, port = null] = /^(?:\[([0-9a-f:.%]*)\]|([^:\s]*))(?::(\d{1,5}))?$/i.exec(authority) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined)
    return /^[0-9a-f:.]*::[0-9a-f:.]*$/i.test(authority) ? addressOf(authority, null, lower) : null;
  if (host === '' && port === null) return null;
  return addressOf(host, port, lower);
}

function addressOf(host: string | null, port: string | null, scheme: string | null): Address | null {
  const number = port === null ? null : Number(port);
  if (number !== null && number > 65_535) return null;
  return { host: host === null ? null : bindOf(host), port: number === 0 ? null : number, scheme };
}

function bindOf(host: string): string {
  const name = host.toLowerCase();
  if (EVERYWHERE.has(name)) return '0.0.0.0';
  return name === 'localhost' ? '127.0.0.1' : name;
}

/** Whether a process can bind it for what it is: an address, and not the name of some other machine. */
export function isOwnAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');
}
