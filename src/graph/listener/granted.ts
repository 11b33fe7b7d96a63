/**
 * Ports that guards open of machines whose inside the code does not show (R64): somebody opened each of them for something
 * that listens, or left it open for whatever comes to listen there.
 */
import { append } from '../../source/multimap.ts';
import type { GrantFact, GrantPort, PortRange, Protocol } from '../fragment.ts';
import { addressesOf } from '../reach/peer-addresses.ts';
import type { RunningContainer, RunningWorkload, Select } from '../running.ts';
import { isEmpty, publicPart } from '../sets/address-set.ts';
import { LAST_PORT } from '../sets/port-set.ts';
import type { Guard } from '../vocabulary.ts';
import { type Claim, grantedClaim } from './claim.ts';

/**
 * Answers what guards open of a container of a machine; nothing of any other workload.
 *
 * @param inside whether opening every port counts where it is for addresses inside alone
 */
export function grantedTo(
  guards: readonly Guard[],
  select: Select,
  inside = false,
): (workload: RunningWorkload, container: RunningContainer) => readonly Claim[] {
  const opened = new Map<RunningWorkload, (readonly Claim[])[]>();
  const speaking = new Map<RunningWorkload, number>();
  // What guards a subnet as a whole says nothing of a machine in it that has guards of its own.
  for (const { subject, grants, layer = 0 } of [...guards].sort((a, b) => (a.layer ?? 0) - (b.layer ?? 0))) {
    const machines = select(subject).filter((each) => each.fact.machine && (speaking.get(each) ?? layer) === layer);
    if (machines.length === 0) continue;
    const claims = distinct(grants.flatMap((grant) => claimsOf(grant, inside)));
    for (const machine of machines) {
      speaking.set(machine, layer);
      append(opened, machine, claims);
    }
  }
  return (workload, container) => {
    const [first, ...more] = (workload.containers[0] === container && opened.get(workload)) || [];
    // Machines with one guard, as most are, share its claims.
    return first && more.length > 0 ? distinct([first, ...more].flat()) : (first ?? []);
  };
}

/** The first claim for each range of ports. */
function distinct(claims: readonly Claim[]): readonly Claim[] {
  if (claims.length < 2) return claims;
  const found = new Map<string, Claim>();
  for (const claim of claims) {
    const key = `${claim.protocol} ${claim.ports.from}-${claim.ports.to}`;
    if (!found.has(key)) found.set(key, claim);
  }
  return [...found.values()];
}

function claimsOf(grant: GrantFact, inside: boolean): readonly Claim[] {
  if (grant.direction !== 'ingress' || grant.verdict !== 'allow') return [];
  const every: readonly GrantPort[] = [{ protocol: null, ports: null, origin: grant.portsOrigin ?? grant.origin }];
  const asked = grant.ports.length === 0 ? every : grant.ports;
  return asked.flatMap((port) =>
    rangesOf(port, grant, inside).map(([protocol, ports]) => grantedClaim(ports, protocol, port.origin)),
  );
}

const EVERY_PORT: PortRange = { from: 1, to: LAST_PORT };
const WITH_PORTS: readonly Protocol[] = ['tcp', 'udp'];

/** That a guard opens every port says nothing of what listens, unless it opens them to addresses outside. */
function rangesOf(
  { protocol, ports }: GrantPort,
  grant: GrantFact,
  inside: boolean,
): readonly (readonly [Protocol, PortRange])[] {
  if (protocol === 'other' || typeof ports === 'string') return [];
  const range = ports ?? EVERY_PORT;
  const whole = range.from <= 1 && range.to >= LAST_PORT;
  if (whole && (grant.perhaps || !(inside ? isForAddresses(grant) : isForOutside(grant)))) return [];
  return (protocol === null ? WITH_PORTS : [protocol]).map((each) => [each, whole ? EVERY_PORT : range] as const);
}

function isForAddresses({ peers }: GrantFact): boolean {
  return peers.length === 0 || peers.some((peer) => !isEmpty(addressesOf(peer).set));
}

function isForOutside({ peers }: GrantFact): boolean {
  return peers.length === 0 || peers.some((peer) => !isEmpty(publicPart(addressesOf(peer).set)));
}
