/** Ways between two networks that send everything of each other's to each other: alike for all clouds. */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { LinkFact } from '../../graph/fragment.ts';
import { type Unknown, unknown } from '../../source/value.ts';
import { segmentKey } from './facts.ts';

/** A network at an end of a link. */
export interface Side {
  readonly name: string;
  readonly made: boolean;
  /** Its ranges; undefined where not all of them are in the code. */
  readonly ranges?: readonly string[] | undefined;
}

/**
 * What one side says of a peering for which each side has a resource of its own: it sends, and what comes back the other
 * side sends. Of a side that is not in the code nobody knows whether it does.
 */
export function halfPeering(resource: Resource, own: Side, peer: Side, hidden?: Unknown): LinkFact {
  const { address, origin, uncertain } = resource;
  const back = unknown(`whether ${peer.name} has a peering with ${own.name} is not in the code`, origin);
  const senders = [own, ...(peer.made ? [] : [{ ...peer, unknown: back }])];
  const receivers = peer.made ? [peer] : [peer, own];
  const doubt = uncertain ?? hidden;
  return {
    id: address,
    kind: 'peering',
    name: address,
    senders: senders.map((side) => ({
      segment: keyOf(side),
      ...('unknown' in side ? { unknown: side.unknown } : {}),
      origin,
    })),
    receivers: receivers.map((side) => receiving(side, resource)),
    ...(doubt ? { unknown: doubt } : {}),
    origin,
  };
}

/** What joins all its networks with each other. */
export function joint(
  resource: Resource,
  kind: LinkFact['kind'],
  sides: readonly Side[],
  hidden?: Unknown,
): readonly LinkFact[] {
  const { address, origin, uncertain } = resource;
  if (new Set(sides.map(({ name }) => name)).size < 2) return [];
  const doubt = uncertain ?? hidden;
  return [
    {
      id: address,
      kind,
      name: address,
      senders: sides.map((side) => ({ segment: keyOf(side), origin })),
      receivers: sides.map((side) => receiving(side, resource)),
      ...(doubt ? { unknown: doubt } : {}),
      origin,
    },
  ];
}

function keyOf({ name }: Side): string {
  return segmentKey('virtual-network', name);
}

function receiving(side: Side, { origin }: Resource): LinkFact['receivers'][number] {
  return { segment: keyOf(side), ...(side.ranges ? { addresses: side.ranges } : {}), origin };
}
