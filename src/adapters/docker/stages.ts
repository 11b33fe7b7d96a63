/** The stages of a Dockerfile, and those of them that one build goes through. */
import {
  argumentPairs,
  type Dockerfile,
  type Instruction,
  type SourceWord,
  wordsOf,
} from '../../parsers/dockerfile/index.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { Origin } from '../../source/span.ts';
import { type Unknown, unknown } from '../../source/value.ts';
import { expand } from './expand.ts';

/** What one FROM begins. */
export interface Stage {
  /** Lower case; null for a stage without a name. */
  readonly name: string | null;
  /** What FROM names, variables filled in; the stage of this file that it means is in `parent`. */
  readonly base: { readonly reference: string | Unknown; readonly origin: Origin };
  readonly parent: Stage | null;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, and what stands before them. */
export interface Stages {
  /** In the order of the file. */
  readonly all: readonly Stage[];
  /** The ARGs before the first FROM: only FROM sees them, and a stage that asks for one by name. */
  readonly globals: ReadonlyMap<string, string | Unknown>;
}

/** What is taken for the variables that the builder sets by itself: it is run on the commonest machine. */
export const PLATFORM: Readonly<Record<string, string>> = {
  TARGETPLATFORM: 'linux/amd64',
  TARGETOS: 'linux',
  TARGETARCH: 'amd64',
  TARGETVARIANT: '',
  BUILDPLATFORM: 'linux/amd64',
  BUILDOS: 'linux',
  BUILDARCH: 'amd64',
  BUILDVARIANT: '',
};

/** Takes the stages apart; `given` are the arguments of the build. */
export function stagesOf(file: Dockerfile, given: ReadonlyMap<string, string | Unknown>): Result<Stages> {
  const notices: Notice[] = [];
  const all: Stage[] = [];
  const byName = new Map<string, Stage>();
  const globals = new Map<string, string | Unknown>();
  let instructions: Instruction[] | null = null;
  for (const instruction of file.instructions) {
    if (instruction.keyword === 'FROM') {
      instructions = [];
      const stage = startStage(file, instruction, globals, byName, instructions, notices);
      if (stage === null) continue;
      all.push(stage);
      // The index is a name too, but a stage that is called by a number is meant first.
      const index = String(all.length - 1);
      if (!byName.has(index)) byName.set(index, stage);
      if (stage.name !== null) byName.set(stage.name, stage);
    } else if (instructions !== null) {
      instructions.push(instruction);
    } else if (instruction.keyword === 'ARG') {
      for (const { name, value, origin } of argumentPairs(instruction.rest, file.escape)) {
        const lookup = (other: string) => globals.get(other) ?? PLATFORM[other];
        const own = value === null ? undefined : expand(value, file.escape, lookup, origin).value;
        const result = given.get(name) ?? own;
        if (result !== undefined) globals.set(name, result);
      }
    }
  }
  return { value: { all, globals }, notices };
}

function startStage(
  file: Dockerfile,
  from: Instruction,
  globals: ReadonlyMap<string, string | Unknown>,
  byName: ReadonlyMap<string, Stage>,
  instructions: readonly Instruction[],
  notices: Notice[],
): Stage | null {
  const [image, as, name] = wordsOf(from.rest);
  if (image === undefined) {
    notices.push(notice('invalid-value', 'FROM names no image, so this stage is not analysed.', from.origin));
    return null;
  }
  const reference = baseReference(file, image, globals, notices);
  return {
    name: as?.text.toLowerCase() === 'as' && name ? name.text.toLowerCase() : null,
    base: { reference, origin: image.origin },
    parent: (typeof reference === 'string' ? byName.get(reference.toLowerCase()) : undefined) ?? null,
    instructions,
  };
}

function baseReference(
  file: Dockerfile,
  image: SourceWord,
  globals: ReadonlyMap<string, string | Unknown>,
  notices: Notice[],
): string | Unknown {
  const assumed: string[] = [];
  const lookup = (name: string) => {
    const known = globals.get(name);
    if (known === undefined && PLATFORM[name] !== undefined) assumed.push(`${name} is taken for ${PLATFORM[name]}`);
    return known ?? PLATFORM[name];
  };
  const { value, unset } = expand(image.text, file.escape, lookup, image.origin);
  if (assumed.length > 0) {
    const message = `This image depends on the machine that builds it: ${assumed.join(', ')}.`;
    notices.push(notice('not-evaluated', message, image.origin));
  }
  if (unset.length === 0) return value;
  const message = `FROM uses ${unset.join(', ')}, to which no ARG before the first FROM gives a value; give it a default.`;
  notices.push(notice('variable-unset', message, image.origin));
  return unknown(`${unset[0]} has no value`, image.origin);
}

/** The stage that `target` means, by name or index; the last one where nothing is asked for. */
export function targetStage(stages: Stages, target: string | null): Stage | undefined {
  if (target === null) return stages.all.at(-1);
  const named = stages.all.findLast((stage) => stage.name === target.toLowerCase());
  return named ?? (/^\d{1,9}$/.test(target) ? stages.all[Number(target)] : undefined);
}

/** The stages that `stage` stands on, the bottom one first, itself last. */
export function chainOf(stage: Stage): readonly Stage[] {
  const chain: Stage[] = [];
  for (let current: Stage | null = stage; current !== null; current = current.parent) chain.push(current);
  return chain.reverse();
}
