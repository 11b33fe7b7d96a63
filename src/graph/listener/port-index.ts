/** The port catalogue by service, by name and by number. */
import type { PortCatalogue, PortEntry } from '../catalogue.ts';
import { entryAt, own } from '../catalogue-entry.ts';
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

/** The one index of a catalogue. */
export function portIndex(catalogue: PortCatalogue): PortIndex {
  const known = INDEXES.get(catalogue) ?? indexOf(catalogue);
  INDEXES.set(catalogue, known);
  return known;
}

const INDEXES = new WeakMap<PortCatalogue, PortIndex>();

function indexOf({ entries, byService, byName, byNumber, byRange }: PortCatalogue): PortIndex {
  return {
    service(service) {
      const name = service.toLowerCase();
      return entryAt(entries, own(byService, name) ?? own(byName, name)?.entry);
    },
    name(name) {
      const known = own(byName, name.toLowerCase());
      return known && { entry: entryAt(entries, known.entry) as PortEntry, secure: known.secure };
    },
    number({ from, to }, protocol) {
      const single = from === to ? (byNumber[from] ?? []) : [];
      const around = byRange.filter(([range]) => range.from <= from && to <= range.to).map(([, entry]) => entry);
      if (single.length + around.length === 0) return undefined;
      const known = [...single, ...around]
        .sort((a, b) => a - b)
        .map((at) => entryAt(entries, at) as PortEntry)
        .filter(({ protocols }) => protocols.includes(protocol));
      const [first] = known;
      const dedicated = known.find((entry) => entry.dedicated);
      const agreed = first?.role === 'application' || known.every(({ role }) => role === first?.role);
      return dedicated ?? (agreed ? first : undefined);
    },
  };
}
