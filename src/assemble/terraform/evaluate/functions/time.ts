/** Functions of dates and times (website/docs/language/functions: "Date and Time Functions"; go-cty datetime.go). */
import { number } from '../datum.ts';
import { type Call, type Func, made, refuse, str, TEXT, whole } from './call.ts';
import { notYet } from './not-yet.ts';

/** A moment, and the offset from UTC that it is written with. */
export interface Time {
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
  /** In minutes. */
  readonly offset: number;
  /** `Z`, where it is not written as an offset. */
  readonly utc: boolean;
}

/** By name. */
export const TIMES: Readonly<Record<string, Func>> = {
  formatdate: whole([TEXT, TEXT], ([layout, stamp], call) =>
    made(laidOut(str(layout), timeOf(str(stamp), call), call), call),
  ),
  timeadd: whole([TEXT, TEXT], ([stamp, duration], call) => {
    const time = timeOf(str(stamp), call);
    const added = durationOf(str(duration)) ?? refuse(call, 'is given a duration that is none, such as "1h30m"');
    return made(formatTime({ ...time, at: time.at + added }), call);
  }),
  timecmp: whole([TEXT, TEXT], ([one, other], call) =>
    number(Math.sign(timeOf(str(one), call).at - timeOf(str(other), call).at), call.origin),
  ),
  timestamp: notYet('timestamp() is the time at which Terraform runs'),
  plantimestamp: notYet('plantimestamp() is the time at which Terraform runs'),
};

function timeOf(stamp: string, call: Call): Time {
  return parseTime(stamp) ?? refuse(call, 'is given a time that is not written as RFC 3339 has it');
}

const STAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|([-+])(\d\d):(\d\d))$/;

/** The time that a text of RFC 3339 is; undefined of any other. */
export function parseTime(stamp: string): Time | undefined {
  const match = STAMP.exec(stamp);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, Math.floor(Number(match[7] ?? 0) * 1000));
  const real = local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  const offset = match[8] === 'Z' ? 0 : (Number(match[10]) * 60 + Number(match[11])) * (match[9] === '-' ? -1 : 1);
  if (!real || hour > 23 || minute > 59 || second > 59 || Math.abs(offset) >= 24 * 60) return undefined;
  return { at: local.getTime() - offset * 60_000, offset, utc: match[8] === 'Z' };
}

/** A time as RFC 3339 has it, without parts of seconds. */
export function formatTime(time: Time): string {
  const date = new Date(time.at + time.offset * 60_000);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.toISOString().replace(/\.\d+Z$/, '')}${time.utc || time.offset === 0 ? 'Z' : offsetText(time, ':')}`;
}

function offsetText({ offset }: Time, colon: string): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** The milliseconds of a duration as Go writes them (`1h30m`); undefined of any other text. */
function durationOf(duration: string): number | undefined {
  if (duration.length > 100) return undefined;
  const [, sign, parts = ''] = /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(duration) ?? [];
  if (sign === undefined) return undefined;
  let sum = 0;
  for (const [, amount, unit = ''] of parts.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g))
    sum += Number(amount) * (UNITS[unit] ?? 0);
  return sign === '-' ? -sum : sum;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** What each run of a letter stands for; a run that is not there is none. */
const FIELDS: Readonly<Record<string, (date: Date, time: Time) => string>> = {
  YYYY: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  YY: (date) => two(date.getUTCFullYear() % 100),
  MMMM: (date) => MONTHS[date.getUTCMonth()] ?? '',
  MMM: (date) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  MM: (date) => two(date.getUTCMonth() + 1),
  M: (date) => String(date.getUTCMonth() + 1),
  DD: (date) => two(date.getUTCDate()),
  D: (date) => String(date.getUTCDate()),
  EEEE: (date) => DAYS[date.getUTCDay()] ?? '',
  EEE: (date) => (DAYS[date.getUTCDay()] ?? '').slice(0, 3),
  hh: (date) => two(date.getUTCHours()),
  h: (date) => String(date.getUTCHours()),
  HH: (date) => two(twelve(date)),
  H: (date) => String(twelve(date)),
  AA: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  aa: (date) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
  mm: (date) => two(date.getUTCMinutes()),
  m: (date) => String(date.getUTCMinutes()),
  ss: (date) => two(date.getUTCSeconds()),
  s: (date) => String(date.getUTCSeconds()),
  ZZZZZ: (_, time) => offsetText(time, ':'),
  ZZZZ: (_, time) => offsetText(time, ''),
  ZZZ: (_, time) => (time.offset === 0 ? 'UTC' : offsetText(time, '')),
  Z: (_, time) => (time.offset === 0 ? 'Z' : offsetText(time, ':')),
};

function twelve(date: Date): number {
  return date.getUTCHours() % 12 || 12;
}

function laidOut(layout: string, time: Time, call: Call): string {
  const date = new Date(time.at + time.offset * 60_000);
  return layout.replace(/'((?:[^']|'')*)'|'|([a-zA-Z])\2*|[^a-zA-Z']+/g, (run, literal?: string, letter?: string) => {
    if (literal !== undefined) return literal === '' ? "'" : literal.replaceAll("''", "'");
    if (run === "'") return refuse(call, 'is given a layout with a quote that is not closed');
    if (letter === undefined) return run;
    const field = Object.hasOwn(FIELDS, run) ? FIELDS[run] : undefined;
    return field
      ? field(date, time)
      : refuse(call, `is given a layout with "${run.slice(0, 20)}", which stands for nothing`);
  });
}
