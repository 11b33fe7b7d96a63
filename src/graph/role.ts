/** What a port is for: ranked from what its process is, what its image is, what it is called, and its number (§3). */
import type { Catalogue, ImagePort } from './catalogue.ts';
import type { PortRange, Protocol } from './fragment.ts';
import type { RankedRole, Role, Transport } from './vocabulary.ts';

/** Everything that may tell what a port is for; null or empty where nothing is known. */
export interface RoleClues {
  readonly ports: PortRange;
  readonly protocol: Protocol;
  /** What the part of the command line that opens the port says: `debug` of `--inspect=0.0.0.0:9229`. */
  readonly flag: Role | null;
  /** The service whose program the command line starts, in the catalogue's words: `Redis`. */
  readonly program: string | null;
  /** The service that the image is. */
  readonly image: string | null;
  /** What the image catalogue says of this very port. */
  readonly imagePort: ImagePort | null;
  /** The name that the code gives the port: `http-metrics`. */
  readonly name: string | null;
  /** Paths that probes and health checks ask for at it. */
  readonly checkPaths: readonly string[];
  /** Something scrapes metrics from it. */
  readonly scraped: boolean;
}

export interface RoleVerdict {
  /** What the catalogue calls what listens; null where it has no entry. */
  readonly service: string | null;
  /** Best first; never empty. */
  readonly roles: readonly RankedRole[];
  readonly sensitive: boolean;
  /** What the service speaks by habit. */
  readonly transport: Transport;
}

/** Ranks what `clues` say: command line, then image, then port name, then number. */
export function rolesOf(_clues: RoleClues, _catalogue: Catalogue): RoleVerdict {
  return { service: null, roles: [{ role: 'unknown', confidence: 'low' }], sensitive: false, transport: 'unknown' };
}
