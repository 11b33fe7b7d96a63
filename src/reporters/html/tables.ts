/** The parts of the page that are lists: figures, findings by rule, the inventory, notices. */
import { rangeText } from '../../graph/vocabulary.ts';
import { type Finding, type RuleInfo, SEVERITIES } from '../../policy/finding.ts';
import { NOTICES } from '../../source/notice.ts';
import { type PortLine, portTables, reachText } from '../ports.ts';
import type { Context } from '../reporter.ts';
import { fixFor } from '../rule-text.ts';
import { plural } from '../scan-text.ts';
import { type Content, type Entry, listenersOf, type PageView, REACHES, worstOf } from './content.ts';
import { labelOf } from './map.ts';
import { joined, type Markup, markup } from './markup.ts';
import { messageOf, reachPill, ruleAnchor, severityChip, spot } from './panel.ts';

/** More notices than this nobody reads. */
const MOST_NOTICES = 200;
const MOST_REASONS = 5;
const MOST_LINES = 200;
const MOST_ENVIRONMENTS = 5;

/** The main figures. */
export function figures({ view, entries }: Content): Markup {
  const all = [...entries.values()];
  const counts = REACHES.map((reach) => [reach, all.filter((entry) => entry.reach === reach)] as const).filter(
    ([, own]) => own.length > 0,
  );
  let x = 0;
  const bar = counts.map(([reach, own]) => {
    const width = (100 * own.length) / all.length;
    x += width;
    return markup`<rect class="r-${reach}" x="${x - width}" width="${width}" height="8"/>`;
  });
  return markup`<section class="figures" aria-label="Main figures">
${findingFigures(view)}
<div class="figure wide"><h2>${all.length}</h2><p>${all.length === 1 ? 'listener' : 'listeners'}, by how far away they are reached from</p>
<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${bar}</svg>
<p class="chips">${counts.map(([reach, own]) => markup`<span>${reachPill({ reach, certain: true })} ${own.length}</span> `)}</p></div>
${doubtFigures(view)}
</section>`;
}

function findingFigures({ findings, suppressed = [] }: PageView): Markup {
  if (!findings) {
    return markup`<div class="figure"><h2>–</h2><p>Not judged: this is the graph alone. <code>portolan scan --format html</code> adds what is wrong with it.</p></div>`;
  }
  const certain = findings.filter(({ verdict }) => verdict === 'violation');
  const chips = SEVERITIES.map(
    (severity) => [severity, certain.filter((one) => one.severity === severity).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => markup`<span>${severityChip({ severity, verdict: 'violation' })} ${count}</span> `);
  const accepted =
    suppressed.length > 0 &&
    markup`<p class="dim">${suppressed.length} more accepted: suppressed, waived or in the baseline</p>`;
  return markup`<div class="figure"><h2>${certain.length}</h2><p>${certain.length === 1 ? 'finding' : 'findings'}</p><p class="chips">${chips}</p>${accepted}</div>`;
}

function doubtFigures({ findings, notices, coverage }: PageView): Markup {
  const possible = `${plural(coverage.unknowns, 'way')} in that the code alone does not decide`;
  const open = findings?.filter(({ verdict }) => verdict === 'undecided').length ?? 0;
  const lost = notices.filter(({ code }) => NOTICES[code] === 'error').length;
  return markup`<div class="figure"><h2>${open + coverage.unknowns}</h2><p>undecided: ${findings && `${plural(open, 'finding')} and `}${possible}</p>
<p class="dim">${plural(coverage.files, 'file')}: ${coverage.parsed} read, ${coverage.skipped} skipped, ${coverage.failed} failed</p>
<p><a href="#notices">${plural(notices.length, 'notice')}</a>${lost > 0 && markup` <span class="chip v-high">${plural(lost, 'error')}</span>`}</p></div>`;
}

/** Every finding, by rule: those about a listener lead to it, the others are told here. */
export function findingsSection({ view, entries }: Content, context: Context): Markup | null {
  const { findings, rules = [] } = view;
  if (!findings) return null;
  const byRule = new Map<string, Finding[]>();
  for (const severity of SEVERITIES) {
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      const same = byRule.get(finding.ruleId);
      if (same) same.push(finding);
      else byRule.set(finding.ruleId, [finding]);
    }
  }
  const infos = new Map(rules.map((rule) => [rule.id, rule]));
  const sections = [...byRule].map(([id, own]) => ruleSection(id, own, infos.get(id), entries, context));
  return markup`<section id="findings"><h2>Findings</h2>
${sections.length === 0 ? markup`<p class="empty">Nothing found. What could be decided keeps every rule that ran.</p>` : sections}
</section>`;
}

function ruleSection(
  id: string,
  findings: readonly Finding[],
  info: RuleInfo | undefined,
  entries: Content['entries'],
  context: Context,
): Markup {
  const told = findings.map((finding) => ({
    finding,
    about: listenersOf(finding).flatMap((listener) => entries.get(listener) ?? []),
  }));
  // What is about no listener is told nowhere else.
  const shown = told.filter(({ about }, index) => index < MOST_LINES || about.length === 0);
  const left = told.length - shown.length;
  const technologies = [...new Set(findings.map(({ technology }) => technology))];
  const fixes = new Set(
    info ? technologies.map((technology) => fixFor(info.fix, technology)).filter((fix) => fix !== null) : [],
  );
  const chips = SEVERITIES.flatMap((severity) => {
    const own = findings.filter((one) => one.severity === severity);
    return own.length === 0 ? [] : [markup`${severityChip({ severity, verdict: 'violation' })} `];
  });
  return markup`<details class="rule" id="${ruleAnchor(id)}"><summary>${worstOf(findings) === null ? markup`<span class="chip">undecided</span> ` : chips}<b>${findings[0]?.title ?? id}</b> <code>${id}</code> <small>${findings.length}</small></summary>
${info && info.why !== '' && markup`<p>${prose(info.why)}</p>`}${[...fixes].map((fix) => markup`<p><b>What to do:</b> ${prose(fix)}</p>`)}
<ul class="findings">${shown.map(({ finding, about }) => findingLine(finding, about, context))}</ul>
${left > 0 && markup`<p class="dim">and ${left} more: search for <code>${id}</code></p>`}</details>
`;
}

function findingLine(finding: Finding, about: readonly Entry[], context: Context): Markup {
  const place = markup`${severityChip(finding)} ${spot(finding.location, context)}`;
  const [first, ...others] = about;
  if (!first) {
    const subject = finding.target ?? finding.workload;
    return markup`<li>${place} ${subject !== null && markup`<b>${subject}</b>`}${messageOf(finding)}</li>`;
  }
  const link = (entry: Entry, text: string) => markup`<a href="#${entry.anchor}">${text}</a>`;
  const { workload, ports, protocol } = first.listener;
  const named = others.slice(0, MOST_ENVIRONMENTS).map((entry) => link(entry, entry.environment));
  return markup`<li>${place} ${link(first, `${workload.name} ${rangeText(ports)}/${protocol}`)}${
    others.length > 0 &&
    markup` <small>also in ${joined(named, ', ')}${others.length > named.length && ` and ${others.length - named.length} more`}</small>`
  }</li>`;
}

/** The first paragraph of a text in Markdown, of which code is the only markup that is told. */
function prose(text: string): readonly Markup[] {
  const paragraph = text.trim().split(/\n\s*\n/)[0] as string;
  return paragraph.split('`').map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`));
}

/** Everything that listens: what is searched, and what is printed. */
export function inventorySection({ parts }: Content, context: Context): Markup {
  const bodies = parts.map((part, index) => {
    const { environment, entries } = part;
    if (entries.length === 0) return markup``;
    const [table] = portTables({ environments: [{ id: environment.id, entries }] }, context);
    const rows = entries.map((entry, row) => inventoryRow(entry, table?.lines[row] as PortLine));
    return markup`<tbody data-environment="${index}"><tr class="environment"><th colspan="7" scope="rowgroup">${environment.id} <small>${plural(entries.length, 'listener')}</small></th></tr>
${rows}</tbody>
`;
  });
  return markup`<section id="inventory"><h2>Inventory</h2>
${
  parts.every(({ entries }) => entries.length === 0)
    ? markup`<p class="empty">Nothing listens.</p>`
    : markup`<div class="scroll"><table class="inventory"><thead><tr><th scope="col">Workload</th><th scope="col">Port</th><th scope="col">What</th><th scope="col">Reached from</th><th scope="col">Needed by</th><th scope="col">Findings</th><th scope="col">Said in</th></tr></thead>
${bodies}</table></div>`
}
</section>`;
}

function inventoryRow(entry: Entry, line: PortLine): Markup {
  const { anchor, reach, findings, listener } = entry;
  const worst = worstOf(findings);
  const [place] = line.origins;
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))];
  const role = listener.roles[0]?.role ?? 'unknown';
  return markup`<tr data-reach="${reach}" data-role="${role}" data-severity="${worst === null ? SEVERITIES.length : SEVERITIES.indexOf(worst)}"><td><a href="#${anchor}">${line.workload}</a>${line.namespace !== null && markup` <small>${line.namespace}</small>`}</td><td class="port">${line.port}/${line.protocol}</td><td>${labelOf(listener)}${!labelOf(listener).endsWith(role) && markup` <small>${role}</small>`}</td><td>${reachPill(entry)} <small>${doorsText(line)}</small></td><td>${line.neededBy.join(', ') || '–'}</td><td>${worst !== null && markup`<span class="chip v-${worst}">${worst}</span> `}<small>${rules.join(', ')}</small></td><td>${place && markup`<code>${place.file}:${place.line}</code>`}</td></tr>
`;
}

/** What `reachText` says besides the scope, which stands before it. */
function doorsText(line: PortLine): string {
  const { scope, possibleScope, doors, neighbours } = line;
  if (scope !== null && possibleScope !== null) return `surely ${reachText({ ...line, possibleScope: null })}`;
  if (doors.length > 0) return `at ${doors.join(', ')}`;
  return neighbours > 0 ? plural(neighbours, 'neighbour') : '';
}

/** What was said while the code was read, and why something could not be decided. */
export function noticesSection({ view }: Content, context: Context): Markup {
  const { notices } = view;
  const commonest = Object.entries(view.coverage.undecidedBecause ?? {})
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_REASONS);
  return markup`<section id="notices"><h2>What could not be told</h2>
${commonest.length > 0 && markup`<h3>Undecided, mostly because</h3><ul>${commonest.map(([reason, count]) => markup`<li>${reason} <small>${count}×</small></li>`)}</ul>`}
${
  notices.length === 0
    ? markup`<p class="empty">No notices: everything that was read was understood.</p>`
    : markup`<details><summary>${plural(notices.length, 'notice')}</summary><ul class="notices">${notices
        .slice(0, MOST_NOTICES)
        .map(
          ({ code, message, origin }) =>
            markup`<li><span class="chip">${NOTICES[code]}</span> ${spot(origin, context)} ${message} <small>${code}</small></li>`,
        )}</ul>${notices.length > MOST_NOTICES && markup`<p class="dim">and ${notices.length - MOST_NOTICES} more</p>`}</details>`
}
</section>`;
}
