import type { Exposure } from '../graph/vocabulary.ts';
import { approves, goesAround, type Service, serviceOf } from './service.ts';
import { addressesOf, isMeant, stateOf, targetOf, type Waiver } from './waiver.ts';

/** Who approved of an exposure before it was there, and why. */
export interface Approval {
  readonly by: string;
  readonly reason: string;
}

/**
 * The approval of an exposure: sources that are trusted, the specification of a service that is there for the outside, or a valid waiver that speaks
 * of its listener and of all who may call, whatever rule it is for. Null where there is none.
 *
 * @param at milliseconds since 1970
 */
export function approvalOf(
  exposure: Exposure,
  policy: {
    readonly services: readonly Service[];
    readonly waivers: readonly Waiver[];
    readonly longestWaiver: number | null;
  },
  at: number,
): Approval | null {
  if (exposure.trusted) return { by: 'assume', reason: 'its sources are trusted' };
  const { listener } = exposure;
  const service = serviceOf(listener.workload, policy.services);
  if (service?.public && approves(service, listener) && !goesAround(exposure, service))
    return { by: 'services', reason: `${service.key} is public` };
  const edge = { target: targetOf(listener), sources: addressesOf(exposure) };
  const waiver = policy.waivers.find((one) => stateOf(one, policy.longestWaiver, at) === 'valid' && isMeant(one, edge));
  return waiver ? { by: waiver.approvedBy, reason: waiver.reason } : null;
}
