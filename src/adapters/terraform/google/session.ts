/**
 * Tunnels of Identity-Aware Proxy to machines: who opens one is asked who they are, and a condition of the permission may say
 * until when it holds at all.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { onceEach } from '../../../source/once.ts';
import type { Context } from '../context.ts';
import { type Block, blocks, isUnknown, knownText, originOf } from '../resource.ts';

const ROLE = 'roles/iap.tunnelResourceAccessor';
/** Permissions for one machine, and those for all of a project. */
const OF_MACHINE = ['google_iap_tunnel_instance_iam_member', 'google_iap_tunnel_instance_iam_binding'];
const OF_PROJECT = [
  ...['google_iap_tunnel_iam_member', 'google_iap_tunnel_iam_binding'],
  ...['google_project_iam_member', 'google_project_iam_binding'],
];

type OfProject = (project: string | undefined) => readonly Resource[];

const shared = new WeakMap<Context, OfProject>();

/** Permissions for all machines of a project; where nobody says which project a machine is in, it may be any. */
function sharedIn(context: Context): OfProject {
  const all = OF_PROJECT.flatMap((type) => context.all(type)).filter(opensTunnels);
  return onceEach((project) =>
    best(
      all.filter(({ body }) => [undefined, project ?? knownText(body, 'project')].includes(knownText(body, 'project'))),
    ),
  );
}

/** Whether somebody may open tunnels to a machine, and the line that says so. */
export function tunnelsTo(machine: Resource, context: Context): readonly TraitFact[] {
  const ofProject = shared.get(context) ?? sharedIn(context);
  shared.set(context, ofProject);
  const own = OF_MACHINE.flatMap((type) => context.users(machine, type, 'instance')).filter(opensTunnels);
  return best([...own, ...ofProject(knownText(machine.body, 'project'))]).map(({ body, origin }): TraitFact => {
    const end = endOf(body);
    const trait = 'admits-by-session';
    return end
      ? { trait, because: `until ${end.until}`, origin: end.origin }
      : { trait, origin: originOf(body, 'role', origin) };
  });
}

/** One of these that ends, else the first. */
function best(permissions: readonly Resource[]): readonly Resource[] {
  const one = permissions.find(({ body }) => endOf(body)) ?? permissions[0];
  return one ? [one] : [];
}

function opensTunnels({ body }: Resource): boolean {
  return knownText(body, 'role') === ROLE;
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
