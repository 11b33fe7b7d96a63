/**
 * Of a short run the longest part is V8 compiling the program. What it made of it is kept in the cache folder of the user,
 * as the compilers of others do by `module.enableCompileCache`, which Node 20 does not have; a second run takes it from
 * there. V8 runs what it finds in such a file without a second look. So the folder has to be the user's own, where
 * nobody else can write, and it is never one of a repository: what is scanned has no say in what is run.
 *
 * A cache that cannot be read or written is none: nothing else changes. `NODE_DISABLE_COMPILE_CACHE=1` turns it off, as it
 * does Node's own; where `CI` is set it is read and not written, since nobody comes back for it there.
 */
import type { Stats } from 'node:fs';

// Asked for by a call: what both this file and the program import would stand in a file that has to be loaded first.
const fs = process.getBuiltinModule('node:fs');
const { dirname, isAbsolute, join, relative, basename } = process.getBuiltinModule('node:path');

/** The file of a cache is about 1 MB. */
const MOST_BYTES = 16 * 2 ** 20;
/** Files of other versions and commands beyond these are taken away. */
const MOST_FILES = 16;
/** A cache holds what the run that made it needed. So that others get theirs, it is made anew every day, in milliseconds. */
const LIFETIME = 86_400_000;
const OTHERS_WRITE = 0o022;

/** What a CommonJS module is called with, as Node does it. */
const HEAD = '(function (exports, require, module, __filename, __dirname) {';

/** Commands that need other parts of the program than a scan does. */
const COMMANDS = /^(?:ports|connections|explain|diff|graph|rules|waivers|baseline)$/;

/** What a run is for, as its words say: runs of one purpose share a cache. Null where it is over too soon to need one. */
export function purposeOf([first = '']: readonly string[]): string | null {
  if (/^(?:-V|--version|-h|--help|help)$/.test(first)) return null;
  return COMMANDS.test(first) ? first : 'scan';
}

/**
 * Loads a CommonJS module, so that whoever requires `program` afterwards gets it. Without a folder it is left to them.
 *
 * @param program the absolute path of its file, whose name changes with its content
 * @param folder as `cacheFolder` names it
 * @param purpose as `purposeOf` says it
 * @returns what keeps the compiled program, to be called at the end of the run, when it holds the functions that such a run
 * needs and no others; null where there is nothing to keep
 */
export function loadCompiled(
  program: string,
  folder: string | null,
  purpose: string | null,
  environment: NodeJS.ProcessEnv,
): (() => void) | null {
  if (folder === null || purpose === null || environment.NODE_DISABLE_COMPILE_CACHE === '1') return null;
  const file = join(folder, `${basename(program)}-${purpose}-${process.versions.v8}-${process.arch}`);
  const found = read(folder, file);
  const cachedData = found?.data;
  if (!cachedData && environment.CI) return null;

  const { createRequire, Module } = process.getBuiltinModule('node:module');
  const { Script } = process.getBuiltinModule('node:vm');
  const script = new Script(`${HEAD}${fs.readFileSync(program, 'utf8')}\n})`, {
    filename: program,
    columnOffset: -HEAD.length,
    ...(cachedData && { cachedData }),
  });
  const module = new Module(program);
  module.filename = program;
  const require = createRequire(program);
  require.cache[program] = module;
  script.runInThisContext().call(module.exports, module.exports, require, module, program, dirname(program));
  module.loaded = true;
  const kept = found?.fresh === true && script.cachedDataRejected !== true;
  return kept || environment.CI ? null : () => write(folder, file, script.createCachedData());
}

/** The folder for the cache; null where there is none that nobody but the user has a say in. */
export function cacheFolder(cwd: string, environment: NodeJS.ProcessEnv): string | null {
  // Who may write to a folder is told in another way on Windows.
  if (process.platform === 'win32' || !process.getuid) return null;
  const home = environment.HOME;
  const caches = environment.XDG_CACHE_HOME || (home ? join(home, '.cache') : '');
  const folder = join(caches, 'portolan');
  if (!isAbsolute(folder) || isWithin(folder, cwd)) return null;
  for (let above = caches; above !== dirname(above); above = dirname(above)) {
    if (fs.existsSync(join(above, '.git'))) return null;
  }
  return folder;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}

/** What is kept, and whether it is from today. */
function read(folder: string, file: string): { readonly data: Buffer; readonly fresh: boolean } | null {
  try {
    if (!isOwn(fs.lstatSync(folder))) return null;
    const descriptor = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
    try {
      const stats = fs.fstatSync(descriptor);
      const usable = stats.isFile() && isOwn(stats) && 0 < stats.size && stats.size <= MOST_BYTES;
      const fresh = Date.now() - stats.mtimeMs < LIFETIME;
      return usable ? { data: fs.readFileSync(descriptor), fresh } : null;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

function write(folder: string, file: string, data: Buffer): void {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(fs.lstatSync(folder))) return;
    const others = fs.readdirSync(folder).map((name) => join(folder, name));
    if (others.length >= MOST_FILES) for (const other of others) fs.rmSync(other, { force: true });
    // Whoever reads it meanwhile sees all of it or nothing.
    const unfinished = `${file}.${process.pid}`;
    fs.writeFileSync(unfinished, data, { mode: 0o600, flag: 'wx' });
    fs.renameSync(unfinished, file);
  } catch {
    // The next run compiles again.
  }
}

/** Whether it is this user's, and nobody else may write to it. */
function isOwn({ uid, mode }: Stats): boolean {
  return uid === process.getuid?.() && (mode & OTHERS_WRITE) === 0;
}
