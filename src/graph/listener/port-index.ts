/** The port catalogue by service, by name and by number. */
import type { PortEntry } from '../catalogue.ts';
import type { PortRange, Protocol } from '../fragment.ts';

/** The port catalogue, by whatever is known of a port. */
export interface PortIndex {
  /** By what a person calls it (`PostgreSQL`), or by one of its names; whatever the case. */
  service(service: string): PortEntry | undefined;
  /** By a name that ports and URL schemes use; `secure` where it means the service inside TLS. */
  name(name: string): { readonly entry: PortEntry; readonly secure: boolean } | undefined;
  /**
   * What a number, or a range that lies within the entry's, tells: the entry that it is dedicated to, else the first one
   * listed. Nothing where others have it for another role, unless the first is as harmless as a web application.
   */
  number(ports: PortRange, protocol: Protocol): PortEntry | undefined;
}

/** The one index of a catalogue, built when it is first asked for. */
export function portIndex(entries: readonly PortEntry[]): PortIndex {
  const known = INDEXES.get(entries);
  if (known) return known;
  const index = build(entries);
  INDEXES.set(entries, index);
  return index;
}

const INDEXES = new WeakMap<readonly PortEntry[], PortIndex>();

function build(entries: readonly PortEntry[]): PortIndex {
  const services = new Map<string, PortEntry>();
  const names = new Map<string, { readonly entry: PortEntry; readonly secure: boolean }>();
  for (const entry of entries) {
    services.set(entry.service.toLowerCase(), entry);
    for (const name of entry.names) names.set(name, { entry, secure: false });
    for (const name of entry.secureNames) names.set(name, { entry, secure: true });
  }
  const singles = new Map<number, PortEntry[]>();
  const ranges: { readonly ports: PortRange; readonly entry: PortEntry }[] = [];
  for (const entry of entries) {
    for (const ports of entry.ports) {
      if (ports.from !== ports.to) ranges.push({ ports, entry });
      else singles.set(ports.from, [...(singles.get(ports.from) ?? []), entry]);
    }
  }
  const order = new Map(entries.map((entry, at) => [entry, at]));
  const place = (entry: PortEntry) => order.get(entry) as number;
  return {
    service: (service) => services.get(service.toLowerCase()) ?? names.get(service.toLowerCase())?.entry,
    name: (name) => names.get(name.toLowerCase()),
    number({ from, to }, protocol) {
      const found = from === to ? [...(singles.get(from) ?? [])] : [];
      for (const { ports, entry } of ranges) if (ports.from <= from && to <= ports.to) found.push(entry);
      if (found.length === 0) return undefined;
      const known = found.filter(({ protocols }) => protocols.includes(protocol)).sort((a, b) => place(a) - place(b));
      const [first] = known;
      const dedicated = known.find((entry) => entry.dedicated);
      const agreed = first?.role === 'application' || known.every(({ role }) => role === first?.role);
      return dedicated ?? (agreed ? first : undefined);
    },
  };
}
