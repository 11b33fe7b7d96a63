/** One root module with one set of variables, evaluated. */
import { type Notice, notice } from '../../source/notice.ts';
import { byText } from '../../source/order.ts';
import { type Origin, placeKey } from '../../source/span.ts';
import type { Entry, Mapping, Value } from '../../source/value.ts';
import { keyOf } from './block.ts';
import { type Machine, settle } from './evaluate/cell.ts';
import type { UnknownDatum } from './evaluate/datum.ts';
import { type Fault, fullBudget, unknownOf } from './evaluate/fault.ts';
import { callsOf, resourcesOf, rootInstance } from './instance.ts';
import { leavingByCalls, leavingByOutputs } from './leaving.ts';
import type { Library } from './library.ts';
import { type Lowering, loweringOf } from './lower.ts';
import { MODEL } from './models.ts';
import { headerOf } from './module.ts';
import { projectsIn, providerOf } from './provider.ts';
import { attributeCell, attributesOf } from './resource.ts';
import type { ModuleInstance, ResourceInstance, Run } from './run.ts';
import { valuesOf } from './tfvars.ts';
import type { Leaving, Resource, TerraformUnit } from './unit.ts';
import { validationCells } from './variable.ts';

/** A unit, and what is open in it. */
export interface Evaluated {
  readonly unit: TerraformUnit;
  readonly notices: readonly Notice[];
  /** The variables of the root module that have neither a default nor a value, sorted. */
  readonly open: readonly string[];
}

/** The root module of a folder with the values that `variableFiles` give its variables, the last one first. */
export function evaluateRoot(
  library: Library,
  root: string,
  variant: string | null,
  variableFiles: readonly string[],
): Evaluated {
  const { left } = library;
  const full = fullBudget();
  const given = { steps: Math.min(full.steps, left.steps), text: Math.min(full.text, left.text) };
  const machine: Machine = { budget: { ...given }, depth: 0, running: [] };
  const notices = new Map<string, Notice>();
  const module = library.module(root);
  const run: Run = {
    machine,
    library,
    root,
    given: new Map(),
    files: new Set(variableFiles),
    instances: 0,
    limited: false,
    report: (each) => notices.set(`${each.code} ${placeKey(each.origin)} ${each.message}`, each),
    refuse: (fault) => refused(run, fault),
  };
  run.given = valuesOf(library.files, variableFiles, machine, run.refuse);
  const { resources, leaving, projects } = module ? allBelow(rootInstance(run, module)) : EMPTY;
  left.steps -= given.steps - Math.max(0, machine.budget.steps);
  left.text -= given.text - Math.max(0, machine.budget.text);
  const id = `terraform:${root}${variant === null ? '' : `#${variant}`}`;
  const files = [...run.files].filter((path) => library.files.read(path).kind === 'text').sort();
  return {
    unit: {
      id,
      technology: 'terraform',
      root,
      variant,
      files,
      resources: resources.sort(byText(({ address }) => address)),
      ...(leaving.length > 0 && { leaving }),
      ...(projects.size > 0 && { projects }),
    },
    notices: [...notices.values()],
    open: [...(module?.variables ?? [])]
      .filter(([name, declaration]) => !run.given.has(name) && !declaration.members.has('default'))
      .map(([name]) => name)
      .sort(),
  };
}

/** A fault that nothing in the configuration catches is told, a bound that is met once. */
function refused(run: Run, fault: Fault): UnknownDatum {
  if (fault.isLimit) {
    const message = `The evaluation of this module ends here: ${fault.message}. Whatever needs more is unknown.`;
    if (run.limited) return unknownOf(fault);
    run.limited = true;
    run.report(notice(fault.code, message, fault.origin));
  } else run.report(notice(fault.code, `Terraform would refuse this: ${fault.message}.`, fault.origin));
  return unknownOf(fault);
}

/** What a root module and the modules below it come to. */
interface Below {
  readonly resources: Resource[];
  readonly leaving: readonly Leaving[];
  readonly projects: ReadonlyMap<string, Value>;
}

const EMPTY: Below = { resources: [], leaving: [], projects: new Map() };

/** The resources of a module and of the modules that it calls, to any depth, and where they are named for others. */
function allBelow(root: ModuleInstance): Below {
  const found: Resource[] = [];
  const projects = new Map<string, Value>();
  const leaving = leavingByOutputs(root).flatMap((cell) => settle(root.run.machine, cell));
  const waiting = [root];
  for (let instance = waiting.pop(); instance; instance = waiting.pop()) {
    const lowering = loweringOf(instance.via);
    const { machine } = instance.run;
    for (const key of instance.module.resources.keys()) {
      const cell = resourcesOf(instance, key);
      for (const resource of cell ? settle(machine, cell).items : []) found.push(lowered(instance, resource, lowering));
    }
    for (const name of instance.module.calls.keys()) {
      const cell = callsOf(instance, name);
      const calls = cell ? settle(machine, cell).items : [];
      for (const { inside } of calls) if (inside) waiting.push(inside);
      leaving.push(...leavingByCalls(instance, name, calls).flatMap((each) => settle(machine, each)));
    }
    for (const cell of validationCells(instance)) settle(machine, cell);
    for (const [name, project] of projectsIn(instance)) projects.set(name, settle(machine, project));
  }
  return { resources: found, leaving, projects };
}

function lowered(instance: ModuleInstance, resource: ResourceInstance, lowering: Lowering): Resource {
  const { declaration, address, uncertain } = resource;
  const { mode, type, name } = declaration;
  const origin = lowering.origin(headerOf(declaration));
  return {
    address,
    mode,
    type,
    name,
    module: instance.address,
    body: bodyOf(instance, resource, lowering, origin),
    ...(uncertain && { uncertain: lowering.unknown(uncertain) }),
    ...(declaration.file.startsWith(MODEL) && { modelled: true }),
    provider: providerOf(instance, declaration),
    origin,
  };
}

/** What is null is not there, as in a plan. */
function bodyOf(instance: ModuleInstance, resource: ResourceInstance, lowering: Lowering, origin: Origin): Mapping {
  const { declaration } = resource;
  const entries = new Map<string, Entry>();
  for (const key of attributesOf(declaration)) {
    const value = settle(instance.run.machine, attributeCell(instance, resource, key));
    const member = declaration.members.get(key);
    if (value.kind === 'null' || !member) continue;
    const keyOrigin = lowering.origin(keyOf(member, declaration.file));
    entries.set(key, { key, keyOrigin, value: lowering.value(value, keyOrigin) });
  }
  return { kind: 'mapping', entries, origin };
}
