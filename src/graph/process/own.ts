/** Whether a container of a known image runs what the image is known for, and with which words. */
import type { Catalogue, ImageEntry } from '../catalogue.ts';
import type { RunningContainer } from '../running.ts';
import { isClient } from './flags.ts';
import { programEntry, runsEntry } from './images.ts';
import { environmentOf, type Invocation, wordsOf } from './invocation.ts';
import { isScript } from './wrappers.ts';

/** The program that the image is known for, as this container starts it. */
export interface OwnProgram {
  /** How it is started; its program is null where the image's own entrypoint starts it. */
  readonly invocation: Invocation;
  /** The one of the container's invocations that is thereby explained; null for none. */
  readonly explains: Invocation | null;
}

/** Programs that run other people's code: an image that is told to start one is no longer what it is known for. */
const RUNTIMES =
  /^(?:node(?:js)?|npm|npx|yarn|pnpm|bun|deno|python[\d.]*|ruby|perl|php[\d.]*|java|dotnet|go|cargo|bundle|sh|bash|ash|dash)$/;

/**
 * The program of `entry` in a container of its image: named by the command line, started by a script of the image, or
 * started by the image's entrypoint with the command's words. Null where the command line runs something else.
 */
export function ownProgram(
  entry: ImageEntry,
  container: RunningContainer,
  invocations: readonly Invocation[],
  catalogue: Catalogue,
): OwnProgram | null {
  const named = invocations.find(
    ({ program, arguments: words }) => program !== null && runsEntry(entry, program, words),
  );
  if (named) return { invocation: named, explains: named };
  const script = invocations.find(({ program }) => program !== null && isScript(program));
  if (script) return { invocation: { ...script, program: null }, explains: script };
  const [first] = invocations;
  if (first === undefined) return { invocation: started(container), explains: null };
  const overridden = container.fact.entrypoint !== undefined || container.build?.entrypoint !== undefined;
  if (overridden || first.nested) return null;
  if (first.program === null) return { invocation: started(container), explains: first };
  const isSubcommand =
    !isClient(first.program) &&
    !RUNTIMES.test(first.program) &&
    !/[/.\s]/.test(first.program) &&
    !programEntry(first.program, first.arguments, catalogue.images);
  return isSubcommand ? { invocation: started(container), explains: first } : null;
}

/** The image's entrypoint with all the words of the command. */
function started(container: RunningContainer): Invocation {
  const { origin } = container.fact.image;
  return { program: null, arguments: wordsOf(container), environment: environmentOf(container), origin, nested: false };
}
