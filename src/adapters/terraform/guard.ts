/** Guards, who uses them, and grants with their unknowns: alike for all clouds. */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { Direction, GrantFact, GrantPort, GuardFact, Peer, Requirement, Selector } from '../../graph/fragment.ts';
import type { TraitFact } from '../../graph/trait.ts';
import type { Origin } from '../../source/span.ts';
import { type Unknown, unknown, type Value } from '../../source/value.ts';
import type { Context } from './context.ts';

/**
 * The label of whom a guard guards is the guard's address; its value is the unit, so that groups of other units with the
 * same address are other groups.
 */
export function mark(address: string, { unit }: Context): readonly [string, string] {
  return [address, unit.id];
}

/** Whoever has the mark of `address`. */
export function marked(address: string, { unit }: Context, origin: Origin): Selector {
  const requirement: Requirement = { key: address, operator: 'in', values: [unit.id], member: true };
  return { namespace: null, requirements: [requirement], origin };
}

/** The marks of whoever names guards of a type in `value`, and a guard for those that the code does not show. */
export interface Held {
  readonly labels: ReadonlyMap<string, string>;
  readonly guards: readonly GuardFact[];
}

/** What holds the user of `value`, which names guards of a resource type. */
export function heldBy(
  user: Resource,
  values: readonly (Value | undefined)[],
  type: string,
  guard: Plain,
  context: Context,
): Held {
  const labels = new Map<string, string>();
  const hidden: Unknown[] = [];
  for (const value of values) {
    const { meant, unknown: unseen } = context.meaning(value, [type]);
    for (const { resource } of meant) labels.set(...mark(resource.address, context));
    hidden.push(...unseen);
  }
  const [first] = hidden;
  if (!first) return { labels, guards: [] };
  const id = `${user.address}/unseen`;
  labels.set(...mark(id, context));
  return { labels, guards: [unseenGuard({ id, named: user.address }, first, guard, context)] };
}

/** What guards of a kind have in common. */
export type Plain = Pick<GuardFact, 'kind' | 'isolates' | 'tier'> & Pick<Partial<GuardFact>, 'layer' | 'priority'>;

/** A guard that is there, and whose rules are not in the code: it may let in anybody. */
function unseenGuard(
  { id, named }: { readonly id: string; readonly named: string },
  because: Unknown,
  plain: Plain,
  context: Context,
): GuardFact {
  const { origin } = because;
  // What it says is no rule that anybody here wrote, nor could change here.
  const grants = plain.isolates.map((direction) => ({
    ...unseenGrant(id, direction, because),
    implicit: true as const,
  }));
  return {
    id,
    name: `the guards that ${named} names`,
    namespace: null,
    subject: marked(id, context, origin),
    priority: null,
    ...plain,
    grants,
    origin,
  };
}

/** A grant of which nobody knows whom it lets in, and where. */
export function unseenGrant(
  id: string,
  direction: Direction,
  { because, origin }: Unknown,
  verdict: GrantFact['verdict'] = 'allow',
): GrantFact {
  const peers = [{ kind: 'unknown', because, of: 'anybody', origin }] as const;
  return { id: `${id}/${direction}`, direction, peers, ports: [], verdict, origin };
}

/** Ports that a rule speaks of; `perhaps` where not all of them are known. */
export interface Ports {
  readonly ports: readonly GrantPort[];
  readonly perhaps?: Unknown | undefined;
  /** The line that says so where these are all. */
  readonly portsOrigin?: Origin | undefined;
}

/** A rule as all clouds have it. */
export interface Rule extends Ports {
  readonly id: string;
  readonly name?: string | undefined;
  readonly direction: Direction;
  /** None: it speaks of nobody. */
  readonly peers: readonly Peer[];
  readonly verdict: 'allow' | 'deny';
  readonly implicit?: true;
  readonly traits?: readonly TraitFact[];
}

/**
 * The grants of a rule, one for each peer: it stands where the peer is written, since that is the line to change. What is
 * split so says the same, because neighbours of one verdict decide together.
 */
export function grantsOf(rule: Rule): readonly GrantFact[] {
  const { id, name, direction, ports, portsOrigin, perhaps, verdict, implicit, traits } = rule;
  // Everybody in both families of addresses is one thing to say.
  const everybody = rule.peers.filter((peer) => peer.kind === 'addresses' && EVERY_ADDRESS.has(peer.cidr));
  const others = rule.peers.filter((peer) => !everybody.includes(peer)).map((peer) => [peer]);
  const parts = everybody.length > 0 ? [everybody, ...others] : others;
  return parts.map((peers, index) => ({
    id: index === 0 ? id : `${id}/${index + 1}`,
    ...(parts.length > 1 ? { part: id } : {}),
    ...(name ? { name } : {}),
    direction,
    peers,
    ports,
    ...(portsOrigin ? { portsOrigin } : {}),
    verdict,
    ...(perhaps ? { perhaps } : {}),
    ...(implicit ? { implicit } : {}),
    // What holds of the rule is said once.
    ...(traits && traits.length > 0 && index === 0 ? { traits } : {}),
    origin: (peers[0] as Peer).origin,
  }));
}

/** How every address of a family is written. */
export const EVERY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

/** A range of addresses; private ones mean workloads too that have such an address (R59). */
export function addressPeer(cidr: string, origin: Origin): Peer {
  return { kind: 'addresses', cidr, except: [], workloads: true, origin };
}

/** Addresses that the code does not show, those of workloads among them. */
export function unseenPeer({ because, ends, origin }: Unknown, of: 'workloads' | 'anybody' = 'anybody'): Peer {
  return { kind: 'unknown', because, of: isSmall(ends) ? 'workloads' : of, origin };
}

/** Whether a range whose length alone is known is somebody's: the internet is none so small, whoever it is. */
function isSmall(ends: string | undefined): boolean {
  const length = /\/(\d{1,3})$/.exec(ends ?? '')?.[1];
  return length !== undefined && Number(length) >= SMALL;
}

/** More than a /8 of IPv4 is the internet, and of IPv6 a /16 is: as long as this is neither. */
const SMALL = 17;

/**
 * Who uses a guard that its users name: where nobody here does, whether its name goes anywhere that this program does not
 * follow.
 *
 * @param own attributes by which resources of these types belong to the guard, and do not use it
 */
export function usersOf(
  guard: Resource,
  own: Readonly<Record<string, string>>,
  context: Context,
): NonNullable<GuardFact['users']> {
  const leaving = context.leaves(guard);
  if (leaving) return unknown(`${leaving.through} names it for others`, leaving.origin);
  const belonging = new Set(Object.entries(own).flatMap(([type, attribute]) => context.users(guard, type, attribute)));
  const mention = context.mentions(guard).find((each) => !belonging.has(each));
  if (!mention) return 'here';
  return unknown(`${mention.address} names it, and who that is for is not in the code`, mention.origin);
}
