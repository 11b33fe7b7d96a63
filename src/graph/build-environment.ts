/** One environment, step by step. */
import { type Notice, notice } from '../source/notice.ts';
import type { Catalogue } from './catalogue.ts';
import { place } from './environment/place-units.ts';
import { stageOf } from './environment/stage.ts';
import { unitsOf } from './environment/unit-info.ts';
import { exposuresOf } from './exposure/index.ts';
import type { Environment } from './exposure-graph.ts';
import type { Fragment } from './fragment.ts';
import type { Elsewhere } from './gateway/elsewhere.ts';
import { followAll } from './gateway/forward.ts';
import { linkGateways } from './gateway/index.ts';
import { isLoopback } from './listener/bind.ts';
import { claimContainers } from './listener/claimed.ts';
import { listenersOf } from './listener/index.ts';
import { scrapesOf } from './listener/scrape.ts';
import { findNeeds, readMentions, withCalledPorts } from './need/index.ts';
import { attachGuards } from './reach/guard.ts';
import { rowsOf } from './reach/rows.ts';
import { standingsOf } from './reach/standing.ts';
import type { RunningWorkload } from './running.ts';
import type { Assumptions, Link } from './vocabulary.ts';
import type { Images } from './workload/images.ts';
import { runWorkloads } from './workload/run.ts';
import { selectFrom } from './workload/select.ts';

/** What every environment is built with. */
export interface Known {
  readonly images: Images;
  readonly catalogue: Catalogue;
  readonly assume: Assumptions;
  readonly elsewhere: Elsewhere;
}

/** An environment, and what tells it apart from the graph: links lead out of it. */
export interface Built {
  readonly environment: Environment;
  readonly links: readonly Link[];
  readonly notices: readonly Notice[];
}

/** Builds the environment in which `units` land together; the first is its main unit. */
export function buildEnvironment(units: readonly Fragment[], known: Known): Built {
  const placed = place(units);
  const { id, segments, unique } = placed;
  const { workloads, links, images } = runWorkloads(placed.workloads, known.images, segments, placed.configs);
  const select = selectFrom(workloads);

  const followed = followAll(placed.gateways, workloads, select);
  const gatewayFacts = placed.gateways.map(({ fact }) => fact);
  const mentions = readMentions(workloads, gatewayFacts, known.catalogue);
  const stated = placed.stated(workloads);
  const declared = claimContainers(workloads, followed.value, scrapesOf(stated, select), known.catalogue);
  const claimed = withCalledPorts(declared, mentions);
  const opened = listenersOf(claimed, known.catalogue, unique);
  const { listeners, openers } = opened.value;
  const gateways = linkGateways(followed.value, listeners, workloads, known.elsewhere);

  const guarding = attachGuards(placed.guards, workloads, select);
  const standing = standingsOf(workloads, segments, placed.shared, guarding.value.isolating);
  const exposures = exposuresOf({
    ...standing,
    workloads,
    listeners,
    openers,
    gateways,
    segments,
    assume: known.assume,
    unique,
  });
  const rows = rowsOf(
    standing.standings,
    listeners,
    ({ bind }) => isLoopback(bind),
    (index) => unique(`${id}::class-${index + 1}`),
  );
  const needs = findNeeds({
    workloads,
    mentions,
    gateways,
    listeners,
    stated,
    select,
    catalogue: known.catalogue,
  });

  return {
    environment: {
      id,
      stage: stageOf((units[0] as Fragment).unit),
      units: unitsOf(units, images),
      segments: [...segments.values()],
      workloads: workloads.map(({ workload }) => workload),
      listeners,
      gateways: gateways.map(({ gateway }) => gateway),
      guards: guarding.value.guards,
      exposures,
      reachability: rows.reachability,
      needs: needs.value,
    },
    links,
    notices: [
      ...followed.notices,
      ...opened.notices,
      ...needs.notices,
      ...guarding.notices,
      ...unlisted(id, rows.left, workloads),
    ],
  };
}

function unlisted(id: string, left: number, [first]: readonly RunningWorkload[]): readonly Notice[] {
  if (left === 0 || !first) return [];
  const message = `Who reaches ${left} of the ports in ${id} is not listed: its networks tell too many workloads apart`;
  return [notice('expansion-limit', message, first.fact.origin)];
}
