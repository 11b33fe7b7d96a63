import { openFiles } from '../../assemble/files.ts';
import { assembleTerraform } from '../../assemble/terraform/index.ts';
import type { Fragment, GrantFact, GrantPort, GuardFact, Peer, WorkloadFact } from '../../graph/fragment.ts';
import type { Notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { memoryTree } from '../../source/tree.ts';
import { terraformFragment } from './index.ts';

/** What tests ask of the facts of a root module. */
export interface Facts extends Fragment {
  readonly notices: readonly Notice[];
  workload(address: string): WorkloadFact;
  guard(id: string): GuardFact;
  /** The addresses of the guards that a workload has the marks of, sorted. */
  guardsOf(address: string): readonly string[];
  /** What the grants of a guard say, one a line, those that nobody wrote left out: `ingress allow 10.0.0.0/8 tcp/22`. */
  rules(id: string): readonly string[];
  /** What an origin covers. */
  quote(origin: Origin | null | undefined): string;
}

/** The facts of the one root module of these files; a text alone is its `main.tf`. */
export async function facts(written: string | Readonly<Record<string, string>>): Promise<Facts> {
  const files = typeof written === 'string' ? { 'main.tf': written } : written;
  const { value: units } = await assembleTerraform(openFiles(memoryTree(files)));
  const [unit] = units;
  if (!unit || units.length > 1) throw new Error(`${units.length} root modules`);
  const { value, notices } = terraformFragment(unit);
  const named = <T extends { readonly id: string }>(list: readonly T[], id: string): T => {
    const found = list.find((each) => each.id === id);
    if (!found) throw new Error(`no ${id} among ${list.map((each) => each.id).join(', ')}`);
    return found;
  };
  const workload = (address: string) => named(value.workloads, address);
  const guard = (id: string) => named(value.guards, id);
  return {
    ...value,
    notices,
    workload,
    guard,
    guardsOf(address) {
      const { labels } = workload(address);
      const holding = value.guards.filter(({ subject }) => subject.requirements.every(({ key }) => labels.has(key)));
      return holding.map(({ id }) => id).sort();
    },
    rules: (id) =>
      guard(id)
        .grants.filter(({ implicit }) => !implicit)
        .map(ruleText),
    quote: (origin) =>
      origin ? ((files as Record<string, string>)[origin.file] ?? '').slice(origin.start, origin.end) : '',
  };
}

function ruleText({ direction, verdict, peers, ports, perhaps }: GrantFact): string {
  const to = ports.length === 0 ? 'everything' : ports.map(portText).join(' ');
  return [direction, verdict, peers.map(peerText).join(' '), to, ...(perhaps ? ['perhaps'] : [])].join(' ');
}

function peerText(peer: Peer): string {
  if (peer.kind === 'addresses') return peer.cidr;
  return peer.kind === 'workloads'
    ? (peer.selector.requirements[0]?.key ?? 'anybody')
    : `unknown ${peer.of ?? ''}`.trim();
}

function portText({ protocol, ports }: GrantPort): string {
  if (ports === null) return `${protocol ?? 'any'}/*`;
  if (typeof ports === 'string') return `${protocol}/${ports}`;
  return `${protocol ?? 'any'}/${ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`}`;
}
