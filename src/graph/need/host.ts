/** What may stand for a machine in an address: a DNS name, an IPv4 address, an IPv6 address. */

/** The longest name that DNS has. */
export const LONGEST_HOST = 253;

/** Whether `text` can name a host: labels of letters, digits, `-` and `_`, the last one with a letter in it; or IPv4. */
export function isHost(text: string): boolean {
  if (text.length === 0 || text.length > LONGEST_HOST) return false;
  const labels = (text.endsWith('.') ? text.slice(0, -1) : text).split('.');
  if (!labels.every((label) => LABEL.test(label))) return false;
  return /[a-z]/i.test(labels[labels.length - 1] as string) || isIpv4(labels);
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

function isIpv4(labels: readonly string[]): boolean {
  return labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label) && Number(label) <= 255);
}

/** Whether `text`, as it stands between brackets, looks like an IPv6 address. */
export function isIpv6(text: string): boolean {
  return text.length <= 45 && /^[0-9a-f:.]+$/i.test(text) && text.includes(':');
}

/** Lower case, without the dot that ends an absolute name. */
export function canonicalHost(text: string): string {
  const lower = text.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** Whether the host is the machine itself, or every address of it: nobody else is meant. */
export function isOwnMachine(host: string): boolean {
  return OWN.has(host) || host.endsWith('.localhost') || /^127(?:\.\d{1,3}){3}$/.test(host);
}

const OWN: ReadonlySet<string> = new Set([
  'localhost',
  'localhost.localdomain',
  '0.0.0.0',
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
]);

/** Whether the host is written as a number, so that no name has to be found. */
export function isLiteral(host: string): boolean {
  return host.includes(':') || isIpv4(host.split('.'));
}

/** A port number as written; null where no machine has it. */
export function portNumber(digits: string): number | null {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65535 ? port : null;
}
