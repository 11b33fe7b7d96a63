/** What the scheme of a URL says: the service, the port that is meant when none is written, and whether TLS is spoken. */
import type { PortIndex } from '../listener/port-index.ts';
import type { Transport } from '../vocabulary.ts';

/** What a URL says by its scheme alone. */
export interface SchemeMeaning {
  /** The service in the catalogue's words; null for a scheme that it does not know (`tcp`). */
  readonly service: string | null;
  /** Null where nothing is agreed on (`grpc`). */
  readonly port: number | null;
  readonly transport: Transport;
}

/** The meaning of `scheme`; of `postgresql+asyncpg` and `redis+sentinel` the part that the catalogue knows. */
export function meaningOf(scheme: string, index: PortIndex): SchemeMeaning {
  const [first = scheme, ...rest] = scheme.split('+');
  const found = [scheme, first, ...rest].map((name) => index.name(name)).find((each) => each !== undefined);
  if (!found) return { service: null, port: null, transport: 'unknown' };
  const { entry, secure } = found;
  const clear = entry.plaintext && !NEGOTIATED.has(entry.service);
  return {
    service: entry.service,
    port: entry.dedicated ? (entry.ports[0]?.from ?? null) : null,
    transport: secure || entry.tls ? 'tls' : clear ? 'plaintext' : 'unknown',
  };
}

/** Services whose clients try TLS first, or change to it in the middle, without being told. */
const NEGOTIATED: ReadonlySet<string> = new Set(['PostgreSQL', 'MySQL', 'SMTP', 'Mail submission']);
