import { posix } from 'node:path';
import { at, entriesOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import type { Files } from '../files.ts';
import type { Build } from '../unit.ts';

/**
 * The builds of every `skaffold.yaml` of the tree: they say under which name a Dockerfile's image is deployed. Artifacts
 * that another builder makes, and Dockerfiles that do not exist, are left out.
 */
export function skaffoldBuilds(files: Files): readonly Build[] {
  return files.paths
    .filter((path) => /(^|\/)skaffold\.ya?ml$/.test(path))
    .flatMap((path) => {
      const documents = files.parsed(path)?.documents ?? [];
      return documents.flatMap(({ root }) =>
        itemsOf(at(root ?? undefined, 'build', 'artifacts')).flatMap((artifact) => artifactBuild(path, artifact)),
      );
    })
    .filter((build) => files.read(build.dockerfile).kind === 'text');
}

function artifactBuild(path: string, artifact: Value): readonly Build[] {
  const image = textOf(at(artifact, 'image'));
  if (image === undefined) return [];
  const context = textOf(at(artifact, 'context')) ?? '.';
  const docker = at(artifact, 'docker');
  const dockerfile = posix.join(posix.dirname(path), context, textOf(at(docker, 'dockerfile')) ?? 'Dockerfile');
  const args = new Map<string, Value>();
  for (const { key, value } of entriesOf(at(docker, 'buildArgs'))) args.set(key, value);
  return [{ dockerfile, target: textOf(at(docker, 'target')) ?? null, args, names: [image], origin: artifact.origin }];
}
