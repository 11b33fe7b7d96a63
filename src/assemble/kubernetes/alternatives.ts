/** Which files of a folder are deployed together: files that define one object differently are alternatives. */
import { posix } from 'node:path';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import { digestOf } from './digest.ts';
import type { Manifest } from './manifest.ts';
import { bears, type KubernetesObject, keyOf } from './object.ts';

/** Files that are deployed together; the name is null where the folder has no alternatives. */
export interface Deployment {
  readonly variant: string | null;
  readonly manifests: readonly Manifest[];
}

/**
 * A folder that defines one object in more ways than this is a collection of examples, which nobody deploys as a whole.
 */
const MOST_ALTERNATIVES = 8;

/** A manifest with what it defines of the objects that other files of the folder define differently. */
interface Contested {
  readonly manifest: Manifest;
  readonly definitions: ReadonlyMap<string, string>;
}

interface Variant {
  readonly members: Manifest[];
  readonly definitions: Map<string, string>;
}

/**
 * The deployments of one folder: one where its files agree; where they do not, one for each set of alternatives, each
 * with the files that contradict none. Undefined for a collection of examples, whose files are each deployed alone.
 * `manifests` are sorted by path.
 */
export function alternativesOf(manifests: readonly Manifest[]): readonly Deployment[] | undefined {
  const contested = contestedIn(manifests);
  if (contested.length === 0) return [{ variant: null, manifests }];
  const variants: Variant[] = [];
  for (const { manifest, definitions } of contested) {
    let variant = fitting(variants, manifest, definitions);
    if (!variant) {
      if (variants.length === MOST_ALTERNATIVES) return undefined;
      variant = { members: [], definitions: new Map() };
      variants.push(variant);
    }
    variant.members.push(manifest);
    for (const [key, digest] of definitions) variant.definitions.set(key, digest);
  }
  const alternative = new Set(contested.map(({ manifest }) => manifest));
  const names = namesOf(variants.map(({ members }) => members[0] as Manifest));
  return variants.map(({ members }, index) => {
    const chosen = new Set(members);
    return {
      variant: names[index] as string,
      manifests: manifests.filter((manifest) => chosen.has(manifest) || !alternative.has(manifest)),
    };
  });
}

/** The manifests that define an object which another of them defines differently. Digests are made only where keys meet. */
function contestedIn(manifests: readonly Manifest[]): Contested[] {
  const holders = new Map<string, Map<Manifest, KubernetesObject>>();
  for (const manifest of manifests) {
    for (const object of manifest.objects) {
      if (object.generated || !bears(object)) continue;
      const key = keyOf(object);
      const holder = holders.get(key);
      if (holder) holder.set(manifest, object);
      else holders.set(key, new Map([[manifest, object]]));
    }
  }
  const definitions = new Map<Manifest, Map<string, string>>();
  for (const [key, holder] of holders) {
    if (holder.size === 1) continue;
    const digests = [...holder].map(([manifest, object]) => [manifest, digestOf(object.root)] as const);
    if (new Set(digests.map(([, digest]) => digest)).size === 1) continue;
    for (const [manifest, digest] of digests) {
      const own = definitions.get(manifest) ?? new Map<string, string>();
      definitions.set(manifest, own.set(key, digest));
    }
  }
  return manifests.flatMap((manifest) => {
    const own = definitions.get(manifest);
    return own ? [{ manifest, definitions: own }] : [];
  });
}

/** The variant that the file contradicts nothing of; of several the one whose name is most like its own. */
function fitting(
  variants: readonly Variant[],
  manifest: Manifest,
  definitions: ReadonlyMap<string, string>,
): Variant | undefined {
  let best: Variant | undefined;
  let likeness = -1;
  for (const variant of variants) {
    const agrees = [...definitions].every(([key, digest]) => (variant.definitions.get(key) ?? digest) === digest);
    const like = agrees ? alike(stem((variant.members[0] as Manifest).path), stem(manifest.path)) : -1;
    if (like > likeness) [best, likeness] = [variant, like];
  }
  return best;
}

/** How long the common beginning or end of two names is: `app-dev` goes with `config-dev`. */
function alike(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let front = 0;
  while (front < most && one[front] === other[front]) front++;
  let back = 0;
  while (back < most && one[one.length - 1 - back] === other[other.length - 1 - back]) back++;
  return Math.max(front, back);
}

/** The name of a file without its ending, unless two would share it (`web.yaml` and `web.json`). */
function namesOf(manifests: readonly Manifest[]): string[] {
  const stems = manifests.map(({ path }) => stem(path));
  return stems.map((name, index) =>
    stems.indexOf(name) === stems.lastIndexOf(name) ? name : posix.basename((manifests[index] as Manifest).path),
  );
}

function stem(path: string): string {
  return posix.basename(path).replace(/\.[^.]+$/, '');
}

/**
 * The objects of files that are deployed together, each once. Of one that a file defines twice the last stands, since it
 * is applied last; the notice says so.
 */
export function objectsOf(manifests: readonly Manifest[]): Result<readonly KubernetesObject[]> {
  const notices: Notice[] = [];
  const objects = new Map<string, KubernetesObject>();
  let generated = 0;
  for (const object of manifests.flatMap((manifest) => manifest.objects)) {
    if (object.generated || object.name === '') {
      objects.set(`#${generated++}`, object);
      continue;
    }
    const key = keyOf(object);
    const earlier = objects.get(key);
    if (earlier && digestOf(earlier.root) === digestOf(object.root)) continue;
    if (earlier && bears(object)) {
      const what = `${object.kind} ${object.namespace}/${object.name} is defined twice`;
      notices.push(notice('merge-conflict', `${what}: the last definition replaces this one.`, earlier.origin));
    }
    objects.set(key, object);
  }
  return { value: [...objects.values()], notices };
}
