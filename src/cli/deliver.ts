import { existsSync, lstatSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Report } from '../policy/finding.ts';
import type { Context, Reporter } from '../reporters/reporter.ts';
import { coloured, plain } from '../reporters/style.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';
import type { Output } from './options.ts';
import { isWithin } from './root.ts';

/** Writes a view in every format that is asked for: one to standard output, the rest to files, which hold no colours. */
export async function deliver<V>(
  view: V,
  reporters: Readonly<Record<string, () => Promise<Reporter<V>>>>,
  format: string,
  outputs: readonly Output[],
  context: Context,
  io: Io,
): Promise<void> {
  await writeReports(view, reporters, outputs, context, io.cwd);
  const report = await reporterFor(reporters, format);
  const width = widthOf(io);
  io.stdout.write(report(view, { ...context, ...(width !== undefined && { width }) }));
}

/** Writes a view to files, which are named relative to a folder. */
export async function writeReports<V>(
  view: V,
  reporters: Readonly<Record<string, () => Promise<Reporter<V>>>>,
  outputs: readonly Output[],
  context: Context,
  folder: string,
): Promise<void> {
  for (const { format, file } of outputs) {
    const report = await reporterFor(reporters, format);
    writeReport(folder, file, report(view, { ...context, style: plain }));
  }
}

/** Says what a SARIF file has no room for: whoever reads it finds that only among its notifications. */
export async function tellLeftOut(
  report: Report,
  format: string,
  outputs: readonly Output[],
  io: Pick<Io, 'stderr'>,
): Promise<void> {
  if (format !== 'sarif' && outputs.every((output) => output.format !== 'sarif')) return;
  const { fitting } = await import('../reporters/sarif/limit.ts');
  for (const { message } of fitting(report).notices) io.stderr.write(`portolan: ${message}\n`);
}

async function reporterFor<V>(
  reporters: Readonly<Record<string, () => Promise<Reporter<V>>>>,
  format: string,
): Promise<Reporter<V>> {
  const load = reporters[format];
  if (!load) throw new Error(`no reporter for ${format}, which the options admit`);
  return load();
}

/**
 * Writes a report to a file that is named relative to a folder. What is named inside of the folder has to lie there: a link
 * in the scanned tree would have it written somewhere else. Throws a `UsageError`.
 *
 * @param flag `wx` for a file that may not be there yet, `a` for what is added to one
 */
export function writeReport(folder: string, asGiven: string, text: string, flag: 'w' | 'wx' | 'a' = 'w'): void {
  const path = resolve(folder, asGiven);
  try {
    if (leadsAway(folder, path)) throw new Error('a link leads somewhere else');
    makeFolder(dirname(path));
    writeFileSync(path, text, { flag });
  } catch (error) {
    throw new UsageError(`cannot write ${asGiven}: ${(error as Error).message}`);
  }
}

/** Whether a link takes what is named inside of a folder somewhere else. */
export function leadsAway(folder: string, path: string): boolean {
  if (!isWithin(folder, path)) return false;
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return true;
  let above = dirname(path);
  while (!existsSync(above)) above = dirname(above);
  return !isWithin(realpathSync(folder), realpathSync(above));
}

/** With the folders above it. Node's own recursive way never ends where the system denies that a folder can be made. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** How wide the terminal is that standard output goes to: COLUMNS, where somebody sets it, says so of a pipe too. */
function widthOf({ env, stdout }: Io): number | undefined {
  const said = Number(env.COLUMNS);
  return Number.isInteger(said) && said > 0 ? said : stdout.columns;
}

/** Colours where a person reads them: `--no-color`, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
export function styleFor(io: Io, color: boolean) {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (!color || NO_COLOR) return plain;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR === '0' || FORCE_COLOR === 'false' ? plain : coloured;
  return io.stdout.isTTY && TERM !== 'dumb' ? coloured : plain;
}
