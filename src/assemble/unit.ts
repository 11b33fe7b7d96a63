/** What one command deploys, put together from the files that it reads. */
import type { Comment } from '../source/comment.ts';
import type { Origin } from '../source/span.ts';
import type { UnitIdentity } from '../source/unit.ts';
import type { Mapping, Scalar, Value } from '../source/value.ts';
import type { TerraformUnit } from './terraform/unit.ts';

/** What adapters take, one kind a technology. */
export type Unit = ComposeUnit | KubernetesUnit | DockerUnit | TerraformUnit;

/** A compose file set, merged: includes, extends and overrides done, variables and the files of `env_file` filled in. */
export interface ComposeUnit extends UnitIdentity {
  readonly technology: 'compose';
  /** The project name, from which the names of its networks are made. */
  readonly project: string;
  /** The merged file; every value's origin is the line of the layer that a person would edit. */
  readonly model: Mapping;
  /** Deployed by `docker stack`: published ports stand on every node, host addresses are ignored (R86). */
  readonly swarm: boolean;
  /** The profiles that are on without anybody asking (`COMPOSE_PROFILES` in `.env`). */
  readonly profiles: readonly string[];
}

/** Manifests that land in one cluster together, `List` kinds taken apart. */
export interface KubernetesUnit extends UnitIdentity {
  readonly technology: 'kubernetes';
  readonly objects: readonly Mapping[];
  /** Of a chart: the files that are no YAML before they are rendered, and the comments that came out of them. */
  readonly rendered?: { readonly files: ReadonlySet<string>; readonly comments: () => readonly Comment[] };
}

/** One build of one Dockerfile. */
export interface DockerUnit extends UnitIdentity {
  readonly technology: 'docker';
  readonly build: Build;
  readonly text: string;
}

/** How an image is built. Two builds with the same id are the same image. */
export interface Build {
  /** Path of the Dockerfile, or of the compose file that holds it. */
  readonly dockerfile: string;
  /** The Dockerfile as a service of a compose file holds it: the pieces of its text, each at its place. */
  readonly inline?: { readonly service: string; readonly pieces: readonly Scalar[] };
  readonly target: string | null;
  readonly args: ReadonlyMap<string, Value>;
  /** References that the one who builds it gives it. */
  readonly names: readonly string[];
  /** The line that asks for it; absent where only the Dockerfile itself does. */
  readonly origin?: Origin;
}

/** What the docker unit of a build is called besides its target and arguments: `vote/Dockerfile`, `compose.yaml[vote]`. */
export function buildRoot({ dockerfile, inline }: Pick<Build, 'dockerfile' | 'inline'>): string {
  return inline ? `${dockerfile}[${inline.service}]` : dockerfile;
}

/** The id of the docker unit of a build: `docker:vote/Dockerfile#dev?A=1&B=2`. */
export function buildId(build: Pick<Build, 'dockerfile' | 'inline' | 'target' | 'args'>): string {
  const args = [...build.args]
    .map(([name, value]) => `${name}=${value.kind === 'scalar' ? value.text : ''}`)
    .sort()
    .join('&');
  return `docker:${buildRoot(build)}${build.target ? `#${build.target}` : ''}${args ? `?${args}` : ''}`;
}
