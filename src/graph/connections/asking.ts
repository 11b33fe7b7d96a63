/** Why a connection is not as the objects say on paper: asked of the relation for one pair that stands for all. */
import type { Decision, End, Relation, Ruling } from '../reach/relation.ts';
import { type PortSet, portRanges } from '../sets/port-set.ts';
import type { Profile, Verdict, Workload } from '../vocabulary.ts';
import type { Grouped } from './groups.ts';
import { joined, NO_REASONS, type Reasons } from './reasons.ts';

/** Callers of whom one and the same is the reason; the list that was asked about itself where that is all of it. */
export type Ask = (
  from: readonly Grouped[],
  to: readonly Grouped[],
  ports: PortSet,
  verdict: Verdict,
) => readonly (Reasons & { readonly groups: readonly Grouped[] })[];

/** So many questions are asked one by one; then the first caller of a list speaks for those like it. */
const MOST_ASKED = 20_000;

/** Finds out why callers get to groups that are reached alike: nothing is to be found where all is as on paper. */
export function asking(relation: Relation, profile: Profile): Ask {
  let asked = 0;
  return (from, to, ports, verdict) => {
    if (from.length === 0 || (verdict === 'reachable' && profile === 'declared'))
      return [{ groups: from, ...NO_REASONS }];
    const found = new Map<string, Reasons & { readonly groups: Grouped[] }>();
    const spoken = new Map<boolean, Reasons>();
    for (const each of from) {
      // What surely gets through does so by one and the same rule: only the network of a machine is a way round.
      const known = verdict === 'reachable' || asked > MOST_ASKED ? spoken.get(each.onHost) : undefined;
      if (!known) asked++;
      const other = to.find((one) => one !== each) ?? each;
      const reasons = known ?? reasonsBetween(each, other, ports, relation, profile);
      spoken.set(each.onHost, reasons);
      const key = JSON.stringify(reasons);
      const same = found.get(key);
      if (same) same.groups.push(each);
      else found.set(key, { ...reasons, groups: [each] });
    }
    const [only, ...others] = found.values();
    return only && others.length === 0 ? [{ ...only, groups: from }] : [...found.values()];
  };
}

function reasonsBetween(from: Grouped, to: Grouped, ports: PortSet, relation: Relation, profile: Profile): Reasons {
  const source = from.group.members[0] as Workload;
  const target = to.group.members[from === to ? 1 : 0];
  // Alone in its group it has nobody but itself, which no connection speaks of.
  if (!target) return NO_REASONS;
  const decided = reasonsOf(endOf(source), endOf(target), ports, relation, profile);
  return joined([decided, from.idle, to.idle]);
}

/** Why one end gets to the other, one of them being no workload. */
export function reasonsOutside(
  group: Grouped,
  outside: End,
  ports: PortSet,
  inwards: boolean,
  relation: Relation,
): Reasons {
  const member = endOf(group.group.members[0] as Workload);
  const [from, to] = inwards ? [outside, member] : [member, outside];
  return joined([reasonsOf(from, to, ports, relation), group.idle]);
}

function reasonsOf(from: End, to: End, ports: PortSet, relation: Relation, profile: Profile = 'effective'): Reasons {
  const [first] = portRanges(ports);
  if (!first) return NO_REASONS;
  const decision = relation.decide(from, to, first.protocol, first.ports.from);
  // What guards surely say on paper is what the objects say.
  const plain = profile === 'declared' && decision.verdict !== 'possible';
  return { because: decision.because, rules: plain ? [] : rulesOf(decision, from, to) };
}

/** The rules that leave a decision open, or that make it other than it is on paper. */
export function rulesOf({ verdict, egress, ingress }: Decision, from: End, to: End): readonly string[] {
  if (verdict === 'possible') return [...egress.rules, ...ingress.rules];
  const onHost = [from, to].some((end) => end.kind === 'workload' && end.workload.hostNetwork !== null);
  return [...rulesIn(egress, to), ...rulesIn(ingress, from), ...(onHost ? ['R15', 'R16'] : [])];
}

/** Ranges of addresses that mean workloads: on paper they never do. */
function rulesIn({ by }: Ruling, far: End): readonly string[] {
  if (far.kind === 'addresses') return [];
  return by
    .flatMap(({ grant }) => grant?.peers ?? [])
    .flatMap((peer) =>
      peer.kind === 'workloads' ? [] : peer.kind === 'addresses' && !peer.workloads ? ['R9'] : ['R29'],
    );
}

function endOf(workload: Workload): End {
  return { kind: 'workload', workload };
}
