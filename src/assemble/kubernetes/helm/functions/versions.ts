/** Semantic versions and the constraints that charts put on them (Masterminds/semver). */
import { bool, type Datum, int64, type Struct } from '../datum.ts';
import { Fault } from '../fault.ts';
import type { Func } from '../machine.ts';
import { derived, type Text } from '../text.ts';
import { fixed, string, text } from './arguments.ts';

/** A semantic version. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: string;
  readonly metadata: string;
}

/** By name. */
export const VERSIONS: Readonly<Record<string, Func>> = {
  semver: fixed(1, (args) => versionStruct(text(args, 0))),
  semverCompare: fixed(2, (args) => {
    const version = parseVersion(string(args, 1));
    if (!version) throw new Fault(`"${string(args, 1).slice(0, 40)}" is no version`);
    return bool(satisfies(version, string(args, 0)));
  }),
};

const VERSION = /^v?(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;

/** A version, whose minor and patch numbers may be missing; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (!match) return undefined;
  const [, major, minor = '0', patch = '0', prerelease = '', metadata = ''] = match;
  return { numbers: [Number(major), Number(minor), Number(patch)], prerelease, metadata };
}

function versionStruct(source: Text): Datum {
  const version = parseVersion(source.text);
  if (!version) throw new Fault(`"${source.text.slice(0, 40)}" is no version`);
  const [major, minor, patch] = version.numbers;
  const printed = `${major}.${minor}.${patch}${version.prerelease && `-${version.prerelease}`}${version.metadata && `+${version.metadata}`}`;
  const made: Struct = {
    kind: 'struct',
    type: '*semver.Version',
    printed,
    fields: new Map<string, Datum>([
      ['Major', int64(major)],
      ['Minor', int64(minor)],
      ['Patch', int64(patch)],
      ['Prerelease', derived(version.prerelease, [source])],
      ['Metadata', derived(version.metadata, [source])],
      ['Original', source],
      ['String', derived(printed, [source])],
    ]),
    methods: new Map(),
  };
  return made;
}

/** Below zero where `one` is the earlier version. */
export function compareVersions(one: Version, other: Version): number {
  for (const index of [0, 1, 2] as const) {
    const difference = one.numbers[index] - other.numbers[index];
    if (difference !== 0) return difference;
  }
  if (one.prerelease === other.prerelease) return 0;
  if (one.prerelease === '') return 1;
  return other.prerelease === '' ? -1 : comparePrereleases(one.prerelease.split('.'), other.prerelease.split('.'));
}

function comparePrereleases(one: readonly string[], other: readonly string[]): number {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const [left, right] = [one[i], other[i]];
    if (left === right) continue;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const [leftNumber, rightNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (leftNumber && rightNumber) return Number(left) - Number(right);
    if (leftNumber !== rightNumber) return leftNumber ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** One constraint: `>=1.2-0`, `~1.2`, `1.x`. */
const PART = /^(=|==|!=|>=|=>|<=|=<|>|<|~>|~|\^)?\s*(v?[\dxX*][\w.+*-]*)$/;

const LONGEST_RANGE = 500;

/** Whether a version is within a range: constraints between commas or blanks hold together, `||` is one of several. */
export function satisfies(version: Version, range: string): boolean {
  if (range.length > LONGEST_RANGE) throw new Fault('a range of versions is longer than any real one');
  return range.split('||').some((all) => {
    const spanned = all.trim().replace(/(\S+)\s+-\s+(\S+)/g, '>=$1 <=$2');
    const parts = spanned
      .replace(/([<>=!~^])\s+/g, '$1')
      .split(/[\s,]+/)
      .filter((part) => part !== '');
    return parts.every((part) => holds(version, part));
  });
}

function holds(version: Version, part: string): boolean {
  const match = PART.exec(part);
  if (!match) throw new Fault(`"${part.slice(0, 40)}" is no range of versions`);
  const [, operator = '', written = ''] = match;
  const { bound, given } = boundOf(written);
  if (version.prerelease !== '' && bound.prerelease === '') return false;
  const order = compareVersions(version, bound);
  const sameTo = (count: number): boolean =>
    bound.numbers.slice(0, count).every((number, i) => version.numbers[i] === number);
  switch (operator) {
    case '!=':
      return given < 3 ? !sameTo(given) : order !== 0;
    case '>':
      return given < 3 ? order > 0 && !sameTo(given) : order > 0;
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return order <= 0 || (given < 3 && sameTo(given));
    case '~':
    case '~>':
      return order >= 0 && sameTo(Math.min(2, given));
    case '^':
      return order >= 0 && sameTo(caretNumbers(bound, given));
    default:
      return given < 3 ? order >= 0 && sameTo(given) : order === 0;
  }
}

/** The version in a constraint, and how many of its numbers are there: `1.x` has one. */
function boundOf(written: string): { readonly bound: Version; readonly given: number } {
  const [, core = '', rest = ''] = /^v?([\dxX*.]+)(.*)$/.exec(written) ?? [];
  const numbers = core.split('.');
  const wild = numbers.findIndex((number) => !/^\d+$/.test(number));
  const given = Math.min(3, wild === -1 ? numbers.length : wild);
  const bound = parseVersion(`${[...numbers.slice(0, given), '0', '0', '0'].slice(0, 3).join('.')}${rest}`);
  if (!bound) throw new Fault(`"${written.slice(0, 40)}" is no version`);
  return { bound, given };
}

/** How many numbers `^` keeps: up to the first that is not zero. */
function caretNumbers({ numbers: [major, minor] }: Version, given: number): number {
  if (major > 0 || given < 2) return Math.min(1, given);
  return minor > 0 || given < 3 ? 2 : 3;
}
