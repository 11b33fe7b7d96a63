/**
 * Who may call what Google Cloud runs: a matter of permissions, given one by one (`_iam_member`), by role (`_iam_binding`) or
 * all at once (`_iam_policy`). What everybody may call asks nobody who they are.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Reader, type Readers, workloadFact } from '../facts.ts';
import { blocks, get, isUnknown, knownText, referencesIn, texts } from '../resource.ts';

/** Everybody, and everybody who has an account with Google: nobody is kept out. */
const EVERYBODY: ReadonlySet<string> = new Set(['allUsers', 'allAuthenticatedUsers']);

/** What is called over the internet: its kind, and the attributes by which permissions name it. */
const CALLED: Readonly<Record<string, { readonly kind: string; readonly by: readonly string[] }>> = {
  google_cloud_run_service: { kind: 'container-service', by: ['service'] },
  google_cloud_run_v2_service: { kind: 'container-service', by: ['name'] },
  google_cloudfunctions_function: { kind: 'function', by: ['cloud_function'] },
  google_cloudfunctions2_function: { kind: 'function', by: ['cloud_function'] },
  google_dataproc_cluster: { kind: 'managed-service', by: ['cluster', 'name'] },
  google_dataproc_metastore_service: { kind: 'managed-service', by: ['service_id'] },
  google_notebooks_instance: { kind: 'managed-service', by: ['instance_name'] },
  google_data_fusion_instance: { kind: 'managed-service', by: ['name'] },
  google_endpoints_service: { kind: 'api', by: ['service_name'] },
  google_api_gateway_gateway: { kind: 'api', by: ['gateway'] },
};
const WAYS = ['_iam_member', '_iam_binding', '_iam_policy'];

/** Permissions of services that the code does not show tell of these; the others are read with their services. */
export const INVOKER_READERS: Readers = Object.fromEntries(
  Object.entries(CALLED).flatMap(([type, { kind, by }]) =>
    WAYS.map((way): [string, Reader] => [
      `${type}${way}`,
      (permission, context) => {
        const named = by.some((attribute) => context.meaning(get(permission.body, attribute), [type]).meant.length > 0);
        return named ? NOTHING : stranger(permission, kind, context);
      },
    ]),
  ),
);

/** A service of which only its permissions are here. */
function stranger(permission: Resource, kind: string, context: Context): Facts {
  const opened = openedBy(permission, context);
  if (!opened) return NOTHING;
  const provided: ProvidedPort = {
    service: null,
    ports: { from: 443, to: 443 },
    protocol: 'tcp',
    transport: 'tls',
    ...opened,
    origin: permission.origin,
  };
  return { workloads: [workloadFact(permission, { kind, provides: [provided] })] };
}

/** What callers of a resource have to show, and the line that says so where it is nothing. */
export function callersOf(
  resource: Resource,
  context: Context,
): Pick<ProvidedPort, 'authentication' | 'authenticationOrigin'> {
  const permissions = (CALLED[resource.type]?.by ?? []).flatMap((attribute) =>
    WAYS.flatMap((way) => context.users(resource, `${resource.type}${way}`, attribute)),
  );
  const opened = permissions.flatMap((permission) => openedBy(permission, context) ?? []);
  return opened.find(({ authentication }) => authentication === 'none') ?? opened[0] ?? { authentication: 'iam' };
}

type Opened = Required<Pick<ProvidedPort, 'authentication' | 'authenticationOrigin'>>;

/** The line of a permission that lets everybody call, or might: under a condition, or until one ends; undefined where none does. */
function openedBy(permission: Resource, context: Context): Opened | undefined {
  const { body } = permission;
  const data = new Set(referencesIn(get(body, 'policy_data')).map(({ address }) => address));
  const policies = data.size === 0 ? [] : context.unit.resources.filter(({ address }) => data.has(address));
  const bindings = [body, ...policies.flatMap((policy) => blocks(policy.body, 'binding'))];
  let perhaps: Opened | undefined;
  for (const binding of bindings) {
    // Who may look at a service does not call it.
    if (isUnknown(binding) || /viewer/i.test(knownText(binding, 'role') ?? '')) continue;
    const everybody = [...texts(binding, 'member'), ...texts(binding, 'members')].find(
      (item) => !isUnknown(item) && EVERYBODY.has(item.text),
    );
    if (!everybody) continue;
    const conditional = blocks(binding, 'condition').length > 0;
    const opened: Opened = { authentication: conditional ? 'unknown' : 'none', authenticationOrigin: everybody.origin };
    if (!conditional) return opened;
    perhaps ??= opened;
  }
  return perhaps;
}
