/** Two workloads of different networks: the links that lead there and back, and what one side lacks (R71, R74). */
import type { Unknown } from '../../source/value.ts';
import type { Environment, Passage } from '../exposure-graph.ts';
import type { LinkFact } from '../link-fact.ts';
import type { Hop, Segment, Workload } from '../vocabulary.ts';
import type { Change, Obstacle } from './view.ts';

/** How one workload gets to the network of another, as far as guards do not stop it. */
export interface Meeting {
  /** The links on the way there. */
  readonly hops: readonly Hop[];
  /** Why nobody can be sure that they meet; empty where they surely do. */
  readonly because: readonly string[];
  /** What the code would have to say for it to be sure. */
  readonly settling: readonly Change[];
}

const TOGETHER: Meeting = { hops: [], because: [], settling: [] };

/** Null where they do not meet. */
export function meetingOf(environment: Environment, from: Workload, to: Workload): Meeting | null {
  const there = new Set(openSegments(to));
  if (from === to || openSegments(from).some((segment) => there.has(segment))) return TOGETHER;
  const because = crossingBecause(environment, from, to) ?? crossingBecause(environment, to, from);
  if (!because) return null;
  const [out, back] = [surest(environment, from, to), surest(environment, to, from)];
  const hops = out ? [{ kind: KINDS[out.link.kind], name: out.link.name, origin: out.link.origin }] : [];
  const doubts = new Set([out, back].flatMap((passage) => (passage ? unknownsOf(passage) : [])));
  return { hops, because, settling: [...doubts].map(({ because: text, origin }) => settled(text, origin)) };
}

const KINDS: Readonly<Record<LinkFact['kind'], string>> = {
  peering: 'peering',
  transit: 'transit gateway',
  tunnel: 'tunnel',
  namesake: 'network of the same name',
};

function settled(because: string, origin: Change['origin']): Change {
  return { text: `${because}: say it there`, origin, guard: null };
}

/** Meeting is mutual: of one that calls nobody by itself the other one knows. */
function crossingBecause({ reachability }: Environment, from: Workload, to: Workload): readonly string[] | null {
  const own = reachability.classes.find(({ members }) => members.includes(from));
  const found = own && reachability.comersTo(to).find(({ classes }) => classes.has(own));
  return found?.because ?? null;
}

function surest({ reachability }: Environment, from: Workload, to: Workload): Passage | undefined {
  const open = reachability.passages(from, to).filter(({ because }) => because !== null);
  const doubts = ({ because }: Passage) => because?.length ?? 0;
  return open.reduce<Passage | undefined>(
    (best, each) => (best && doubts(best) <= doubts(each) ? best : each),
    undefined,
  );
}

function unknownsOf({ link, from, to }: Passage): readonly Unknown[] {
  return [link.unknown, from.unknown, to.unknown].flatMap((each) => each ?? []);
}

/**
 * What one side lacks where links lead one way only, or would lead with a route; none where no link has to do with both.
 * It is told of the way there before the way back.
 */
export function missingLinks(environment: Environment, from: Workload, to: Workload): readonly Obstacle[] {
  const { passages } = environment.reachability;
  const [out, back] = [passages(from, to), passages(to, from)];
  if (out.length === 0 && back.length === 0) return [];
  return [...missing(from, to, out, back), ...missing(to, from, back, out)];
}

function missing(
  from: Workload,
  to: Workload,
  passages: readonly Passage[],
  opposite: readonly Passage[],
): readonly Obstacle[] {
  if (passages.some(({ because }) => because !== null)) return [];
  const [closed] = passages;
  if (closed) return [unrouted(from, to, closed)];
  const [other] = opposite;
  if (!other) return [];
  const { link } = other;
  const kind = KINDS[link.kind];
  return [
    {
      text: `${kind} ${link.name} leads from the network of ${to.name} to that of ${from.name}, and none leads the other way: each side has to have its own`,
      origin: link.origin,
      change: `give the network of ${from.name} its side: a ${kind} to the network of ${to.name}`,
    },
  ];
}

/** A link that would lead there: the side that sends has no route for it, or the link takes nothing there. */
function unrouted(from: Workload, to: Workload, { link, from: sender, to: receiver }: Passage): Obstacle {
  const name = `${KINDS[link.kind]} ${link.name}`;
  const target = receiver.addresses ?? [];
  const wanted = target.length > 0 ? target.join(', ') : `the addresses of ${to.name}`;
  if (receiver.addresses?.length === 0) {
    return {
      text: `${name} takes nothing to the network of ${to.name}`,
      origin: receiver.origin,
      change: `let ${name} lead to ${to.name}`,
    };
  }
  const has = sender.addresses ?? [];
  const only = has.length > 0 ? `, only to ${has.join(', ')}` : '';
  return {
    text: `no route of the network of ${from.name} leads over ${name} to ${to.name}${only}`,
    origin: sender.origin,
    change: `give the network of ${from.name} a route to ${wanted} over ${name}`,
  };
}

/** The segments whose members reach each other. */
export function openSegments({ segments }: Workload): readonly Segment[] {
  return segments.filter(({ open }) => open);
}
