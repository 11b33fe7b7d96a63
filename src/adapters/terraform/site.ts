/** What stands at the far end of a VPN or an interconnect, as the readers of each cloud say it (R71, R74). */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { LinkEnd, SiteFact } from '../../graph/fragment.ts';
import type { Unknown } from '../../source/value.ts';
import { EVERY_ADDRESS } from './guard.ts';

/** A site before it is known whether anything is told of it. */
export interface Told {
  /** What says so. */
  readonly at: Resource;
  readonly name: string;
  /** The addresses that are told, in CIDR notation. */
  readonly told: readonly string[];
  readonly receivers: readonly LinkEnd[];
  /** Why the way may not be there, besides that `at` may not. */
  readonly doubt?: Unknown | undefined;
}

/** The site; none where nobody is told of. Whoever has routes to everywhere says nothing of who is there. */
export function siteOf({ at, name, told, receivers, doubt = at.uncertain }: Told): readonly SiteFact[] {
  const ranges = [...new Set(told)].filter((range) => !EVERY_ADDRESS.has(range));
  if (ranges.length === 0 || receivers.length === 0) return [];
  const { address: id, origin } = at;
  return [{ id, name, ranges, receivers, ...(doubt ? { unknown: doubt } : {}), origin }];
}
