/**
 * From where the policy of a resource lets callers in that come over the internet (IAM's evaluation: a statement that denies
 * goes before all that allow, and what none allows is denied). Who has to be somebody, or to call at some hour, may call from any
 * address; what no caller from the internet has, such as an endpoint of a network, keeps all of them out.
 */
import { ALL_ADDRESSES, covers, unionOf } from '../../../graph/sets/address-set.ts';
import { matchesGlob } from '../../../source/glob.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import { isUnknown } from '../resource.ts';
import { type Asked, readCondition } from './policy-condition.ts';
import type { Statement } from './policy-document.ts';
import { type Piece, pieceOf, within, without } from './policy-pieces.ts';

/** What of a resource is asked about. */
export interface Question {
  /** The action that callers need, in small letters. */
  readonly action: string;
  /** How much of the resource a text of `Resource` covers. */
  readonly covers: (resource: string | undefined) => 'all' | 'perhaps' | 'part';
  /** The line from which everybody may call who has an identity of the account, whatever the policy allows. */
  readonly silent?: Origin | undefined;
}

/** What a policy says of callers. */
export interface Callers {
  /** From where; undefined where from everywhere. */
  readonly from: readonly Piece[] | undefined;
  /** Whether nobody gets in without an identity; a reason where nobody knows. */
  readonly asked: boolean | Unknown;
}

/** How a statement matches callers: from some addresses, or of those all, and why that may not be so. */
interface Match {
  readonly inside: readonly (readonly Piece[])[];
  readonly outside: readonly (readonly Piece[])[];
  /** It matches nobody who has these addresses, or not all of them. */
  readonly sometimes: boolean;
  readonly never: boolean;
  readonly asks: boolean | Unknown;
  readonly doubt?: Unknown | undefined;
}

export function callersOf(statements: readonly (Statement | Unknown)[], question: Question): Callers {
  const hidden = statements.find(isUnknown);
  const shown = statements.filter((one): one is Statement => !isUnknown(one));
  const read = shown.map((statement) => ({ statement, match: matchOf(statement, question) }));
  const allowing = read.filter(({ statement, match }) => statement.allows && !match.never);
  let pieces: readonly Piece[] = question.silent
    ? [everywhere(question.silent)]
    : allowing.flatMap(({ statement, match }) => narrowed([everywhere(statement.origin, match.doubt)], match));
  if (hidden && !question.silent) pieces = [...pieces, { ...everywhere(hidden.origin, hidden), hidden }];
  if (hidden) pieces = pieces.map((piece) => ({ perhaps: hidden, ...piece }));
  const denying = read.filter(({ statement, match }) => !statement.allows && !match.never);
  for (const { match } of denying) if (!match.sometimes) pieces = denied(pieces, match);
  const free = unionOf(pieces.filter(({ perhaps }) => !perhaps).map(({ set }) => set));
  const asks = [
    ...(question.silent ? [] : [every(allowing.map(({ match }) => match.asks))]),
    ...denying.map(({ match }) => deniesStrangers(match)),
  ];
  return {
    from: covers(free, ALL_ADDRESSES) ? undefined : pieces,
    asked: asks.find((one) => one === true) ?? asks.find(isUnknown) ?? false,
  };
}

/** Whether every statement that lets in asks; the reason where that hangs on one that may not. */
function every(asks: readonly (boolean | Unknown)[]): boolean | Unknown {
  if (asks.length === 0 || asks.includes(false)) return false;
  return asks.find(isUnknown) ?? true;
}

/** Whether a statement that denies keeps out whoever has no identity, wherever they are. */
function deniesStrangers({ asks, inside, outside, doubt }: Match): boolean | Unknown {
  return inside.length + outside.length === 0 && !doubt ? asks : false;
}

function everywhere(origin: Origin, perhaps?: Unknown): Piece {
  return { set: ALL_ADDRESSES, origin, ...(perhaps ? { perhaps } : {}) };
}

function narrowed(pieces: readonly Piece[], { inside, outside }: Match): readonly Piece[] {
  const kept = inside.reduce<readonly Piece[]>(within, pieces);
  return outside.reduce<readonly Piece[]>(without, kept);
}

/** What is left of `pieces` where a statement denies: what one of its conditions leaves out. */
function denied(pieces: readonly Piece[], { inside, outside, doubt }: Match): readonly Piece[] {
  const kept = [
    ...inside.flatMap((items) => without(pieces, items)),
    ...outside.flatMap((items) => within(pieces, items)),
  ];
  return doubt ? [...kept, ...pieces.map((piece) => ({ perhaps: doubt, ...piece }))] : kept;
}

function matchOf(statement: Statement, question: Question): Match {
  const asked = statement.conditions.map((condition) => readCondition(condition, statement.allows));
  const of = <K extends Asked['kind']>(kind: K) =>
    asked.filter((one): one is Extract<Asked, { kind: K }> => one.kind === kind);
  const whom = principalsOf(statement);
  const what = isAbout(statement, question.action);
  const where = statement.allows ? 'all' : resourcesOf(statement, question);
  const { uncertain, origin } = statement;
  const doubts = [
    uncertain,
    ...of('unread').map(({ because }) => because),
    isUnknown(what) ? what : undefined,
    where === 'perhaps' ? unknown('it denies what may be a part of the resource only', origin) : undefined,
  ];
  const identity = of('who');
  return {
    inside: listsOf(asked, 'inside'),
    outside: listsOf(asked, 'outside'),
    never: of('never').length > 0 || what === false || whom === 'platform' || where === 'part',
    sometimes:
      identity.length + of('sometimes').length > 0 ||
      (!statement.allows && (whom !== 'everybody' || statement.notPrincipals !== undefined)),
    asks: asksFor(statement, whom, identity),
    doubt: doubts.find(isUnknown),
  };
}

function listsOf(asked: readonly Asked[], kind: 'inside' | 'outside'): readonly (readonly Piece[])[] {
  return asked.flatMap((one) => (one.kind === kind ? [one.items.map(pieceOf)] : []));
}

/** Whether a statement that allows lets in nobody without an identity; or one that denies keeps all of these out. */
function asksFor(
  { allows, conditions, notPrincipals }: Statement,
  whom: ReturnType<typeof principalsOf>,
  identity: readonly { readonly stranger: boolean }[],
): boolean | Unknown {
  if (allows) return identity.some(({ stranger }) => !stranger) || (isUnknown(whom) ? whom : whom === 'somebody');
  const others = conditions.length > identity.length;
  if (others || identity.some(({ stranger }) => !stranger)) return false;
  return identity.length > 0 ? whom === 'everybody' : notPrincipals !== undefined;
}

/** Whom a statement is about: everybody, services of the platform, or somebody who has to say who they are. */
function principalsOf({ principals, notPrincipals }: Statement): 'everybody' | 'somebody' | 'platform' | Unknown {
  if (notPrincipals) return 'everybody';
  const named = principals ?? [];
  if (named.some((one) => !isUnknown(one) && one.text === '*')) return 'everybody';
  const people = named.filter((one) => isUnknown(one) || !/\.amazonaws\.com(\.cn)?$/.test(one.text));
  if (people.length === 0) return named.length > 0 ? 'platform' : 'everybody';
  // An account or a role that the code makes is somebody.
  return people.find((one): one is Unknown => isUnknown(one) && one.reason !== 'computed') ?? 'somebody';
}

/** Whether a statement is about an action, in small letters. */
export function isAbout({ actions, notActions }: Statement, action: string): boolean | Unknown {
  const listed = actions ?? notActions ?? [];
  const hit = listed.some((one) => !isUnknown(one) && matchesGlob(one.text.toLowerCase(), action));
  const hidden = hit ? undefined : listed.find(isUnknown);
  return hidden ?? (actions ? hit : !hit);
}

function resourcesOf({ resources, notResources }: Statement, { covers: coverage }: Question) {
  if (notResources) return 'part';
  const found = (resources ?? []).map((one) => coverage(isUnknown(one) ? one.ends : one.text));
  if (resources === undefined || found.includes('all')) return 'all';
  return found.includes('perhaps') ? 'perhaps' : 'part';
}
