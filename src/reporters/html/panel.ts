/** What the page says of one listener or one group, at the place that links to it lead to. */

import type { Environment } from '../../graph/exposure-graph.ts';
import { type Exposure, type Need, rangeText, type Workload } from '../../graph/vocabulary.ts';
import type { Finding } from '../../policy/finding.ts';
import type { Origin } from '../../source/span.ts';
import { hopText, SOURCES } from '../path-drawing.ts';
import { address } from '../place.ts';
import type { Context } from '../reporter.ts';
import { plural } from '../scan-text.ts';
import type { Entry } from './content.ts';
import { type Group, labelOf, reachName } from './map.ts';
import { type Markup, markup } from './markup.ts';

/** More of a kind than this nobody reads; how many there are is told. */
const MOST = 12;

/** The article about a listener; `numberOf` gives workloads the numbers that the map knows them by. */
export function listenerPanel(
  entry: Entry,
  numberOf: (workload: string) => number | undefined,
  context: Context,
): Markup {
  const { anchor, listener, environment, findings } = entry;
  const { workload } = listener;
  const port = `${rangeText(listener.ports)}/${listener.protocol}`;
  const facts = [
    listener.service === null ? null : listener.roles[0]?.role,
    workload.writtenKind,
    workload.namespace === null ? null : `namespace ${workload.namespace}`,
    listener.container === workload.name ? null : `container ${listener.container}`,
    listener.bind === null || listener.bind === '0.0.0.0' ? null : `bound to ${listener.bind}`,
    listener.transport === 'unknown' ? null : listener.transport,
    listener.authentication === 'unknown' ? null : `authentication ${listener.authentication}`,
    listener.evidence,
  ].filter((fact) => fact !== null && fact !== undefined);
  return markup`<article class="panel" id="${anchor}" tabindex="-1" aria-label="${workload.name} ${port}">
<h3>${workload.name} <span class="port">${port}</span></h3>
<p>${reachPill(entry)} <b>${labelOf(listener)}</b> <small>${facts.join(' · ')}</small></p>
<p class="dim">in ${environment}, said at ${spot(listener.origins[0], context)}</p>
${listener.doubt !== null && markup`<p>It may not listen at all: ${listener.doubt}.</p>`}
${findingsOf(findings, context)}
<h4>Who gets in</h4>
${waysOf(entry.exposures, context)}
${neighboursOf(entry)}
<h4>Who needs it</h4>
${needsOf(entry.needs, numberOf, context)}
</article>
`;
}

/** How far away it is reached from, as a label. */
export function reachPill(entry: Pick<Entry, 'reach' | 'certain'>): Markup {
  return markup`<span class="pill r-${entry.reach}">${reachName(entry)}</span>`;
}

/** A severity as a label. */
export function severityChip({ severity, verdict }: Pick<Finding, 'severity' | 'verdict'>): Markup {
  return verdict === 'violation'
    ? markup`<span class="chip v-${severity}">${severity}</span>`
    : markup`<span class="chip">${severity}, undecided</span>`;
}

/** A place in the code; never more than its path from the root. */
export function spot(origin: Origin | undefined, { lines }: Context): Markup | null {
  return origin === undefined ? null : markup`<code>${address(origin, lines)}</code>`;
}

function findingsOf(findings: readonly Finding[], context: Context): Markup | null {
  if (findings.length === 0) return null;
  return markup`<h4>${plural(findings.length, 'finding')}</h4><ul class="findings">${findings.map(
    (finding) =>
      markup`<li>${severityChip(finding)} <a href="#${ruleAnchor(finding.ruleId)}">${finding.ruleId}</a>${messageOf(finding)}${
        finding.change !== null && markup`<p>Certain to mend it: ${finding.change.about}.</p>`
      }<p class="dim">change it at ${spot(finding.location, context)}</p></li>`,
  )}</ul>`;
}

/** What a finding says, and why it may be wrong. */
export function messageOf({ message, because }: Finding): Markup {
  return markup`<p>${message}</p>${because.length > 0 && markup`<p class="dim">Undecided, because ${because.join('; ')}.</p>`}`;
}

/** Where the page tells of a rule. */
export function ruleAnchor(rule: string): string {
  return `rule-${rule.replaceAll(/[^A-Za-z0-9-]/g, '-')}`;
}

function waysOf(exposures: readonly Exposure[], context: Context): Markup {
  if (exposures.length === 0) return markup`<p>Nobody from outside of its neighbourhood.</p>`;
  const ways = new Map<string, Exposure[]>();
  for (const exposure of exposures) {
    const steps = exposure.path.map(({ kind, name, origin }) => [kind, name, origin.file, origin.start]);
    const key = JSON.stringify([doorOf(exposure), exposure.implicit, steps]);
    const same = ways.get(key);
    if (same) same.push(exposure);
    else ways.set(key, [exposure]);
  }
  const told = [...ways.values()].slice(0, MOST);
  return markup`<ul class="ways">${told.map((same) => wayOf(same, context))}</ul>${more(ways.size, 'way')}`;
}

function wayOf(same: readonly Exposure[], context: Context): Markup {
  const [{ implicit, authentication, transport, http, path, ...first }] = same as readonly [Exposure];
  const door = doorOf({ http, ...first });
  const who = [...same]
    .sort(certainFirst)
    .map(({ scope, verdict }) => `${verdict === 'possible' ? 'perhaps ' : ''}${SOURCES[scope]}`);
  const because = [...new Set(same.flatMap((exposure) => exposure.because))];
  const notes = [
    ...(implicit ? ['comes along unasked'] : []),
    ...(http.paths.length > 0 ? [`paths ${http.paths.slice(0, MOST).join(' ')}`] : []),
    ...(transport === 'unknown' ? [] : [transport]),
    ...(authentication === 'unknown' ? [] : [`authentication ${authentication}`]),
  ];
  return markup`<li><p><b>${[...new Set(who)].join(', ')}</b>${door !== '' && markup` at <code>${door}</code>`}${notes.length > 0 && markup` <small>${notes.join(' · ')}</small>`}</p>${because.length > 0 && markup`<p><small>perhaps, because ${because.join('; ')}</small></p>`}<ol class="path">${path.map(
    (hop) => markup`<li>${hopText(hop)} ${spot(hop.origin, context)}</li>`,
  )}</ol></li>`;
}

function certainFirst(a: Exposure, b: Exposure): number {
  return Number(a.verdict === 'possible') - Number(b.verdict === 'possible');
}

/** What callers dial: `0.0.0.0:8080`; empty where nothing is said. */
function doorOf({ address: written, http, ports }: Pick<Exposure, 'address' | 'http' | 'ports'>): string {
  const host = written ?? http.hosts[0] ?? '';
  const port = ports === null ? '' : `:${rangeText(ports)}`;
  return `${host.includes(':') ? `[${host}]` : host}${port}`;
}

function neighboursOf({ listener, callers, neighbours }: Entry): Markup {
  const others = (callers?.from ?? [])
    .filter(({ verdict }) => verdict === 'possible')
    .reduce((sum, { classes }) => sum + classes.workloads, 0);
  const perhaps = others > 0 && markup` Perhaps ${others} more.`;
  if (neighbours === 0) return markup`<p>No other workload of its environment is sure to reach it.${perhaps}</p>`;
  const count = plural(neighbours, 'workload');
  if (neighbours > MOST) return markup`<p>Inside, ${count} can reach it.${perhaps}</p>`;
  const names = (callers?.from ?? [])
    .filter(({ verdict }) => verdict === 'reachable')
    .flatMap(({ classes }) => [...classes].flatMap(({ members }) => members))
    .filter((workload) => workload !== listener.workload)
    .map(({ name }) => name);
  return markup`<p>Inside, ${count} can reach it: ${names.sort().join(', ')}.${perhaps}</p>`;
}

function needsOf(needs: readonly Need[], numberOf: (workload: string) => number | undefined, context: Context): Markup {
  const shown = needs.filter(({ stated }) => !stated);
  if (shown.length === 0) return markup`<p>No client was seen in the code.</p>`;
  return markup`<ul class="needs">${shown
    .slice(0, MOST)
    .map(
      ({ from, kind, origins }) =>
        markup`<li data-client="${typeof from === 'string' ? '' : (numberOf(from.id) ?? '')}"><b>${typeof from === 'string' ? from : from.name}</b> <small>${kind.replaceAll('-', ' ')}</small> ${spot(origins[0], context)}</li>`,
    )}</ul>${more(shown.length, 'use')}`;
}

function more(count: number, noun: string): Markup | null {
  return count > MOST ? markup`<p class="dim">and ${plural(count - MOST, `more ${noun}`)}</p>` : null;
}

/** The article about a group of workloads: each of its listeners, to go on from. */
export function groupPanel({ anchor, name, workloads, entries }: Group, { id }: Environment): Markup {
  const listening = new Set<Workload>(entries.map(({ listener }) => listener.workload));
  const silent = workloads.filter((workload) => !listening.has(workload));
  const quiet = silent
    .slice(0, MOST)
    .map((one) => one.name)
    .join(', ');
  return markup`<article class="panel" id="${anchor}" tabindex="-1" aria-label="${name}">
<h3>${name}</h3>
<p class="dim">${plural(workloads.length, 'workload')} with ${plural(entries.length, 'listener')} in ${id}</p>
<table><thead><tr><th>Listener<th>Reached from<th>Findings</thead><tbody>${entries.map(
    (
      entry,
    ) => markup`<tr><td><a href="#${entry.anchor}">${entry.listener.workload.name} ${rangeText(entry.listener.ports)}/${entry.listener.protocol}</a><td>${reachPill(entry)}<td>${entry.findings.slice(0, 1).map(severityChip)}${entry.findings.length > 1 && ` ${entry.findings.length}`}
`,
  )}</tbody></table>
${silent.length > 0 && markup`<p>Nothing listens on ${quiet}${silent.length > MOST && ` and ${silent.length - MOST} more`}.</p>`}
</article>
`;
}
