/** What is known of ports and images before any code is read: data in `rules/ports.yaml` and `rules/images.yaml`. */
import type { PortRange, Protocol } from './fragment.ts';
import type { Role } from './vocabulary.ts';

export interface Catalogue {
  readonly ports: readonly PortEntry[];
  readonly images: readonly ImageEntry[];
}

/** One service and the ports it is known by. */
export interface PortEntry {
  /** `PostgreSQL`. */
  readonly service: string;
  readonly ports: readonly PortRange[];
  readonly protocols: readonly Protocol[];
  readonly role: Role;
  /** Reaching it is worth something to an attacker by itself. */
  readonly sensitive: boolean;
  /** Speaks in the clear unless told otherwise. */
  readonly plaintext: boolean;
  /** Names that ports, URL schemes and environment variables use for it: `postgres`, `postgresql`, `pg`. */
  readonly names: readonly string[];
  readonly reference: string;
}

/** An image whose ports are known by habit. */
export interface ImageEntry {
  /** Repository names without registry and tag; `*` stands for anything but `/`: `postgres`, `bitnami/postgresql`. */
  readonly images: readonly string[];
  readonly service: string;
  readonly ports: readonly ImagePort[];
  /** Programs that are this service when a command line starts with them: `redis-server`. */
  readonly programs: readonly string[];
}

export interface ImagePort {
  readonly ports: PortRange;
  readonly protocol: Protocol;
  /** The service of the port catalogue, where it is not the image's own. */
  readonly service?: string;
  readonly role?: Role;
  /** Only images whose tag matches (`*management*`). */
  readonly tag?: string;
  /** The variable that moves it: `PORT`. */
  readonly variable?: string;
}
