/** Tools that open a bare socket: netcat and socat. */
import type { Origin } from '../../source/span.ts';
import type { ProcessListener } from '../running.ts';
import { isOwnAddress, parseAddress } from './address.ts';
import type { Invocation } from './invocation.ts';

/** What netcat or socat listens on; nothing for any other program. */
export function socketListeners(invocation: Invocation): readonly ProcessListener[] {
  const { program } = invocation;
  if (program === 'socat') return socatListeners(invocation);
  return program === 'nc' || program === 'ncat' || program === 'netcat' ? netcatListeners(invocation) : [];
}

/** `TCP-LISTEN:8080,fork,bind=127.0.0.1`. */
function socatListeners({ arguments: words }: Invocation): readonly ProcessListener[] {
  return words.flatMap(({ text, origin }) => {
    const [, kind = '', port = ''] = /^(tcp|udp|openssl|ssl)[46]?-l(?:isten)?:(\d{1,5})/i.exec(text ?? '') ?? [];
    const host = parseAddress(/,bind=([^,]*)/.exec(text ?? '')?.[1] ?? '')?.host ?? null;
    return listener(port, host, kind.toLowerCase() === 'udp', origin);
  });
}

/** `nc -l 9000`, `nc -lk -p 9000`, `nc -lu 0.0.0.0 9000`: the last port is the one, whatever the flags between. */
function netcatListeners({ arguments: words }: Invocation): readonly ProcessListener[] {
  const flags = words.map(({ text }) => text ?? '').filter((text) => text.startsWith('-'));
  if (!flags.some((flag) => flag === '--listen' || /^-[a-z]*l/i.test(flag))) return [];
  const port = words.findLast(({ text }) => /^\d{1,5}$/.test(text ?? ''));
  const host = words
    .map(({ text }) => parseAddress(text ?? '')?.host ?? null)
    .find((name) => name !== null && isOwnAddress(name));
  const udp = flags.some((flag) => flag === '--udp' || /^-[a-z]*u/.test(flag));
  return port === undefined ? [] : listener(port.text ?? '', host ?? null, udp, port.origin);
}

function listener(text: string, host: string | null, udp: boolean, origin: Origin): readonly ProcessListener[] {
  const port = parseAddress(text)?.port ?? null;
  if (port === null) return [];
  return [{ ports: { from: port, to: port }, protocol: udp ? 'udp' : 'tcp', bind: host, evidence: 'coded', origin }];
}
