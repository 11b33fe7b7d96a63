/** Regular expressions over texts. */

import type { Match } from '../../../regexp/match.ts';
import type { Program } from '../../../regexp/program.ts';
import { bool, list } from '../datum.ts';
import { type Budget, Fault, spend, spendText } from '../fault.ts';
import type { Func, Machine } from '../machine.ts';
import { matchOf, patternOf } from '../pattern.ts';
import { derived, joinTexts, plain, sliceText, type Text } from '../text.ts';
import { type Args, fixed, string, text, whole } from './arguments.ts';

const MATCH = fixed(2, (args, { machine }) =>
  bool(matchOf(program(args, machine), string(args, 1), 0, machine.budget) !== undefined),
);
const FIND = fixed(2, (args, { machine }) => {
  const found = matchOf(program(args, machine), string(args, 1), 0, machine.budget);
  return found ? sliceText(text(args, 1), found[0] as number, found[1] as number) : plain('');
});
const FIND_ALL = fixed(3, (args, { machine }) => {
  const source = text(args, 1);
  return list(
    allMatches(program(args, machine), source.text, whole(args, 2), machine.budget).map((found) => cut(source, found)),
  );
});
const REPLACE = fixed(3, (args, { machine }) => {
  const compiled = program(args, machine);
  const template = string(args, 2);
  return replaced(
    compiled,
    text(args, 1),
    (match, source) => expand(template, match, source, compiled),
    machine.budget,
  );
});
const REPLACE_LITERAL = fixed(3, (args, { machine }) =>
  replaced(program(args, machine), text(args, 1), () => string(args, 2), machine.budget),
);
const SPLIT = fixed(3, (args, { machine }) => {
  const [source, most] = [text(args, 1), whole(args, 2)];
  if (most === 0) return list([]);
  const parts: Text[] = [];
  let at = 0;
  for (const [start, end] of allMatches(program(args, machine), source.text, -1, machine.budget)) {
    if (most > 0 && parts.length === most - 1) break;
    if (end === 0) continue;
    parts.push(sliceText(source, at, start));
    at = end as number;
  }
  parts.push(at >= source.text.length ? plain('') : sliceText(source, at));
  return list(parts);
});

/** By name. */
export const PATTERNS: Readonly<Record<string, Func>> = {
  regexMatch: MATCH,
  mustRegexMatch: MATCH,
  regexFind: FIND,
  mustRegexFind: FIND,
  regexFindAll: FIND_ALL,
  mustRegexFindAll: FIND_ALL,
  regexReplaceAll: REPLACE,
  mustRegexReplaceAll: REPLACE,
  regexReplaceAllLiteral: REPLACE_LITERAL,
  mustRegexReplaceAllLiteral: REPLACE_LITERAL,
  regexSplit: SPLIT,
  mustRegexSplit: SPLIT,
  regexQuoteMeta: fixed(1, (args) => derived(string(args, 0).replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'), [text(args, 0)])),
};

function program(args: Args, { budget }: Machine): Program {
  return patternOf(string(args, 0), budget);
}

function cut(source: Text, [start = 0, end = 0]: Match): Text {
  return end > start ? sliceText(source, start, end) : plain('');
}

/** At most `most` matches, all where that is below zero; an empty one right behind another does not count. */
function allMatches(compiled: Program, text: string, most: number, budget: Budget): readonly Match[] {
  const found: Match[] = [];
  let at = 0;
  let before = -1;
  while (at <= text.length && (most < 0 || found.length < most)) {
    const match = matchOf(compiled, text, at, budget);
    if (!match) break;
    const [start, end] = [match[0] as number, match[1] as number];
    spend(budget, 1);
    if (end > start || start !== before) found.push(match);
    before = end;
    at = end > start ? end : end + 1;
  }
  return found;
}

function replaced(compiled: Program, source: Text, by: (match: Match, source: string) => string, budget: Budget): Text {
  const parts: Text[] = [];
  let at = 0;
  for (const match of allMatches(compiled, source.text, -1, budget)) {
    const [start, end] = [match[0] as number, match[1] as number];
    if (start > at) parts.push(sliceText(source, at, start));
    const text = by(match, source.text);
    spendText(budget, text.length);
    parts.push(derived(text, [source]));
    at = end;
  }
  if (parts.length === 0) return source;
  if (at < source.text.length) parts.push(sliceText(source, at));
  return joinTexts(parts);
}

/** What `$1` and `${name}` in a replacement stand for. */
function expand(template: string, match: Match, source: string, { groups }: Program): string {
  if (template.length > 100_000) throw new Fault('a replacement is longer than any real one');
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (written, braced, bare) => {
    const name: string | undefined = braced ?? bare;
    if (name === undefined) return written === '$$' ? '$' : written;
    const index = /^\d{1,3}$/.test(name) ? Number(name) : groups.indexOf(name);
    const [start, end] = index < 0 ? [] : [match[2 * index], match[2 * index + 1]];
    return start === undefined || end === undefined ? '' : source.slice(start, end);
  });
}
