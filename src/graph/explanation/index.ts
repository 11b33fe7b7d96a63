/** Whether one end reaches another, by which way, what admits or stops it, and the least to change (outputs.md, `explain`). */
import { portsIn } from '../connections/ports.ts';
import type { Environment } from '../exposure-graph.ts';
import type { Direction, Protocol } from '../fragment.ts';
import { relationIn } from '../reach/granted.ts';
import type { Bounds, Decision, End, Relation } from '../reach/relation.ts';
import { intersect, isEmpty } from '../sets/address-set.ts';
import { type PortSet, portRanges } from '../sets/port-set.ts';
import type { Guard, Listener, Workload } from '../vocabulary.ts';
import { guardText, leastChange } from './change.ts';
import { meetingOf } from './links.ts';
import { obstaclesAmong, obstaclesFromOutside, obstaclesToOutside } from './obstacles.ts';
import type {
  Answer,
  AnswerWay,
  AskedEnd,
  AskedPort,
  AskedSide,
  Change,
  EnvironmentExplanation,
  Obstacle,
  Side,
} from './view.ts';
import { arrival, hopOf, mayBeRouted, wayAmong, waysFromOutside } from './ways.ts';

/** Ports of a target that are told where none is asked for. */
const MOST_ANSWERS = 20;

/** Explains one environment; at least one of the ends is a workload of it. */
export function explain(
  environment: Environment,
  from: AskedEnd,
  to: AskedEnd,
  asked: AskedPort | null,
): EnvironmentExplanation {
  if (from.kind === 'guard') throw new Error('nobody calls from a guard');
  if (to.kind === 'guard') return { id: environment.id, from, to, answers: [unused(to.guard)], left: 0 };
  const ports = to.kind === 'workload' ? portsAsked(environment, to.workload, asked) : portsOutside(asked);
  const relation = relationIn(environment);
  const answers = ports.slice(0, MOST_ANSWERS).map((port) => answerFor(environment, relation, from, to, port));
  return { id: environment.id, from, to, answers, left: Math.max(0, ports.length - MOST_ANSWERS) };
}

/** A port to explain; all of them where it has none. */
interface Question {
  readonly port: { readonly protocol: Protocol; readonly port: number } | null;
  readonly listener: Listener | null;
}

/** What is asked of a workload: the port that is named, else each port that it listens on. */
function portsAsked({ listeners }: Environment, workload: Workload, asked: AskedPort | null): readonly Question[] {
  const own = listeners.filter((each) => each.workload === workload && each.valid);
  const wanted = asked
    ? own.filter(
        ({ ports, protocol }) =>
          ports.from <= asked.port && asked.port <= ports.to && (asked.protocol ?? protocol) === protocol,
      )
    : own;
  const questions = new Map<string, Question>();
  for (const listener of wanted) {
    const port = { protocol: listener.protocol, port: asked?.port ?? listener.ports.from };
    const key = `${port.protocol} ${port.port}`;
    if (!questions.has(key)) questions.set(key, { port, listener });
  }
  return questions.size > 0 ? [...questions.values()] : portsOutside(asked);
}

function portsOutside(asked: AskedPort | null): readonly Question[] {
  return [{ port: asked && { protocol: asked.protocol ?? 'tcp', port: asked.port }, listener: null }];
}

function answerFor(
  environment: Environment,
  relation: Relation,
  from: AskedSide,
  to: AskedSide,
  { port, listener }: Question,
): Answer {
  const granted = port ? null : openPorts(relation, from, to);
  const probe = port ?? sampleOf(granted);
  const decision = decide(relation, from, to, probe);
  const { ways, obstacles, settling = [] } = between(environment, from, to, listener, decision);
  const [best] = ways;
  const sides = sidesOf(relation, from, to, decision);
  const at = port ? `${port.protocol}/${port.port}` : 'the ports that it needs';
  const far = ({ workload }: Side) =>
    `${nameOf(from.kind === 'workload' && from.workload === workload ? to : from)} on ${at}`;
  return {
    port,
    granted: granted && portsIn(granted.may, relation),
    listener,
    verdict: best?.verdict ?? 'blocked',
    because: best?.because ?? [],
    ways,
    // What comes in under another address than its own is not what the guards were asked about.
    sides: best ? sides.filter(({ verdict }) => verdict !== 'deny') : sides,
    obstacles,
    changes: best ? settling : leastChange(sides, obstacles, far),
  };
}

/** What is said of a guard that nothing is known to use. */
function unused(guard: Guard): Answer {
  const origin = guard.origins[0] ?? guard.subject.origin;
  const name = guardText(guard);
  const nobody = guard.attachment === 'unattached';
  const text = nobody ? `nothing here uses ${name}: whom it lets in gets to nothing` : '';
  const change = `name ${name} in what it is for, or take it away`;
  return {
    ...{ port: null, granted: null, listener: null, ways: [], sides: [] },
    verdict: nobody ? 'blocked' : 'possible',
    because: nobody ? [] : [`who uses ${name} is not in the code`],
    obstacles: nobody ? [{ text, origin, change }] : [],
    changes: nobody ? [{ text: change, origin, guard }] : [],
  };
}

/** Addresses of both families are asked of apart (S10): who gets in by one of them gets in. */
function decide(
  relation: Relation,
  from: AskedSide,
  to: AskedSide,
  { protocol, port }: { readonly protocol: Protocol; readonly port: number },
): Decision {
  const [sources, targets] = [familiesOf(from), familiesOf(to)];
  const decisions = sources.flatMap((source) =>
    targets.map((target) => relation.decide(endOf(source), endOf(target), protocol, port)),
  );
  return ORDER.flatMap((verdict) => decisions.filter((each) => each.verdict === verdict))[0] as Decision;
}

const ORDER: readonly Decision['verdict'][] = ['reachable', 'possible', 'blocked'];

function familiesOf(end: AskedSide): readonly AskedSide[] {
  if (end.kind === 'workload') return [end];
  const { v4, v6 } = end.addresses;
  if (v4.length === 0 || v6.length === 0) return [end];
  return [
    { ...end, addresses: { v4, v6: [] } },
    { ...end, addresses: { v4: [], v6 } },
  ];
}

interface Between {
  /** The surest first; none where it is blocked. */
  readonly ways: readonly AnswerWay[];
  /** What stops it beside guards. */
  readonly obstacles: readonly Obstacle[];
  /** What the code would have to say of links for it to be sure. */
  readonly settling?: readonly Change[];
}

function between(
  environment: Environment,
  from: AskedSide,
  to: AskedSide,
  listener: Listener | null,
  { verdict, because }: Decision,
): Between {
  const only = (path: AnswerWay['path'], obstacles: readonly Obstacle[], doubts: readonly string[]): Between => {
    if (verdict === 'blocked' || obstacles.length > 0) return { ways: [], obstacles };
    const reasons = [...because, ...doubts];
    const surely = verdict === 'reachable' && reasons.length === 0;
    return { ways: [{ path, verdict: surely ? 'reachable' : 'possible', because: reasons }], obstacles };
  };
  if (to.kind === 'addresses') {
    if (from.kind === 'addresses') throw new Error('nobody stands between two addresses');
    const { workload } = from;
    const end = { kind: to.text, name: to.text, origin: hopOf(workload).origin };
    return only([hopOf(workload), end], obstaclesToOutside(workload), idle(workload));
  }
  const doubts = [...idle(to.workload), ...(listener?.doubt ? [listener.doubt] : [])];
  if (from.kind === 'workload') {
    const meeting = meetingOf(environment, from.workload, to.workload);
    const path = wayAmong(environment, from.workload, to.workload, listener, meeting?.hops ?? []);
    const obstacles = obstaclesAmong(environment, from.workload, to.workload, listener, meeting !== null);
    const unsure = [...idle(from.workload), ...(meeting?.because ?? []), ...doubts];
    return { ...only(path, obstacles, unsure), settling: meeting?.settling ?? [] };
  }
  const ways = listener ? waysFromOutside(environment, from, listener) : [];
  if (ways.length > 0) return { ways, obstacles: [] };
  if (mayBeRouted(to.workload, from)) return only(arrival(to.workload, listener), [], [ROUTED, ...doubts]);
  const denied = verdict === 'blocked';
  return { ways, obstacles: obstaclesFromOutside(environment, from.text, to.workload, listener, denied) };
}

const ROUTED = 'whether these addresses are routed to its network is not in the code';

function idle({ name, optional, replicas }: Workload): readonly string[] {
  if (optional) return [`${name} runs only where somebody asks for it`];
  return replicas === 0 ? [`no replica of ${name} runs as written`] : [];
}

function sidesOf(relation: Relation, from: AskedSide, to: AskedSide, { egress, ingress }: Decision): readonly Side[] {
  const side = (end: AskedSide, direction: Direction, ruling: Decision['egress']): readonly Side[] => {
    if (end.kind !== 'workload') return [];
    const { workload } = end;
    return [{ ...ruling, direction, workload, guarded: relation.guardsOf(workload, direction).length > 0 }];
  };
  return [...side(from, 'egress', egress), ...side(to, 'ingress', ingress)];
}

/** The ports that guards leave open between two ends; of addresses, those to all of them for sure, to any perhaps. */
function openPorts(relation: Relation, from: AskedSide, to: AskedSide): Bounds<PortSet> {
  if (from.kind === 'workload' && to.kind === 'workload') {
    return relation.between(relation.classOf(from.workload), relation.classOf(to.workload));
  }
  const { sets, everyPort } = relation;
  const direction = from.kind === 'workload' ? 'egress' : 'ingress';
  const outside = from.kind === 'addresses' ? from.addresses : to.kind === 'addresses' ? to.addresses : null;
  let bounds: Bounds<PortSet> = { must: everyPort, may: sets.empty };
  for (const part of relation.addresses[direction]) {
    if (outside === null || isEmpty(intersect(part, outside))) continue;
    const { must, may } =
      from.kind === 'workload'
        ? relation.toAddresses(relation.classOf(from.workload), part)
        : relation.fromAddresses(part, relation.classOf((to as Extract<AskedSide, { kind: 'workload' }>).workload));
    bounds = { must: sets.intersect(bounds.must, must), may: sets.union(bounds.may, may) };
  }
  return bounds;
}

/** One port that stands for all: a sure one, else one that may be open, else any. */
function sampleOf(granted: Bounds<PortSet> | null): { readonly protocol: Protocol; readonly port: number } {
  const [first] = granted ? [...portRanges(granted.must), ...portRanges(granted.may)] : [];
  return first ? { protocol: first.protocol, port: first.ports.from } : { protocol: 'tcp', port: 1 };
}

function endOf(end: AskedSide): End {
  return end.kind === 'workload' ? end : { kind: 'addresses', addresses: end.addresses };
}

/** `shop/web`, or the addresses as they were asked for. */
function nameOf(end: AskedSide): string {
  if (end.kind === 'addresses') return end.text;
  const { namespace, name } = end.workload;
  return namespace === null ? name : `${namespace}/${name}`;
}
