import type { WaiverUse } from '../policy/waiver.ts';
import { address, place } from './place.ts';
import type { Context } from './reporter.ts';
import { plural, wrapped } from './scan-text.ts';
import { printable } from './style.ts';

/** The view that `waivers` reports. */
export interface WaiversView {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly uses: readonly WaiverUse[];
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Each waiver with what it covers and how long it lasts, the one that ends first in front. */
export function waiversText({ at, uses }: WaiversView, context: Context): string {
  const { lines, style, quiet } = context;
  const blocks = sorted(uses).map(({ waiver, state, covers }) => [
    `${style('bold', waiver.rule)}  ${printable(waiver.listener ?? 'every listener')}  ${style(state === 'valid' ? 'green' : 'red', stateText(state, at, waiver))}  ${style('cyan', printable(address(waiver.origin, lines)))}`,
    ...wrapped(`approved by ${waiver.approvedBy}: ${waiver.reason}`, 2, context),
    ...(covers.length === 0
      ? ['  covers nothing']
      : covers.map(
          (finding) =>
            `  covers ${printable(finding.target ?? finding.ruleId)}  ${printable(address(finding.location, lines))}`,
        )),
  ]);
  const summary = quiet ? [] : [[uses.length === 0 ? 'No waivers.' : `${plural(uses.length, 'waiver')}.`]];
  return [...blocks, ...summary].map((block) => `${block.join('\n')}\n`).join('\n');
}

/** The same as JSON. */
export function waiversJson({ at, uses }: WaiversView, { lines }: Context): string {
  const document = {
    version: 1,
    at: new Date(at).toISOString(),
    waivers: sorted(uses).map(({ waiver, known, state, covers }) => ({
      rule: waiver.rule,
      known,
      listener: waiver.listener,
      state,
      reason: waiver.reason,
      approvedBy: waiver.approvedBy,
      from: waiver.from === null ? null : new Date(waiver.from).toISOString(),
      expires: new Date(waiver.expires).toISOString(),
      origin: place(waiver.origin, lines),
      covers: covers.map(({ target, fingerprint, location }) => ({
        target,
        fingerprint,
        location: place(location, lines),
      })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function sorted(uses: readonly WaiverUse[]): readonly WaiverUse[] {
  return [...uses].sort((a, b) => a.waiver.expires - b.waiver.expires);
}

function stateText(state: WaiverUse['state'], at: number, { from, expires }: WaiverUse['waiver']): string {
  switch (state) {
    case 'valid':
      return `${durationText(expires - at)} left`;
    case 'early':
      return `begins in ${durationText((from ?? at) - at)}`;
    case 'expired':
      return `ended ${durationText(at - expires)} ago`;
    case 'overlong':
      return 'longer than policy.maxWaiver: no effect';
  }
}

function durationText(milliseconds: number): string {
  return milliseconds >= 2 * DAY
    ? plural(Math.floor(milliseconds / DAY), 'day')
    : plural(Math.ceil(milliseconds / HOUR), 'hour');
}
