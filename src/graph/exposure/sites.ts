/** Who calls from networks of others that are joined to a workload's own: as far as routes lead back to them (R71, R74). */
import { append } from '../../source/multimap.ts';
import type { LinkEnd, SiteFact } from '../fragment.ts';
import { isLoopback } from '../listener/bind.ts';
import type { RunningWorkload } from '../running.ts';
import { intersect, isEmpty, parseAddressList } from '../sets/address-set.ts';
import type { Listener, Segment } from '../vocabulary.ts';
import type { Access } from './access.ts';
import { type Draft, privateDraft } from './draft.ts';
import type { PastGuards } from './passage.ts';

/** A site at one of the segments that it sends to. */
interface Joint {
  readonly site: SiteFact;
  readonly end: LinkEnd;
}

/** Answers which ways lead from sites to the listeners of a workload. */
export function sitesOf(
  sites: readonly SiteFact[],
  segments: ReadonlyMap<string, Segment>,
  guards: PastGuards,
): (listener: Listener, workload: RunningWorkload, reservations: readonly string[]) => readonly Draft[] {
  const joints = new Map<string, Joint[]>();
  for (const site of sites) for (const end of site.receivers) append(joints, end.segment, { site, end });

  /** Of the segments that a workload is in, the smallest one that a site knows counts. */
  const atWorkload = (keys: readonly string[]): readonly Joint[] => {
    const all = keys.flatMap((key) => joints.get(key) ?? []);
    const isPart = ({ end }: Joint) => segments.get(end.segment)?.open === false;
    const inParts = new Set(all.filter(isPart).map(({ site }) => site));
    return all.filter((joint) => isPart(joint) || !inParts.has(joint.site));
  };
  return (listener, workload, reservations) => {
    if (isLoopback(listener.bind)) return [];
    return atWorkload(workload.segments).flatMap(({ site, end }) => {
      const access = accessFrom(site, end);
      if (isEmpty(access.addresses)) return [];
      const hop = { kind: 'site', name: site.name, origin: site.origin };
      // Whoever comes over such a way is on a network of its own, whatever addresses that has.
      return guards
        .direct(access, listener)
        .map((admitted) =>
          privateDraft(listener, { ...admitted, access: { ...admitted.access, scope: 'network' } }, reservations, hop),
        );
    });
  };
}

function accessFrom({ ranges, unknown }: SiteFact, end: LinkEnd): Access {
  const all = parseAddressList(ranges).set;
  const addresses = end.addresses ? intersect(all, parseAddressList(end.addresses).set) : all;
  const because = [unknown, end.unknown].flatMap((each) => each?.because ?? []);
  return { scope: 'network', addresses, verdict: because.length > 0 ? 'possible' : 'reachable', because };
}
