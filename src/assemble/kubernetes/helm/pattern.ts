/** Regular expressions of templates: what they cost counts, and one that cannot be read is a fault. */
import { findMatch, type Match } from '../../regexp/match.ts';
import { compilePattern, type Program } from '../../regexp/program.ts';
import { type Budget, Fault, spend } from './fault.ts';

/** The program of a pattern. */
export function patternOf(source: string, budget: Budget): Program {
  const program = compilePattern(source);
  if ('failure' in program) throw new Fault(`a regular expression cannot be read: ${program.failure}`);
  spend(budget, program.cost >> 2);
  return program;
}

/** The first match from `from` on; undefined where there is none. */
export function matchOf(program: Program, text: string, from: number, budget: Budget): Match | undefined {
  const match = findMatch(program, text, from, budget);
  spend(budget, 0);
  return match;
}
