/** What is known of ports and images before any code is read: data in `rules/ports.yaml` and `rules/images.yaml`. */
import type { PortRange, Protocol } from './fragment.ts';
import type { Role } from './vocabulary.ts';
export interface Catalogue {
    readonly ports: PortCatalogue;
    readonly images: ImageCatalogue;
}
/** Entries as JSON (catalogue-entry.ts reads them). What else a catalogue holds leads to them by their places (prepare-catalogue.ts). */
export type Entries<T extends object> = readonly (string & {
    readonly entry?: T;
})[];
export interface PortCatalogue {
    readonly entries: Entries<PortEntry>;
    /** By service, in lower case. */
    readonly byService: Readonly<Record<string, number>>;
    /** By names; `secure` for `secureNames`. */
    readonly byName: Readonly<Record<string, {
        readonly entry: number;
        readonly secure: boolean;
    }>>;
    /** By single ports, in the order of the entries. */
    readonly byNumber: Readonly<Record<string, readonly number[]>>;
    /** By ranges of more than one port. */
    readonly byRange: readonly (readonly [range: PortRange, entry: number])[];
}
export interface ImageCatalogue {
    readonly entries: Entries<ImageEntry>;
    /** By repository name, where that is no pattern. */
    readonly byName: Readonly<Record<string, number>>;
    /** By patterns of repository names. No name that has an entry fits one of another entry. */
    readonly byPattern: readonly (readonly [pattern: string, entry: number])[];
    /** By the name of a program: the words after it that an entry asks for, the most of them first. */
    readonly byProgram: Readonly<Record<string, readonly (readonly [words: readonly string[], entry: number])[]>>;
}
/** One service and the ports it is known by. */
export interface PortEntry {
    /** `PostgreSQL`. */
    readonly service: string;
    /** The main one first; empty for what only names tell. */
    readonly ports: readonly PortRange[];
    readonly protocols: readonly Protocol[];
    readonly role: Role;
    /** Reaching it is worth something to an attacker by itself. */
    readonly sensitive: boolean;
    /** Speaks in the clear unless told otherwise. */
    readonly plaintext: boolean;
    /** Speaks TLS unless told otherwise. */
    readonly tls: boolean;
    /** Few other things use its numbers, so that a number alone is a fair guess. */
    readonly dedicated: boolean;
    /** Names that ports and URL schemes use for it: `postgres`, `postgresql`, `pg`. No name stands in two entries. */
    readonly names: readonly string[];
    /** URL schemes for the same ports inside TLS: `rediss`. */
    readonly secureNames: readonly string[];
}
/**
 * A program whose habits are known: by the images that run it, by the command lines that start it, or by both.
 *
 * Several fields hold *signs*, which are looked for in the command line and the environment of a process:
 * - `--port`, `-p`, `-Dserver.port`: a flag (long ones match with one dash or two; `*` in it stands for any characters),
 *   whose value is the next word or what follows `=`;
 * - `PORT`: a variable that is set and not empty;
 * - `#`: a word that is a port or an address and belongs to no flag; `*.conf`: a word that ends in it;
 * - `--flag=value`, `NAME=value`: there only with that value, whatever its case; `NAME=`: there, but empty;
 * - `@NAME`: of its value, which is an address for others to call, only the port counts.
 */
export interface ImageEntry {
    /** Repository names without registry and tag; `*` stands for anything but `/`: `postgres`, `bitnami/postgresql`. */
    readonly images: readonly string[];
    readonly service: string;
    readonly ports: readonly ImagePort[];
    /** Ports that members, plugins or a setting may open besides: nothing says that they are open, nothing doubts it. */
    readonly besides?: readonly PortRange[];
    /** Programs that are this service when a command line starts with them: `redis-server`, `flask run`. */
    readonly programs: readonly string[];
    /** The address that it binds unless told otherwise; every address where absent. */
    readonly bind?: string;
    /** Signs whose value is the address that it binds. */
    readonly boundBy?: readonly string[];
    /** Its ports stand in a configuration file that images replace: declared ports count in place of these. */
    readonly configured?: true;
    readonly authentication?: AuthenticationHabit;
}
/** Whether a service asks who is there. */
export interface AuthenticationHabit {
    /** What it asks for when nothing is said. */
    readonly default: 'none' | 'password';
    /** Signs that turn it on. */
    readonly on?: readonly string[];
    /** Signs that turn it off. */
    readonly off?: readonly string[];
    /** Signs that leave the decision to a file that the command line does not show. */
    readonly elsewhere?: readonly string[];
}
/** A port that an image, or a program, listens on by habit. */
export interface ImagePort {
    readonly ports: PortRange;
    readonly protocol: Protocol;
    /** The service of the port catalogue, where it is not the image's own. */
    readonly service?: string;
    readonly role?: Role;
    /** Only images whose tag matches (`*management*`), or does not (`!*fpm*`). */
    readonly tag?: string;
    /** Signs that give it another number: `--port`, `PORT`; the first that is there decides. */
    readonly movedBy?: readonly string[];
    /** Opened only where one of `movedBy` gives it a number. */
    readonly onDemand?: true;
    /** Opened only when one of these signs is there. */
    readonly when?: readonly string[];
    /** Not opened when one of these signs is there. */
    readonly unless?: readonly string[];
    /** Speaks TLS by habit. */
    readonly tls?: true;
    /** Its own habit of asking who is there, where it is not the entry's. */
    readonly authentication?: AuthenticationHabit;
}
