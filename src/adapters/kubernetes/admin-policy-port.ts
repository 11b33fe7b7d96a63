/** Which ports a rule of a policy for the whole cluster speaks of, in the notation of either version (R28). */
import type { GrantPort, Protocol } from '../../graph/fragment.ts';
import type { Origin } from '../../source/span.ts';
import { at, entriesOf, entryOf, textOf, type Unknown, type Value } from '../../source/value.ts';
import { present } from './fault.ts';
import { firstLineOf, lineAt, lineOf } from './field.ts';
import type { Findings } from './label-selector.ts';
import { isPortName, policyProtocol, portNumber } from './network-policy-rule.ts';
import { onePort } from './port.ts';

/** The ports of a rule. */
export interface MatchedPorts {
  readonly ports: readonly GrantPort[];
  /** The first that goes by its name. */
  readonly named: Origin | undefined;
  /** The first of which the code does not show everything. */
  readonly hidden: Unknown | undefined;
  /** The first with a field that is not known: the rule fails closed. */
  readonly strange: Value | undefined;
}

const FIELDS = {
  ports: ['portNumber', 'portRange', 'namedPort'],
  protocols: ['tcp', 'udp', 'sctp', 'destinationNamedPort'],
} as const;

const NAMES: ReadonlySet<string> = new Set(['namedPort', 'destinationNamedPort']);

/** The entries of `ports` of version v1alpha1, or of `protocols` of v1alpha2: each says one thing. */
export function matchedPorts(items: readonly Value[], form: keyof typeof FIELDS, findings: Findings): MatchedPorts {
  const ports: GrantPort[] = [];
  let named: Origin | undefined;
  let hidden: Unknown | undefined;
  let strange: Value | undefined;
  for (const item of items) {
    const unseen = hiddenIn(item);
    if (unseen) {
      hidden ??= unseen;
      continue;
    }
    const fields: readonly string[] = FIELDS[form];
    const written = [...entriesOf(item)].filter(({ key }) => present(item, key) !== undefined);
    const [only, second] = written;
    const origin = firstLineOf(item);
    if (only && !second && !fields.includes(only.key)) {
      strange ??= item;
    } else if (!only || second) {
      findings.faults.push({ message: `an entry has exactly one of ${fields.join(', ')}`, origin });
    } else if (NAMES.has(only.key)) {
      const name = textOf(only.value) ?? '';
      if (!isPortName(name)) findings.faults.push({ message: `"${name}" is no name of a port`, origin });
      named ??= lineOf(only);
      ports.push({ protocol: null, ports: name, origin });
    } else {
      const port = form === 'ports' ? oldPort(only.key, only.value, findings) : newPort(only.key, only.value, findings);
      if (port) ports.push({ ...port, origin });
    }
  }
  return { ports, named, hidden, strange };
}

/** Something unknown in an entry, which is at most four levels deep. */
function hiddenIn(value: Value, depth = 0): Unknown | undefined {
  if (value.kind === 'unknown') return value;
  if (depth > 4) return undefined;
  for (const entry of entriesOf(value)) {
    const found = hiddenIn(entry.value, depth + 1);
    if (found) return found;
  }
  return undefined;
}

type Port = Omit<GrantPort, 'origin'>;

/** `portNumber: { protocol, port }`, `portRange: { protocol, start, end }`; TCP where nothing says. */
function oldPort(field: string, value: Value, findings: Findings): Port | undefined {
  const protocol = policyProtocol(value, value.origin, findings);
  if (!protocol) return undefined;
  if (field === 'portRange') return rangeOf(value, protocol, findings);
  return numberOf(value, 'port', protocol, findings);
}

/** `tcp: { destinationPort: { number } }` or `{ range: { start, end } }`; every port of the protocol where it says none. */
function newPort(field: string, value: Value, findings: Findings): Port | undefined {
  const protocol = field as Protocol;
  const port = present(value, 'destinationPort');
  if (!port) return { protocol, ports: null };
  const number = present(port, 'number');
  const range = present(port, 'range');
  if ((number === undefined) === (range === undefined)) {
    const origin = entryOf(value, 'destinationPort')?.keyOrigin ?? value.origin;
    findings.faults.push({ message: 'a destinationPort is either a number or a range', origin });
    return undefined;
  }
  return range ? rangeOf(range, protocol, findings) : numberOf(port, 'number', protocol, findings);
}

function numberOf(value: Value, field: string, protocol: Protocol, { faults }: Findings): Port | undefined {
  const number = portNumber(at(value, field));
  if (number !== undefined) return { protocol, ports: onePort(number) };
  faults.push({ message: 'a port is a number from 1 to 65535', origin: lineAt(value, field, value.origin) });
  return undefined;
}

function rangeOf(value: Value, protocol: Protocol, { faults }: Findings): Port | undefined {
  const from = portNumber(at(value, 'start'));
  const to = portNumber(at(value, 'end'));
  if (from !== undefined && to !== undefined && from < to) return { protocol, ports: { from, to } };
  const origin = lineAt(value, 'start', value.origin);
  faults.push({ message: 'a range is two numbers from 1 to 65535, the start less than the end', origin });
  return undefined;
}
