import type { TerraformUnit } from '../../assemble/terraform/unit.ts';
import type { Fragment, GuardFact } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import { carrier } from './aws/carrier.ts';
import { AWS_READERS } from './aws/index.ts';
import { AZURE_READERS } from './azure/index.ts';
import { contextOf } from './context.ts';
import { type Facts, type Reader, type Readers, together } from './facts.ts';
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
  const { notices, ...facts } = named(together(read), unit.resources);
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
