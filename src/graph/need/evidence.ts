/** Single pieces of evidence, and what all of them together say of one client and one listener (§5.3). */
import { append } from '../../source/multimap.ts';
import { byText } from '../../source/order.ts';
import { distinctPlaces, type Origin } from '../../source/span.ts';
import type { NeedKind } from '../fragment.ts';
import type { Listener, Need, Transport, Workload } from '../vocabulary.ts';

/** One thing in the code that says a client uses a listener, or a host outside. */
export interface Evidence {
  readonly from: Need['from'];
  readonly to: Need['to'];
  readonly kind: NeedKind;
  readonly weight: number;
  /** A grant says so (S1). */
  readonly stated?: true;
  readonly transport: Transport;
  readonly origins: readonly Origin[];
}

/** Evidence, and the lines that name so many listeners at once that they tell none of them. */
export interface Found<T> {
  readonly evidence: readonly T[];
  readonly crowds: readonly Origin[];
}

/** More listeners than this behind one name or selector are a crowd: listing them all for all clients has no end. */
export const CROWD = 256;

/**
 * One need for each client and listener. Evidence is taken for independent (noisy-or); the strongest gives the kind, and
 * all origins are kept, those of the strongest first. What a grant states counts where nothing else says so (S1). Sorted by
 * client, then by listener.
 */
export function combine(evidence: readonly Evidence[]): readonly Need[] {
  const groups = new Map<string, Evidence[]>();
  for (const each of evidence) {
    const key = `${sourceKey(each.from)}\n${targetKey(each.to)}`;
    append(groups, key, each);
  }
  return [...groups].sort(byText(([key]) => key)).map(([, group]) => needOf(group));
}

/** However much evidence there is, only what is certain by itself is certain. */
const SUREST = 0.999;

function needOf(group: readonly Evidence[]): Need {
  const shown = group.filter(({ stated }) => !stated);
  const ranked = [...(shown.length > 0 ? shown : group)].sort((a, b) => b.weight - a.weight);
  const { from, to, kind, weight: best } = ranked[0] as Evidence;
  const doubt = ranked.reduce((left, { weight }) => left * (1 - weight), 1);
  const spoken = (transport: Transport) => ranked.some((each) => each.transport === transport);
  return {
    from,
    to,
    kind,
    weight: best === 1 ? 1 : Math.min(SUREST, Math.round((1 - doubt) * 1000) / 1000),
    stated: shown.length === 0,
    transport: spoken('plaintext') ? 'plaintext' : spoken('tls') ? 'tls' : 'unknown',
    origins: distinctPlaces(ranked.flatMap(({ origins }) => origins)),
  };
}

function sourceKey(from: Workload | string): string {
  return typeof from === 'string' ? ` ${from}` : from.id;
}

function targetKey(to: Listener | { readonly external: string; readonly port: number | null }): string {
  return 'external' in to ? ` ${to.external}:${to.port ?? ''}` : to.id;
}
