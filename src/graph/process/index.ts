/**
 * What the process of a container listens on: read from its command line and environment as they are after image and
 * workload are joined, and from the habits of known images and programs (E12 of the specification of reachability, R88).
 */
import type { Catalogue, ImageEntry } from '../catalogue.ts';
import type { PortRange } from '../fragment.ts';
import type { ProcessListener, RunningContainer } from '../running.ts';
import { flaggedListeners, isClient } from './flags.ts';
import { habitualListeners } from './habit.ts';
import { imageEntry, parseReference, programEntry } from './images.ts';
import { environmentOf, type Invocation, invocationsOf } from './invocation.ts';
import { javaListeners, javaVariables } from './java.ts';
import { nodeInspectors } from './node.ts';
import { ownProgram } from './own.ts';
import { socketListeners } from './sockets.ts';
import { variableListeners } from './variables.ts';

export { imageEntry } from './images.ts';

/**
 * The listeners of one container. Those with evidence `coded` follow from its words and variables, `conventional` ones
 * from the habit of its image. Several may have one port, each with a role of its own. Init containers have none, since
 * they are gone before anybody calls.
 */
export function listenersOfContainer(container: RunningContainer, catalogue: Catalogue): readonly ProcessListener[] {
  if (container.fact.role === 'init') return [];
  const entry = container.image === null ? undefined : imageEntry(container.image, catalogue.images);
  // An image that nobody knows says nothing, and there is nothing else to read.
  if (!entry && !container.command && container.environment.size === 0) return [];
  const invocations = invocationsOf(container);
  const own = entry ? ownProgram(entry, container, invocations, catalogue) : null;
  const declared = declaredPorts(container);
  const tag = container.image === null ? null : parseReference(container.image).tag;
  const others = invocations.filter((invocation) => invocation !== own?.explains);
  const listeners = [
    ...(entry && own ? known(entry, own.invocation, tag, declared) : []),
    ...others.flatMap((invocation) => programListeners(invocation, declared, catalogue)),
    ...runtimeListeners(container, invocations),
  ];
  const silent = entry !== undefined && own !== null && entry.ports.length > 0;
  const told = silent || !tellsPort(listeners, invocations);
  return distinct(told ? listeners : [...listeners, ...variableListeners(environmentOf(container))]);
}

function programListeners(
  invocation: Invocation,
  declared: readonly PortRange[],
  catalogue: Catalogue,
): readonly ProcessListener[] {
  const entry = programEntry(invocation.program ?? '', invocation.arguments, catalogue.images);
  if (entry) return known(entry, invocation, null, declared);
  return isIdle(invocation) ? [] : [...socketListeners(invocation), ...flaggedListeners(invocation, NONE)];
}

const NONE: ReadonlySet<string> = new Set();

/** What a known program opens by habit, and by flags that are nobody's in particular. */
function known(
  entry: ImageEntry,
  invocation: Invocation,
  tag: string | null,
  declared: readonly PortRange[],
): readonly ProcessListener[] {
  const explained = new Set([...entry.ports.flatMap(({ movedBy = [] }) => movedBy), ...(entry.boundBy ?? [])]);
  return [...habitualListeners({ entry, invocation, tag, declared }), ...flaggedListeners(invocation, explained)];
}

/** What runtimes open besides the program: debuggers and the like. */
function runtimeListeners(container: RunningContainer, invocations: readonly Invocation[]): readonly ProcessListener[] {
  const environment = environmentOf(container);
  const unseen = { program: null, arguments: [], environment, origin: container.fact.image.origin, nested: false };
  const all = invocations.length > 0 ? invocations : [unseen];
  const words = all.flatMap((each) =>
    each.arguments.flatMap(({ text, origin }) => (text === null ? [] : [{ text, origin }])),
  );
  const direct = invocations.some(({ program }) => program === 'java');
  const options = [...words, ...javaVariables(environment, direct)];
  return [...all.flatMap(nodeInspectors), ...javaListeners(options, container.image)];
}

/** A port's variable counts where nothing else tells the port, and where something runs that may listen. */
function tellsPort(listeners: readonly ProcessListener[], invocations: readonly Invocation[]): boolean {
  const told = listeners.some(({ evidence, flag }) => evidence === 'coded' && flag === undefined);
  return !told && !(invocations.length > 0 && invocations.every(isIdle));
}

function isIdle({ program }: Invocation): boolean {
  return program !== null && isClient(program);
}

function declaredPorts({ ports, exposed }: RunningContainer): readonly PortRange[] {
  return [...ports, ...exposed].filter(({ protocol }) => protocol === 'tcp').map((port) => port.ports);
}

/** One listener for each port, protocol and role; what is coded says more than what is conventional. */
function distinct(listeners: readonly ProcessListener[]): readonly ProcessListener[] {
  const byKey = new Map<string, ProcessListener>();
  for (const listener of listeners) {
    const { ports, protocol, flag, evidence } = listener;
    const key = `${ports.from}-${ports.to}/${protocol}/${flag ?? ''}`;
    if (byKey.get(key)?.evidence !== 'coded' && (evidence === 'coded' || !byKey.has(key))) byKey.set(key, listener);
  }
  return [...byKey.values()];
}
