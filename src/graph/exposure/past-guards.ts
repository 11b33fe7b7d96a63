/** What guards leave of the ways in: who comes through a door is judged by whom the workload behind it sees (§4.2, hops). */
import type { DoorFact, GrantPort, Protocol } from '../fragment.ts';
import { addressesOf } from '../reach/peer-addresses.ts';
import type { Bounds, Decision, End, Relation } from '../reach/relation.ts';
import type { Select } from '../running.ts';
import {
  type AddressSet,
  covers,
  intersect,
  isEmpty,
  NO_ADDRESSES,
  PRIVATE,
  parseAddressList,
  subtract,
  union,
} from '../sets/address-set.ts';
import type { Listener } from '../vocabulary.ts';
import { type Access, classify, doubtful, isInternet, kindOf } from './access.ts';
import type { Passed } from './draft.ts';
import { type Admitted, ELSEWHERE, type Entered, type Passage, type PastGuards } from './passage.ts';
import { byPrivateRanges } from './private-ranges.ts';

const NODE_UNKNOWN =
  "the address of the caller is replaced by a node's on the way in, and which addresses nodes have is not in the code (R10)";
const LINK_UNKNOWN =
  'whoever comes by a private link has an address of the platform on the way in, and which is not in the code';
const ORDER_UNKNOWN =
  "whether guards see the address of the caller or a node's, which replaces it on the way in, is up to the network (R10)";
const PROXY_UNKNOWN = 'which workload the proxy is, and what labels it has, is not in the code';
const RANGE = 'it is let in to some ports of the range only';

/** Nodes have addresses of somebody's own network. */
const NODES: AddressSet = { v4: PRIVATE.v4, v6: [] };

const BLOCKED: Passage = { verdict: 'blocked', because: [], passed: null };

/** The answers of a relation; who is `trusted` stands apart in them. */
export function pastGuards(relation: Relation, select: Select, trusted: AddressSet): PastGuards {
  const guarded = ({ workload }: Entered) => relation.guardsOf(workload, 'ingress').length > 0;
  const passage = (from: End, listener: Entered): Passage => {
    const { workload, protocol } = listener;
    const ports = tellingPorts(relation, listener);
    return together(
      ports.map((port) => passed(relation.decide(from, { kind: 'workload', workload }, protocol, port), from)),
    );
  };
  const admitted = (listener: Entered): Bounds<AddressSet> => {
    const to = relation.classOf(listener.workload);
    const [first, ...rest] = tellingPorts(relation, listener).map((port) =>
      relation.admitted(to, listener.protocol, port),
    );
    return rest.reduce<Bounds<AddressSet>>(
      (all, each) => ({ must: intersect(all.must, each.must), may: union(all.may, each.may) }),
      first ?? { must: NO_ADDRESSES, may: NO_ADDRESSES },
    );
  };
  const stranger = (namespace: string, listener: Listener) => passage({ kind: 'stranger', namespace }, listener);
  const strangers = (namespace: string, listener: Listener): Passage['verdict'] => {
    const to = relation.classOf(listener.workload);
    const [first = 'blocked', ...rest] = tellingPorts(relation, listener).map((port) =>
      relation.admitsStrangers(namespace, to, listener.protocol, port),
    );
    return rest.every((verdict) => verdict === first) ? first : 'possible';
  };
  const from = (addresses: AddressSet, listener: Entered) => passage({ kind: 'addresses', addresses }, listener);

  /** The proxy calls: the workloads that are it, or one that the code does not show. */
  const proxied = ({ by }: DoorFact, access: Access, listener: Listener): readonly Admitted[] => {
    const proxies = by ? select(by) : [];
    const passages =
      proxies.length > 0
        ? proxies.map(({ workload }) => passage({ kind: 'workload', workload }, listener))
        : [stranger(by?.namespace ?? ELSEWHERE, listener)];
    const best =
      passages.find(({ verdict }) => verdict === 'reachable') ?? passages.find(({ verdict }) => verdict === 'possible');
    if (!best) return [];
    if (best.verdict === 'reachable') return [{ access, passed: best.passed }];
    const because = proxies.length > 0 ? best.because : [PROXY_UNKNOWN];
    return [{ access: doubtful(access, because), passed: best.passed }];
  };

  /** Proxies outside of the network call, from addresses that are known: one that gets in is enough. */
  const called = (ranges: readonly string[], access: Access, listener: Listener): readonly Admitted[] => {
    const { must, may } = admitted(listener);
    const { set } = parseAddressList(ranges);
    const [sure, perhaps] = [intersect(must, set), intersect(may, set)];
    if (!isEmpty(sure)) return [{ access, passed: from(sure, listener).passed }];
    if (isEmpty(perhaps)) return [];
    const { passed: by, because } = from(perhaps, listener);
    return [{ access: doubtful(access, because), passed: by }];
  };

  /** A node calls for everybody who knocks, unless guards look before the address is replaced. */
  const rewritten = ({ place }: DoorFact, access: Access, listener: Listener): readonly Admitted[] => {
    const unknown = place.kind === 'private-link' ? LINK_UNKNOWN : NODE_UNKNOWN;
    const { must, may } = admitted(listener);
    if (covers(must, NODES)) return [{ access, passed: from(NODES, listener).passed }];
    const nodes = intersect(may, NODES);
    if (!isEmpty(nodes)) return [{ access: doubtful(access, [unknown]), passed: from(nodes, listener).passed }];
    const own = intersect(may, access.addresses);
    return parts(own, doubtful(access, [ORDER_UNKNOWN]), listener);
  };

  /** The workload sees who knocks. */
  const kept = (access: Access, listener: Entered): readonly Admitted[] => {
    const { must, may } = admitted(listener);
    if (covers(must, access.addresses)) return [{ access, passed: from(access.addresses, listener).passed }];
    const sure = intersect(must, access.addresses);
    const unsure = must === may ? NO_ADDRESSES : subtract(intersect(may, access.addresses), sure);
    const { because } = isEmpty(unsure) ? { because: [] } : from(unsure, listener);
    const surely = parts(sure, access, listener);
    const kinds = new Set(surely.map((each) => kindOf(each.access, trusted)));
    // What is sure of a scope is not mixed with what is not.
    const perhaps = parts(unsure, doubtful(access, because), listener);
    return [...surely, ...perhaps.filter((each) => !kinds.has(kindOf(each.access, trusted)))];
  };

  /** Who knocks is seen by the guards of the workload that takes it in, and that workload by those of what it calls (R65). */
  const atDoor = (door: DoorFact, access: Access, listener: Listener): readonly Admitted[] => {
    const [taking] = door.by ? select(door.by) : [];
    const within = guarded(listener) ? proxied(door, access, listener) : [{ access, passed: null }];
    if (!taking || door.ports === null || within.length === 0) return within;
    const entrance = { workload: taking.workload, protocol: door.protocol, ports: door.ports };
    if (!guarded(entrance)) return within;
    return within.flatMap((each) => kept(each.access, entrance));
  };

  const parts = (addresses: AddressSet, access: Access, listener: Entered): readonly Admitted[] =>
    isEmpty(addresses)
      ? []
      : classify(addresses, access, trusted).map((part) => ({
          access: part,
          passed: from(part.addresses, listener).passed,
        }));

  return {
    guarded,
    passage,
    strangers,
    stranger,
    direct: (access, listener) => (guarded(listener) ? kept(access, listener) : [{ access, passed: null }]),
    privately: byPrivateRanges(relation, passage),
    through(door, access, listener) {
      if (door.guarded) return atDoor(door, access, listener);
      if (!guarded(listener)) return [{ access, passed: null }];
      if (door.callingFrom) return called(door.callingFrom, access, listener);
      if (door.by || door.place.kind === 'proxy') return proxied(door, access, listener);
      return door.rewritesSource ? rewritten(door, access, listener) : kept(access, listener);
    },
  };
}

/** The first port of a listener and those of its range at which the guards of its workload begin to say something else. */
function tellingPorts(relation: Relation, { workload, protocol, ports }: Entered): readonly number[] {
  if (ports.from === ports.to) return [ports.from];
  const found = new Set([ports.from]);
  const within = (port: number) => ports.from < port && port <= ports.to;
  for (const { grants } of relation.guardsOf(workload, 'ingress')) {
    for (const grant of grants) for (const edge of edgesOf(grant.ports, protocol)) if (within(edge)) found.add(edge);
  }
  return [...found].sort((a, b) => a - b);
}

function edgesOf(asked: readonly GrantPort[], protocol: Protocol): readonly number[] {
  return asked.flatMap(({ protocol: own, ports }) =>
    own === protocol && typeof ports === 'object' && ports !== null ? [ports.from, ports.to + 1] : [],
  );
}

function passed({ verdict, because, ingress }: Decision, from: End): Passage {
  const [first, ...others] = verdict === 'blocked' ? [] : widest(ingress.by, from);
  if (!first) return { verdict, because, passed: null };
  // A guard of another layer has to admit as well, and is told by itself where it admits too much.
  const further = others.filter(({ guard }) => (guard.layer ?? 0) === (first.guard.layer ?? 0));
  return { verdict, because, passed: { ...first, ...(further.length > 0 && { further }) } };
}

/**
 * The grants that admit: each that opens to all of the internet, of one family at least; where only several together do,
 * the first of those that speak of the addresses.
 */
function widest(by: Decision['ingress']['by'], from: End): readonly Admitting[] {
  const granting = by.flatMap(({ guard, grant, answers }) =>
    grant?.verdict === 'allow' && !answers ? [{ guard, grant }] : [],
  );
  if (granting.length < 2 || from.kind !== 'addresses') return granting;
  const ownOf = ({ grant: { peers } }: Admitting) =>
    peers.length === 0 ? from.addresses : peers.map((peer) => addressesOf(peer).set).reduce(union, NO_ADDRESSES);
  const meant = granting.filter((each) => !isEmpty(intersect(ownOf(each), from.addresses)));
  const whole = isInternet(from.addresses) ? meant.filter((each) => holdsFamily(ownOf(each), from.addresses)) : [];
  return whole.length > 0 ? whole : (meant.length > 0 ? meant : granting).slice(0, 1);
}

function holdsFamily(outer: AddressSet, { v4, v6 }: AddressSet): boolean {
  return (v4.length > 0 && covers(outer, { v4, v6: [] })) || (v6.length > 0 && covers(outer, { v4: [], v6 }));
}

type Admitting = Pick<Passed, 'guard' | 'grant'>;

/** The answer for all ports of a range. */
function together(passages: readonly Passage[]): Passage {
  const [first] = passages;
  const open = passages.filter(({ verdict }) => verdict !== 'blocked');
  if (!first || open.length === 0 || passages.length === 1) return first ?? BLOCKED;
  if (passages.every(({ verdict }) => verdict === 'reachable')) return first;
  const because = new Set(open.flatMap((passage) => passage.because));
  if (open.length < passages.length) because.add(RANGE);
  return { verdict: 'possible', because: [...because], passed: open[0]?.passed ?? null };
}
