/** What the strings of a running container mention: its environment, its command line, its checks, its configs (E1–E4). */
import type { Catalogue } from '../catalogue.ts';
import type { CommandLine, GatewayFact, VariableFact } from '../fragment.ts';
import { type PortIndex, portIndex } from '../listener/port-index.ts';
import { readScript } from '../process/shell.ts';
import type { RunningContainer, RunningWorkload } from '../running.ts';
import { settingsOfCommand, type Token } from './command.ts';
import { expand, type Lookup } from './expand.ts';
import { injectedVariables } from './injected.ts';
import { settingsOfText } from './payload.ts';
import { type Mention, mentionsIn, type Setting } from './setting.ts';

/** The hosts that the strings of workloads mention; those that mention none are not in it. */
export type Mentions = ReadonlyMap<RunningWorkload, readonly Mention[]>;

/** Reads the strings of all workloads; `gateways` are those whose variables the platform gives to pods. */
export function readMentions(
  workloads: readonly RunningWorkload[],
  gateways: readonly GatewayFact[],
  catalogue: Catalogue,
): Mentions {
  const index = portIndex(catalogue.ports);
  const injected = injectedVariables(gateways);
  const mentions = new Map<RunningWorkload, readonly Mention[]>();
  for (const workload of workloads) {
    const variables = injected(workload);
    const found = workload.containers.flatMap((container) => mentionsOf(container, variables, index));
    if (found.length > 0) mentions.set(workload, found);
  }
  return mentions;
}

/** Every host that the container's strings mention, as far as the code shows them; `injected` are variables of the platform. */
function mentionsOf(container: RunningContainer, injected: Lookup, index: PortIndex): readonly Mention[] {
  const { environment, payloads, command, checks } = container;
  const lookup: Lookup = (name) => textOf(environment.get(name)) ?? injected(name);
  const variables = [...environment.values()].flatMap((variable): readonly Setting[] => {
    const value = textOf(variable);
    return value === null ? [] : [{ name: variable.name, value: expand(value, lookup), origin: variable.origin }];
  });
  const texts = payloads.map((payload) => settingsOfText(expand(textOf(payload) ?? '', lookup), payload.origin));
  const commands = command ? commandsIn(command, lookup) : [];
  const asked = checks.flatMap((check) => (check.command ? commandsIn(check.command, lookup) : []));
  return [
    ...mentionsIn(variables, 'environment', index),
    ...commands.flatMap((words) => mentionsIn(settingsOfCommand(words), 'command', index)),
    ...asked.flatMap((words) => mentionsIn(settingsOfCommand(words), 'probe', index)),
    ...texts.flatMap((settings) => mentionsIn(settings, 'config', index)),
  ];
}

function textOf(variable: VariableFact | undefined): string | null {
  return typeof variable?.value === 'string' ? variable.value : null;
}

/** The simple commands of a command line: itself, and those of every word that is a script (`sh -c "…"`). */
function commandsIn({ words }: CommandLine, lookup: Lookup): readonly (readonly Token[])[] {
  const own = words.map(({ text, origin }) => ({ text: expand(text, lookup), origin }));
  const scripts = words
    .filter(({ text }) => /\s/.test(text))
    .flatMap(({ text, origin }) => {
      const variable = (name: string): VariableFact | undefined => {
        const value = lookup(name);
        return value === undefined ? undefined : { name, value, origin };
      };
      return readScript(expand(text, lookup), variable, () => origin);
    })
    .map((command) => command.words.flatMap(({ text, origin }) => (text === null ? [] : [{ text, origin }])));
  return [own.filter(({ text }) => !/\s/.test(text)), ...scripts];
}
