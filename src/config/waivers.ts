import type { Problem } from '../policy/rule.ts';
import type { Waiver } from '../policy/waiver.ts';
import { addressesIn } from './addresses.ts';
import { originAt, type YamlFile } from './yaml-file.ts';

/** A waiver as the schema has it. */
export interface WrittenWaiver {
  readonly rule: string;
  readonly match: { readonly listener?: string; readonly from?: readonly string[] };
  readonly reason: string;
  readonly approvedBy: string;
  readonly from?: string;
  readonly expires: string;
}

/** The waivers of a file; addresses and times that are none go to `problems`. */
export function waiversIn(file: YamlFile, written: readonly WrittenWaiver[], problems: Problem[]): readonly Waiver[] {
  return written.map(({ rule, match, reason, approvedBy, from, expires }, index): Waiver => {
    const place = `/waivers/${index}`;
    const timeOf = (key: 'from' | 'expires', text: string): number => {
      const time = Date.parse(text);
      if (Number.isNaN(time)) {
        const origin = originAt(file, `${place}/${key}`);
        problems.push({
          origin,
          message: `${text} is no date`,
          hint: 'write it as RFC 3339 has it, 2026-11-01T17:00:00Z',
        });
      }
      return time;
    };
    return {
      rule,
      listener: match.listener ?? null,
      sources: match.from ? addressesIn(file, `${place}/match/from`, match.from, problems) : null,
      reason,
      approvedBy,
      from: from === undefined ? null : timeOf('from', from),
      expires: timeOf('expires', expires),
      origin: originAt(file, `${place}/rule`),
    };
  });
}

const HOUR = 3_600_000;

/** An ISO 8601 duration of weeks, or of days and hours, in milliseconds. */
export function millisecondsOf(duration: string): number {
  const [, weeks = '0', days = '0', hours = '0'] = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?$/.exec(duration) ?? [];
  return (Number(weeks) * 168 + Number(days) * 24 + Number(hours)) * HOUR;
}
