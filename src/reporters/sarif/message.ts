import type { Finding } from '../../policy/finding.ts';
import type { Related } from './related.ts';
import { linked, unlinked } from './text.ts';

/** How many links of a kind, and how many other findings of the line, a message has. */
const MAX_TOLD = 10;

/** The first finding in full, links to the places that belong to it, and what else its line gives. */
export function messageOf(findings: readonly Finding[], related: readonly Related[]): string {
  const [first, ...others] = findings as readonly [Finding, ...Finding[]];
  const because = first.verdict === 'undecided' ? first.because.join(' and ') : '';
  const told = new Set(others.map(({ message }) => firstSentence(message)));
  told.delete(firstSentence(first.message));
  return [
    unlinked(first.message),
    ...(because === '' ? [] : [`Undecided, because ${unlinked(because)}.`]),
    ...linksTo(related),
    ...(told.size === 0 ? [] : ['The same line also gives:']),
    ...[...told].slice(0, MAX_TOLD).map(unlinked),
    ...(told.size > MAX_TOLD ? [`And ${told.size - MAX_TOLD} more.`] : []),
  ].join(' ');
}

/** Viewers show only the places that the message links to. */
function linksTo(related: readonly Related[]): readonly string[] {
  const of = (kind: Related['kind']) => related.filter((one) => one.kind === kind).slice(0, MAX_TOLD);
  const hops = of('hop').map((hop) => `${unlinked(hop.what)} (${linkTo(hop)})`);
  const remarks = new Map<string, string[]>();
  for (const remark of of('remark')) remarks.set(remark.what, [...(remarks.get(remark.what) ?? []), linkTo(remark)]);
  return [
    ...list('It comes by way of', of('way').map(linkTo)),
    ...list('On the path:', hops),
    ...[...remarks].flatMap(([what, links]) => list(`${unlinked(what)}:`, links)),
  ];
}

function linkTo({ where, location }: Related): string {
  return linked(where, location.id as number);
}

function list(lead: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${lead} ${items.join(', ')}.`];
}

function firstSentence(message: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(message)?.[0] ?? message;
}
