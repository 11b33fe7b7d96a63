/**
 * Services that others reach by a private address of their own network (private link, Private Service Connect): who may is
 * a list of accounts. None is nobody, and `*` is whoever has an account.
 */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { DoorFact, GatewayFact, Place } from '../../graph/fragment.ts';
import type { Unknown } from '../../source/value.ts';
import { isUnknown, type Written } from './resource.ts';

/** Who may connect. */
export interface Consumers {
  /** Accounts, projects or subscriptions; `*` is all of them. */
  readonly listed: readonly (Written | Unknown)[];
  /** Why somebody who may still has to be let in by hand. */
  readonly asked?: Unknown | undefined;
}

/** The gateway of such a service; none where it lets in nobody, or leads to nothing here. */
export function privateLink(
  { address, origin }: Resource,
  { listed, asked }: Consumers,
  doors: readonly Omit<DoorFact, 'place'>[],
): readonly GatewayFact[] {
  const anybody = listed.find((item): item is Written => !isUnknown(item) && item.text === '*');
  const named = listed.filter((item): item is Written => !isUnknown(item));
  const hidden = listed.find(isUnknown);
  const first = anybody ?? named[0] ?? hidden;
  if (!first || doors.length === 0) return [];
  const consumers = anybody ? 'anybody' : named.map(({ text }) => text);
  const place: Place = { kind: 'private-link', consumers };
  // Who is named is meant to be let in; whoever stands beside them and is not in the code changes nothing about that.
  const doubt = anybody ? asked : named.length > 0 ? undefined : hidden;
  return [
    {
      id: `gateway/${address}`,
      kind: 'private-link',
      name: address,
      namespace: null,
      names: [],
      // Whoever closes it changes the list.
      doors: doors.map((door) => ({
        ...door,
        place,
        portOrigin: door.origin,
        origin: first.origin,
        ...(doubt && { unknown: doubt }),
      })),
      opening: [first.origin],
      origin,
    },
  ];
}
