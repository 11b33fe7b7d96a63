/**
 * The rules of reachability (R1–R31) for one connection at a time, as they are written and with no thought of speed: what
 * the engine is compared with. It shares nothing with the engine but the vocabulary.
 *
 * Answers are sets of outcomes: what is not known of a match is tried both ways.
 */
import ipaddr from 'ipaddr.js';
import type { Direction, GrantFact, GrantPort, Peer, Protocol, Requirement, Selector } from '../fragment.ts';
import type { RunningWorkload } from '../running.ts';
import type { Guard } from '../vocabulary.ts';
import type { RelationInput } from './relation.ts';

/** One end of a connection: a workload, or one address. */
export type NaiveEnd = RunningWorkload | string;

type Match = 'yes' | 'no' | 'maybe';
type Outcome = 'allow' | 'deny';
type Outcomes = ReadonlySet<Outcome>;

/** Whether `from` reaches `to` on a port. */
export function naiveVerdict(
  input: RelationInput,
  from: NaiveEnd,
  to: NaiveEnd,
  protocol: Protocol,
  port: number,
): 'reachable' | 'possible' | 'blocked' {
  const effective = input.assume.profile === 'effective';
  // R21: guards that nobody enforces stop nothing.
  if (effective && input.assume.guardsEnforced === false) return 'reachable';
  const call = { input, from, to, protocol, port };
  // R5: both directions; what is no workload is guarded by nobody.
  const out = typeof from === 'string' ? ALLOW : ruling(call, 'egress');
  const into = typeof to === 'string' ? ALLOW : ruling(call, 'ingress');
  let verdict: 'reachable' | 'possible' | 'blocked' = 'possible';
  if (!out.has('deny') && !into.has('deny')) verdict = 'reachable';
  else if (!out.has('allow') || !into.has('allow')) verdict = 'blocked';
  if (!effective || typeof from === 'string' || typeof to === 'string') return verdict;
  // R16: between a workload and its own machine nothing is guarded.
  for (const end of [from, to]) {
    if (end.fact.hostNetwork === null) continue;
    if (end.fact.everyNode) return 'reachable';
    if (verdict === 'blocked') verdict = 'possible';
  }
  return verdict;
}

interface Call {
  readonly input: RelationInput;
  readonly from: NaiveEnd;
  readonly to: NaiveEnd;
  readonly protocol: Protocol;
  readonly port: number;
  /** R62: what is asked is how the answers fare, which go the other way. */
  readonly answers?: true;
}

const ALLOW: Outcomes = new Set(['allow']);

/** What the guards of one end say: those of every layer have to admit (R62, R73). */
function ruling(call: Call, direction: Direction): Outcomes {
  const subject = (direction === 'egress' ? call.from : call.to) as RunningWorkload;
  const effective = call.input.assume.profile === 'effective';
  // R15, R27: what has the network of its machine is guarded by nobody.
  if (effective && subject.fact.hostNetwork !== null) return ALLOW;
  const guarding = call.input.guards
    .map((guard) => ({ guard, applies: picks(call.input, guard.subject, subject) }))
    .filter(({ applies }) => applies !== 'no');
  const layers = [...new Set(guarding.map(({ guard }) => guard.layer ?? 0))].flatMap((layer) => {
    const asked = guarding.filter(({ guard }) => (guard.layer ?? 0) === layer);
    const forgetful = asked.filter(({ guard }) => guard.stateless);
    return [inLayer(call, direction, asked), inLayer({ ...call, answers: true }, direction, forgetful)];
  });
  const outcomes = new Set<Outcome>();
  if (layers.every((said) => said.has('allow'))) outcomes.add('allow');
  if (layers.some((said) => said.has('deny'))) outcomes.add('deny');
  return outcomes;
}

/** What the guards of one layer say, tier by tier (R2, R4, R23–R26). */
function inLayer(call: Call, direction: Direction, guarding: readonly Applying[]): Outcomes {
  const tiers = [...new Set(guarding.map(({ guard }) => guard.tier))].sort((a, b) => a - b);
  let open = true;
  const outcomes = new Set<Outcome>();
  for (const tier of tiers) {
    if (!open) break;
    const said = sayOf(
      call,
      direction,
      guarding.filter(({ guard }) => guard.tier === tier),
    );
    for (const one of said) if (one !== 'next') outcomes.add(one);
    open = said.has('next');
  }
  if (open) outcomes.add('allow');
  return outcomes;
}

type Said = Outcome | 'next';
interface Applying {
  readonly guard: Guard;
  readonly applies: Match;
}

/** What one tier says: its guards with priorities in their order, then those without together. */
function sayOf(call: Call, direction: Direction, guarding: readonly Applying[]): ReadonlySet<Said> {
  const said = new Set<Said>();
  const ask = (group: readonly Applying[]): boolean => {
    const each = group.map((one) => firstMatch(call, direction, one));
    // R24: of equal priority any may come first, so that whatever one of them decides may be the decision.
    for (const answers of each)
      for (const answer of answers) if (answer !== 'on') said.add(answer === 'pass' ? 'next' : answer);
    return each.every((answers) => answers.has('on'));
  };
  // A priority that nobody knows may come before all others and after them, whatever these decide.
  let open = ask(guarding.filter(({ guard }) => typeof guard.priority === 'object' && guard.priority !== null));
  const numbers = guarding.flatMap(({ guard }) => (typeof guard.priority === 'number' ? [guard.priority] : []));
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    if (ask(guarding.filter(({ guard }) => guard.priority === number))) continue;
    open = false;
    break;
  }
  if (!open) return said;
  for (const one of together(
    call,
    direction,
    guarding.filter(({ guard }) => guard.priority === null),
  ))
    said.add(one);
  return said;
}

/** What the first grant that matches says; `on` where none does. */
function firstMatch(
  call: Call,
  direction: Direction,
  { guard, applies }: Applying,
): ReadonlySet<Outcome | 'pass' | 'on'> {
  const answers = new Set<Outcome | 'pass' | 'on'>();
  if (applies === 'maybe') answers.add('on');
  for (const grant of guard.grants) {
    if (grant.direction !== written(call, direction)) continue;
    const matches = grantMatches(call, grant);
    if (matches === 'no') continue;
    answers.add(grant.verdict);
    if (matches === 'yes') return answers;
  }
  answers.add('on');
  return answers;
}

/** R4: what one allows is allowed; what none allows is denied where one of them isolates, and else not decided. */
function together(call: Call, direction: Direction, guarding: readonly Applying[]): ReadonlySet<Said> {
  const isolating = guarding.filter(({ guard }) => guard.isolates.includes(written(call, direction)));
  const isolated = any(isolating.map(({ applies }) => applies));
  if (isolated === 'no') return new Set(['next']);
  // R3: the grants of a guard that does not isolate the direction are dead.
  const allowed = any(
    isolating.map(({ guard, applies }) =>
      both(
        applies,
        any(
          guard.grants
            .filter((grant) => grant.direction === written(call, direction))
            .map((grant) => grantMatches(call, grant)),
        ),
      ),
    ),
  );
  const said = new Set<Said>();
  if (allowed !== 'no') said.add('allow');
  if (allowed !== 'yes') said.add('deny');
  if (isolated === 'maybe') said.add('next');
  return said;
}

function any(matches: readonly Match[]): Match {
  return matches.includes('yes') ? 'yes' : matches.includes('maybe') ? 'maybe' : 'no';
}

function both(a: Match, b: Match): Match {
  return a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'maybe';
}

/** R6: peers and ports; none is all. What may not be there may not match. */
function grantMatches(call: Call, { direction, peers, ports, verdict, perhaps }: GrantFact): Match {
  const other = (direction === 'egress') === (call.answers === undefined) ? call.to : call.from;
  const peer = peers.length === 0 ? 'yes' : any(peers.map((one) => peerMatches(call.input, one, other)));
  const matches = (one: GrantPort): Match =>
    call.answers ? answersMatch(call, one, verdict) : portMatches(call, one) ? 'yes' : 'no';
  const port = ports.length === 0 ? 'yes' : any(ports.map(matches));
  return both(port, both(perhaps ? 'maybe' : 'yes', peer));
}

/** Where answers are asked about, rules of the other direction count. */
function written({ answers }: Call, direction: Direction): Direction {
  return (direction === 'ingress') === (answers === undefined) ? 'ingress' : 'egress';
}

/** R62: an answer goes to whichever port the caller took; most take one from 32768 to 60999, and any over 1023 may be it. */
function answersMatch({ protocol }: Call, asked: GrantPort, verdict: GrantFact['verdict']): Match {
  if (asked.protocol !== null && asked.protocol !== protocol) return 'no';
  if (asked.ports === null) return 'yes';
  if (typeof asked.ports === 'string') return 'maybe';
  const { from, to } = asked.ports;
  const [most, any] = [
    [32_768, 60_999],
    [1024, 65_535],
  ] as const;
  const holds = ([first, last]: readonly [number, number]) => from <= first && last <= to;
  const touches = ([first, last]: readonly [number, number]) => from <= last && first <= to;
  if (verdict === 'allow') return holds(most) ? 'yes' : touches(any) ? 'maybe' : 'no';
  return holds(any) ? 'yes' : touches(most) ? 'maybe' : 'no';
}

/** R11–R13, R28: the port of the destination, by number or by the name that it has there. */
function portMatches({ to, protocol, port }: Call, asked: GrantPort): boolean {
  // A protocol without ports is none of those that are asked about (R60).
  if (asked.protocol !== null && asked.protocol !== protocol) return false;
  if (asked.ports === null) return true;
  if (typeof asked.ports !== 'string') return asked.ports.from <= port && port <= asked.ports.to;
  if (typeof to === 'string') return false;
  return to.containers.some(
    ({ fact, ports }) =>
      fact.role !== 'init' &&
      ports.some(
        (own) =>
          own.name === asked.ports && own.protocol === protocol && own.ports.from <= port && port <= own.ports.to,
      ),
  );
}

function peerMatches(input: RelationInput, peer: Peer, end: NaiveEnd): Match {
  const { profile, addressesMatchWorkloads } = input.assume;
  if (typeof end === 'string') {
    if (peer.kind === 'workloads') return 'no';
    if (peer.kind === 'unknown') return profile === 'declared' || peer.of === 'workloads' ? 'no' : 'maybe';
    return inRange(end, peer.cidr) && !peer.except.some((cidr) => inRange(end, cidr)) ? 'yes' : 'no';
  }
  if (peer.kind === 'workloads') return picks(input, peer.selector, end);
  // On paper an address is nothing that a workload has (R9).
  if (profile === 'declared') return 'no';
  // R15: what has the network of its machine comes with an address of the machine, whichever that is.
  if (end.fact.hostNetwork !== null) return 'maybe';
  if (peer.kind === 'unknown') return peer.of ? 'maybe' : 'no';
  const meant = peer.workloads ?? addressesMatchWorkloads;
  if (meant === false) return 'no';
  if (meant === true && peer.cidr === '0.0.0.0/0' && peer.except.length === 0) return 'yes';
  return overlapsPrivate(peer.cidr) ? 'maybe' : 'no';
}

/** R1, R7, R8, R15, R19: whether a selector picks a workload. */
function picks({ namespaces, assume }: RelationInput, selector: Selector, { fact }: RunningWorkload): Match {
  if (assume.profile === 'effective' && fact.hostNetwork !== null) return 'no';
  if (!selector.requirements.every((one) => meets(fact.labels, one))) return 'no';
  if (!selector.namespaces) return fact.namespace === selector.namespace ? 'yes' : 'no';
  if (fact.namespace === null) return 'no';
  const known = namespaces.get(fact.namespace);
  const labels = known?.labels ?? new Map<string, string>();
  const open = assume.profile === 'effective' && (known?.open ?? true);
  let match: Match = 'yes';
  for (const one of selector.namespaces) {
    if (open && !labels.has(one.key)) match = both(match, 'maybe');
    else if (!meets(labels, one)) match = 'no';
  }
  return match;
}

function meets(labels: ReadonlyMap<string, string>, { key, operator, values }: Requirement): boolean {
  const value = labels.get(key);
  if (operator === 'exists') return value !== undefined;
  if (operator === 'absent') return value === undefined;
  if (operator === 'in') return value !== undefined && values.includes(value);
  return value === undefined || !values.includes(value);
}

function inRange(address: string, cidr: string): boolean {
  const [range, length] = ipaddr.parseCIDR(cidr);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === range.kind() && parsed.match(range, length);
}

/** Whether a range holds an address that a workload could have: of the blocks it is made from, one is inside the other. */
function overlapsPrivate(cidr: string): boolean {
  const [range, length] = ipaddr.parseCIDR(cidr);
  return PRIVATE_BLOCKS.some((block) => {
    const [other, otherLength] = ipaddr.parseCIDR(block);
    if (other.kind() !== range.kind()) return false;
    return otherLength <= length ? range.match(other, otherLength) : other.match(range, length);
  });
}

/** RFC 1918, RFC 6598, RFC 4193. */
const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];
