/**
 * The language of rules: CEL with the types of the subjects' table and a few functions. It is kept so small that nothing
 * in it can fail but our own fields and functions, whose failures are noted (architecture.md §5).
 */
import { Environment } from '@marcbachmann/cel-js';
import type { Catalogue } from '../graph/catalogue.ts';
import { everyEntry } from '../graph/catalogue-entry.ts';
import type { PortRange } from '../graph/fragment.ts';
import { matchesGlob } from '../source/glob.ts';
import { Addresses, Path, Place, Ports } from './opaque.ts';
import { SUBJECTS, type SubjectName } from './subjects/table.ts';
import { SUBJECT_TABLE, typeOf } from './subjects.ts';
import { VIEWS, type View } from './view.ts';

/** The most a rule may hold; what people write stays far below. */
const LIMITS = { maxAstNodes: 2_000, maxDepth: 60, maxListElements: 500, maxCallArguments: 8 };

const SYNCHRONOUS = { async: false } as const;

export interface Language {
  /** Parses and checks expressions over the variables of a subject. */
  readonly environments: Readonly<Record<SubjectName, Environment>>;
  /** What `ports("…")` takes: the roles and services of the port catalogue. */
  readonly portGroups: ReadonlyMap<string, Ports>;
}

/** What opaque values offer beside the subjects; for the reference and for error messages. */
export const OPAQUE_TYPES = {
  PortSet: {
    about: 'A set of port numbers. `22 in ports` asks for one.',
    fields: { size: { type: 'int', about: 'How many numbers are in it.' } },
    methods: { overlaps: { takes: 'PortSet', about: 'Whether the two have a number in common.' } },
  },
  AddressSet: {
    about: 'A set of IPv4 and IPv6 addresses.',
    fields: {
      size: { type: 'int', about: 'How many IPv4 addresses are in it.' },
      size6: { type: 'int', about: 'How many IPv6 addresses are in it.' },
    },
    methods: {
      within: { takes: 'string', about: 'Whether a CIDR block holds all of them.' },
      overlaps: { takes: 'string', about: 'Whether a CIDR block holds one of them.' },
    },
  },
  Path: {
    about:
      'The ways from a scope to a listener. In a message it is the one that is shown: `internet → 8080:80 → vote:80`.',
    fields: { hops: { type: 'int', about: 'How many hops the shown way has.' } },
    methods: {
      through: { takes: 'string', about: 'Whether every way from this scope crosses a hop of this kind or name.' },
      via: { takes: 'string', about: 'Whether the shown way does.' },
    },
  },
  Origin: { about: 'A place in a file, for `at`.', fields: {}, methods: {} },
} as const;

const OPAQUE_CLASSES = { PortSet: Ports, AddressSet: Addresses, Path, Origin: Place } as const;

/** Functions and methods of CEL itself that rules may use, with what they do: none of them can fail. */
export const PLAIN_FUNCTIONS: Readonly<Record<string, string>> = {
  'size()': 'The length of a string or a list.',
  'string.startsWith(prefix)': 'Whether the string begins so.',
  'string.endsWith(suffix)': 'Whether the string ends so.',
  'string.contains(part)': 'Whether the string holds it.',
  'string.lowerAscii()': 'In lower case.',
  'string.upperAscii()': 'In upper case.',
  'string.trim()': 'Without blanks around it.',
  'list.join(separator)': 'The strings of a list as one.',
  'list.exists(x, condition)': 'Whether the condition holds for one item.',
  'list.all(x, condition)': 'Whether it holds for every item.',
  'list.exists_one(x, condition)': 'Whether it holds for exactly one item; unknown where it is for any.',
  'list.filter(x, condition)': 'The items for which it holds; unknown where it is for any.',
  'list.map(x, expression)': 'What the expression is for each item; unknown where it is for any.',
  'string(value)': 'A number or truth value as text.',
  'string.glob(pattern)': 'Whether the whole string matches: `*` stands for any run of characters, `?` for one.',
  'ports(name)': 'The well-known ports of a role (`data-store`) or service (`PostgreSQL`), from the port catalogue.',
};

/** The language with the ports of a catalogue. */
export function language(catalogue: Catalogue): Language {
  const portGroups = groupPorts(catalogue);
  const base = new Environment({ limits: LIMITS });
  registerTypes(base);
  registerMethods(base);
  base.registerFunction(
    'string.glob(string): bool',
    (text: string, pattern: string) => matchesGlob(pattern, text),
    SYNCHRONOUS,
  );
  base.registerFunction('ports(string): PortSet', (name: string) => portGroups.get(name) ?? new Ports([]), SYNCHRONOUS);
  const environments = Object.fromEntries(SUBJECTS.map((name) => [name, environmentOf(base, name)]));
  return { environments: environments as Record<SubjectName, Environment>, portGroups };
}

/** The variables that a rule on `name` has; each is named after the subject that it is. */
export function variablesOf(name: SubjectName): readonly SubjectName[] {
  if (name === 'suppression' || name === 'waiver') return [name];
  return [
    ...new Set<SubjectName>([name, ...(Object.keys(SUBJECT_TABLE[name].variables) as SubjectName[]), 'environment']),
  ];
}

function environmentOf(base: Environment, name: SubjectName): Environment {
  const environment = base.clone();
  for (const variable of variablesOf(name)) environment.registerVariable(variable, typeOf(variable));
  return environment;
}

function registerTypes(base: Environment): void {
  for (const [type, { fields }] of Object.entries(OPAQUE_TYPES)) {
    base.registerType(type, { ctor: OPAQUE_CLASSES[type as keyof typeof OPAQUE_CLASSES], fields: typesOf(fields) });
  }
  for (const name of SUBJECTS) {
    base.registerType(typeOf(name), { ctor: VIEWS[name], fields: typesOf(SUBJECT_TABLE[name].fields) });
  }
}

function typesOf(fields: Readonly<Record<string, { readonly type: string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type]));
}

function registerMethods(base: Environment): void {
  for (const name of SUBJECTS) {
    for (const [key, method] of Object.entries(SUBJECT_TABLE[name].methods)) {
      const signature = `${typeOf(name)}.${key}(${method.takes.map(({ type }) => type).join(', ')}): ${method.type}`;
      const call = VIEWS[name].prototype[key as keyof View] as unknown as (...taken: unknown[]) => unknown;
      base.registerFunction(signature, (view: View, ...taken: unknown[]) => call.apply(view, taken), SYNCHRONOUS);
    }
  }
  base.registerOperator('int in PortSet', (port: bigint, ports: Ports) => ports.has(port));
  base.registerFunction('PortSet.overlaps(PortSet): bool', (a: Ports, b: Ports) => a.overlaps(b), SYNCHRONOUS);
  base.registerFunction('AddressSet.within(string): bool', (a: Addresses, b: string) => a.within(b), SYNCHRONOUS);
  base.registerFunction('AddressSet.overlaps(string): bool', (a: Addresses, b: string) => a.overlaps(b), SYNCHRONOUS);
  base.registerFunction('Path.through(string): bool', (path: Path, name: string) => path.through(name), SYNCHRONOUS);
  base.registerFunction('Path.via(string): bool', (path: Path, name: string) => path.via(name), SYNCHRONOUS);
}

function groupPorts({ ports }: Catalogue): ReadonlyMap<string, Ports> {
  const groups = new Map<string, PortRange[]>();
  for (const entry of everyEntry(ports.entries)) {
    for (const name of [entry.role, entry.service]) groups.set(name, [...(groups.get(name) ?? []), ...entry.ports]);
  }
  return new Map([...groups].map(([name, ranges]) => [name, new Ports(ranges)]));
}
