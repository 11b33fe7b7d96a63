import type { Edge } from './subjects/table.ts';

/**
 * The identity of a finding over time: of the rule and the names of the edge of the graph that it is about. Moving lines,
 * renaming files and regrouping environments leave it as it is. `nth` tells apart findings with the same names, from one.
 * Node's cryptography is loaded for the first: it takes longer than all the rest of a small run's judgement.
 */
export function fingerprint(rule: string, names: Edge['names'], nth: number): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const identity = JSON.stringify(nth > 1 ? [rule, ...names, nth] : [rule, ...names]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 24);
}
