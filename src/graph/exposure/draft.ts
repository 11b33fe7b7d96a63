/** What the ways to a listener have in common: each becomes a draft, and drafts of one identity become one exposure. */
import type { Edit } from '../../source/edit.ts';
import { fileOrigin, type Origin, placeKey } from '../../source/span.ts';
import type { GrantFact, PortRange } from '../fragment.ts';
import { type AddressSet, cidrsOf, union } from '../sets/address-set.ts';
import {
  type Exposure,
  type Gateway,
  type Guard,
  type Hop,
  type Listener,
  rangeText,
  SCOPES,
  type Transport,
} from '../vocabulary.ts';
import { type Access, isTrusted, kindOf } from './access.ts';

/** An exposure before it is merged with others of the same identity, which gives it its id: there are too many to copy. */
export type Draft = Omit<Exposure, 'id'> & { id: string };

/** A guard that stands in the way, and the grant of it that lets callers pass. */
export interface Passed {
  readonly guard: Guard;
  readonly grant: GrantFact;
  /** More that let in the same callers. */
  readonly further?: readonly Pick<Passed, 'guard' | 'grant'>[];
}

/** What one way to a listener says, beside who takes it. */
export interface Details {
  readonly entry: Gateway | null;
  readonly ports: PortRange | null;
  readonly address: string | null;
  readonly implicit: boolean;
  readonly transport: Transport;
  readonly http: Exposure['http'];
  readonly grant: Origin;
  readonly portOrigin?: Origin | undefined;
  readonly loopback?: Edit | undefined;
  readonly hops: readonly Hop[];
  readonly passed: Passed | null;
  readonly sources?: Exposure['sources'] | undefined;
  /** Its sources are private ranges that the guard names. */
  readonly private?: boolean;
  readonly relayed?: Listener | null;
  /** What stands behind it and is reached by it. */
  readonly onward?: readonly Listener[];
}

/** Every host, path and method. */
export const ANY_HTTP: Exposure['http'] = { hosts: [], paths: [], methods: [] };

/**
 * The details of a way that no gateway and no platform has a part in. What some of them say in place of these is there too,
 * so that details that copy it have one shape: V8 would give each of them one of its own, and there may be very many.
 */
export function plain({ ports, transport }: Listener, grant: Origin, hops: readonly Hop[]): Details {
  return {
    entry: null,
    ports,
    address: null,
    implicit: false,
    transport,
    http: ANY_HTTP,
    grant,
    hops,
    passed: null,
    sources: undefined,
    private: false,
  };
}

/**
 * A draft of the way that `access` takes to `listener`.
 *
 * @param reservations why nobody can be sure that its workload is reached at all
 */
export function draftOf(listener: Listener, access: Access, reservations: readonly string[], details: Details): Draft {
  const { passed } = details;
  const doubts = listener.doubt ? [...reservations, listener.doubt] : reservations;
  const because = doubts.length > 0 ? [...access.because, ...doubts] : access.because;
  const further = passed && details.grant === passed.grant.origin ? furtherGrants(passed) : NOBODY;
  // Written out, and what few have last: there is one for each way, and copying whatever is there takes many times as long.
  return {
    id: '',
    listener,
    entry: details.entry,
    scope: access.scope,
    sources: details.sources ?? sourcesOf(access),
    addresses: access.addresses,
    ports: details.ports,
    address: details.address,
    implicit: details.implicit,
    transport: details.transport,
    http: details.http,
    grant: details.grant,
    authentication: listener.authentication,
    attachment: passed?.guard.attachment ?? null,
    verdict: because.length > 0 ? 'possible' : access.verdict,
    because,
    portOrigin: details.portOrigin ?? details.grant,
    loopback: details.loopback ?? null,
    path: pathOf(listener, details),
    ...(details.private && PRIVATELY),
    ...(details.relayed && { relayed: details.relayed }),
    ...(further.length > 0 && { furtherGrants: further }),
  };
}

/** The hops, the guard, the listener, and the first of what stands behind it. */
function pathOf(listener: Listener, { hops, passed, grant, onward = NOBODY }: Details): readonly Hop[] {
  const own: Hop = { kind: 'listener', name: nameOf(listener), origin: listener.origins[0] ?? grant };
  const inside = passed ? [guardHop(passed), own] : [own];
  if (hops.length === 0 && onward.length === 0) return inside;
  const targets = onward
    .slice(0, MOST_ONWARD)
    .map((each): Hop => ({ kind: 'target', name: nameOf(each), origin: each.origins[0] ?? grant }));
  return hops.concat(inside, targets);
}

/**
 * The way that a private range takes which a guard names; the way stands at the line that names it.
 *
 * @param hop by which way it comes, where the code shows one
 */
export function privateDraft(
  listener: Listener,
  { access, passed }: { readonly access: Access; readonly passed: Passed | null },
  reservations: readonly string[],
  hop?: Hop,
): Draft {
  const grant = passed?.grant.origin ?? hop?.origin ?? listener.workload.origins[0] ?? fileOrigin('');
  const way = plain(listener, grant, hop ? [hop] : NOBODY);
  return draftOf(listener, access, reservations, { ...way, passed, private: true });
}

const PRIVATELY = { private: true } as const;
const NOBODY: readonly never[] = [];

/** The lines of the other grants, each once. */
function furtherGrants({ grant, further = NOBODY }: Passed): readonly Origin[] {
  if (further.length === 0) return NOBODY;
  // What the platform adds to a guard is no line that anybody wrote.
  const written = further.filter((passed) => !passed.grant.implicit);
  const places = new Map(written.map(({ grant: { origin } }) => [placeKey(origin), origin]));
  places.delete(placeKey(grant.origin));
  return [...places.values()];
}

/** More than these of what stands behind a listener nobody reads. */
const MOST_ONWARD = 3;

/** A guard is passed at the line that lets callers in. */
function guardHop({ guard, grant }: Passed): Hop {
  return { kind: guard.kind, name: guard.name, origin: grant.origin };
}

/** Accounts that are named, else addresses. */
function sourcesOf({ accounts, addresses }: Access): Exposure['sources'] {
  return accounts ? accounts.map((value) => ({ kind: 'account' as const, value })) : cidrSources(addresses);
}

/** The sources of a set of addresses; most exposures have one of few sets. */
function cidrSources(addresses: AddressSet): Exposure['sources'] {
  const known = SOURCES.get(addresses);
  if (known) return known;
  const sources = cidrsOf(addresses).map((value) => ({ kind: 'cidr' as const, value }));
  SOURCES.set(addresses, sources);
  return sources;
}

const SOURCES = new WeakMap<AddressSet, Exposure['sources']>();

/**
 * The exposures of one listener, widest scope first. Drafts of one identity (`0.0.0.0` and `::` of one published port) are
 * one: addresses together, the surer verdict wins.
 */
export function merged(
  drafts: readonly Draft[],
  unique: (id: string) => string,
  trusted: AddressSet,
): readonly Exposure[] {
  return distinct(drafts, trusted).map((draft) => {
    draft.id = unique(idOf(draft));
    return isTrusted(draft, trusted) ? { ...draft, trusted: true } : draft;
  });
}

/** Each identity once, widest scope first. */
function distinct(drafts: readonly Draft[], trusted: AddressSet): readonly Draft[] {
  if (drafts.length < 2) return drafts;
  const byIdentity = new Map<string, Draft>();
  for (const draft of drafts) {
    const identity = `${draft.entry?.id ?? ''} ${draft.ports?.from}-${draft.ports?.to} ${kindOf(draft, trusted)} ${segmentOf(draft)} ${draft.private ? placeKey(draft.grant) : ''}`;
    const other = byIdentity.get(identity);
    byIdentity.set(identity, other ? joined(other, draft) : draft);
  }
  return [...byIdentity.values()].sort((a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope));
}

function joined(first: Draft, second: Draft): Draft {
  const surer = first.verdict === 'possible' && second.verdict === 'reachable' ? second : first;
  const addresses = union(first.addresses, second.addresses);
  const equals = first.verdict === second.verdict ? [...first.sources, ...second.sources] : surer.sources;
  const named = new Map(equals.flatMap((one) => (one.kind === 'cidr' ? [] : [[`${one.kind} ${one.value}`, one]])));
  return {
    ...surer,
    addresses,
    sources: [...cidrSources(addresses), ...named.values()],
    implicit: first.implicit && second.implicit,
    http: {
      hosts: commonOrAll(first.http.hosts, second.http.hosts),
      paths: commonOrAll(first.http.paths, second.http.paths),
      methods: commonOrAll(first.http.methods, second.http.methods),
    },
  };
}

/** The routes of two doors together: none named means all of them. */
function commonOrAll(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.length === 0 || b.length === 0 ? [] : [...new Set([...a, ...b])].sort();
}

function idOf(draft: Draft): string {
  const port = draft.ports === null ? '*' : rangeText(draft.ports);
  const entry = draft.entry ? `${draft.entry.kind}/${draft.entry.name}` : segmentOf(draft) || 'direct';
  // One text: V8 keeps the parts of a template beside each other, and there may be very many of these.
  return [draft.listener.id, '<', draft.scope, '/', entry, ':', port].join('');
}

function segmentOf(draft: Draft): string {
  return draft.sources.find(({ kind }) => kind === 'segment')?.value ?? '';
}

function nameOf(listener: Listener): string {
  return [listener.workload.name, ':', rangeText(listener.ports), '/', listener.protocol].join('');
}
