/** The addresses that a managed service lets in at its public address: a guard of that service alone. */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { GuardFact } from '../../graph/fragment.ts';
import type { Unknown } from '../../source/value.ts';
import type { Context } from './context.ts';
import { addressPeer, grantsOf, marked, unseenPeer } from './guard.ts';
import { isUnknown, type Written } from './resource.ts';

/** The list of `service`; who is on none of its lines stays outside. The service has the mark of the list's id. */
export function accessList(service: Resource, listed: readonly (Written | Unknown)[], context: Context): GuardFact {
  const id = accessListId(service);
  const peers = listed.map((item) => (isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin)));
  return {
    id,
    kind: 'access-list',
    name: id,
    namespace: null,
    subject: marked(id, context, service.origin),
    tier: 0,
    priority: null,
    isolates: ['ingress'],
    grants: grantsOf({ id: `${id}/ingress`, direction: 'ingress', peers, ports: [], verdict: 'allow' }),
    origin: listed[0]?.origin ?? service.origin,
  };
}

export function accessListId({ address }: Resource): string {
  return `${address}/allowed addresses`;
}
