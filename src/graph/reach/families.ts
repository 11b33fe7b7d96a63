/** Guards that open something to the whole of one family of addresses, and to a part of the other (S10). */
import { append } from '../../source/multimap.ts';
import type { GrantFact, Peer } from '../fragment.ts';
import { type AddressSet, ALL_ADDRESSES, covers, isEmpty, publicPart, unionOf } from '../sets/address-set.ts';
import type { Guard } from '../vocabulary.ts';
import { addressesOf } from './peer-addresses.ts';

/** The family that is open as a whole, and the rule that opens it. */
export interface HalfOpen {
  readonly family: 'IPv4' | 'IPv6';
  readonly other: 'IPv4' | 'IPv6';
  readonly grant: GrantFact;
}

const EVERYBODY = publicPart(ALL_ADDRESSES);
const WHOLE = {
  IPv4: { v4: EVERYBODY.v4, v6: [] },
  IPv6: { v4: [], v6: EVERYBODY.v6 },
} satisfies Record<string, AddressSet>;

/**
 * The first ports for which a guard lets in all of one family and some of the other. A guard that speaks of one family
 * alone limits nothing; one whose rules are asked in an order may say the rest elsewhere.
 */
export function halfOpen({ priority, grants }: Guard): HalfOpen | null {
  if (priority !== null) return null;
  const byPorts = new Map<string, GrantFact[]>();
  for (const grant of grants) {
    if (grant.direction !== 'ingress' || grant.verdict !== 'allow') continue;
    append(byPorts, JSON.stringify(grant.ports.map(({ protocol, ports }) => [protocol, ports])), grant);
  }
  for (const same of byPorts.values()) {
    const peers = same.flatMap((grant) => grant.peers);
    if (same.some(({ perhaps }) => perhaps) || peers.some(isVague)) continue;
    const all = unionOf(peers.map((peer) => addressesOf(peer).set));
    const open = (['IPv4', 'IPv6'] as const).filter((family) => covers(all, WHOLE[family]));
    const [family] = open;
    if (open.length !== 1 || !family) continue;
    const other = family === 'IPv4' ? 'IPv6' : 'IPv4';
    const limited: AddressSet = other === 'IPv4' ? { v4: all.v4, v6: [] } : { v4: [], v6: all.v6 };
    const grant = same.find((each) => each.peers.some((peer) => ofFamily(addressesOf(peer).set, family)));
    if (grant && !isEmpty(limited)) return { family, other, grant };
  }
  return null;
}

function isVague(peer: Peer): boolean {
  return peer.kind === 'unknown' || addressesOf(peer).vague;
}

function ofFamily({ v4, v6 }: AddressSet, family: 'IPv4' | 'IPv6'): boolean {
  return (family === 'IPv4' ? v4 : v6).length > 0;
}
