/** `--format html`: one page that needs nothing but itself. */
import { createHash } from 'node:crypto';
import assets from '../../generated/page.json' with { type: 'json' };
import { SEVERITIES } from '../../policy/finding.ts';
import type { Context } from '../reporter.ts';
import { plural } from '../scan-text.ts';
import { type Content, contentOf, type PageView, REACHES } from './content.ts';
import { groupsOf, isGrouped, MOST_WORKLOADS, reachName } from './map.ts';
import { mapOf } from './map-svg.ts';
import { type Markup, markup, raw } from './markup.ts';
import { groupPanel, listenerPanel, reachPill } from './panel.ts';
import { figures, findingsSection, inventorySection, noticesSection } from './tables.ts';

/**
 * The page: figures, the map, what is found, the inventory. It is complete as it stands; its script filters, zooms and
 * moves the focus. Its policy admits this script and this style sheet and nothing else, from nowhere.
 */
export function htmlPage(view: PageView, context: Context): string {
  const content = contentOf(view);
  const policy = `default-src 'none'; style-src ${hash(assets.style)}; script-src ${hash(assets.script)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Portolan ${context.version}">
<title>Who can reach which port</title>
<style>${raw(assets.style)}</style>
</head>
<body>
<a class="skip" href="#inventory">To the inventory</a>
<header><h1>Who can reach which port</h1>
<p class="dim">${summary(content)}</p></header>
<main>
${figures(content)}
${mapSection(content)}
${findingsSection(content, context)}
${inventorySection(content, context)}
${noticesSection(content, context)}
</main>
${panels(content, context)}
<footer>Made by Portolan ${context.version}${view.at && ` as of ${view.at}`}. Paths are relative to the root of what was scanned.</footer>
<script>${raw(assets.script)}</script>
</body>
</html>
`.html;
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function summary({ parts, view }: Content): string {
  const workloads = parts.reduce((sum, { environment }) => sum + environment.workloads.length, 0);
  return `${plural(parts.length, 'environment')} with ${plural(workloads, 'workload')}, read from ${plural(view.coverage.files, 'file')}.`;
}

/** By their ids: what the map calls workloads, so that the rest of the page can point at them. */
function numbersOf({ parts }: Content): (workload: string) => number | undefined {
  const ids = parts.flatMap(({ environment }) => environment.workloads.map(({ id }) => id));
  const numbers = new Map(ids.map((id, index) => [id, index]));
  return (workload) => numbers.get(workload);
}

function mapSection(content: Content): Markup {
  const { parts } = content;
  const numberOf = numbersOf(content);
  let drawn = 0;
  const maps = parts.map((part, index) => {
    const { environment, entries, anchor } = part;
    if (environment.workloads.length === 0) return markup``;
    drawn += environment.workloads.length;
    const open = isGrouped(part) || index === 0 || drawn <= MOST_WORKLOADS;
    const counts = `${plural(environment.workloads.length, 'workload')}, ${plural(entries.length, 'listener')}`;
    return markup`<details class="environment" id="${anchor}" data-environment="${index}"${open && raw(' open')}><summary><b>${environment.id}</b> <small>${counts}${environment.stage !== 'unknown' && `, ${environment.stage}`}${isGrouped(part) && '; drawn by groups: choose one to see what is in it'}</small></summary>
${mapOf(part, numberOf)}</details>
`;
  });
  const empty = parts.every(({ environment }) => environment.workloads.length === 0);
  return markup`<section id="map"><h2>Port map</h2>
${
  empty
    ? markup`<p class="empty">Nothing runs here: no workload was found in what was read.</p>`
    : markup`${toolbar(content)}
<div class="viewport" tabindex="0" role="region" aria-label="Port map; plus and minus zoom, arrow keys move">${maps}</div>
${legend(content)}`
}
</section>`;
}

/** Hidden until the script is there to serve it. */
function toolbar({ parts, entries, view }: Content): Markup {
  const all = [...entries.values()];
  const reaches = REACHES.filter((reach) => all.some((entry) => entry.reach === reach));
  const roles = [...new Set(all.map(({ listener }) => listener.roles[0]?.role ?? 'unknown'))].sort();
  const options = (names: readonly (readonly [string | number, string])[]) =>
    names.map(([value, name]) => markup`<option value="${value}">${name}</option>`);
  return markup`<form class="toolbar" role="search" hidden>
<label class="search">Search <input type="search" name="search" placeholder="name, port, file, rule" autocomplete="off"></label>
<label>Reached from <select name="reach"><option value="">anywhere</option>${options(reaches.map((reach) => [reach, reachName({ reach, certain: true })]))}</select></label>
<label>Role <select name="role"><option value="">any</option>${options(roles.map((role) => [role, role]))}</select></label>
<label>Environment <select name="environment"><option value="">all</option>${options(parts.map(({ environment }, index) => [index, environment.id]))}</select></label>
${view.findings && markup`<label>Severity <select name="severity"><option value="">any</option>${options(SEVERITIES.map((severity, index) => [index, index === 0 ? severity : `${severity} or worse`]))}</select></label>`}
<button type="reset">Clear</button>
<output role="status"></output>
<span class="zoom"><button type="button" value="out" aria-label="Zoom out">−</button><button type="button" value="fit" aria-label="Fit to the width">Fit</button><button type="button" value="in" aria-label="Zoom in">+</button></span>
</form>`;
}

function legend({ parts, entries, view }: Content): Markup {
  const reaches = new Set([...entries.values()].map(({ reach }) => reach));
  const sample = (content: Markup, words: string) =>
    markup`<li><svg width="34" height="16" aria-hidden="true">${content}</svg> ${words}</li>`;
  return markup`<details class="legend" open><summary>Legend</summary><ul>
${sample(markup`<path class="wire" d="M2 8H32"/>`, 'a way in, callers on the left')}
${sample(markup`<path class="wire possible" d="M2 8H32"/>`, 'possible: depends on what the code does not show')}
${sample(markup`<g class="way"><rect x="1" y="2" width="32" height="12" rx="6"/></g>`, 'what is passed: a published port, service, route, guard')}
${sample(markup`<g class="box"><rect class="body" x="1" y="1" width="32" height="14" rx="4"/></g>`, parts.some(isGrouped) ? 'a workload, or a group of them, with what listens' : 'a workload, with what listens')}
${sample(markup`<path class="wire need" d="M2 8H32"/>`, 'who needs the chosen listener')}
${view.findings && markup`<li><span class="chip v-high">high</span> the worst finding</li>`}
${REACHES.filter((reach) => reaches.has(reach)).map((reach) => markup`<li>${reachPill({ reach, certain: true })}</li>`)}
</ul></details>`;
}

function panels(content: Content, context: Context): Markup {
  const numberOf = numbersOf(content);
  return markup`<aside class="panels" aria-label="About what is chosen"><a class="close" href="#-" aria-label="Close">×</a>
${[...content.entries.values()].map((entry) => listenerPanel(entry, numberOf, context))}
${content.parts.filter(isGrouped).flatMap((part) => groupsOf(part).map((group) => groupPanel(group, part.environment)))}</aside>`;
}
