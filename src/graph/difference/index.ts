/**
 * What changed between two graphs, in who gets to which port. Things are known by what they are called and not by where
 * they stand: files that are renamed, lines that move and documents in another order make no difference.
 */
import { append, type Multimap } from '../../source/multimap.ts';
import { compareText } from '../../source/order.ts';
import type { ExposureGraph } from '../exposure-graph.ts';
import type { GatewayKind } from '../fragment.ts';
import { addressCount, isEmpty, subtract } from '../sets/address-set.ts';
import { type Exposure, type Listener, SCOPES, type Scope, type Transport } from '../vocabulary.ts';
import { type ExposureChange, type GraphDifference, type PortChange, scopeText, shownOf } from './view.ts';

/** Compares two graphs. What nobody wrote (`implicit`) changes with what somebody wrote, and is left out. */
export function differenceOf(before: ExposureGraph, after: ExposureGraph): GraphDifference {
  const known = new Set(before.environments.map(({ id }) => id));
  const stayed = new Set(after.environments.map(({ id }) => id).filter((id) => known.has(id)));
  return {
    exposures: paired(waysIn(before, stayed), waysIn(after, stayed))
      .flatMap(([one, other]) => changesOf(one, other))
      .sort(byWeight),
    ports: paired(portsIn(before, stayed), portsIn(after, stayed)).flatMap(([one, other]): readonly PortChange[] => {
      if (one && other) return [];
      return other ? [{ kind: 'appeared', listener: other }] : [{ kind: 'gone', listener: one as Listener }];
    }),
  };
}

/** The exposures of one way in, widest first. */
type Way = readonly Exposure[];

function waysIn({ environments }: ExposureGraph, stayed: ReadonlySet<string>): Multimap<string, Way> {
  const found: Multimap<string, Way> = new Map();
  for (const { id, exposures } of environments) {
    const ways: Multimap<string, Exposure> = new Map();
    for (const exposure of exposures) if (!exposure.implicit) append(ways, wayKey(exposure), exposure);
    for (const [key, way] of ways) {
      append(
        found,
        placed(key, id, stayed),
        way.sort((a, b) => weightOf(a) - weightOf(b)),
      );
    }
  }
  return found;
}

/**
 * What is called alike is one thing in an environment that stayed: published in production and no more in development, a
 * database is something new. What came and went is one place, since an environment may have been renamed.
 */
function placed(key: string, environment: string, stayed: ReadonlySet<string>): string {
  return JSON.stringify([key, stayed.has(environment) ? environment : null]);
}

/** Widest first; who is trusted stands behind everybody else. */
function weightOf({ scope, trusted }: Exposure): number {
  return SCOPES.indexOf(scope) + (trusted ? SCOPES.length : 0);
}

function portsIn({ environments }: ExposureGraph, stayed: ReadonlySet<string>): Multimap<string, Listener> {
  const found: Multimap<string, Listener> = new Map();
  for (const { id, listeners } of environments) {
    for (const one of listeners) append(found, placed(listenerKey(one), id, stayed), one);
  }
  return found;
}

function listenerKey({ workload, container, ports, protocol }: Listener): string {
  const inside = container === workload.name ? '' : container;
  return JSON.stringify([workload.namespace, workload.name, inside, ports.from, ports.to, protocol]);
}

/** Ports of a machine are called by what they publish at which address, which is what may have changed. */
const CALLED_BY_PORTS: ReadonlySet<GatewayKind> = new Set<GatewayKind>(['published-port', 'host-port']);

function wayKey({ listener, entry, ports }: Exposure): string {
  const through = entry && !CALLED_BY_PORTS.has(entry.kind) ? [entry.namespace, entry.name] : [];
  return JSON.stringify([listenerKey(listener), entry?.kind, ...through, ports?.from, ports?.to]);
}

/** Things that are called alike, two and two. What is left over stands alone. */
function paired<T>(
  before: Multimap<string, T>,
  after: Multimap<string, T>,
): readonly (readonly [T | null, T | null])[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => {
    const [olds, news] = [before.get(key) ?? [], after.get(key) ?? []];
    const longer = olds.length > news.length ? olds : news;
    return longer.map((_, index) => [olds[index] ?? null, news[index] ?? null] as const);
  });
}

function changesOf(before: Way | null, after: Way | null): readonly ExposureChange[] {
  const [old, fresh] = [before?.[0] ?? null, after?.[0] ?? null];
  const surely = sure(after ?? []) ?? null;
  if (!before || !after || !old || !fresh) {
    return [{ kind: after ? 'added' : 'removed', before: old, after: fresh, surely, what: [] }];
  }
  const wider = growth(before, after);
  const narrower = growth(after, before, true);
  if (wider.length > 0) return [{ kind: 'widened', before: old, after: fresh, surely, what: [...wider, ...narrower] }];
  return narrower.length > 0 ? [{ kind: 'narrowed', before: old, after: fresh, surely, what: narrower }] : [];
}

/** In which respects `after` lets more in than `before`; told as what came first and what came then. */
function growth(before: Way, after: Way, turned = false): readonly string[] {
  const say = (first: string, then: string) => (turned ? `${then} → ${first}` : `${first} → ${then}`);
  const [old, fresh] = [before[0] as Exposure, after[0] as Exposure];
  const grown: string[] = [];
  const isWider = (a: Exposure | undefined, b: Exposure | undefined) =>
    a !== undefined && (b === undefined || SCOPES.indexOf(a.scope) < SCOPES.indexOf(b.scope));
  if (isWider(fresh, old) || (fresh.scope === old.scope && isWider(sure(after), sure(before)))) {
    grown.push(say(scopeText(old, sure(before) ?? null), scopeText(fresh, sure(after) ?? null)));
  }
  if (old.scope === fresh.scope && !isEmpty(subtract(fresh.addresses, old.addresses))) {
    grown.push(say(addressesText(old), addressesText(fresh)));
  }
  if (TRANSPORTS.indexOf(fresh.transport) < TRANSPORTS.indexOf(old.transport)) {
    grown.push(say(old.transport, fresh.transport));
  }
  if (fresh.authentication === 'none' && old.authentication !== 'none') {
    grown.push(say(`authentication ${old.authentication}`, 'no authentication'));
  }
  for (const part of ['hosts', 'paths', 'methods'] as const) {
    if (isLess(old.http[part], fresh.http[part])) {
      grown.push(say(listText(part, old.http[part]), listText(part, fresh.http[part])));
    }
  }
  return grown;
}

/** The widest exposure that is sure. */
function sure(way: Way): Exposure | undefined {
  return way.find(({ verdict }) => verdict === 'reachable');
}

/** Weakest first; what is not known is between. */
const TRANSPORTS: readonly Transport[] = ['plaintext', 'unknown', 'tls', 'mtls'];

function addressesText({ addresses, scope }: Exposure): string {
  const { v4, v6 } = addressCount(addresses);
  const parts = [...(v4 > 0 ? [`${v4} IPv4`] : []), ...(v6 > 0n ? [`${v6} IPv6`] : [])];
  return parts.length === 0 ? scope : `${parts.join(' and ')} addresses`;
}

/** Whether a route that asks for `old` leads less than one that asks for `fresh`; no list is everything. */
function isLess(old: readonly string[], fresh: readonly string[]): boolean {
  if (old.length === 0) return false;
  return fresh.length === 0 || fresh.some((one) => !old.includes(one));
}

function listText(part: string, list: readonly string[]): string {
  return list.length === 0 ? `all ${part}` : `${part} ${list.join(', ')}`;
}

const KINDS: readonly ExposureChange['kind'][] = ['added', 'widened', 'narrowed', 'removed'];

function byWeight(a: ExposureChange, b: ExposureChange): number {
  const [one, other] = [shownOf(a), shownOf(b)];
  const width = (scope: Scope) => SCOPES.indexOf(scope);
  return (
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    width(one.scope) - width(other.scope) ||
    compareText(one.id, other.id)
  );
}
