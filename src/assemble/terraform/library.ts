/** The modules of a tree: each folder is read once, however many roots and calls use it. */
import { posix } from 'node:path';
import { parseHcl } from '../../parsers/hcl/index.ts';
import { append, type Multimap } from '../../source/multimap.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { fileOrigin, type Origin } from '../../source/span.ts';
import type { Files } from '../files.ts';
import type { Budget } from './evaluate/fault.ts';
import { isConfiguration, withoutExtension } from './file-name.ts';
import type { ModuleModels } from './models.ts';
import { constantText, type Module, moduleOf } from './module.ts';

/** Where modules come from. */
export interface Library {
  readonly files: Files;
  /** What all root modules together may still spend: a tree may hold thousands that each take all that one may. */
  readonly left: Budget;
  /** The folders of the tree with files of Terraform in them, sorted by code units. */
  readonly folders: readonly string[];
  /** The module of a folder, whether or not the tree lists its files; undefined where there is none. */
  module(folder: string): Module | undefined;
  /** The stand-in for a module that is not on disk. */
  model(source: string, version: string | undefined): Module | undefined;
  /** What `terraform init` has put on disk for a root module: the names of calls, dotted → folder. */
  installed(root: string): ReadonlyMap<string, string>;
  /** Says that a module is not on disk, once for each source. */
  absent(source: string, origin: Origin): void;
  /** Says that a name is declared nowhere in a module, once for each module. */
  undeclared(folder: string, name: string, origin: Origin): void;
  notices(): readonly Notice[];
}

/** Ten times what one root module may spend, which no real one comes near. */
const MOST_STEPS = 40_000_000;
const MOST_TEXT = 640_000_000;

/** The library of a tree. */
export function libraryOf(files: Files): Library {
  const folders: Multimap<string, string> = new Map();
  for (const path of files.paths) if (isConfiguration(path)) append(folders, posix.dirname(path), path);
  const modules = new Map<string, Module | undefined>();
  const installations = new Map<string, ReadonlyMap<string, string>>();
  const absent = new Map<string, Origin>();
  const undeclared = new Map<string, Map<string, Origin>>();
  const notices: Notice[] = [];
  return {
    files,
    left: { steps: MOST_STEPS, text: MOST_TEXT },
    folders: [...folders.keys()].sort(),
    module: (folder) =>
      once(modules, folder, () => {
        const module = moduleIn(files, folder, folders.get(folder) ?? files.folder(folder).filter(isConfiguration));
        if (module) notices.push(...module.notices);
        return module;
      }),
    model: () => undefined,
    installed: (root) => once(installations, root, () => installedIn(files, root)),
    absent(source, origin) {
      if (!absent.has(source)) absent.set(source, origin);
    },
    undeclared(folder, name, origin) {
      const names = undeclared.get(folder);
      if (!names) undeclared.set(folder, new Map([[name, origin]]));
      else if (!names.has(name)) names.set(name, origin);
    },
    notices: () => [
      ...notices,
      ...[...absent].map(([source, origin]) => absence(source, origin)),
      ...[...undeclared].map(([folder, names]) => undeclaredIn(folder, names)),
    ],
  };
}

/** The library with models of modules that are not on disk. */
export function withModels(library: Library, models: ModuleModels): Library {
  const modelled = new Map<string, Module | undefined>();
  return {
    ...library,
    model: (source, version) =>
      once(modelled, `${source} ${version ?? ''}`, () => {
        const model = models(source, version);
        if (!model) return undefined;
        const { body } = parseHcl({ path: model.path, format: 'hcl', text: model.text });
        return moduleOf(model.path, [{ path: model.path, body, override: false }]);
      }),
  };
}

/** Whether something calls a module that is no folder of the tree. */
export function callsForeign({ folders, module }: Library): boolean {
  return folders.some((folder) =>
    [...(module(folder)?.calls.values() ?? [])].some((call) => !isLocal(constantText(call, 'source') ?? '')),
  );
}

/** Whether a source is a path of the same tree: `./x`, `../x`. */
export function isLocal(source: string): boolean {
  return /^\.\.?(\/|$)/.test(source);
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as T;
}

function absence(source: string, origin: Origin): Notice {
  const message = `The module ${source} is not on disk, so that what it makes is unknown. Run terraform init (or terraform get) before the scan, or scan a plan.`;
  return notice('reference-missing', message, origin);
}

function undeclaredIn(folder: string, names: ReadonlyMap<string, Origin>): Notice {
  const [first] = names.values();
  const message = `${listed([...names.keys()])}: used in ${folder} and declared nowhere there. What is made of ${names.size === 1 ? 'it' : 'them'} is unknown; scan the file that declares ${names.size === 1 ? 'it' : 'them'}.`;
  return notice('reference-missing', message, first ?? fileOrigin(folder));
}

/** More names in one message are no longer read. */
const SHOWN = 8;

/** Names as a message shows them. */
export function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return [...names.slice(0, SHOWN), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

/** The module that these files of a folder make: OpenTofu reads `a.tofu` in place of `a.tf`. */
function moduleIn(files: Files, folder: string, paths: readonly string[]): Module | undefined {
  const known = new Set(paths);
  const chosen = paths.filter(
    (path) => !known.has(path.replace(/\.tf(\.json)?$/, '.tofu$1')) || path.includes('.tofu'),
  );
  const read = chosen.flatMap((path) => {
    const body = files.hcl(path, parseHcl)?.body;
    return body ? [{ path, body, override: isOverride(path) }] : [];
  });
  return read.length > 0 ? moduleOf(folder, read) : undefined;
}

function isOverride(path: string): boolean {
  return /(^|\/|_)override$/.test(withoutExtension(path));
}

/** What `.terraform/modules/modules.json` says (written by `terraform init`; internal/modsdir/manifest.go). */
function installedIn(files: Files, root: string): ReadonlyMap<string, string> {
  const reading = files.read(posix.join(root, '.terraform/modules/modules.json'));
  const found = new Map<string, string>();
  for (const { Key, Dir } of reading.kind === 'text' ? entriesOf(reading.text) : []) {
    if (typeof Key === 'string' && typeof Dir === 'string' && Key !== '') found.set(Key, posix.join(root, Dir));
  }
  return found;
}

function entriesOf(text: string): readonly { readonly Key?: unknown; readonly Dir?: unknown }[] {
  try {
    const read: unknown = JSON.parse(text);
    const modules = typeof read === 'object' && read !== null && 'Modules' in read ? read.Modules : [];
    return Array.isArray(modules) ? modules.filter((each) => typeof each === 'object' && each !== null) : [];
  } catch {
    return [];
  }
}
