/** From fragments to the exposure graph: the whole stage on one screen. */
import { type Notice, notice } from '../source/notice.ts';
import { byText } from '../source/order.ts';
import type { Result } from '../source/result.ts';
import { buildEnvironment } from './build-environment.ts';
import type { Catalogue } from './catalogue.ts';
import { declaredName, liesIn, ownersOf } from './environment/declared.ts';
import { partition } from './environment/partition.ts';
import { uniqueNames } from './environment/place-units.ts';
import type { ExposureGraph } from './exposure-graph.ts';
import type { Fragment } from './fragment.ts';
import { elsewhereIn } from './gateway/elsewhere.ts';
import { withSettledTargets } from './gateway/settle.ts';
import { withSureEdits } from './gateway/sure-edit.ts';
import type * as Guarding from './guarding.ts';
import { imageEntry } from './process/index.ts';
import type { Assumptions } from './vocabulary.ts';
import { imageWorkloads } from './workload/image-workload.ts';
import { imagesOf } from './workload/images.ts';

/**
 * Joins the fragments of all units into environments and finds out who reaches what. The answer does not depend on the
 * order of `fragments`.
 *
 * @param catalogue what is known of ports and images beforehand
 * @param assume what the code cannot show
 * @param guarding loaded by the caller where a fragment has guards; throws where it is missing then
 */
export function buildGraph(
  fragments: readonly Fragment[],
  catalogue: Catalogue,
  assume: Assumptions,
  guarding: typeof Guarding | null = null,
): Result<ExposureGraph> {
  const sorted = [...withSettledTargets(withSureEdits(fragments))].sort(byText(({ unit }) => unit.id));
  const images = imagesOf(sorted, (reference) => imageEntry(reference, catalogue.images) !== undefined);
  const known = { images, catalogue, assume, elsewhere: elsewhereIn(sorted), guarding };
  const landing = sorted.filter(({ unit }) => unit.technology !== 'docker');
  const owners = ownersOf(landing, assume.environments);
  const unique = uniqueNames();
  const built = partition(landing, assume.environments).map((units) => {
    const named = declaredName(units, owners);
    return buildEnvironment(units, known, named && { ...named, id: unique(named.id) });
  });
  const run = new Set(built.flatMap(({ links }) => links.map(({ to }) => to)));
  const idle = imageWorkloads(images, run).map((unit) => buildEnvironment([unit], known));
  const all = [...built, ...idle].sort(byText(({ environment }) => environment.id));
  return {
    // That an image that runs alone is built from its own Dockerfile is no news: only others have links.
    value: { environments: all.map(({ environment }) => environment), links: built.flatMap(({ links }) => links) },
    notices: [...all.flatMap(({ notices }) => notices), ...emptyFolders(landing, assume)],
  };
}

/** One notice for each folder of a declared environment from which nothing is deployed: its name may be wrong. */
function emptyFolders(landing: readonly Fragment[], { environments }: Assumptions): readonly Notice[] {
  return environments.flatMap(({ name, root, links, origin }) =>
    [root, ...links]
      .filter((folder) => !landing.some((unit) => liesIn(unit, folder)))
      .map((folder) => {
        const message = `Nothing is deployed from ${folder}, which the environment ${name} names: give the folder of a compose file, a root module, a chart or manifests.`;
        return notice('environment-empty', message, origin);
      }),
  );
}
