/** Ways in from outside that lead to workloads which are described by their labels and shown nowhere. */
import { stepKind } from '../gateway/forward.ts';
import type { LinkedGateway } from '../running.ts';
import { type Assumptions, SCOPES, type UnseenWay } from '../vocabulary.ts';
import { accessThrough, isTrusted } from './access.ts';

/** In the order of gateways and their doors; what nobody wrote is left out, and what stands inside a segment. */
export function unseenWays(gateways: readonly LinkedGateway[], assume: Assumptions): readonly UnseenWay[] {
  return gateways.flatMap(({ fact, gateway, doors }) =>
    doors.flatMap(({ fact: door, unseen }): readonly UnseenWay[] => {
      if (!unseen || door.implicit) return [];
      const strangers = accessThrough(door, assume).filter((access) => !isTrusted(access, assume.trustedSources));
      const scopes = new Set(strangers.map(({ scope }) => scope));
      if (scopes.size === 0) return [];
      const kind = stepKind(fact, door);
      return [{ entry: gateway, kind, scopes: SCOPES.filter((scope) => scopes.has(scope)), grant: door.origin }];
    }),
  );
}
