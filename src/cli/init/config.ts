/** The first `portolan.yaml` of a repository: what it may choose, by what is found in it. */
import type { ExposureGraph } from '../../graph/exposure-graph.ts';
import { type Exposure, OUTSIDE, type Role } from '../../graph/vocabulary.ts';
import type { Lines } from '../../policy/finding.ts';
import { place } from '../../reporters/place.ts';
import { plural } from '../../reporters/scan-text.ts';
import { printable } from '../../reporters/style.ts';
import { append, type Multimap } from '../../source/multimap.ts';
import { byText } from '../../source/order.ts';
import { yamlText } from './step.ts';

/** More front doors than this are a list to be made with `portolan ports`. */
const MOST = 12;

/** What may be meant for everybody; nobody means a database. */
const MEANT: ReadonlySet<Role> = new Set<Role>(['application', 'unknown']);

const HEAD = `# yaml-language-server: $schema=https://json.schemastore.org/portolan.json
# Which rules hold here, what the code cannot show, and what is accepted until when.
version: 1

policy:
  failOn: high # the least severity that fails a run: critical, high, medium, low, info or never
`;

/** The whole file. What is a choice of the owners is a comment until they make it. */
export function configText(graph: ExposureGraph, lines: Lines): string {
  return [HEAD, assumeText(graph), servicesText(graph, lines)].filter((part) => part !== '').join('\n');
}

function assumeText({ environments }: ExposureGraph): string {
  const found = new Set(environments.flatMap(({ units }) => units.map(({ technology }) => technology)));
  const facts = [
    ...(found.has('compose')
      ? ['#   internetFacingHosts: false # the machines that compose runs on stand behind a firewall']
      : []),
    ...(found.has('kubernetes') ? ['#   cni: calico # the network plugin, which enforces policies or does not'] : []),
  ];
  return facts.length === 0 ? '' : `${['# What the code cannot show:', '# assume:', ...facts].join('\n')}\n`;
}

function servicesText({ environments }: ExposureGraph, lines: Lines): string {
  const doors: Multimap<string, Exposure> = new Map();
  for (const exposure of environments.flatMap(({ exposures }) => exposures)) {
    const { scope, implicit, listener } = exposure;
    // All ports of a machine are no front door.
    if (listener.valid && listener.ports.from !== listener.ports.to) continue;
    if (implicit || !OUTSIDE.has(scope) || !listener.roles.slice(0, 1).every(({ role }) => MEANT.has(role))) continue;
    const { name } = listener.workload;
    // A name is a glob there, and these have no special letters.
    if (/^\w[\w.-]*$/.test(name)) append(doors, name, exposure);
  }
  if (doors.size === 0) return '';
  const named = [...doors].sort(byText(([name]) => name));
  const entries = named.slice(0, MOST).map(([name, ways]) => serviceText(name, ways, lines));
  const rest = named.length - entries.length;
  const more = rest > 0 ? [`#   # and ${plural(rest, 'more')}: portolan ports`] : [];
  return `${['# What leads in from outside. Those that are meant to are front doors, and no finding:', '# services:', ...entries, ...more].join('\n')}\n`;
}

function serviceText(name: string, ways: readonly Exposure[], lines: Lines): string {
  const listeners = [
    ...new Map(ways.map(({ listener }) => [`${listener.ports.from}/${listener.protocol}`, listener])).values(),
  ];
  const ports = listeners
    .filter(({ ports, valid }) => valid && ports.from === ports.to)
    .map(({ ports, protocol }) => `{ port: ${ports.from}${protocol === 'tcp' ? '' : `, protocol: ${protocol}`} }`);
  const listens = ports.length === 0 ? '' : `listens: [${ports.join(', ')}], `;
  const { grant } = ways[0] as Exposure;
  const where = `${grant.file}:${place(grant, lines).line}`;
  return `#   ${yamlText(name)}: { ${listens}public: true } # ${printable(where)}`;
}
