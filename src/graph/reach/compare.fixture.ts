/** Asks the engine and the naive evaluator the same, through every door that the engine has for it. */

import type { AddressSet } from '../sets/address-set.ts';
import { parseAddresses } from '../sets/address-set.ts';
import { containsPort } from '../sets/port-set.ts';
import { type NaiveEnd, naiveVerdict } from './naive.fixture.ts';
import { type Question, randomCluster } from './random-cluster.fixture.ts';
import { relationOf } from './relate.ts';
import type { Bounds, End, Relation } from './relation.ts';

/** What the two say differently about `questions` connections of the environment of a seed. */
export function disagreements(seed: number, questions: number): readonly string[] {
  const { input, asked } = randomCluster(seed, questions);
  const relation = relationOf(input);
  return asked.flatMap((question) => {
    const { from, to, protocol, port } = question;
    const expected = naiveVerdict(input, from, to, protocol, port);
    const answers = [relation.decide(endOf(from), endOf(to), protocol, port).verdict, ...setsSay(relation, question)];
    return answers.every((answer) => answer === expected)
      ? []
      : [`${seed}: ${nameOf(from)} -> ${nameOf(to)} ${protocol}/${port}: ${expected}, not ${answers.join(', ')}`];
  });
}

/** The same by the sets of ports, and of callers. */
function setsSay(relation: Relation, { from, to, protocol, port }: Question): readonly string[] {
  if (typeof from === 'string' && typeof to !== 'string') {
    const ports = relation.fromAddresses(addressOf(from), relation.classOf(to.workload));
    return [said(ports, (set) => containsPort(set, protocol, port))];
  }
  if (typeof to === 'string' && typeof from !== 'string') {
    const ports = relation.toAddresses(relation.classOf(from.workload), addressOf(to));
    return [said(ports, (set) => containsPort(set, protocol, port))];
  }
  if (typeof from === 'string' || typeof to === 'string') return [];
  const [caller, called] = [relation.classOf(from.workload), relation.classOf(to.workload)];
  return [
    said(relation.between(caller, called), (set) => containsPort(set, protocol, port)),
    said(relation.callers(called, protocol, port), (set) => set.has(caller)),
  ];
}

function said<T>({ must, may }: Bounds<T>, holds: (one: T) => boolean): string {
  return holds(must) ? 'reachable' : holds(may) ? 'possible' : 'blocked';
}

function endOf(end: NaiveEnd): End {
  return typeof end === 'string'
    ? { kind: 'addresses', addresses: addressOf(end) }
    : { kind: 'workload', workload: end.workload };
}

function addressOf(text: string): AddressSet {
  return parseAddresses(text) as AddressSet;
}

function nameOf(end: NaiveEnd): string {
  return typeof end === 'string' ? end : end.fact.name;
}
