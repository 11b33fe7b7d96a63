/**
 * Tunnels of Identity-Aware Proxy to machines: who opens one is asked who they are, and a condition of the permission may say
 * until when it holds at all.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Context } from '../context.ts';
import { type Block, blocks, get, isUnknown, knownText, originOf } from '../resource.ts';

const ROLE = 'roles/iap.tunnelResourceAccessor';
/** Permissions for one machine, and those for all of a project. */
const OF_MACHINE = ['google_iap_tunnel_instance_iam_member', 'google_iap_tunnel_instance_iam_binding'];
const OF_PROJECT = [
  ...['google_iap_tunnel_iam_member', 'google_iap_tunnel_iam_binding'],
  ...['google_project_iam_member', 'google_project_iam_binding'],
];

/** Whether somebody may open tunnels to a machine, and the line that says so: best one of a permission that ends. */
export function tunnelsTo(machine: Resource, context: Context): readonly TraitFact[] {
  const own = OF_MACHINE.flatMap((type) => context.users(machine, type, 'instance'));
  const project = get(machine.body, 'project');
  const shared = OF_PROJECT.flatMap((type) => context.all(type)).filter(({ body }) => {
    const named = knownText(body, 'project');
    return project === undefined || named === undefined || named === knownText(machine.body, 'project');
  });
  const permitted = [...own, ...shared].filter(({ body }) => knownText(body, 'role') === ROLE);
  const [ending] = permitted.flatMap(({ body }) => endOf(body) ?? []);
  if (ending) return [{ trait: 'admits-by-session', because: `until ${ending.until}`, origin: ending.origin }];
  return permitted.slice(0, 1).map(({ body, origin }) => ({
    trait: 'admits-by-session',
    origin: originOf(body, 'role', origin),
  }));
}

/** Until when a permission holds: `request.time < timestamp("…")`, at the top of all that its condition asks. */
function endOf(permission: Block): { readonly until: string; readonly origin: Block['origin'] } | undefined {
  for (const condition of blocks(permission, 'condition')) {
    if (isUnknown(condition)) continue;
    const expression = knownText(condition, 'expression') ?? '';
    // What is asked in place of the time holds beyond it.
    if (expression.includes('||')) continue;
    const asked = expression.split('&&').map((part) => part.trim());
    const until = asked.map((part) => END.exec(part)?.[1]).find((each) => each !== undefined);
    if (until) return { until, origin: originOf(condition, 'expression', condition.origin) };
  }
  return undefined;
}

const END = /^\(?request\.time ?<=? ?timestamp\(["']([\dTZ:.+-]{1,40})["']\)\)?$/;
