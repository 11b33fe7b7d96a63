/** Ports that nothing knows but the addresses of callers: most images say nowhere where they listen. */
import { append } from '../../source/multimap.ts';
import type { Origin } from '../../source/span.ts';
import { gatewayClaim } from '../listener/claim.ts';
import type { ClaimedContainer } from '../listener/index.ts';
import type { RunningContainer, RunningWorkload } from '../running.ts';
import type { Mentions } from './harvest.ts';
import { finderOf } from './names.ts';

/**
 * Adds the ports at which others call a workload that nothing says any port of; its first container has them. Where
 * anything is known, an address that does not fit is not believed: it may as well be wrong.
 */
export function withCalledPorts(claimed: readonly ClaimedContainer[], mentions: Mentions): readonly ClaimedContainer[] {
  if (mentions.size === 0) return claimed;
  const known = new Set(claimed.filter(({ claims }) => claims.length > 0).map(({ workload }) => workload.network));
  const firsts = new Map<RunningWorkload, RunningContainer>();
  for (const { workload, container } of claimed) if (!firsts.has(workload)) firsts.set(workload, container);
  const find = finderOf([...firsts.keys()], []);
  const called = new Map<RunningContainer, { readonly port: number; readonly origin: Origin }[]>();
  for (const [client, hosts] of mentions) {
    for (const { host, port, origins } of hosts) {
      const [origin] = origins;
      if (port === null || !origin) continue;
      for (const holder of find(client, host)) {
        if (holder.kind !== 'workload' || holder.workload.network === client.network) continue;
        const first = firsts.get(holder.workload);
        if (!first || known.has(holder.workload.network)) continue;
        append(called, first, { port, origin });
      }
    }
  }
  return claimed.map((each) => {
    const calls = called.get(each.container) ?? [];
    const claims = calls.map(({ port, origin }) => gatewayClaim({ from: port, to: port }, 'tcp', origin, {}));
    return claims.length === 0 ? each : { ...each, claims };
  });
}
