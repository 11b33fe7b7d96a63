/** The parts of a root module while it is evaluated. */
import type { Notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import type { Cell, Machine } from './evaluate/cell.ts';
import type { Datum, UnknownDatum } from './evaluate/datum.ts';
import type { Fault } from './evaluate/fault.ts';
import type { Binding, Home } from './evaluate/scope.ts';
import type { Library } from './library.ts';
import type { Declaration, Module, ResourceDeclaration } from './module.ts';

/** The evaluation of one root module with one set of variables. */
export interface Run {
  readonly machine: Machine;
  readonly library: Library;
  /** The folder of the root module. */
  readonly root: string;
  /** The values that files give the variables of the root module. */
  given: ReadonlyMap<string, Datum>;
  /** Every file that contributed. */
  readonly files: Set<string>;
  readonly report: (notice: Notice) => void;
  /** Tells a fault that nothing in the configuration catches; what has it is this then. */
  readonly refuse: (fault: Fault) => UnknownDatum;
  /** A bound was met, and that was told. */
  limited: boolean;
  /** How many instances of modules and resources there are so far. */
  instances: number;
}

/** The instances of a block, and what its name stands for. */
export interface Expansion<T> {
  readonly items: readonly T[];
  readonly value: Datum;
}

/** A module, as one call of it makes it. */
export interface ModuleInstance {
  readonly run: Run;
  readonly module: Module;
  readonly parent: ModuleInstance | null;
  /** The names of the calls that lead here. */
  readonly path: readonly string[];
  /** `module.net["a"]`; empty for the root. */
  readonly address: string;
  /** The calls that lead here, innermost first; undefined for the root. */
  readonly via: Origin | undefined;
  /** Why it may not be there, or be there several times. */
  readonly uncertain: UnknownDatum | undefined;
  readonly home: Home;
  /** What the call gives a variable; of the root, what files give it. */
  readonly input: (name: string) => Datum | undefined;
  /** Variables, locals and outputs, by `var.x`, `local.x` and `output.x`. */
  readonly values: Map<string, Cell<Datum>>;
  readonly resources: Map<string, Cell<Expansion<ResourceInstance>>>;
  readonly calls: Map<string, Cell<Expansion<CallInstance>>>;
}

/** One instance of a module call; `inside` is null where the module is not on disk. */
export interface CallInstance {
  readonly inside: ModuleInstance | null;
  /** What it is as a value: its outputs. */
  readonly value: Datum;
  /** `each`, `count`. */
  readonly names: Binding | null;
}

/** One instance of a resource or data source. */
export interface ResourceInstance {
  readonly declaration: ResourceDeclaration;
  readonly address: string;
  readonly attributes: Map<string, Cell<Datum>>;
  readonly uncertain: UnknownDatum | undefined;
  /** `each`, `count`, `self`. */
  readonly names: Binding | null;
  /** What it is as a value: its attributes. */
  readonly value: Datum;
}

/** An instance of a block, as its `count` or `for_each` says. */
export interface Place {
  /** `[0]`, `["a"]`; empty where there is one, or where nobody knows which. */
  readonly key: string;
  readonly names: Binding | null;
  readonly uncertain: UnknownDatum | undefined;
}

/** The address of what stands in a module. */
export function addressIn({ address }: Pick<ModuleInstance, 'address'>, name: string): string {
  return address === '' ? name : `${address}.${name}`;
}

/** The scope of a declaration's expressions in a module. */
export function scopeIn({ home }: ModuleInstance, { file }: Pick<Declaration, 'file'>, names: Binding | null = null) {
  return { home, file, names, item: null };
}
