/**
 * What grants say of who uses what (E5, E15, S1): one that names the members of another group was written because these call,
 * or are called. Such a need is stated: where something else blocks it one of the two is wrong, and it excuses nothing.
 */
import type { Origin } from '../../source/span.ts';
import type { GrantFact, GrantPort, Selector } from '../fragment.ts';
import { isLoopback } from '../listener/bind.ts';
import type { Relation } from '../reach/relation.ts';
import { selectorKey } from '../reach/selector-key.ts';
import type { RunningWorkload, Select } from '../running.ts';
import type { Guard, Listener } from '../vocabulary.ts';
import { CROWD, type Evidence, type Found } from './evidence.ts';
import type { Listening } from './listening.ts';

/** A group that lets another in names it (E5); one that lets itself out to another says less (E15). */
const WEIGHT = { ingress: 0.9, egress: 0.8 } as const;

/** No more than these are told of one environment. */
const MOST = 20_000;

/** A group, by what guards tell apart: members that are alike to them share what stands in their way. */
interface Group {
  /** One of each class; none that calls nobody. */
  readonly clients: readonly RunningWorkload[];
  /** One of each class, protocol and port. */
  readonly listeners: readonly Listener[];
}

/** One need for each grant, class of clients, and class of listeners. */
export function grantedEvidence(
  guards: readonly Guard[],
  relation: Relation | null,
  select: Select,
  listening: Listening,
): Found<Evidence> {
  const evidence: Evidence[] = [];
  const crowds: Origin[] = [];
  if (!relation) return { evidence, crowds };
  const groups = new Map<string, Group>();
  const groupOf = (selector: Selector, key: string): Group => {
    const known = groups.get(key) ?? grouped(select(selector), relation, listening);
    groups.set(key, known);
    return known;
  };
  for (const { subject, grants } of guards) {
    if (!namesMembers(subject)) continue;
    const own = selectorKey(subject);
    for (const grant of grants) {
      if (!states(grant)) continue;
      for (const peer of grant.peers) {
        if (peer.kind !== 'workloads' || !namesMembers(peer.selector)) continue;
        const other = selectorKey(peer.selector);
        if (own === other) continue;
        const ends = [groupOf(peer.selector, other), groupOf(subject, own)] as const;
        const [from, to] = grant.direction === 'ingress' ? ends : [ends[1], ends[0]];
        const called = to.listeners.filter((listener) => grant.ports.some((port) => isMeant(listener, port)));
        if (from.clients.length * called.length > CROWD || evidence.length > MOST) crowds.push(grant.origin);
        else evidence.push(...pairsOf(from.clients, called, grant));
      }
    }
  }
  return { evidence, crowds };
}

function pairsOf(
  clients: readonly RunningWorkload[],
  listeners: readonly Listener[],
  { direction, origin }: GrantFact,
): readonly Evidence[] {
  return clients.flatMap(({ workload: from }) =>
    listeners.flatMap((to): readonly Evidence[] =>
      to.workload === from
        ? []
        : [
            {
              from,
              to,
              kind: 'grant',
              weight: WEIGHT[direction],
              stated: true,
              transport: 'unknown',
              origins: [origin],
            },
          ],
    ),
  );
}

function grouped(members: readonly RunningWorkload[], relation: Relation, listening: Listening): Group {
  const clients = new Map<number, RunningWorkload>();
  const listeners = new Map<string, Listener>();
  for (const member of members) {
    const { index } = relation.classOf(member.workload);
    if (!member.fact.answersOnly && !member.fact.isolated && !clients.has(index)) clients.set(index, member);
    for (const listener of listening.of(member)) {
      if (!listener.valid || listener.doubt !== null || isLoopback(listener.bind)) continue;
      const { protocol, ports } = listener;
      const key = `${index} ${protocol} ${ports.from}-${ports.to}`;
      if (!listeners.has(key)) listeners.set(key, listener);
    }
  }
  return { clients: [...clients.values()], listeners: [...listeners.values()] };
}

/** Members of something that has a name, and not whoever has a label. */
function namesMembers({ requirements }: Selector): boolean {
  return requirements.length > 0 && requirements.every(({ member, operator }) => member && operator === 'in');
}

/** A grant of some ports that is there for certain. */
function states({ verdict, implicit, perhaps, ports }: GrantFact): boolean {
  return verdict === 'allow' && !implicit && !perhaps && ports.length > 0;
}

/** A rule for every port says nothing of any. */
function isMeant({ protocol, ports }: Listener, asked: GrantPort): boolean {
  const { ports: range } = asked;
  if (asked.protocol !== protocol || range === null || typeof range === 'string') return false;
  return range.from <= ports.from && ports.to <= range.to && range.to - range.from < EVERY;
}

const EVERY = 65_534;
