/** Which folders are root modules: what `terraform apply` is run in. */
import { posix } from 'node:path';
import { isLocal, type Library } from './library.ts';
import { constantText, type Module } from './module.ts';

/**
 * The root modules of a tree, sorted: modules that no other calls by a path, and those that are called but say where
 * their state is kept, or have variables of their own in files. What `terraform init` downloaded is no root, nor are the
 * examples in it. Where modules call each other in a circle that no root leads into, the first of them is one: nothing is
 * left out in silence.
 */
export function rootFolders(library: Library, hasVariables: (folder: string) => boolean): readonly string[] {
  const modules = new Map<string, Module>();
  for (const folder of library.folders) {
    const module = isDownloaded(folder) ? undefined : library.module(folder);
    if (module) modules.set(folder, module);
  }
  const calls = new Map([...modules].map(([folder, module]) => [folder, calledFolders(module)]));
  const called = new Set([...calls].flatMap(([folder, others]) => others.filter((other) => other !== folder)));
  const roots = [...modules.values()]
    .filter(({ folder, backend }) => !called.has(folder) || backend || hasVariables(folder))
    .map(({ folder }) => folder);
  const reached = new Set<string>();
  for (const root of roots) reach(root, calls, reached);
  for (const folder of modules.keys()) {
    if (reached.has(folder)) continue;
    roots.push(folder);
    reach(folder, calls, reached);
  }
  return roots.sort();
}

function isDownloaded(folder: string): boolean {
  return folder.split('/').includes('.terraform');
}

function calledFolders({ folder, calls }: Module): readonly string[] {
  return [...calls.values()].flatMap((call) => {
    const source = constantText(call, 'source');
    if (source === undefined || !isLocal(source)) return [];
    const called = posix.join(folder, source);
    return called.length > 1 && called.endsWith('/') ? called.slice(0, -1) : called;
  });
}

function reach(from: string, calls: ReadonlyMap<string, readonly string[]>, reached: Set<string>): void {
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(calls.get(next) ?? []));
  }
}
