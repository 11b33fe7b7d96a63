/** The port catalogue by service, by name and by number. */
import type { PortEntry } from './catalogue.ts';
import type { PortRange, Protocol } from './fragment.ts';

export interface PortIndex {
  /** By what a person calls it (`PostgreSQL`), or by one of its names; whatever the case. */
  service(service: string): PortEntry | undefined;
  /** By a name that ports and URL schemes use; `secure` where it means the service inside TLS. */
  name(name: string): { readonly entry: PortEntry; readonly secure: boolean } | undefined;
  /** The best guess for a number or for a range that lies within the entry's: dedicated ones first. */
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
  const ranked = [...entries.filter((entry) => entry.dedicated), ...entries.filter((entry) => !entry.dedicated)];
  const ranges = ranked.flatMap((entry, rank) => entry.ports.map((ports) => ({ ports, entry, rank })));
  const singles = new Map<number, typeof ranges>();
  for (const range of ranges.filter(({ ports }) => ports.from === ports.to)) {
    singles.set(range.ports.from, [...(singles.get(range.ports.from) ?? []), range]);
  }
  const wide = ranges.filter(({ ports }) => ports.from !== ports.to);
  return {
    service: (service) => services.get(service.toLowerCase()) ?? names.get(service.toLowerCase())?.entry,
    name: (name) => names.get(name.toLowerCase()),
    number({ from, to }, protocol) {
      const single =
        from === to ? singles.get(from)?.find(({ entry }) => entry.protocols.includes(protocol)) : undefined;
      const range = wide.find(
        ({ ports, entry }) => ports.from <= from && to <= ports.to && entry.protocols.includes(protocol),
      );
      return single && (!range || single.rank < range.rank) ? single.entry : range?.entry;
    },
  };
}
