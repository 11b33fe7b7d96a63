/** What one build of a Dockerfile says of the image that it makes. */
import { inlinePlacing } from '../../assemble/docker/inline.ts';
import type { DockerUnit } from '../../assemble/unit.ts';
import type { Fragment, ImageFact, ImageUse } from '../../graph/fragment.ts';
import { type Dockerfile, parseDockerfile } from '../../parsers/dockerfile/index.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { Origin } from '../../source/span.ts';
import { type Unknown, unknown, type Value } from '../../source/value.ts';
import { buildStages } from './image.ts';
import { chainOf, type Stage, stagesOf, targetStage } from './stages.ts';

/**
 * The image of one build. Which workload runs it is the graph's to say; so is what its process listens on, because
 * workloads replace commands and variables.
 */
export function dockerFragment(unit: DockerUnit): Result<Fragment> {
  const { dockerfile, inline } = unit.build;
  const file = parseDockerfile(dockerfile, unit.text, inline && inlinePlacing(inline.pieces));
  const { value: image, notices } = imageOf(unit, file);
  const empty = { segments: [], workloads: [], gateways: [], guards: [], needs: [], configs: [], definitions: [] };
  return { value: { unit, ...empty, images: [image] }, notices: [...file.notices, ...notices] };
}

function imageOf(unit: DockerUnit, file: Dockerfile): Result<ImageFact> {
  const { build } = unit;
  const given = new Map([...build.args].map(([name, value]) => [name, argumentValue(name, value)]));
  const { value: stages, notices } = stagesOf(file, given);
  const stage = targetStage(stages, build.target);
  const known = { id: unit.id, names: build.names, files: unit.files };
  if (stage === undefined) {
    const { origin } = file;
    const nothing = { base: null, ports: [], environment: [], checks: [], origin };
    return { value: { ...known, ...nothing }, notices: [...notices, ...missingStage(unit, file)] };
  }
  const chain = chainOf(stage);
  const { value: built, notices: more } = buildStages(
    { file, text: build.inline ? null : unit.text },
    stages,
    chain,
    given,
  );
  return {
    value: {
      ...known,
      base: baseOf(chain[0] as Stage),
      ports: built.ports,
      environment: built.environment,
      ...(built.entrypoint && { entrypoint: built.entrypoint }),
      ...(built.command && { command: built.command }),
      checks: built.check ? [built.check] : [],
      origin: stage.base.origin,
    },
    notices: [...notices, ...more],
  };
}

function baseOf(bottom: Stage): ImageUse | null {
  const { reference, origin } = bottom.base;
  return reference === 'scratch' ? null : { reference, origin };
}

function missingStage(unit: DockerUnit, file: Dockerfile): readonly Notice[] {
  const { dockerfile, target, origin } = unit.build;
  if (target !== null && file.instructions.length > 0) {
    const message = `${dockerfile} has no stage ${target}, so nothing is known of this image; correct the target.`;
    return [notice('reference-missing', message, origin ?? file.origin)];
  }
  const message = `${dockerfile} has no FROM, so it builds no image.`;
  return [notice('invalid-value', message, file.instructions[0]?.origin ?? file.origin)];
}

function argumentValue(name: string, value: Value): string | Unknown {
  if (value.kind === 'unknown') return value;
  const origin: Origin = value.origin;
  if (value.kind === 'scalar' && value.value !== null) return value.text;
  return unknown(`the build argument ${name} is taken from the environment of who builds it`, origin);
}
