/** Containers and functions that Google Cloud runs on demand (R80): called over HTTPS at a name of their own. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ContainerFact, ProvidedPort } from '../../../graph/fragment.ts';
import { textOf } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { endpointGateway, programPort } from '../endpoint.ts';
import { environmentOf, needsIn, variableOf } from '../environment.ts';
import { type Facts, workloadFact } from '../facts.ts';
import {
  type Block,
  blocks,
  firstBlock,
  get,
  isUnknown,
  knownBlocks,
  knownText,
  originOf,
  text,
  truth,
} from '../resource.ts';
import { callersOf } from './invoker.ts';

/** Where a service says what it runs, by type. */
const SPECS: Readonly<Record<string, (body: Block) => Block | undefined>> = {
  google_cloud_run_service: (body) => firstBlock(firstBlock(body, 'template'), 'spec'),
  google_cloud_run_v2_service: (body) => firstBlock(body, 'template'),
};
/** The types of services of Cloud Run. */
export const RUN_SERVICES = Object.keys(SPECS);

/** What a service runs: the block that holds its containers. */
export function runSpec({ type, body }: Resource): Block | undefined {
  return SPECS[type]?.(body);
}

/** A service is called over HTTPS at a name of its own; whom it serves is a matter of permissions (S9). */
export function run(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const spec = runSpec(resource);
  const ingress = text(body, 'ingress');
  const open = isUnknown(ingress) ? ingress : !/internal/i.test(ingress ?? '');
  const containers = knownBlocks(spec, 'containers');
  const needs = containers.flatMap((block) => needsIn(get(block, 'env'), resource, context));
  const [main, ...beside] = containers.map((block, index) => containerOf(block, index, resource));
  const ports = containers.map((block) => firstBlock(block, 'ports')).find((block) => block !== undefined);
  const provided = {
    ...programPort(ports, 'container_port', origin),
    ...callersOf(resource, context),
  };
  return {
    needs,
    gateways: [endpointGateway(resource, provided, isUnknown(open) ? open : !open, originOf(body, 'ingress', origin))],
    workloads: [
      workloadFact(resource, {
        kind: 'container-service',
        ...(main ? { containers: [{ ...main, provides: [provided] }, ...beside] } : { provides: [provided] }),
      }),
    ],
  };
}

function https({ origin }: Resource): ProvidedPort {
  return { service: null, ports: { from: 443, to: 443 }, protocol: 'tcp', transport: 'tls', origin };
}

function containerOf(block: Block, index: number, { origin }: Resource): ContainerFact {
  const image = get(block, 'image');
  const environment = blocks(block, 'env').flatMap((entry) => {
    if (isUnknown(entry)) return [];
    const [name, value] = [knownText(entry, 'name'), get(entry, 'value')];
    return name !== undefined && value ? variableOf(name, value, entry.origin) : [];
  });
  return {
    name: knownText(block, 'name') ?? (index === 0 ? 'main' : `container ${index + 1}`),
    role: 'main',
    origin: block.origin,
    image: {
      reference: image === undefined ? null : image.kind === 'unknown' ? image : (textOf(image) ?? null),
      origin: image?.origin ?? origin,
    },
    environment,
    configs: [],
    ports: [],
    checks: [],
    mounts: [],
    capabilities: [],
  };
}

export function webFunction(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const service = firstBlock(body, 'service_config') ?? body;
  const triggered = resource.type.endsWith('2_function') || truth(body, 'trigger_http', false) === true;
  const { variables, needs } = environmentOf(get(service, 'environment_variables'), resource, context);
  const ingress = text(service, 'ingress_settings');
  const open = triggered && (isUnknown(ingress) ? ingress : !/internal/i.test(ingress ?? ''));
  return {
    needs,
    workloads: [
      workloadFact(resource, {
        kind: 'function',
        environment: variables,
        publicAddresses:
          open === false
            ? []
            : [
                {
                  address: null,
                  origin: originOf(service, 'ingress_settings', origin),
                  ...(isUnknown(open) ? { unknown: open } : {}),
                },
              ],
        provides: triggered ? [{ ...https(resource), ...callersOf(resource, context) }] : [],
      }),
    ],
  };
}
