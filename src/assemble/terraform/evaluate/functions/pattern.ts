/** Functions of regular expressions (zclconf/go-cty function/stdlib/regexp.go), through the engine that never hangs. */
import { findMatch, type Match } from '../../../regexp/match.ts';
import { compilePattern, type Program } from '../../../regexp/program.ts';
import { type Datum, nothing, sequence, structure, text } from '../datum.ts';
import { comparePoints } from '../order.ts';
import { type Call, type Func, paid, paidText, refuse, str, TEXT, whole } from './call.ts';

/** By name. What is found in a text has the place of the text. */
export const PATTERNS: Readonly<Record<string, Func>> = {
  regex: whole([TEXT, TEXT], ([pattern, value], call) => {
    const program = captured(str(pattern), call);
    const match = firstMatch(program, str(value), 0, call);
    return match ? found(match, program, value as Datum, call) : refuse(call, 'finds nothing that matches');
  }),
  regexall: whole([TEXT, TEXT], ([pattern, value], call) => {
    const program = captured(str(pattern), call);
    const matches = allMatches(program, str(value), call);
    return sequence(
      'list',
      matches.map((match) => found(match, program, value as Datum, call)),
      call.origin,
    );
  }),
};

/** The program of a pattern. */
export function programOf(pattern: string, call: Call): Program {
  const program = compilePattern(pattern);
  if ('failure' in program)
    return refuse(call, `is given a regular expression that cannot be read: ${program.failure}`);
  paid(program.cost >> 2, call);
  return program;
}

function captured(pattern: string, call: Call): Program {
  const program = programOf(pattern, call);
  const names = program.groups.slice(1).filter((name) => name !== null);
  if (names.length > 0 && names.length < program.groups.length - 1)
    return refuse(call, 'is given a regular expression with groups of which some have names and some have none');
  return program;
}

function firstMatch(program: Program, source: string, from: number, call: Call): Match | undefined {
  const { budget } = call.context;
  const match = findMatch(program, source, from, budget);
  paid(0, call);
  return match;
}

/** All matches that do not overlap; an empty one right behind another does not count. */
export function allMatches(program: Program, source: string, call: Call): readonly Match[] {
  const matches: Match[] = [];
  let at = 0;
  let before = -1;
  while (at <= source.length) {
    const match = firstMatch(program, source, at, call);
    if (!match) break;
    const [start, end] = [match[0] as number, match[1] as number];
    paid(program.groups.length, call);
    if (end > start || start !== before) matches.push(match);
    before = end;
    at = end > start ? end : end + ((source.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return matches;
}

/** The groups of a match: all of it where there are none, an object where they have names. */
function found(match: Match, { groups }: Program, value: Datum, call: Call): Datum {
  const group = (index: number): Datum => {
    const [start, end] = [match[2 * index], match[2 * index + 1]];
    if (start === undefined || end === undefined) return nothing(call.origin);
    paidText(end - start, call);
    return text(str(value).slice(start, end), value.origin);
  };
  if (groups.length === 1) return group(0);
  const all = groups.slice(1).map((name, index) => [name, group(index + 1)] as const);
  if (groups[1] === null) {
    return sequence(
      'tuple',
      all.map(([, datum]) => datum),
      call.origin,
    );
  }
  const named = all.map(([name, datum]) => [name ?? '', datum] as const);
  return structure('object', new Map(named.sort(([one], [other]) => comparePoints(one, other))), call.origin);
}

/** What `$1` and `${name}` in a replacement stand for. */
export function expanded(template: string, match: Match, source: string, { groups }: Program, call: Call): string {
  if (!template.includes('$')) return template;
  const [start = 0, end = 0] = match;
  paidText(template.length + (template.split('$').length - 1) * (end - start), call);
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (written, braced, bare) => {
    const name: string | undefined = braced ?? bare;
    if (name === undefined) return written === '$$' ? '$' : written;
    const index = /^\d{1,3}$/.test(name) ? Number(name) : groups.indexOf(name);
    const [start, end] = index < 0 ? [] : [match[2 * index], match[2 * index + 1]];
    return start === undefined || end === undefined ? '' : source.slice(start, end);
  });
}
