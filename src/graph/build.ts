/** From fragments to the exposure graph: the whole stage on one screen. */
import { type Notice, notice } from '../source/notice.ts';
import type { Result } from '../source/result.ts';
import type { Catalogue } from './catalogue.ts';
import { isLoopback, ownClaims } from './claim.ts';
import { type Elsewhere, elsewhereIn } from './elsewhere.ts';
import { partition } from './environment.ts';
import { exposuresOf } from './exposure.ts';
import { follower } from './forward.ts';
import type { Fragment } from './fragment.ts';
import { claimsOfDoors, linkGateways } from './gateway.ts';
import { attachGuards } from './guard.ts';
import { imageWorkloads } from './image-workload.ts';
import { type Images, imagesOf } from './link.ts';
import { listenersOf } from './listener.ts';
import { findNeeds } from './need/index.ts';
import { place } from './place-units.ts';
import { rowsOf } from './reach/rows.ts';
import { runWorkloads } from './run.ts';
import { selectFrom } from './select.ts';
import { stageOf } from './stage.ts';
import { standingsOf } from './standing.ts';
import { unitsOf } from './unit-info.ts';
import type { Assumptions, Environment, ExposureGraph, Link } from './vocabulary.ts';

/**
 * Joins the fragments of all units into environments and finds out who reaches what. The answer does not depend on the
 * order of `fragments`.
 *
 * @param catalogue what is known of ports and images beforehand
 * @param assume what the code cannot show
 */
export function buildGraph(
  fragments: readonly Fragment[],
  catalogue: Catalogue,
  assume: Assumptions,
): Result<ExposureGraph> {
  const images = imagesOf(fragments, () => false);
  const known = { images, catalogue, assume, elsewhere: elsewhereIn(fragments) };
  const deployed = partition(fragments.filter(({ unit }) => unit.technology !== 'docker'));
  const built = deployed.map((units) => buildEnvironment(units, known));
  const run = new Set(built.flatMap(({ links }) => links.map(({ to }) => to)));
  const idle = imageWorkloads(images, run).map((unit) => buildEnvironment([unit], known));
  const all = [...built, ...idle];
  return {
    value: {
      environments: all.map(({ environment }) => environment).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
      links: built.flatMap(({ links }) => links),
    },
    notices: all.flatMap(({ notices }) => notices),
  };
}

/** What every environment is built with. */
interface Known {
  readonly images: Images;
  readonly catalogue: Catalogue;
  readonly assume: Assumptions;
  readonly elsewhere: Elsewhere;
}

interface Built {
  readonly environment: Environment;
  readonly links: readonly Link[];
  readonly notices: readonly Notice[];
}

function buildEnvironment(units: readonly Fragment[], known: Known): Built {
  const { images, catalogue, assume } = known;
  const placed = place(units);
  const { segments, unique } = placed;
  const running = runWorkloads(placed.workloads, images, segments, placed.configs);
  const { workloads } = running;
  const select = selectFrom(workloads);

  const follow = follower(placed.gateways, workloads, select);
  const followed = placed.gateways.map((gateway) => ({
    gateway,
    doors: gateway.fact.doors.map((door) => follow(gateway, door)),
  }));
  const own = workloads.flatMap((workload) =>
    workload.containers
      .filter(({ fact }) => fact.role !== 'init')
      .map((container) => ({ workload, container, claims: ownClaims(container, []) })),
  );
  const added = claimsOfDoors(followed, own, () => null);
  const claimed = own.map((each) => ({ ...each, claims: [...each.claims, ...(added.get(each.container) ?? [])] }));
  const listeners = listenersOf(claimed, catalogue, unique);
  const gateways = linkGateways(followed, listeners, workloads, known.elsewhere);

  const { guards, isolating } = attachGuards(placed.guards, workloads, select);
  const { standings, neighbours, reservations } = standingsOf(workloads, segments, placed.shared, isolating);
  const exposures = exposuresOf({ workloads, listeners, gateways, segments, neighbours, reservations, assume, unique });
  const { reachability, left } = rowsOf(
    standings,
    listeners,
    ({ bind }) => bind !== null && isLoopback(bind),
    (index) => unique(`${placed.id}::class-${index + 1}`),
  );
  const needs = findNeeds({ workloads, gateways, listeners, stated: placed.stated(workloads), select, catalogue });

  const notices: Notice[] = [];
  const [guard] = guards;
  if (guard) {
    const count = guards.length === 1 ? `${guard.kind} "${guard.name}" is` : `${guards.length} guards are`;
    const message = `${count} read but not evaluated: what lies behind is "possible" until it is`;
    notices.push(notice('not-evaluated', message, guard.origins[0] as Notice['origin']));
  }
  if (left > 0) {
    const origin = (listeners[0] as (typeof listeners)[0]).workload.origins[0] as Notice['origin'];
    notices.push(
      notice('expansion-limit', `Who reaches ${left} of the ports in ${placed.id} is not listed: too many`, origin),
    );
  }
  return {
    environment: {
      id: placed.id,
      stage: stageOf((units[0] as Fragment).unit),
      units: unitsOf(units, running.images),
      segments: [...segments.values()],
      workloads: workloads.map(({ workload }) => workload),
      listeners,
      gateways: gateways.map(({ gateway }) => gateway),
      guards,
      exposures,
      reachability,
      needs,
    },
    links: running.links,
    notices,
  };
}
