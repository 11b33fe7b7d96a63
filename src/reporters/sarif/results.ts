import type { CodeFlow, Location, Result } from 'sarif';
import type { Finding, Lines, Report, Suppressed } from '../../policy/finding.ts';
import { compareText } from '../../source/order.ts';
import type { Origin } from '../../source/span.ts';
import { oneLine, wayOf } from '../place.ts';
import type { Context } from '../reporter.ts';
import { descriptorId } from './descriptors.ts';
import { fixesOf } from './fixes.ts';
import { lineHashes } from './line-hash.ts';
import { locationOf } from './locations.ts';
import { LEVELS, rank } from './severity.ts';

/** Code scanning keeps a hundred locations of a result; a message with more links than this is not read either. */
const MAX_RELATED = 50;
/** Viewers show the first flow, or a few. */
const MAX_FLOWS = 4;
/** How many findings behind one line are told one by one. */
const MAX_MERGED = 10;

/** Findings of one rule on one line: consumers know an alert by rule, file and line, so that is one result. */
interface Group {
  readonly id: string;
  readonly line: number;
  /** Sorted as they came; never empty. */
  readonly findings: readonly Finding[];
  readonly suppression: Suppressed | null;
}

/** The results of a report, worst first; equal input gives equal bytes. */
export function resultsOf(report: Report, context: Context, ruleIndex: ReadonlyMap<string, number>): readonly Result[] {
  const suppressed = context.sarif.suppressed ? report.suppressed : [];
  const groups = [
    ...grouped(
      report.findings.map((finding) => ({ finding, suppression: null })),
      context.lines,
    ),
    ...grouped(
      suppressed.map((entry) => ({ finding: entry.finding, suppression: entry })),
      context.lines,
    ),
  ];
  const hashes = hashesOf(groups, context.lines);
  return groups.map((group) => resultOf(group, context, ruleIndex, hashes)).sort(byRank);
}

function grouped(
  entries: readonly { readonly finding: Finding; readonly suppression: Suppressed | null }[],
  lines: Lines,
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { finding, suppression } of entries) {
    const id = descriptorId(finding);
    const { line } = oneLine(finding.location, lines);
    const key = [id, finding.location.file, line].join('\0');
    const known = groups.get(key);
    groups.set(key, { id, line, suppression, findings: sorted([...(known?.findings ?? []), finding]) });
  }
  return [...groups.values()];
}

/** What is certain comes before what is undecided; else the order of the report. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => Number(a.verdict === 'undecided') - Number(b.verdict === 'undecided'));
}

function resultOf(
  { id, line, findings, suppression }: Group,
  context: Context,
  ruleIndex: ReadonlyMap<string, number>,
  hashes: ReadonlyMap<string, ReadonlyMap<number, string>>,
): Result {
  const { lines } = context;
  const { prefix } = context.sarif;
  const first = findings[0] as Finding;
  const open = first.verdict === 'undecided';
  const related = relatedOf(findings, first.location, context);
  const hash = hashes.get(first.location.file)?.get(line);
  const flows = flowsOf(findings, context);
  const fixes = fixesOf(findings, context);
  const index = ruleIndex.get(id);
  return {
    ruleId: id,
    ...(index === undefined ? {} : { ruleIndex: index }),
    kind: open ? 'open' : 'fail',
    level: open ? 'none' : LEVELS[first.severity],
    rank: rank(first.severity, first.confidence),
    message: { text: messageOf(findings, related) },
    locations: [{ ...locationOf(first.location, lines, prefix), ...logicalOf(first) }],
    ...(related.length === 0 ? {} : { relatedLocations: related.map(({ location }) => location) }),
    ...(flows.length === 0 ? {} : { codeFlows: flows }),
    ...(fixes.length === 0 ? {} : { fixes: [...fixes] }),
    ...(context.sarif.before && { baselineState: context.sarif.before.has(first.fingerprint) ? 'unchanged' : 'new' }),
    partialFingerprints: {
      ...(hash === undefined ? {} : { primaryLocationLineHash: hash }),
      'portolan/v1': first.fingerprint,
    },
    ...(suppression === null ? {} : { suppressions: [suppressionOf(suppression, context)] }),
    properties: {
      confidence: first.confidence,
      environments: first.environments,
      ...(first.workload === null ? {} : { workload: first.workload }),
      ...(first.listener === null ? {} : { listener: first.listener }),
      ...(first.port === null ? {} : { port: first.port }),
      ...(first.because.length === 0 ? {} : { because: first.because }),
    },
  };
}

interface Related {
  readonly location: Location;
  readonly label: string;
}

/** Every other place that the findings speak of, each once, with an id that the message can link to. */
function relatedOf(findings: readonly Finding[], primary: Origin, { lines, sarif }: Context): readonly Related[] {
  const seen = new Set([placeKey(primary, lines)]);
  const related: Related[] = [];
  const add = (origin: Origin, label: string) => {
    const key = placeKey(origin, lines);
    if (seen.has(key) || related.length === MAX_RELATED) return;
    seen.add(key);
    const location = { id: related.length + 1, ...locationOf(origin, lines, sarif.prefix), message: { text: label } };
    related.push({ location, label });
  };
  for (const { location } of findings) for (const origin of wayOf(location).slice(1)) add(origin, 'by way of');
  for (const { path } of findings) for (const { kind, name, origin } of path) add(origin, hopLabel(kind, name));
  for (const finding of findings) for (const { origin, message } of finding.related) add(origin, message);
  return related;
}

function placeKey(origin: Origin, lines: Lines): string {
  return `${origin.file}\0${oneLine(origin, lines).line}`;
}

function hopLabel(kind: string, name: string): string {
  return `${kind.replaceAll('-', ' ')} ${name}`;
}

/** The first sentence stands alone; links to what belongs to it follow, then what else is behind the line. */
function messageOf(findings: readonly Finding[], related: readonly Related[]): string {
  const [first, ...others] = findings as readonly [Finding, ...Finding[]];
  const parts = [escaped(first.message)];
  if (first.verdict === 'undecided' && first.because.length > 0)
    parts.push(`Undecided, because ${escaped(first.because.join(' and '))}.`);
  const links = related.slice(0, MAX_MERGED).map(({ label }, index) => `[${escaped(label)}](${index + 1})`);
  if (links.length > 0) parts.push(`See ${links.join(', ')}.`);
  if (others.length > 0) {
    const told = others.slice(0, MAX_MERGED).map(({ message }) => escaped(message));
    const rest = others.length > MAX_MERGED ? [`And ${others.length - MAX_MERGED} more.`] : [];
    parts.push('The same line also gives:', ...told, ...rest);
  }
  return parts.join(' ');
}

/** Brackets would be links, in a message that has some. */
function escaped(text: string): string {
  return text.replaceAll(/[\\[\]]/g, (character) => `\\${character}`);
}

function flowsOf(findings: readonly Finding[], { lines, sarif }: Context): CodeFlow[] {
  return findings
    .filter(({ path }) => path.length > 0)
    .slice(0, MAX_FLOWS)
    .map(({ path, message }) => ({
      message: { text: escaped(message) },
      threadFlows: [
        {
          locations: path.map(({ kind, name, origin }) => ({
            location: { ...locationOf(origin, lines, sarif.prefix), message: { text: hopLabel(kind, name) } },
          })),
        },
      ],
    }));
}

function logicalOf({ workload, listener }: Finding): Pick<Location, 'logicalLocations'> {
  if (workload === null) return {};
  return { logicalLocations: [{ name: workload, fullyQualifiedName: listener ?? workload, kind: 'resource' }] };
}

function suppressionOf({ how, reason, origin, until, by }: Suppressed, { lines, sarif }: Context) {
  return {
    kind: how === 'comment' ? ('inSource' as const) : ('external' as const),
    status: 'accepted' as const,
    justification: reason,
    location: locationOf(origin, lines, sarif.prefix),
    ...(until === null && by === null ? {} : { properties: { ...(until && { until }), ...(by && { by }) } }),
  };
}

function hashesOf(groups: readonly Group[], lines: Lines): ReadonlyMap<string, ReadonlyMap<number, string>> {
  const wanted = new Map<string, Set<number>>();
  for (const { findings, line } of groups) {
    const file = (findings[0] as Finding).location.file;
    wanted.set(file, (wanted.get(file) ?? new Set()).add(line));
  }
  return new Map(
    [...wanted].flatMap(([file, numbers]) => {
      const text = lines(file);
      return text ? [[file, lineHashes(text, numbers)] as const] : [];
    }),
  );
}

function byRank(a: Result, b: Result): number {
  return (b.rank ?? 0) - (a.rank ?? 0) || compareText(sortKey(a), sortKey(b));
}

function sortKey({ locations, ruleId }: Result): string {
  const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
  const line = String(region?.startLine ?? 0).padStart(9, '0');
  return [artifactLocation?.uri, line, ruleId].join('\0');
}
