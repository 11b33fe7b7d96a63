/** ReferenceGrants: what lets routes of other namespaces lead to Services of this one (R41). */
import type { KubernetesObject } from '../../../assemble/kubernetes/object.ts';
import type { PermitFact } from '../../../graph/fragment.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { at, itemsOf, textOf } from '../../../source/value.ts';
import { firstLineOf } from '../field.ts';
import { GATEWAY_GROUP } from './entrance.ts';

/** The API allows 16 on either side. */
const MOST_PERMITS = 1024;

/** What the grant lets pass; what it says of other kinds (the Secrets of listeners) opens nothing. */
export function permitsOf(object: KubernetesObject, notices: Notice[]): readonly PermitFact[] {
  const spec = at(object.root, 'spec');
  const services = itemsOf(at(spec, 'to')).filter(
    (to) => textOf(at(to, 'kind')) === 'Service' && (textOf(at(to, 'group')) ?? '') === '',
  );
  const permits: PermitFact[] = [];
  for (const from of itemsOf(at(spec, 'from'))) {
    const route = textOf(at(from, 'kind'));
    const namespace = textOf(at(from, 'namespace'));
    if (!route || !namespace || textOf(at(from, 'group')) !== GATEWAY_GROUP) continue;
    for (const to of services) {
      if (permits.length >= MOST_PERMITS) {
        const message = 'This ReferenceGrant lets more pass than is followed: the rest is left out.';
        notices.push(notice('expansion-limit', message, firstLineOf(from)));
        return permits;
      }
      const name = textOf(at(to, 'name')) ?? null;
      permits.push({
        from: { namespace, route },
        to: { gateway: 'service', namespace: object.namespace, name },
        origin: firstLineOf(from),
      });
    }
  }
  return permits;
}
