/**
 * Private ranges that guards name: whoever writes one has networks in mind that are joined to the workload's own. Of the
 * network that it stands in itself (R81) nothing is said here, only of what is wider.
 */
import { countedAll } from '../../source/counted.ts';
import { append } from '../../source/multimap.ts';
import { onceEach } from '../../source/once.ts';
import type { GrantPort } from '../fragment.ts';
import { addressesOf } from '../reach/peer-addresses.ts';
import type { End, Relation } from '../reach/relation.ts';
import type { RunningWorkload } from '../running.ts';
import {
  type AddressSet,
  addressCount,
  covers,
  isEmpty,
  PRIVATE,
  parseAddressList,
  unionOf,
} from '../sets/address-set.ts';
import type { Guard, Segment, Workload } from '../vocabulary.ts';
import type { Access } from './access.ts';
import type { Admitted, Entered, OwnNetwork, Passage } from './passage.ts';

/** Answers whom guards let in to a listener by private ranges: one for each grant that names some. */
export function byPrivateRanges(
  relation: Relation,
  passage: (from: End, listener: Entered) => Passage,
): (listener: Entered, own: OwnNetwork) => readonly Admitted[] {
  let found = 0;
  const onlyAllows = onceEach(relation.onlyAllows);
  const namingOf = onceEach((workload: Workload) =>
    namingGrants(relation.guardsOf(workload, 'ingress'), () => found++),
  );
  // Members of a class have one and the same naming grants, and one answer for each port.
  const answers = new Map<string, Admitted | null>();
  const ask = ({ number, admitted, sure }: Naming, listener: Entered): Admitted | null => {
    if (sure && onlyAllows(relation.classOf(listener.workload))) return admitted;
    const { protocol, ports } = listener;
    const key = `${number} ${protocol} ${ports.from} ${ports.to}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      const { access, passed } = admitted;
      const { verdict, because } = passage({ kind: 'addresses', addresses: access.addresses }, listener);
      answer = verdict === 'blocked' ? null : { access: { ...access, verdict, because }, passed };
      answers.set(key, answer);
    }
    return answer;
  };
  return (listener, own) => {
    const found: Admitted[] = [];
    for (const naming of namingOf(sampleOf(relation, listener.workload))(listener)) {
      const { addresses } = naming.admitted.access;
      if (covers(own.addresses, addresses) || (!own.known && !isWide(addresses))) continue;
      const answer = ask(naming, listener);
      if (answer) found.push(answer);
    }
    return found;
  };
}

/** Guards treat the members of a class alike. */
function sampleOf(relation: Relation, workload: Workload): Workload {
  return relation.classOf(workload).members[0] ?? workload;
}

/** The addresses of the virtual networks that a workload stands in; `known` keeps them for others that stand there too. */
export function ownNetwork(
  { fact, segments: keys }: RunningWorkload,
  segments: ReadonlyMap<string, Segment>,
  known: Map<string, OwnNetwork>,
): OwnNetwork | null {
  const networks = keys.flatMap((key) => segments.get(key) ?? []).filter(({ kind }) => kind === 'virtual-network');
  if (networks.length === 0) return null;
  const key = countedAll([...networks.map(({ id }) => id), ...(fact.ranges ?? [])]);
  const own = known.get(key) ?? networksTogether(networks, fact.ranges ?? []);
  known.set(key, own);
  return own;
}

/** The addresses of all virtual networks of an environment, any of which something may stand in. */
export function anyNetwork(segments: ReadonlyMap<string, Segment>): OwnNetwork {
  const networks = [...segments.values()].filter(({ kind }) => kind === 'virtual-network');
  return { ...networksTogether(networks, []), known: false };
}

function networksTogether(networks: readonly Segment[], ranges: readonly string[]): OwnNetwork {
  const { set } = parseAddressList([...networks.flatMap((network) => network.ranges ?? []), ...ranges]);
  return { addresses: set, known: networks.every((network) => network.ranges !== undefined) };
}

/** A grant that names private addresses and no others. */
interface Naming {
  /** Its own. */
  readonly number: number;
  /** Whom it lets in, where nothing else has a say. */
  readonly admitted: Admitted;
  /** It is there for certain, and means these addresses as a whole. */
  readonly sure: boolean;
}

/** So many grants for whole ranges of ports are looked at for each listener, as for each container (`MOST_RANGES` there). */
const MOST_RANGES = 64;

/** The grants of guards that name private addresses, by the ports that they speak of. */
function namingGrants(guards: readonly Guard[], number: () => number): (listener: Entered) => readonly Naming[] {
  const single = new Map<string, Naming[]>();
  const wide: { readonly port: GrantPort | null; readonly naming: Naming }[] = [];
  for (const guard of guards) {
    for (const grant of guard.grants) {
      if (grant.direction !== 'ingress' || grant.verdict !== 'allow' || grant.peers.length === 0) continue;
      const peers = grant.peers.map(addressesOf);
      const addresses = unionOf(peers.map(({ set }) => set));
      if (isEmpty(addresses) || !covers(PRIVATE, addresses)) continue;
      const sure = !grant.perhaps && peers.every(({ vague }) => !vague);
      const access: Access = { scope: 'network', addresses, verdict: 'reachable', because: [] };
      const naming = { number: number(), admitted: { access, passed: { guard, grant } }, sure };
      if (grant.ports.length === 0) wide.push({ port: null, naming });
      for (const port of grant.ports) {
        const { protocol, ports } = port;
        if (protocol !== null && typeof ports === 'object' && ports?.from === ports?.to && ports) {
          append(single, `${protocol} ${ports.from}`, naming);
        } else wide.push({ port, naming });
      }
    }
  }
  const ranges = wide.slice(0, MOST_RANGES);
  return (listener) => {
    const { ports, protocol } = listener;
    const exact = ports.from === ports.to ? (single.get(`${protocol} ${ports.from}`) ?? NONE) : NONE;
    if (ranges.length === 0 && exact.length < 2) return exact;
    const around = ranges.filter(({ port }) => port === null || speaksOf(port, listener)).map(({ naming }) => naming);
    return [...new Set([...exact, ...around])];
  };
}

const NONE: readonly never[] = [];

function speaksOf({ protocol, ports }: GrantPort, listener: Entered): boolean {
  if (protocol !== null && protocol !== listener.protocol) return false;
  if (ports === null) return true;
  return typeof ports === 'object' && ports.from <= listener.ports.from && listener.ports.to <= ports.to;
}

/** The largest block that AWS gives a network: what is no larger may be the very network that something stands in. */
const LARGEST_V4 = 2 ** 16;
const LARGEST_V6 = 1n << 80n;
/** The blocks of RFC 1918 that are no larger than that. */
const WHOLE = parseAddressList(['192.168.0.0/16']).set;

/** Whether addresses are more than any one network has, or one of the private blocks as a whole. */
function isWide(addresses: AddressSet): boolean {
  const { v4, v6 } = addressCount(addresses);
  return v4 > LARGEST_V4 || v6 > LARGEST_V6 || covers(addresses, WHOLE);
}
