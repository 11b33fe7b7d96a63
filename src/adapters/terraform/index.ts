import type { TerraformUnit } from '../../assemble/terraform/unit.ts';
import type { Fragment, GuardFact, WorkloadFact } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import { carrier } from './aws/carrier.ts';
import { AWS_READERS } from './aws/index.ts';
import { namesIn } from './aws/names.ts';
import { AZURE_READERS } from './azure/index.ts';
import { contextOf } from './context.ts';
import { type Facts, type Reader, type Readers, segmentKey, together } from './facts.ts';
import { GOOGLE_READERS } from './google/index.ts';
import { named } from './naming.ts';

/** The providers whose resources are read. */
const READERS: Readers = { ...AWS_READERS, ...AZURE_READERS, ...GOOGLE_READERS };

/**
 * The facts of a root module (R58–R80): networks and what runs in them, guards with their rules however these are written,
 * load balancers, managed services with what they answer at, and public addresses.
 */
export function terraformFragment(unit: TerraformUnit): Result<Fragment> {
  const context = contextOf(unit);
  const read = unit.resources.flatMap((resource): readonly Facts[] => {
    if (resource.mode !== 'managed') return [];
    const reader: Reader = Object.hasOwn(READERS, resource.type) ? (READERS[resource.type] as Reader) : carrier;
    return [reader(resource, context)];
  });
  const { notices, ...facts } = named(withNames(together(read), namesIn(context)), unit.resources);
  const { id, technology, root, variant, files } = unit;
  return {
    value: {
      unit: { id, technology, root, variant, files },
      ...facts,
      images: [],
      configs: [],
      definitions: [],
    },
    notices: [...notices, ...facts.guards.flatMap(undecided)],
  };
}

/** Whoever stands in a network with something finds it there under the names that are known of it. */
function withNames<T extends Pick<Fragment, 'workloads'>>(facts: T, names: ReturnType<typeof namesIn>): T {
  if (names.size === 0) return facts;
  const workloads = facts.workloads.map((workload): WorkloadFact => {
    const own = names.get(workload.id) ?? [];
    const networks = workload.memberships.filter(({ segment }) => segment.startsWith(NETWORK));
    const given = networks.flatMap(({ segment }) => own.map((name) => ({ name, within: segment })));
    return given.length === 0 ? workload : { ...workload, names: [...workload.names, ...given] };
  });
  return { ...facts, workloads };
}

const NETWORK = segmentKey('virtual-network', '');

/** Rules of which the code does not show whom they let in, or where: each is told, with the reason. */
function undecided({ name, grants }: GuardFact): readonly Notice[] {
  return grants.flatMap((grant) => {
    const hidden = grant.perhaps ?? grant.peers.find((peer) => peer.kind === 'unknown');
    // What nobody wrote nobody can complete.
    if (!hidden || grant.implicit) return [];
    const message = `What a rule of ${name} lets through is not decided, because ${hidden.because}.`;
    return [notice('not-evaluated', message, hidden.origin)];
  });
}
