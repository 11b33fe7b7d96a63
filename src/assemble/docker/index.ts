/** Docker units: one for every build that somebody asks for, and one for every Dockerfile that nobody does. */
import { formatOf } from '../../parsers/index.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { byText } from '../../source/order.ts';
import type { Result } from '../../source/result.ts';
import type { Reading } from '../../source/tree.ts';
import type { Files } from '../files.ts';
import { type Build, buildId, buildRoot, type DockerUnit } from '../unit.ts';
import { inlineText } from './inline.ts';
import { skaffoldBuilds } from './skaffold.ts';

/**
 * The units of `builds` (what compose files ask for), of the artifacts of every `skaffold.yaml`, and of each Dockerfile of
 * the tree that none of them builds, as `docker build` without options makes it. Builds with one id are one unit, with
 * the names of all of them. A Dockerfile that is asked for and cannot be read is a notice where it is asked for. Sorted
 * by id.
 */
export function assembleDocker(files: Files, builds: readonly Build[]): Result<readonly DockerUnit[]> {
  const notices: Notice[] = [];
  const units = new Map<string, DockerUnit>();
  const asked = new Set<string>();
  for (const build of [...builds, ...skaffoldBuilds(files)]) {
    if (build.inline) {
      addUnit(units, build, inlineText(build.inline.pieces));
      continue;
    }
    asked.add(build.dockerfile);
    const reading = files.read(build.dockerfile);
    if (reading.kind === 'text') addUnit(units, build, reading.text);
    else if (build.origin)
      notices.push(notice('reference-missing', unreadable(build.dockerfile, reading), build.origin));
  }
  for (const path of files.paths) {
    if (formatOf(path) !== 'dockerfile' || asked.has(path)) continue;
    const reading = files.read(path);
    if (reading.kind === 'text')
      addUnit(units, { dockerfile: path, target: null, args: new Map(), names: [] }, reading.text);
  }
  return { value: [...units.values()].sort(byText(({ id }) => id)), notices };
}

function addUnit(units: Map<string, DockerUnit>, build: Build, text: string): void {
  const id = buildId(build);
  const names = [...new Set([...(units.get(id)?.build.names ?? []), ...build.names])].sort();
  const plain = buildId({ ...build, target: null, args: new Map() });
  units.set(id, {
    id,
    technology: 'docker',
    root: buildRoot(build),
    variant: id === plain ? null : id.slice(plain.length).replace(/^#/, ''),
    files: [build.dockerfile],
    build: { ...(units.get(id)?.build ?? build), names },
    text,
  });
}

function unreadable(path: string, reading: Exclude<Reading, { readonly kind: 'text' }>): string {
  if (reading.kind === 'missing') {
    return `There is no Dockerfile at ${path}, so nothing is known of this image; correct the path or add the file.`;
  }
  return `The Dockerfile at ${path} cannot be read (${reading.because}), so nothing is known of this image.`;
}
