/** The addresses that a managed service lets in at its public address: a guard of that service alone. */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { GrantPort, GuardFact, Peer } from '../../graph/fragment.ts';
import type { Origin } from '../../source/span.ts';
import type { Unknown } from '../../source/value.ts';
import type { Context } from './context.ts';
import { addressPeer, grantsOf, marked, unseenPeer } from './guard.ts';
import { isUnknown, type Written } from './resource.ts';

/** The list of `service`; who is on none of its lines stays outside. The service has the mark of the list's id. */
export function accessList(service: Resource, listed: readonly (Written | Unknown)[], context: Context): GuardFact {
  const peers = listed.map((item) => (isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin)));
  return listOf(service, { peers, ports: [], origin: listed[0]?.origin ?? service.origin }, context);
}

/** Whom a list lets in. */
export interface ListParts {
  readonly peers: readonly Peer[];
  /** Of whom it may not be so. */
  readonly unsure?: readonly { readonly peers: readonly Peer[]; readonly because: Unknown }[];
  readonly ports: readonly GrantPort[];
  readonly origin: Origin;
}

/** The list of `service` that lets in these. */
export function listOf(service: Resource, parts: ListParts, context: Context): GuardFact {
  const { peers, unsure = [], ports, origin } = parts;
  const id = accessListId(service);
  const rule = { direction: 'ingress', ports, verdict: 'allow' } as const;
  return {
    id,
    kind: 'access-list',
    name: id,
    namespace: null,
    subject: marked(id, context, service.origin),
    tier: 0,
    priority: null,
    isolates: ['ingress'],
    grants: [
      ...grantsOf({ ...rule, id: `${id}/ingress`, peers }),
      ...unsure.flatMap(({ peers: some, because }, index) =>
        grantsOf({ ...rule, id: `${id}/perhaps/${index}`, peers: some, perhaps: because }),
      ),
    ],
    origin,
  };
}

export function accessListId({ address }: Resource): string {
  return `${address}/allowed addresses`;
}
