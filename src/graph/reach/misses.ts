/** Grants that come near a denied connection, and what each would have to say differently (§4.5). */
import type { Direction, GrantPort, Peer, Protocol, Requirement } from '../fragment.ts';
import type { RunningWorkload } from '../running.ts';
import { containsPlace, placeOfPort } from '../sets/port-set.ts';
import type { Guard } from '../vocabulary.ts';
import type { Answering } from './answers.ts';
import type { FarEnd } from './far-end.ts';
import { meets } from './labels.ts';
import { type AskedPortTable, calledSo, type PortOwner } from './ports.ts';
import { inTurn, type Profile } from './profiles.ts';
import type { ReadyGrant } from './ready-guards.ts';
import type { Labelled, Miss } from './relation.ts';

/** More than this nobody reads. */
const MOST = 5;

/** A denied connection. */
export interface Denied {
  readonly direction: Direction;
  readonly far: FarEnd;
  /** The workload at the far end; null for addresses and strangers. */
  readonly workload: RunningWorkload | null;
  /** The end that is called, whose ports are meant. */
  readonly owner: PortOwner;
  readonly protocol: Protocol;
  readonly port: number;
}

/** A miss, and how far off it is. */
interface Off {
  readonly miss: Miss;
  readonly distance: number;
}

/** The grants that come nearest, nearest first. */
export function missesOf(
  profile: Profile,
  denied: Denied,
  table: AskedPortTable,
  labelsOf: (namespace: string) => Labelled,
  told: Answering['told'],
): readonly Miss[] {
  const found: Off[] = [];
  for (const { ready } of inTurn(profile.tiers(denied.direction))) {
    for (const each of ready.grants[denied.direction] ?? []) {
      // What nobody wrote nobody can change.
      const told = each.grant.verdict === 'allow' && !each.grant.implicit;
      const off = told ? offBy(ready.guard, each, denied, table, labelsOf) : null;
      if (off) found.push(off);
    }
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ miss }) => {
      const { guard, grant, answers } = told(miss.guard, miss.grant);
      return answers ? { ...miss, guard, grant: grant ?? miss.grant, answers } : miss;
    });
}

/** How a grant misses the connection; null where it does not, or where neither its peers nor its ports fit. */
function offBy(
  guard: Guard,
  ready: ReadyGrant,
  denied: Denied,
  table: AskedPortTable,
  labelsOf: (namespace: string) => Labelled,
): Off | null {
  const { far, owner, protocol, port } = denied;
  const { grant } = ready;
  const meant = far.means(ready).may;
  const open = containsPlace(table.at(ready.ports, owner).may, placeOfPort(protocol, port));
  if (meant === open) return null;
  if (meant) {
    const { differs, text } = portMiss(grant.ports, denied);
    return { miss: { guard, grant, differs: [differs], text }, distance: 0 };
  }
  const nearest = grant.peers
    .map((peer) => peerMiss(peer, denied, labelsOf))
    .sort((a, b) => a.distance - b.distance)[0];
  return nearest
    ? { miss: { guard, grant, differs: nearest.differs, text: nearest.text }, distance: nearest.distance }
    : null;
}

function portMiss(
  ports: readonly GrantPort[],
  { owner, protocol, port }: Denied,
): { readonly differs: 'port' | 'port-name' | 'protocol'; readonly text: string } {
  const asked = `${protocol.toUpperCase()} ${port}`;
  const declared = typeof owner === 'string' ? [] : owner.declared;
  const otherwise = ports.find(({ ports: range }) => {
    return typeof range === 'object' && (range === null || (range.from <= port && port <= range.to));
  });
  if (otherwise?.protocol) {
    return { differs: 'protocol', text: `allows ${portText(otherwise)}, not ${asked}` };
  }
  const nameless = ports.find((each) => typeof each.ports === 'string' && calledSo(each, declared).length === 0);
  if (nameless) {
    return { differs: 'port-name', text: `allows ${portText(nameless)}, and nothing there is called that` };
  }
  const listed = ports.slice(0, MOST).map(portText).join(', ');
  return { differs: 'port', text: `allows ${listed}${ports.length > MOST ? ' …' : ''}, not ${asked}` };
}

function portText({ protocol, ports }: GrantPort): string {
  const before = protocol ? `${protocol.toUpperCase()} ` : '';
  if (ports === null) return `every ${before}port`;
  if (typeof ports === 'string') return `the ${before}port "${ports}"`;
  return `${before}${ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`}`;
}

interface PeerMiss {
  readonly differs: Miss['differs'];
  readonly text: string;
  readonly distance: number;
}

function peerMiss(peer: Peer, { direction, far, workload }: Denied, labelsOf: (name: string) => Labelled): PeerMiss {
  const other = direction === 'ingress' ? 'the caller' : 'what is called';
  if (peer.kind !== 'workloads' || !workload) {
    const asked = peer.kind === 'addresses' ? peer.cidr : peer.kind === 'workloads' ? 'workloads' : 'other addresses';
    const differs = peer.kind !== 'workloads' && far.owner === 'addresses' ? 'address' : 'peer';
    return { differs: [differs], text: `asks for ${asked}, ${other} is ${nounOf(far.owner)}`, distance: 100 };
  }
  const { fact } = workload;
  const { namespace, namespaces, requirements } = peer.selector;
  const unmet = requirements.filter((requirement) => !meets(fact.labels, requirement));
  const said = unmet.map((requirement) => differenceOf(requirement, fact.labels, other));
  const differs: Miss['differs'][number][] = unmet.length > 0 ? ['peer'] : [];
  if (namespaces === undefined) {
    if (namespace !== fact.namespace) {
      differs.push('namespace');
      said.push(`asks for namespace ${namespace}, ${other} is in ${fact.namespace ?? 'none'}`);
    }
  } else if (fact.namespace !== null) {
    const { labels } = labelsOf(fact.namespace);
    const wrong = namespaces.filter((requirement) => !meets(labels, requirement));
    if (wrong.length > 0) differs.push('namespace');
    for (const requirement of wrong) said.push(differenceOf(requirement, labels, `namespace ${fact.namespace}`));
  }
  if (fact.hostNetwork && said.length === 0) {
    differs.push('peer');
    said.push(`asks for workloads with a network of their own, ${other} has that of its machine`);
  }
  return { differs, text: said.slice(0, MOST).join('; '), distance: said.length };
}

function nounOf(owner: PortOwner): string {
  return owner === 'addresses' ? 'another address' : owner === 'stranger' ? 'not in the code' : 'a workload';
}

function differenceOf(requirement: Requirement, labels: ReadonlyMap<string, string>, whose: string): string {
  const { key, member } = requirement;
  if (member) return `asks for members of ${key}, ${whose} is none`;
  const value = labels.get(key);
  return `asks for ${requirementText(requirement)}, ${whose} has ${value === undefined ? `no label ${key}` : `${key}=${value}`}`;
}

function requirementText({ key, operator, values }: Requirement): string {
  const list = `${values.slice(0, MOST).join(', ')}${values.length > MOST ? ' …' : ''}`;
  switch (operator) {
    case 'in':
      return values.length === 1 ? `${key}=${list}` : `${key} in (${list})`;
    case 'not-in':
      return `${key} not in (${list})`;
    case 'exists':
      return `a label ${key}`;
    case 'absent':
      return `no label ${key}`;
  }
}
