/** Ports as manifests write them. */
import type { DeclaredPort, PortRange, Protocol } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { at, entryOf, integerOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import { firstLineOf, lineAt } from './field.ts';

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ['TCP', 'tcp'],
  ['UDP', 'udp'],
  ['SCTP', 'sctp'],
]);

export function onePort(port: number): PortRange {
  return { from: port, to: port };
}

/** The `protocol` of a port entry, TCP where it says none (R33); undefined, with a notice, for one that does not exist. */
export function protocolOf(entry: Value, notices: Notice[]): Protocol | undefined {
  const text = textOf(at(entry, 'protocol'));
  const protocol = text === undefined ? 'tcp' : PROTOCOLS.get(text.toUpperCase());
  if (!protocol) {
    const message = `There is no protocol ${text}: write TCP, UDP or SCTP. This port is left out.`;
    notices.push(notice('invalid-value', message, lineAt(entry, 'protocol', entry.origin)));
  }
  return protocol;
}

/** A port by number, or by the name that a container gives it (IntOrString); undefined where nothing is written. */
export function numberOrName(value: Value | undefined): number | string | undefined {
  return integerOf(value) ?? textOf(value);
}

/** A container's port, with what makes it a port of the machine too. */
export interface ContainerPort extends DeclaredPort {
  readonly number: number;
  readonly entry: Value;
}

/** The `ports` of a container. */
export function containerPorts(container: Value, notices: Notice[]): readonly ContainerPort[] {
  return itemsOf(at(container, 'ports')).flatMap((entry): ContainerPort[] => {
    const number = integerOf(at(entry, 'containerPort'));
    const protocol = protocolOf(entry, notices);
    if (number === undefined) {
      const written = entryOf(entry, 'containerPort');
      if (entry.kind === 'mapping' && written?.value.kind !== 'unknown') {
        const message = 'A port of a container needs a number as its containerPort: this one is left out.';
        notices.push(notice('invalid-value', message, firstLineOf(entry)));
      }
      return [];
    }
    if (!protocol) return [];
    const name = textOf(at(entry, 'name'));
    const origin = lineAt(entry, 'containerPort', entry.origin);
    return [{ ports: onePort(number), protocol, number, entry, origin, ...(name ? { name } : {}) }];
  });
}
