/**
 * What changed between two graphs, in who gets to which port. Things are known by what they are called and not by where
 * they stand: files that are renamed, lines that move and documents in another order make no difference.
 */
import { append, type Multimap } from '../../source/multimap.ts';
import { compareText } from '../../source/order.ts';
import type { ExposureGraph } from '../exposure-graph.ts';
import type { GatewayKind, PortRange } from '../fragment.ts';
import { addressCount, isEmpty, subtract } from '../sets/address-set.ts';
import { type Exposure, type Listener, rangeText, SCOPES, type Scope, type Transport } from '../vocabulary.ts';
import { type ExposureChange, type GraphDifference, type PortChange, scopeText, shownOf } from './view.ts';

/** Compares two graphs. What nobody wrote (`implicit`) changes with what somebody wrote, and is left out. */
export function differenceOf(before: ExposureGraph, after: ExposureGraph): GraphDifference {
  const known = new Set(before.environments.map(({ id }) => id));
  const stayed = new Set(after.environments.map(({ id }) => id).filter((id) => known.has(id)));
  return {
    exposures: cutDown(paired(waysIn(before, stayed), waysIn(after, stayed)))
      .flatMap(([one, other]) => changesOf(one, other))
      .sort(byWeight),
    ports: paired(portsIn(before, stayed), portsIn(after, stayed)).flatMap(([one, other]): readonly PortChange[] => {
      if (one && other) return [];
      return other ? [{ kind: 'appeared', listener: other }] : [{ kind: 'gone', listener: one as Listener }];
    }),
  };
}

/** A way in. */
interface Way {
  /** Widest first; there is one at least. */
  readonly exposures: readonly Exposure[];
  /** What it is called apart from ports. */
  readonly place: string;
}

/** A way before and after; null where there was, or is, none. */
type Pair = readonly [Way | null, Way | null];

function waysIn({ environments }: ExposureGraph, stayed: ReadonlySet<string>): Multimap<string, Way> {
  const found: Multimap<string, Way> = new Map();
  for (const { id, exposures } of environments) {
    const ways: Multimap<string, Exposure> = new Map();
    for (const exposure of exposures) if (!exposure.implicit) append(ways, wayKey(exposure), exposure);
    for (const [key, way] of ways) {
      const sorted = way.sort((a, b) => weightOf(a) - weightOf(b));
      const place = placed(placeKey(sorted[0] as Exposure), id, stayed);
      append(found, placed(key, id, stayed), { exposures: sorted, place });
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

function listenerKey(listener: Listener): string {
  return JSON.stringify([containerKey(listener), listener.ports.from, listener.ports.to]);
}

function containerKey({ workload, container, protocol }: Listener): string {
  return JSON.stringify([workload.namespace, workload.name, container === workload.name ? '' : container, protocol]);
}

/** Ports of a machine are called by what they publish at which address, which is what may have changed. */
const CALLED_BY_PORTS: ReadonlySet<GatewayKind> = new Set<GatewayKind>(['published-port', 'host-port']);

function wayKey(exposure: Exposure): string {
  const { listener, ports } = exposure;
  return JSON.stringify([placeKey(exposure), listener.ports.from, listener.ports.to, ports?.from, ports?.to]);
}

function placeKey({ listener, entry }: Exposure): string {
  const through = entry && !CALLED_BY_PORTS.has(entry.kind) ? [entry.namespace, entry.name] : [];
  return JSON.stringify([containerKey(listener), entry?.kind, ...through]);
}

/**
 * A way to some ports of a range that is gone, and that lets nobody else in, is what became of that range: somebody cut down
 * to what is used. It is told with the range before it, which then is not told as gone.
 */
function cutDown(pairs: readonly Pair[]): readonly Pair[] {
  const gone: Multimap<string, Way> = new Map();
  for (const [before, after] of pairs) if (before && !after) append(gone, before.place, before);
  const cut = new Set<Way>();
  const found = pairs.map(([before, after]): Pair => {
    if (before || !after) return [before, after];
    const around = gone.get(after.place)?.find((way) => surrounds(way, after) && growth(way, after).length === 0);
    if (around) cut.add(around);
    return [around ?? null, after];
  });
  return found.filter(([before, after]) => after || !cut.has(before as Way));
}

/** Whether a way leads to all ports that another leads to. */
function surrounds(outer: Way, inner: Way): boolean {
  const [one, other] = [outer.exposures[0] as Exposure, inner.exposures[0] as Exposure];
  const holds = (a: PortRange | null, b: PortRange | null) =>
    a === null || b === null ? a === b : a.from <= b.from && b.to <= a.to;
  return holds(one.listener.ports, other.listener.ports) && holds(one.ports, other.ports);
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
  const [old, fresh] = [before?.exposures[0] ?? null, after?.exposures[0] ?? null];
  const surely = (after && sure(after)) ?? null;
  if (!before || !after || !old || !fresh) {
    return [{ kind: after ? 'added' : 'removed', before: old, after: fresh, surely, what: [] }];
  }
  const wider = growth(before, after);
  const narrower = [...fewerPorts(old.listener, fresh.listener), ...growth(after, before, true)];
  if (wider.length > 0) return [{ kind: 'widened', before: old, after: fresh, surely, what: [...wider, ...narrower] }];
  return narrower.length > 0 ? [{ kind: 'narrowed', before: old, after: fresh, surely, what: narrower }] : [];
}

function fewerPorts({ ports: old }: Listener, { ports: fresh }: Listener): readonly string[] {
  return rangeText(old) === rangeText(fresh) ? [] : [`ports ${rangeText(old)} → ${rangeText(fresh)}`];
}

/** In which respects `after` lets more in than `before`; told as what came first and what came then. */
function growth(before: Way, after: Way, turned = false): readonly string[] {
  const say = (first: string, then: string) => (turned ? `${then} → ${first}` : `${first} → ${then}`);
  const [old, fresh] = [before.exposures[0] as Exposure, after.exposures[0] as Exposure];
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
function sure({ exposures }: Way): Exposure | undefined {
  return exposures.find(({ verdict }) => verdict === 'reachable');
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
