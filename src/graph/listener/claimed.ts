/** Everything that is claimed of each container: by itself, by what scrapes it, by the gateways that lead to it. */
import type { Catalogue } from '../catalogue.ts';
import type { FollowedGateway } from '../gateway/forward.ts';
import { imageEntry, listenersOfContainer } from '../process/index.ts';
import type { RunningContainer, RunningWorkload } from '../running.ts';
import { type Claim, ownClaims, providedClaim } from './claim.ts';
import { claimsOfDoors, type Doubts, statedByDoors } from './doors.ts';
import type { ClaimedContainer } from './index.ts';
import { portIndex } from './port-index.ts';

/**
 * The containers that keep running, each with its claims.
 *
 * @param further what is said of a container elsewhere: by requests to scrape it, by the guards of a machine
 */
export function claimContainers(
  workloads: readonly RunningWorkload[],
  gateways: readonly FollowedGateway[],
  further: readonly ((workload: RunningWorkload, container: RunningContainer) => readonly Claim[])[],
  catalogue: Catalogue,
): readonly ClaimedContainer[] {
  const byGateway = statedByDoors(gateways);
  const serviceOf = ({ image }: RunningContainer) =>
    image === null ? null : (imageEntry(image, catalogue.images)?.service ?? null);
  const own = workloads.flatMap((workload) =>
    workload.containers
      .filter(({ fact }) => fact.role !== 'init')
      .map((container) => ({
        workload,
        container,
        service: serviceOf(container),
        claims: together([
          ownClaims(container, listenersOfContainer(container, catalogue), byGateway),
          providedBy(container, catalogue),
          ...further.map((claimsOn) => claimsOn(workload, container)),
        ]),
      })),
  );
  return claimsOfDoors(gateways, withoutTaken(own), doubtsAbout(catalogue));
}

/** The claims of all lists. Of one list alone it is the list itself: machines with one guard share what it opens. */
function together(lists: readonly (readonly Claim[])[]): readonly Claim[] {
  const [first = [], ...more] = lists.filter((claims) => claims.length > 0);
  return more.length === 0 ? first : [first, ...more].flat();
}

/** What the platform answers at, at the port that is written, or at the one that the service is known by. */
function providedBy({ fact }: RunningContainer, catalogue: Catalogue): readonly Claim[] {
  return (fact.provides ?? []).flatMap((provided) => {
    const entry = provided.service === null ? undefined : portIndex(catalogue.ports).service(provided.service);
    return providedClaim(provided, entry?.ports[0]) ?? [];
  });
}

/** Containers of one workload share ports: where one says that it listens, another one of the same image does not. */
function withoutTaken(claimed: readonly ClaimedContainer[]): readonly ClaimedContainer[] {
  const holders = new Map<RunningWorkload, Map<string, RunningContainer>>();
  for (const { workload, container, claims } of claimed) {
    if (workload.containers.length < 2) continue;
    const ports = holders.get(workload) ?? new Map<string, RunningContainer>();
    holders.set(workload, ports);
    for (const claim of claims) if (claim.evidence !== 'conventional') ports.set(portKey(claim), container);
  }
  return claimed.map((each) => {
    const ports = holders.get(each.workload);
    if (!ports) return each;
    const free = (claim: Claim) =>
      claim.evidence !== 'conventional' || (ports.get(portKey(claim)) ?? each.container) === each.container;
    return { ...each, claims: each.claims.filter(free) };
  });
}

function portKey({ protocol, ports }: Claim): string {
  return `${protocol} ${ports.from}-${ports.to}`;
}

/**
 * A known image whose ports no configuration moves hardly listens on a port that only a gateway names (61616 of an image
 * that speaks 5672): whoever wrote it had another image in mind, or a plugin that does not show.
 */
function doubtsAbout({ images }: Catalogue): Doubts {
  return ({ image, build }, protocol, { from, to }) => {
    const entry = image === null || build ? undefined : imageEntry(image, images);
    if (!entry || entry.configured || entry.ports.length === 0) return null;
    const spoken = entry.ports.filter((port) => port.protocol === protocol).map(({ ports }) => ports);
    const listens = [...spoken, ...(entry.besides ?? [])].some((known) => known.from <= to && from <= known.to);
    const asked = from === to ? from : `${from}-${to}`;
    return listens ? null : `the image is known for ${entry.service}, and not to listen on ${asked}`;
  };
}
