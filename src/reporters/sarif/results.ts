import type { CodeFlow, Location, Result } from 'sarif';
import type { Hop } from '../../graph/vocabulary.ts';
import type { Finding, Lines, Report, Suppressed } from '../../policy/finding.ts';
import { compareText } from '../../source/order.ts';
import { cutOf, hopText, SOURCES } from '../path-drawing.ts';
import { oneLine } from '../place.ts';
import type { Context } from '../reporter.ts';
import { descriptorId } from './descriptors.ts';
import { fixesOf } from './fixes.ts';
import { lineHashes } from './line-hash.ts';
import { locationOf } from './locations.ts';
import { messageOf } from './message.ts';
import { relatedOf } from './related.ts';
import { LEVELS, rank } from './severity.ts';
import { unlinked } from './text.ts';

/** Viewers show the first flow, or a few. */
const MAX_FLOWS = 4;
/** Code scanning keeps a thousand steps of a result. */
const MAX_STEPS = 200;

/** Findings of one rule on one line: consumers know an alert by rule, file and line, so that is one result. */
interface Group {
  readonly id: string;
  readonly line: number;
  /** What is certain first; never empty. */
  readonly findings: readonly Finding[];
  readonly suppression: Suppressed | null;
}

/** The results of a report, worst first; equal input gives equal bytes. */
export function resultsOf(report: Report, context: Context, ruleIndex: ReadonlyMap<string, number>): readonly Result[] {
  const groups = [
    ...grouped(
      report.findings.map((finding) => ({ finding, suppression: null })),
      context.lines,
    ),
    ...grouped(
      report.suppressed.map((entry) => ({ finding: entry.finding, suppression: entry })),
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
  const groups = new Map<string, Omit<Group, 'findings'> & { readonly findings: Finding[] }>();
  for (const { finding, suppression } of entries) {
    const id = descriptorId(finding);
    const { line } = oneLine(finding.location, lines);
    const key = [id, finding.location.file, line].join('\0');
    const known = groups.get(key);
    if (known) known.findings.push(finding);
    else groups.set(key, { id, line, suppression, findings: [finding] });
  }
  return [...groups.values()].map((group) => ({ ...group, findings: sorted(group.findings) }));
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
      environments: [...new Set(findings.flatMap(({ environments }) => environments))].sort(),
      ...(first.workload === null ? {} : { workload: first.workload }),
      ...(first.listener === null ? {} : { listener: first.listener }),
      ...(first.port === null ? {} : { port: first.port }),
      ...(first.because.length === 0 ? {} : { because: first.because }),
    },
  };
}

/** The ways in, best first: one step a hop from the caller to the listener, each with what it is. */
function flowsOf(findings: readonly Finding[], { lines, sarif }: Context): CodeFlow[] {
  return findings
    .filter(({ path }) => path.length > 0)
    .slice(0, MAX_FLOWS)
    .map((finding) => ({
      message: { text: unlinked(finding.message) },
      threadFlows: [
        {
          locations: finding.path.slice(0, MAX_STEPS).map(({ origin }, step) => ({
            location: { ...locationOf(origin, lines, sarif.prefix), message: { text: stepText(finding, step, lines) } },
          })),
        },
      ],
    }));
}

/** `from the internet: published port 8080:80 (cut here)`. */
function stepText(finding: Finding, step: number, lines: Lines): string {
  const { path, scope } = finding;
  const hop = path[step] as Hop;
  const from = step === 0 && scope !== null ? [`from ${SOURCES[scope]}`] : [];
  // What has no name of its own is the source itself.
  const what = from.length > 0 && hop.kind === hop.name ? [] : [hopText(hop)];
  return unlinked([...from, ...what].join(': ') + (step === cutOf(finding, lines) ? ' (cut here)' : ''));
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
