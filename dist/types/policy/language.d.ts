/**
 * The language of rules: CEL with the types of the subjects' table and a few functions. It is kept so small that nothing
 * in it can fail but our own fields and functions, whose failures are noted (architecture.md §5).
 */
import { Environment } from '@marcbachmann/cel-js';
import type { Catalogue } from '../graph/catalogue.ts';
import { Ports } from './opaque.ts';
import { type SubjectName } from './subjects/table.ts';
export interface Language {
    /** Parses and checks expressions over the variables of a subject. */
    readonly environments: Readonly<Record<SubjectName, Environment>>;
    /** What `ports("…")` takes: the roles and services of the port catalogue. */
    readonly portGroups: ReadonlyMap<string, Ports>;
}
/** What opaque values offer beside the subjects; for the reference and for error messages. */
export declare const OPAQUE_TYPES: {
    readonly PortSet: {
        readonly about: "A set of port numbers. `22 in ports` asks for one.";
        readonly fields: {
            readonly size: {
                readonly type: "int";
                readonly about: "How many numbers are in it.";
            };
        };
        readonly methods: {
            readonly overlaps: {
                readonly takes: "PortSet";
                readonly about: "Whether the two have a number in common.";
            };
        };
    };
    readonly AddressSet: {
        readonly about: "A set of IPv4 and IPv6 addresses.";
        readonly fields: {
            readonly size: {
                readonly type: "int";
                readonly about: "How many IPv4 addresses are in it.";
            };
            readonly size6: {
                readonly type: "int";
                readonly about: "How many IPv6 addresses are in it.";
            };
        };
        readonly methods: {
            readonly within: {
                readonly takes: "string";
                readonly about: "Whether a CIDR block holds all of them.";
            };
            readonly overlaps: {
                readonly takes: "string";
                readonly about: "Whether a CIDR block holds one of them.";
            };
        };
    };
    readonly Path: {
        readonly about: "The ways from a scope to a listener. In a message it is the one that is shown: `internet → 8080:80 → vote:80`.";
        readonly fields: {
            readonly hops: {
                readonly type: "int";
                readonly about: "How many hops the shown way has.";
            };
        };
        readonly methods: {
            readonly through: {
                readonly takes: "string";
                readonly about: "Whether every way from this scope crosses a hop of this kind or name.";
            };
            readonly via: {
                readonly takes: "string";
                readonly about: "Whether the shown way does.";
            };
        };
    };
    readonly Origin: {
        readonly about: "A place in a file, for `at`.";
        readonly fields: {};
        readonly methods: {};
    };
};
/** Functions and methods of CEL itself that rules may use, with what they do: none of them can fail. */
export declare const PLAIN_FUNCTIONS: Readonly<Record<string, string>>;
/** The language with the ports of a catalogue. */
export declare function language(catalogue: Catalogue): Language;
/** The variables that a rule on `name` has; each is named after the subject that it is. */
export declare function variablesOf(name: SubjectName): readonly SubjectName[];
