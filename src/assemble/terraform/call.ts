/** Calls of modules: which module a `source` names, and what its outputs are (website/docs/language/modules/sources). */
import { posix } from 'node:path';
import { notice } from '../../source/notice.ts';
import { type Origin, withVia } from '../../source/span.ts';
import { convertTo } from './evaluate/convert.ts';
import { type Datum, isSequence, isStructure, type UnknownDatum, unknownDatum } from './evaluate/datum.ts';
import { evaluate } from './evaluate/expression.ts';
import { limit } from './evaluate/fault.ts';
import { isLocal } from './library.ts';
import { constantText, type Declaration, expressionOf, headerOf, type Module } from './module.ts';
import { addressIn, type ModuleInstance, scopeIn } from './run.ts';

/** What tells Terraform what to do with a call, and is no input of the module. */
const SETTINGS: ReadonlySet<string> = new Set(['source', 'version', 'providers', 'count', 'for_each', 'depends_on']);

/** Whether an attribute of a call gives a variable of the module a value. */
export function isInput(name: string): boolean {
  return !SETTINGS.has(name);
}

/** More calls within calls are no configuration that somebody wrote. */
const DEEPEST = 40;

/** The module that a call names; an unknown where it is not on disk, or where it calls itself. */
export function calledModule(instance: ModuleInstance, name: string, declaration: Declaration): Module | UnknownDatum {
  const origin = headerOf(declaration);
  const address = addressIn(instance, `module.${name}`);
  if (instance.path.length >= DEEPEST) throw limit(`modules call each other more than ${DEEPEST} deep`, origin);
  const source = sourceOf(instance, declaration);
  if (typeof source !== 'string') return source;
  const folder = folderOf(instance, name, source);
  if (folder === undefined) {
    const model = instance.run.library.model(source, constantText(declaration, 'version'));
    if (!model) instance.run.library.absent(source, origin);
    return model ?? absent(address, `the module ${source} is not on disk`, origin);
  }
  if (folder === '..' || folder.startsWith('../')) {
    const message = `The module ${source} lies outside of the scanned folder and is not read. Scan the folder that holds both.`;
    instance.run.report(notice('outside-root', message, origin));
    return absent(address, `the module ${source} lies outside of the scanned folder`, origin);
  }
  for (let outer: ModuleInstance | null = instance; outer; outer = outer.parent) {
    if (outer.module.folder !== folder) continue;
    const message = `The module in ${folder} calls itself, directly or through others, which has no end. Terraform would not load it.`;
    instance.run.report(notice('reference-cycle', message, origin));
    return unknownDatum('unmodelled', `${address} is a call of a module within itself`, origin);
  }
  const module = instance.run.library.module(folder);
  if (module) return module;
  const message = `There is no Terraform code in ${folder}, which this call names. What it makes is unknown.`;
  instance.run.report(notice('file-missing', message, origin));
  return absent(address, `there is no Terraform code in ${folder}`, origin);
}

function absent(address: string, because: string, origin: Origin): UnknownDatum {
  return unknownDatum('module-absent', `${because} (${address})`, origin);
}

function sourceOf(instance: ModuleInstance, declaration: Declaration): string | UnknownDatum {
  const written = expressionOf(declaration, 'source');
  if (!written) return unknownDatum('module-absent', 'the call names no source', headerOf(declaration));
  const value = convertTo(evaluate(written.node, scopeIn(instance, written)), 'string');
  if (value.kind === 'string') return value.value;
  if (value.kind === 'unknown')
    return { ...value, reason: 'module-absent', because: `its source is unknown: ${value.because}` };
  return unknownDatum('module-absent', 'its source is null', headerOf(declaration));
}

function folderOf({ module, path, run }: ModuleInstance, name: string, source: string): string | undefined {
  if (isLocal(source)) return trimmed(posix.join(module.folder, source));
  return run.library.installed(run.root).get([...path, name].join('.'));
}

function trimmed(folder: string): string {
  return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
}

/** The value of an output as the caller of the module sees it: whatever it is made of came through the call. */
export function throughCall(datum: Datum, call: Origin): Datum {
  const origin = withVia(datum.origin, call);
  if (isSequence(datum)) return { ...datum, items: datum.items.map((item) => throughCall(item, call)), origin };
  if (!isStructure(datum) || datum.lazy) return { ...datum, origin };
  const entries = new Map([...datum.entries].map(([key, value]) => [key, throughCall(value, call)]));
  return { ...datum, entries, origin };
}
