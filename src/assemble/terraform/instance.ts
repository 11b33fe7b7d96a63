/** Module instances: what the names in a module stand for. */
import { posix } from 'node:path';
import { type Origin, withVia } from '../../source/span.ts';
import { calledModule, isInput, throughCall } from './call.ts';
import { type Cell, cell, demand } from './evaluate/cell.ts';
import { type Datum, text, type UnknownDatum, unknownDatum } from './evaluate/datum.ts';
import { evaluate } from './evaluate/expression.ts';
import { Fault } from './evaluate/fault.ts';
import { lazyMap } from './evaluate/lazy-map.ts';
import type { Home } from './evaluate/scope.ts';
import { weigh } from './evaluate/weigh.ts';
import { expansionOf } from './expansion.ts';
import { invoke } from './invoke.ts';
import { MODEL } from './models.ts';
import { type Declaration, expressionOf, headerOf, isTrue, type Module } from './module.ts';
import { nameOf, resourceInstance } from './resource.ts';
import {
  addressIn,
  type CallInstance,
  type Expansion,
  type ModuleInstance,
  type Place,
  type ResourceInstance,
  type Run,
  scopeIn,
} from './run.ts';
import { variableCell } from './variable.ts';

/** The root module of a run. */
export function rootInstance(run: Run, module: Module): ModuleInstance {
  return instanceOf({
    run,
    module,
    parent: null,
    path: [],
    address: '',
    via: undefined,
    uncertain: undefined,
    input: (name) => run.given.get(name),
  });
}

function instanceOf(parts: Omit<ModuleInstance, 'home' | 'values' | 'resources' | 'calls'>): ModuleInstance {
  for (const file of parts.module.files) parts.run.files.add(file);
  const instance: ModuleInstance = {
    ...parts,
    values: new Map(),
    resources: new Map(),
    calls: new Map(),
    home: {
      machine: parts.run.machine,
      variable: (name, at) => variable(instance, name, at),
      local: (name, at) => local(instance, name, at),
      call: (name, at) => call(instance, name, at),
      resource: (mode, type, name, at) => resource(instance, mode, type, name, at),
      setting: (of, name, at) => setting(instance, of, name, at),
      invoke: (name, args, expand, scope, at) => invoke(parts.run, name, args, expand, scope, at),
      refuse: parts.run.refuse,
    },
  };
  return instance;
}

/** The instances of a resource or data source of a module, by `type.name` or `data.type.name`. */
export function resourcesOf(instance: ModuleInstance, key: string): Cell<Expansion<ResourceInstance>> | undefined {
  const known = instance.resources.get(key);
  const declaration = instance.module.resources.get(key);
  if (known || !declaration) return known;
  const make = (place: Place) => resourceInstance(instance, declaration, place);
  const made = expansionOf(instance, declaration, nameOf(declaration), make);
  instance.resources.set(key, made);
  return made;
}

/** The instances of a module call. */
export function callsOf(instance: ModuleInstance, name: string): Cell<Expansion<CallInstance>> | undefined {
  const known = instance.calls.get(name);
  const declaration = instance.module.calls.get(name);
  if (known || !declaration) return known;
  let module: Module | UnknownDatum | undefined;
  const made = expansionOf(instance, declaration, `module.${name}`, (place) => {
    module ??= resolved(instance, name, declaration);
    return callInstance(instance, name, declaration, module, place);
  });
  instance.calls.set(name, made);
  return made;
}

/** The module of a call; what Terraform would refuse is told, and unknown. */
function resolved(instance: ModuleInstance, name: string, declaration: Declaration): Module | UnknownDatum {
  try {
    return calledModule(instance, name, declaration);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...instance.run.refuse(error), reason: 'module-absent' };
  }
}

function callInstance(
  parent: ModuleInstance,
  name: string,
  declaration: Declaration,
  module: Module | UnknownDatum,
  { key, names, uncertain }: Place,
): CallInstance {
  if ('reason' in module) return { inside: null, value: module, names };
  const header = headerOf(declaration);
  const inside = instanceOf({
    run: parent.run,
    module,
    parent,
    path: [...parent.path, name],
    address: addressIn(parent, `module.${name}`) + key,
    via: parent.via ? withVia(header, parent.via) : header,
    uncertain: uncertain ?? parent.uncertain,
    input: (variableName) => {
      const given = isInput(variableName) ? expressionOf(declaration, variableName) : undefined;
      return given && evaluate(given.node, scopeIn(parent, given, names));
    },
  });
  const outputs = lazyMap(new Set(module.outputs.keys()), (output) =>
    demand(parent.run.machine, outputCell(inside, output, header)),
  );
  const rest = (output: string) =>
    unknownDatum('module-absent', `the module is not on disk, and nothing is known of its output ${output}`, header);
  const modelled = module.folder.startsWith(MODEL);
  return {
    inside,
    value: { kind: 'object', entries: outputs, ...(modelled && { rest }), lazy: true, origin: header },
    names,
  };
}

function outputCell(instance: ModuleInstance, name: string, through: Origin): Cell<Datum> {
  const declaration = instance.module.outputs.get(name) as Declaration;
  return valueCell(instance, `output.${name}`, headerOf(declaration), () => {
    const written = expressionOf(declaration, 'value');
    if (!written) return unknownDatum('unmodelled', 'this output has no value', headerOf(declaration));
    const value = evaluate(written.node, scopeIn(instance, written));
    weigh(value, instance.run.machine.budget);
    const passed = throughCall(value, through);
    return isTrue(declaration, 'sensitive') ? { ...passed, sensitive: true } : passed;
  });
}

function valueCell(instance: ModuleInstance, name: string, origin: Origin, compute: () => Datum): Cell<Datum> {
  const known = instance.values.get(name);
  if (known) return known;
  const made = cell<Datum>({
    name: () => addressIn(instance, name),
    origin: () => origin,
    compute,
    failed: (fault) => instance.run.refuse(fault),
  });
  instance.values.set(name, made);
  return made;
}

function variable(instance: ModuleInstance, name: string, at: Origin): Datum {
  const key = `var.${name}`;
  const known = instance.values.get(key);
  const declaration = instance.module.variables.get(name);
  if (!known && !declaration) return undeclared(instance, key, at);
  const made = known ?? variableCell(instance, name, declaration as Declaration);
  if (!known) instance.values.set(key, made);
  return demand(instance.run.machine, made);
}

function local(instance: ModuleInstance, name: string, at: Origin): Datum {
  const declared = instance.module.locals.get(name);
  if (!declared) return undeclared(instance, `local.${name}`, at);
  const { file, node } = declared;
  const origin = { file, start: node.start, end: node.end };
  const compute = () => evaluate(node.value, scopeIn(instance, declared));
  return demand(instance.run.machine, valueCell(instance, `local.${name}`, origin, compute));
}

function call(instance: ModuleInstance, name: string, at: Origin): Datum {
  const found = callsOf(instance, name);
  return found ? demand(instance.run.machine, found).value : undeclared(instance, `module.${name}`, at);
}

function resource(
  instance: ModuleInstance,
  mode: Parameters<Home['resource']>[0],
  type: string,
  name: string,
  at: Origin,
): Datum {
  if (mode === 'ephemeral')
    return unknownDatum('computed', `ephemeral.${type}.${name} exists only while Terraform runs`, at);
  const key = nameOf({ mode, type, name });
  const found = resourcesOf(instance, key);
  if (found) return demand(instance.run.machine, found).value;
  const refers = [{ address: addressIn(instance, key), attribute: '' }];
  return { ...undeclared(instance, key, at), reason: 'computed', refers };
}

/** A name that nothing declares: the file that does is missing here, or Terraform would refuse it. */
function undeclared({ run, module }: ModuleInstance, name: string, at: Origin): UnknownDatum {
  run.library.undeclared(module.folder, name, at);
  return unknownDatum('no-default', `${name} is declared nowhere`, at);
}

function setting(instance: ModuleInstance, of: 'path' | 'terraform', name: string, at: Origin): Datum {
  const { root } = instance.run;
  if (of === 'path' && name === 'module') return text(posix.relative(root, instance.module.folder) || '.', at);
  if (of === 'path' && name === 'root') return text('.', at);
  if (of === 'path' && name === 'cwd')
    return unknownDatum('no-default', 'path.cwd is the folder that Terraform is run in', at);
  if (of === 'terraform' && name === 'workspace') {
    return unknownDatum('no-default', 'terraform.workspace is chosen when Terraform is run', at);
  }
  return undeclared(instance, `${of}.${name}`, at);
}
