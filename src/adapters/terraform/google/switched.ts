/**
 * Managed services of Google Cloud whose public address is a switch: which attribute it is, what it says, and what holds where
 * it is left out, as the provider documents them.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { booleanOf, textOf, type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, type Reader, type Readers, workloadFact } from '../facts.ts';
import { type Block, firstBlock, get, isUnknown } from '../resource.ts';
import { callersOf } from './invoker.ts';

interface Switch {
  readonly kind: 'notebook' | 'virtual-machine' | 'machine-group' | 'managed-service';
  /** The attribute, behind the names of the blocks around it. */
  readonly at: string;
  /** It is public where the attribute says this; any text but this one where it begins with `!`. */
  readonly open: string;
  /** Whether it is public where nothing is said. */
  readonly otherwise: boolean;
  /** A block in whose stead it has none. */
  readonly unless?: string;
}

/** A network takes the place of the public address. */
const NETWORK = { open: '!', otherwise: true };

const SWITCHES: Readonly<Record<string, Switch>> = {
  google_notebooks_instance: { kind: 'notebook', at: 'no_public_ip', open: 'false', otherwise: true },
  google_notebooks_runtime: {
    kind: 'notebook',
    at: 'virtual_machine.virtual_machine_config.internal_ip_only',
    open: 'false',
    otherwise: true,
  },
  google_workbench_instance: { kind: 'notebook', at: 'gce_setup.disable_public_ip', open: 'false', otherwise: true },
  google_tpu_v2_vm: {
    kind: 'virtual-machine',
    at: 'network_config.enable_external_ips',
    open: 'true',
    otherwise: false,
  },
  google_dataflow_job: {
    kind: 'machine-group',
    at: 'ip_configuration',
    open: '!WORKER_IP_PRIVATE',
    otherwise: true,
  },
  google_dataflow_flex_template_job: {
    kind: 'machine-group',
    at: 'ip_configuration',
    open: '!WORKER_IP_PRIVATE',
    otherwise: true,
  },
  google_cloudbuild_worker_pool: {
    kind: 'machine-group',
    at: 'worker_config.no_external_ip',
    open: 'false',
    otherwise: true,
  },
  google_workstations_workstation_config: {
    kind: 'machine-group',
    at: 'host.gce_instance.disable_public_ip_addresses',
    open: 'false',
    otherwise: true,
  },
  google_data_fusion_instance: { kind: 'managed-service', at: 'private_instance', open: 'false', otherwise: true },
  google_composer_environment: {
    kind: 'managed-service',
    at: 'config.private_environment_config.enable_private_endpoint',
    open: 'false',
    otherwise: true,
  },
  google_looker_instance: { kind: 'managed-service', at: 'public_ip_enabled', open: 'true', otherwise: false },
  google_vertex_ai_endpoint: {
    kind: 'managed-service',
    at: 'network',
    ...NETWORK,
    unless: 'private_service_connect_config',
  },
  google_vertex_ai_index_endpoint: {
    kind: 'managed-service',
    at: 'public_endpoint_enabled',
    open: 'true',
    otherwise: false,
  },
};

export const SWITCHED_READERS: Readers = {
  ...Object.fromEntries(
    Object.entries(SWITCHES).map(([type, line]): [string, Reader] => [
      type,
      (resource, context) => switched(resource, line, context),
    ]),
  ),
  google_dataproc_cluster: dataproc,
  google_spanner_instance: platformApi,
};

function switched(resource: Resource, { kind, at, open, otherwise, unless }: Switch, context: Context): Facts {
  const { value, origin } = valueAt(resource, at);
  const inside = unless !== undefined && get(resource.body, unless) !== undefined;
  const state = value === undefined ? otherwise && !inside : isOpen(value, open);
  const hidden = isUnknown(state) ? { unknown: state } : {};
  return {
    workloads: [
      workloadFact(resource, {
        kind,
        publicAddresses: state === false ? [] : [{ address: null, origin, ...hidden }],
        provides: kind === 'managed-service' ? [https(resource, context)] : [],
      }),
    ],
  };
}

/**
 * What is called by the API of the platform alone has no address of its own, public or not: whoever calls the platform is asked
 * who they are, and nothing of the resource turns that off.
 */
function platformApi(resource: Resource, context: Context): Facts {
  return { workloads: [workloadFact(resource, { kind: 'managed-service', provides: [https(resource, context)] })] };
}

function https(resource: Resource, context: Context): ProvidedPort {
  const { origin } = resource;
  return {
    service: 'https',
    ports: { from: 443, to: 443 },
    protocol: 'tcp',
    transport: 'tls',
    ...callersOf(resource, context),
    origin,
  };
}

function isOpen(value: NonNullable<ReturnType<typeof get>>, open: string): boolean | Unknown {
  if (value.kind === 'unknown') return value;
  if (open.startsWith('!')) return open !== '!' && textOf(value) !== open.slice(1);
  const said = booleanOf(value);
  return said === undefined ? unknown('it is neither true nor false', value.origin) : `${said}` === open;
}

/** The value at the end of a path of blocks, and the innermost place on the way to it. */
function valueAt({ body, origin }: Resource, path: string) {
  const names = path.split('.');
  const last = names.pop() as string;
  let place = origin;
  let block: Block | undefined = body;
  for (const name of names) {
    block = firstBlock(block, name);
    place = block?.origin ?? place;
  }
  const value = get(block, last);
  return { value, origin: value?.origin ?? place };
}

/** Machines of Dataproc have public addresses unless they are told to keep to inner ones, or their image does by itself. */
function dataproc(resource: Resource, context: Context): Facts {
  const { value, origin } = valueAt(resource, 'cluster_config.gce_cluster_config.internal_ip_only');
  const state =
    value === undefined
      ? unknown('whether its image keeps to inner addresses by itself is not in the code', origin)
      : isOpen(value, 'false');
  const trait: TraitFact = { trait: 'public-nodes', ...(isUnknown(state) ? { unknown: state } : {}), origin };
  return {
    workloads: [
      workloadFact(resource, {
        kind: 'managed-service',
        traits: state === false ? [] : [trait],
        provides: [https(resource, context)],
      }),
    ],
  };
}
