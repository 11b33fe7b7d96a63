/** What the instructions of a build leave behind: one pass over the stages that it goes through. */
import type { CheckFact, CommandLine, DeclaredPort, VariableFact } from '../../graph/fragment.ts';
import {
  argumentPairs,
  type Dockerfile,
  environmentPairs,
  execForm,
  type Instruction,
  type Line,
  type Pair,
  wordsOf,
} from '../../parsers/dockerfile/index.ts';
import type { Edit } from '../../source/edit.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { Unknown } from '../../source/value.ts';
import { type Expanded, expand } from './expand.ts';
import { declaredPort } from './ports.ts';
import { wordRemoval } from './removal.ts';
import { PLATFORM, type Stage, type Stages } from './stages.ts';

/** The part of an image that FROM hands on. */
export interface BuiltStage {
  readonly ports: readonly DeclaredPort[];
  readonly environment: readonly VariableFact[];
  readonly entrypoint: CommandLine | null;
  readonly command: CommandLine | null;
  readonly check: CheckFact | null;
}

interface State {
  readonly file: Dockerfile;
  /** The file as it is written; null where it stands inside another. */
  readonly text: string | null;
  readonly given: ReadonlyMap<string, string | Unknown>;
  readonly globals: ReadonlyMap<string, string | Unknown>;
  readonly notices: Notice[];
  readonly ports: DeclaredPort[];
  /** Words of EXPOSE so far, ports or not. */
  exposed: number;
  readonly environment: Map<string, VariableFact>;
  readonly arguments: Map<string, string | Unknown>;
  entrypoint: CommandLine | null;
  command: CommandLine | null;
  /** The stage that is being built has a CMD of its own, which ENTRYPOINT leaves alone. */
  ownCommand: boolean;
  check: CheckFact | null;
  /** What the stage below holds back for this one (ONBUILD). */
  triggers: Instruction[];
}

/** More ports than this are nobody's honest work; a variable names thousands in each line that it stands in. */
const MOST_PORTS = 4096;

/** Builds `chain`, whose first stage stands on an image of elsewhere; `given` are the arguments of the build. */
export function buildStages(
  { file, text }: { readonly file: Dockerfile; readonly text: string | null },
  stages: Stages,
  chain: readonly Stage[],
  given: ReadonlyMap<string, string | Unknown>,
): Result<BuiltStage> {
  const state: State = {
    file,
    text,
    given,
    globals: stages.globals,
    notices: [],
    ports: [],
    exposed: 0,
    environment: new Map(),
    arguments: new Map(),
    entrypoint: null,
    command: null,
    ownCommand: false,
    check: null,
    triggers: [],
  };
  for (const stage of chain) {
    const instructions = [...state.triggers, ...stage.instructions];
    state.triggers = [];
    state.ownCommand = false;
    for (const instruction of instructions) HANDLERS[instruction.keyword]?.(state, instruction);
  }
  const { ports, environment, entrypoint, command, check, notices } = state;
  const value = { ports, environment: [...environment.values()], entrypoint, command, check };
  return { value, notices };
}

/** The instructions that say something about ports and processes; the others are none of our matter. */
const HANDLERS: Readonly<Record<string, (state: State, instruction: Instruction) => void>> = {
  ARG: setArguments,
  ENV: setEnvironment,
  EXPOSE: exposePorts,
  ENTRYPOINT: (state, { rest }) => {
    state.entrypoint = commandLine(rest);
    if (!state.ownCommand) state.command = null;
  },
  CMD: (state, { rest }) => {
    state.command = commandLine(rest);
    state.ownCommand = true;
  },
  HEALTHCHECK: setCheck,
  ONBUILD: (state, { trigger }) => {
    if (trigger) state.triggers.push(trigger);
  },
};

/** An ARG of a stage: what the build gives, else its default, else the ARG of this name before the first FROM. */
function setArguments(state: State, { rest }: Instruction): void {
  for (const pair of argumentPairs(rest, state.file.escape)) {
    const own = pair.value === null ? (state.globals.get(pair.name) ?? PLATFORM[pair.name]) : pairValue(state, pair);
    const value = state.given.get(pair.name) ?? own;
    if (value !== undefined) state.arguments.set(pair.name, value);
  }
}

/** All values of one ENV see the variables as they were before it. */
function setEnvironment(state: State, { rest }: Instruction): void {
  const pairs = environmentPairs(rest, state.file.escape);
  const values = pairs.map((pair) => pairValue(state, pair));
  for (const [i, { name, origin }] of pairs.entries()) {
    state.environment.set(name, { name, value: values[i] ?? '', origin });
  }
}

function pairValue(state: State, { value, origin }: Pair): string | Unknown {
  return value === null ? '' : expanded(state, value, origin).value;
}

/** ENV is stronger than ARG, wherever they stand. */
function expanded(state: State, text: string, origin: Pair['origin']): Expanded {
  const lookup = (name: string) => state.environment.get(name)?.value ?? state.arguments.get(name);
  return expand(text, state.file.escape, lookup, origin);
}

function exposePorts(state: State, instruction: Instruction): void {
  const words = wordsOf(instruction.rest);
  for (const [index, { text, origin }] of words.entries()) {
    if (state.exposed > MOST_PORTS) return;
    const { value, unset } = expanded(state, text, origin);
    if (typeof value !== 'string') {
      state.notices.push(notice('not-evaluated', `EXPOSE ${text} is not known, because ${value.because}.`, origin));
    } else if (unset.length > 0) {
      const message = `EXPOSE ${text} exposes nothing, because no ARG or ENV of this Dockerfile sets ${unset.join(', ')}.`;
      state.notices.push(notice('variable-unset', message, origin));
    } else {
      const plain = value === text && state.text !== null;
      const removal = plain ? wordRemoval(state.text, instruction, words, index) : undefined;
      for (const word of value.split(/\s+/, MOST_PORTS + 2)) if (word !== '') exposePort(state, word, origin, removal);
    }
  }
}

function exposePort(state: State, word: string, origin: Pair['origin'], removal: Edit | undefined): void {
  state.exposed++;
  const port = declaredPort(word, origin);
  if (state.exposed > MOST_PORTS) {
    if (state.exposed > MOST_PORTS + 1) return;
    const message = `This image exposes more than ${MOST_PORTS} ports; the others are left out.`;
    state.notices.push(notice('expansion-limit', message, origin));
  } else if (port) {
    state.ports.push(removal ? { ...port, removal } : port);
  } else {
    const message = `EXPOSE ${word} is no port; write a number or a range, and tcp, udp or sctp behind a slash.`;
    state.notices.push(notice('invalid-value', message, origin));
  }
}

function setCheck(state: State, { rest, origin }: Instruction): void {
  const [, blanks, kind] = /^(\s*)(\S+)/.exec(rest.text) ?? [];
  if (kind?.toUpperCase() !== 'CMD') {
    state.check = null;
    return;
  }
  const command = commandLine(rest.from((blanks as string).length + kind.length));
  state.check = command && { kind: 'command', command, origin };
}

/** The command that a line gives in exec or in shell form; null for an empty one, which takes the inherited one away. */
function commandLine(line: Line): CommandLine | null {
  const words = execForm(line);
  if (words !== null)
    return words.length > 0 ? { words, shell: false, origin: line.from(leading(line)).origin() } : null;
  const text = line.text.trim();
  if (text === '') return null;
  const origin = line.origin(leading(line), leading(line) + text.length);
  return { words: [{ text, origin }], shell: true, origin };
}

function leading(line: Line): number {
  return line.text.length - line.text.trimStart().length;
}
