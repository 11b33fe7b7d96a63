/** One connection between any two ends, with everything that is to be said about it (§4.5, §4.6). */
import { append } from '../../source/multimap.ts';
import { once } from '../../source/once.ts';
import type { Direction, Protocol } from '../fragment.ts';
import { placeOfPort } from '../sets/port-set.ts';
import type { Assumptions, Verdict, Workload } from '../vocabulary.ts';
import type { Answering } from './answers.ts';
import type { ColumnTable } from './columns.ts';
import { type FarEnd, farAddresses, farClass, farStranger, selectsStranger, strangerOf } from './far-end.ts';
import type { KnownClass } from './guarded-classes.ts';
import { missesOf } from './misses.ts';
import type { Pairs } from './pairs.ts';
import type { Peers } from './peers.ts';
import type { AskedPortTable, PortOwner } from './ports.ts';
import { type Profile, profileOf, UNGUARDED } from './profiles.ts';
import type { ReadyGuard } from './ready-guards.ts';
import type { Bounds, Decision, End, Labelled, Ruling } from './relation.ts';
import { ruling } from './witness.ts';

/** What connections are decided with. */
export interface Deciding {
  readonly assume: Assumptions;
  readonly guards: readonly ReadyGuard[];
  readonly peers: Peers;
  readonly ports: AskedPortTable;
  readonly columns: ColumnTable;
  readonly pairs: Pairs;
  readonly labelsOf: (namespace: string) => Labelled;
  readonly classOf: (workload: Workload) => KnownClass;
  readonly profileOf: (known: KnownClass) => Profile;
  readonly told: Answering['told'];
}

/** Decides connections. */
export interface Decisions {
  decide(from: End, to: End, protocol: Protocol, port: number): Decision;
  /** Whether a stranger gets to a class. */
  stranger(namespace: string | null, to: KnownClass, place: number): Verdict | 'blocked';
}

/** One end of a connection: what guards it, and how the other end's guards see it. */
interface Side {
  readonly end: End;
  readonly known: KnownClass | null;
  readonly profile: Profile;
  readonly namespace: string | null;
  readonly owner: PortOwner;
  readonly far: FarEnd;
}

/** A workload that the code does not show, and where it was let in before. */
interface Stranger extends Side {
  readonly admitted: Map<string, Bounds<boolean>>;
}

export function decisions(by: Deciding): Decisions {
  const { peers, ports, columns, pairs } = by;
  const strangers = new Map<string | null, Stranger>();
  const placed = placedGuards(by.guards);
  const strangerSide = (namespace: string | null): Stranger => {
    const known = strangers.get(namespace);
    if (known) return known;
    const stranger = strangerOf(namespace, by.assume, by.labelsOf);
    // A guard that asks for labels may hold it or not; one that asks for none holds it for certain.
    const over = [...placed.everywhere(), ...(placed.within().get(namespace) ?? [])]
      .filter(({ ready }) => selectsStranger(ready.guard.subject, stranger).must)
      .sort((a, b) => a.place - b.place)
      .map(({ ready }) => ready);
    const made: Stranger = {
      end: { kind: 'stranger', namespace },
      known: null,
      profile: profileOf(
        -1,
        over.map((ready) => ({ ready, sure: true })),
      ),
      namespace,
      owner: 'stranger',
      far: farStranger(stranger, by.assume),
      admitted: new Map(),
    };
    strangers.set(namespace, made);
    return made;
  };
  const sideOf = (end: End, seenBy: Direction): Side => {
    if (end.kind === 'stranger') return strangerSide(end.namespace);
    if (end.kind === 'addresses') {
      const far = farAddresses(end.addresses, seenBy, peers);
      return { end, known: null, profile: UNGUARDED, namespace: null, owner: 'addresses', far };
    }
    const known = by.classOf(end.workload);
    const { namespace } = known.class;
    return { end, known, profile: by.profileOf(known), namespace, owner: known.named, far: farClass(known, peers) };
  };

  /** Whether the guards of a class treat all addresses of the other side alike, although not by one grant. */
  const alike = (near: KnownClass, far: Side, direction: Direction, owner: PortOwner, place: number) => {
    if (far.end.kind !== 'addresses') return 'unknown';
    const { space, touching } = peers.parts[direction];
    const { must, may } = columns(by.profileOf(near), direction, owner).addresses(place);
    const touched = touching(far.end.addresses);
    if (space.isEmpty(space.subtract(touched, must))) return 'allow';
    return space.isEmpty(space.intersect(touched, may)) ? 'deny' : 'unknown';
  };

  const rule = (
    near: Side,
    far: Side,
    direction: Direction,
    owner: PortOwner,
    protocol: Protocol,
    port: number,
  ): Ruling => {
    if (near.profile.tiers(direction).length === 0) return OPEN;
    const place = placeOfPort(protocol, port);
    const asked = ruling(pairs, near, direction, far.far, owner, place);
    const said = { ...asked, by: asked.by.map(({ guard, grant }) => by.told(guard, grant)) };
    const past = said.verdict === 'allow' ? null : (far.known?.machine ?? null);
    if (past === 'every') return OPEN;
    if (past === 'one') {
      const because = [...said.because, BESIDE];
      return { ...said, verdict: 'unknown', because, rules: [...said.rules, 'R16'], misses: [] };
    }
    const verdict =
      said.verdict === 'unknown' && near.known ? alike(near.known, far, direction, owner, place) : said.verdict;
    if (verdict === 'unknown') return { ...said, misses: [] };
    const workload = far.known?.sample ?? null;
    const denied = { direction, far: far.far, workload, owner, protocol, port };
    const misses = verdict === 'deny' ? missesOf(near.profile, denied, ports, by.labelsOf, by.told) : [];
    return { verdict, because: [], rules: [], by: said.by, misses };
  };

  const letIn = (from: Stranger, to: KnownClass, place: number): Bounds<boolean> => {
    const profile = by.profileOf(to);
    const key = `${profile.id} ${place} ${to.named.key}`;
    const known = from.admitted.get(key) ?? pairs.one(profile, 'ingress', from.far, to.named, place);
    from.admitted.set(key, known);
    return known;
  };

  return {
    decide(from, to, protocol, port) {
      const [caller, called] = [sideOf(from, 'ingress'), sideOf(to, 'egress')];
      const egress = rule(caller, called, 'egress', called.owner, protocol, port);
      const ingress = rule(called, caller, 'ingress', called.owner, protocol, port);
      const verdicts = [egress.verdict, ingress.verdict];
      const verdict = verdicts.includes('deny') ? 'blocked' : verdicts.includes('unknown') ? 'possible' : 'reachable';
      const because = verdict === 'possible' ? [...new Set([...egress.because, ...ingress.because])] : [];
      return { verdict, because, egress, ingress };
    },
    stranger(namespace, to, place) {
      if (to.machine === 'every') return 'reachable';
      const from = strangerSide(namespace);
      const into = letIn(from, to, place);
      if (!into.may) return to.machine ? 'possible' : 'blocked';
      const out = pairs.one(from.profile, 'egress', farClass(to, peers), to.named, place);
      if (into.must && out.must) return 'reachable';
      return out.may || to.machine ? 'possible' : 'blocked';
    },
  };
}

/** What is said where no guard has a say. */
const OPEN: Ruling = { verdict: 'allow', because: [], rules: [], by: [], misses: [] };
const BESIDE = 'it runs on the network of its machine, and guards do not hold between a workload and its own machine';

/** A guard, and its place among all of them. */
interface Placed {
  readonly ready: ReadyGuard;
  readonly place: number;
}

/** Guards by whom they may hold: whatever namespace it is in, or what is in one. */
function placedGuards(guards: readonly ReadyGuard[]) {
  const all = once(() => guards.map((ready, place): Placed => ({ ready, place })));
  return {
    everywhere: once(() => all().filter(({ ready }) => ready.guard.subject.namespaces)),
    within: once(() => {
      const found = new Map<string | null, Placed[]>();
      for (const one of all()) {
        const { namespace, namespaces } = one.ready.guard.subject;
        if (!namespaces) append(found, namespace, one);
      }
      return found;
    }),
  };
}
