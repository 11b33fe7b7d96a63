/** One environment, step by step. */
import type { Notice } from '../source/notice.ts';
import type { Catalogue } from './catalogue.ts';
import { place } from './environment/place-units.ts';
import { stageOf } from './environment/stage.ts';
import { unitsOf } from './environment/unit-info.ts';
import { exposuresOf } from './exposure/index.ts';
import { UNGUARDED } from './exposure/passage.ts';
import { unseenWays } from './exposure/unseen.ts';
import type { Environment } from './exposure-graph.ts';
import type { Fragment } from './fragment.ts';
import type { Elsewhere } from './gateway/elsewhere.ts';
import { followAll } from './gateway/forward.ts';
import { linkGateways } from './gateway/index.ts';
import { standGateways } from './gateway/stand.ts';
import type * as Guarding from './guarding.ts';
import { isLoopback } from './listener/bind.ts';
import { claimContainers } from './listener/claimed.ts';
import { listenersOf } from './listener/index.ts';
import { withRelayedRoles } from './listener/relayed.ts';
import { scrapesOf } from './listener/scrape.ts';
import { findNeeds, readMentions, withCalledPorts } from './need/index.ts';
import { attachGuards } from './reach/guard.ts';
import { rowsOf } from './reach/rows.ts';
import { standingsOf } from './reach/standing.ts';
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
  /** May be null where no unit has guards. */
  readonly guarding: typeof Guarding | null;
}

/** An environment, and what tells it apart from the graph: links lead out of it. */
export interface Built {
  readonly environment: Environment;
  readonly links: readonly Link[];
  readonly notices: readonly Notice[];
}

/**
 * Builds the environment in which `units` land together; the first is its main unit.
 *
 * @param named what somebody calls it and says that it is for
 */
export function buildEnvironment(
  units: readonly Fragment[],
  known: Known,
  named: Pick<Environment, 'id' | 'stage'> | null = null,
): Built {
  const main = (units[0] as Fragment).unit;
  const placed = place(units, named?.id ?? main.id);
  const { id, segments, unique } = placed;
  const { workloads, links, images } = runWorkloads(placed.workloads, known.images, segments, placed.configs);
  const select = selectFrom(workloads, placed.namespaces);

  const stood = standGateways({ ...placed, select });
  const followed = followAll(stood.value.gateways, workloads, select);
  const gatewayFacts = stood.value.gateways.map(({ fact }) => fact);
  const mentions = readMentions(workloads, gatewayFacts, known.catalogue);
  const stated = placed.stated(workloads);
  const guards = attachGuards(placed.guards, workloads, select);
  const guarding = guards.length > 0 ? known.guarding : null;
  if (guards.length > 0 && !guarding) throw new Error('there are guards, and what they need is not loaded');
  const further = [scrapesOf(stated, select), ...(guarding ? [guarding.grantedTo(guards, select)] : [])];
  const declared = claimContainers(workloads, followed.value, further, known.catalogue);
  const claimed = withCalledPorts(declared, mentions);
  const opened = listenersOf(claimed, known.catalogue, unique);
  const { openers } = opened.value;
  const listeners = withRelayedRoles(followed.value, opened.value.listeners, workloads);
  const gateways = linkGateways(followed.value, listeners, workloads, known.elsewhere, stood.value.takenIn);

  const granting = { workloads, guards, namespaces: placed.namespaces, assume: known.assume };
  const relation = guarding?.relationOf(granting) ?? null;
  const standing = standingsOf(workloads, segments, placed.shared, placed.links);
  const reachability = rowsOf({
    standings: standing.standings,
    listeners,
    local: ({ bind }) => isLoopback(bind),
    relation,
    links: placed.links,
    id: (kind, index) => unique(`${id}::${kind}-${index + 1}`),
  });
  const rows = new Map(reachability.rows.map((row) => [row.to, row]));
  const exposures = exposuresOf({
    ...standing,
    workloads,
    listeners,
    openers,
    gateways,
    segments,
    sites: placed.sites,
    guards: guarding && relation ? guarding.pastGuards(relation, select, known.assume.trustedSources) : UNGUARDED,
    rowOf: (listener) => rows.get(listener),
    assume: known.assume,
    unique,
  });
  const hypothetical = guarding?.hypotheticalExposures({
    placed: placed.guards,
    guards,
    segments,
    images: known.images,
    catalogue: known.catalogue,
    assume: known.assume,
    unique,
  });
  const needs = findNeeds({
    workloads,
    mentions,
    gateways,
    listeners,
    stated,
    select,
    guards,
    relation,
    catalogue: known.catalogue,
  });

  return {
    environment: {
      id,
      stage: named?.stage ?? stageOf(main),
      units: unitsOf(units, images),
      segments: [...segments.values()],
      namespaces: placed.namespaces,
      workloads: workloads.map(({ workload }) => workload),
      listeners,
      gateways: gateways.map(({ gateway }) => gateway),
      guards,
      exposures,
      hypothetical: hypothetical?.value ?? [],
      unseen: unseenWays(gateways, known.assume),
      granting,
      relation,
      reachability,
      needs: needs.value,
      assume: known.assume,
    },
    links,
    notices: [
      ...[...stood.notices, ...followed.notices, ...opened.notices],
      ...[...(hypothetical?.notices ?? []), ...needs.notices],
    ],
  };
}
