/** Makes the granted relation of an environment (reachability.md §4). */
import type { Direction } from '../fragment.ts';
import type { AddressSet } from '../sets/address-set.ts';
import { type PortSet, placeOfPort, portSets } from '../sets/port-set.ts';
import type { Workload } from '../vocabulary.ts';
import { withAnswers } from './answers.ts';
import { bitSpace, type KnownBits } from './bits.ts';
import { callersAt, classSets } from './callers.ts';
import { type Columns, columnTable } from './columns.ts';
import { decisions } from './deciding.ts';
import { egressIndex } from './egress-index.ts';
import { farAddresses, farClass } from './far-end.ts';
import { classesApart, type KnownClass } from './guarded-classes.ts';
import { pairs } from './pairs.ts';
import { peersOf } from './peers.ts';
import { mergedCuts, portParts } from './port-parts.ts';
import { askedPorts } from './ports.ts';
import { inTurn, onlyAllows, type Profile, profilesOf, UNGUARDED } from './profiles.ts';
import { readyGuards } from './ready-guards.ts';
import type { Bounds, GuardedClass, Relation, RelationInput } from './relation.ts';
import { namespaceLabels, selecting } from './selectors.ts';

/** The relation that `guards` make of `workloads`. */
export function relationOf({ workloads, guards: written, namespaces, assume }: RelationInput): Relation {
  const { guards, told } = withAnswers(written);
  const sets = portSets();
  const ports = askedPorts(sets);
  const known = classesApart(workloads, guards, assume.profile);
  const space = bitSpace(known.all.length);
  const labelsOf = namespaceLabels({ namespaces, assume });
  const select = selecting(space, known, labelsOf);
  const peers = peersOf(space, known, select, guards, assume);
  const ready = readyGuards(guards, select, peers, ports);
  const profiles = profilesOf(ready, known.all.length);
  // Where nothing enforces guards, they are still there to be shown, and hold nobody (R21).
  const inert = assume.profile === 'effective' && assume.guardsEnforced === false;
  const holding = inert ? [] : ready;
  const profileOf = ({ class: { index } }: KnownClass) => (inert ? UNGUARDED : (profiles[index] as Profile));

  const columns = columnTable(space, peers, ports);
  const letOut = egressIndex(space, known.all.length, holding, ports);
  const inward: Columns[] = [];
  const letIn = (to: KnownClass): Columns => {
    const { index } = to.class;
    inward[index] ??= columns(profileOf(to), 'ingress', to.named);
    return inward[index];
  };
  const classes = known.all.map((each) => each.class);
  const knownOf = ({ index }: GuardedClass) => known.all[index] as KnownClass;
  const classOf = (workload: Workload) => known.of.get(workload) as KnownClass;
  const callers = callersAt(space, known.all, letIn, letOut);
  const setOf = classSets(classes);
  const asking = pairs(sets, ports);
  const { everyPort } = ports;
  const deciding = {
    assume,
    guards: holding,
    peers,
    ports,
    columns,
    pairs: asking,
    labelsOf,
    classOf,
    profileOf,
    told,
  };
  const { decide, stranger } = decisions(deciding);

  const addressSets: Record<Direction, Map<KnownBits, AddressSet>> = { ingress: new Map(), egress: new Map() };
  const addressSet = (direction: Direction, bits: KnownBits): AddressSet => {
    const made = addressSets[direction].get(bits) ?? peers.parts[direction].addressesIn(bits);
    addressSets[direction].set(bits, made);
    return made;
  };
  const addresses = (direction: Direction, { must, may }: Bounds<KnownBits>): Bounds<AddressSet> => ({
    must: addressSet(direction, must),
    may: addressSet(direction, may),
  });
  const between = (from: KnownClass, to: KnownClass): Bounds<PortSet> => {
    // Guards do not hold between a workload and what runs on its own machine (R16).
    const beside = [from.machine, to.machine];
    if (beside.includes('every')) return { must: everyPort, may: everyPort };
    const out = asking.ports(profileOf(from), 'egress', farClass(to, peers), to.named);
    const into = asking.ports(profileOf(to), 'ingress', farClass(from, peers), to.named);
    const may = beside.includes('one') ? everyPort : sets.intersect(out.may, into.may);
    return { must: sets.intersect(out.must, into.must), may };
  };

  return {
    sets,
    everyPort,
    classes,
    classOf: (workload) => classOf(workload).class,
    between: (from, to) => between(knownOf(from), knownOf(to)),
    addresses: {
      get ingress() {
        return peers.parts.ingress.parts;
      },
      get egress() {
        return peers.parts.egress.parts;
      },
    },
    fromAddresses(from, to) {
      const it = knownOf(to);
      return asking.ports(profileOf(it), 'ingress', farAddresses(from, 'ingress', peers), it.named);
    },
    toAddresses: (from, to) =>
      asking.ports(profileOf(knownOf(from)), 'egress', farAddresses(to, 'egress', peers), 'addresses'),
    admitted: (to, protocol, port) => addresses('ingress', letIn(knownOf(to)).addresses(placeOfPort(protocol, port))),
    admitsStrangers: (namespace, to, protocol, port) => stranger(namespace, knownOf(to), placeOfPort(protocol, port)),
    callers(to, protocol, port) {
      const { must, may } = callers(knownOf(to), placeOfPort(protocol, port));
      return { must: setOf(must), may: setOf(may) };
    },
    decide,
    reachedBy(to) {
      const it = knownOf(to);
      const parts = portParts(sets, mergedCuts(letIn(it).cuts, letOut(it).cuts), (place) => {
        const [inside, outside] = [callers(it, place), letIn(it).addresses(place)];
        if (inside.may === space.none && outside.may === peers.parts.ingress.space.none) return null;
        const key = [inside.must.id, inside.may.id, outside.must.id, outside.may.id].join();
        return { key, value: { inside, outside } };
      });
      return parts.map(({ ports: part, value: { inside, outside } }) => ({
        ports: part,
        classes: { must: setOf(inside.must), may: setOf(inside.may) },
        addresses: addresses('ingress', outside),
      }));
    },
    leadsTo(from) {
      const column = columns(profileOf(knownOf(from)), 'egress', 'addresses');
      const { none } = peers.parts.egress.space;
      const parts = portParts(sets, column.cuts, (place) => {
        const to = column.addresses(place);
        return to.may === none ? null : { key: `${to.must.id} ${to.may.id}`, value: to };
      });
      return parts.map(({ ports: part, value }) => ({ ports: part, addresses: addresses('egress', value) }));
    },
    // On paper a grant does not mean all that it names.
    onlyAllows: (to) => assume.profile === 'effective' && onlyAllows(profileOf(knownOf(to)), 'ingress'),
    guardsOf(workload, direction) {
      const profile = profiles[classOf(workload).class.index] as Profile;
      const asked = inTurn(profile.tiers(direction)).map((member) => member.ready.guard);
      return guards === written ? asked : [...new Set(asked.map((guard) => told(guard, null).guard))];
    },
  };
}
