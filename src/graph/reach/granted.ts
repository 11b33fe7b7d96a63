import type { Environment } from '../exposure-graph.ts';
import { relationOf } from './relate.ts';
import type { Relation } from './relation.ts';

/** The relation of an environment, also where no guard has a say: made anew then. */
export function relationIn({ relation, granting }: Pick<Environment, 'relation' | 'granting'>): Relation {
  return relation ?? relationOf(granting);
}
