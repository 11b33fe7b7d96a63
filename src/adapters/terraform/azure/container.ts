/** Containers that Azure runs without a cluster of one's own: groups of them with ports, and apps behind an ingress. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ContainerFact, DeclaredPort, PublicAddress, VariableFact } from '../../../graph/fragment.ts';
import { textOf, type Unknown } from '../../../source/value.ts';
import { accessList } from '../access-list.ts';
import type { Context } from '../context.ts';
import { environmentOf, needsIn, variableOf } from '../environment.ts';
import { type Facts, type Readers, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import {
  type Block,
  firstBlock,
  get,
  isUnknown,
  knownBlocks,
  knownText,
  originOf,
  text,
  texts,
  whole,
} from '../resource.ts';
import { standingOf } from './network.ts';
import { groupMarks } from './nsg.ts';
import { setting } from './setting.ts';

export const CONTAINER_READERS: Readers = {
  azurerm_container_group: group,
  azurerm_container_app: app,
};

/** Its address is one of the internet unless it says otherwise; with subnets it is inside of them. */
function group(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const standing = standingOf([get(body, 'subnet_ids')], context);
  const marks = groupMarks([], standing.subnets, context);
  const type = text(body, 'ip_address_type') ?? 'Public';
  const open = isUnknown(type) ? type : type.toLowerCase() === 'public' && get(body, 'subnet_ids') === undefined;
  const exposed = knownBlocks(body, 'exposed_port').flatMap(declaredPort);
  const containers = knownBlocks(body, 'container').map((block) => {
    const { variables } = environmentOf(get(block, 'environment_variables'), resource, context);
    const own = knownBlocks(block, 'ports').flatMap(declaredPort);
    return containerOf(block, variables, exposed.length > 0 ? own.filter((one) => isAmong(one, exposed)) : own);
  });
  return {
    segments: standing.segments,
    needs: knownBlocks(body, 'container').flatMap((block) =>
      needsIn(get(block, 'environment_variables'), resource, context),
    ),
    workloads: [
      workloadFact(resource, {
        kind: 'container-service',
        memberships: standing.memberships,
        ranges: standing.ranges,
        labels: new Map([...standing.labels, ...marks.labels]),
        publicAddresses: publicAddress(open, originOf(body, 'ip_address_type', origin)),
        ...(containers.length > 0 ? { containers } : {}),
      }),
    ],
  };
}

function publicAddress(open: boolean | Unknown, origin: PublicAddress['origin']): readonly PublicAddress[] {
  if (open === false) return [];
  return [{ address: null, origin, ...(isUnknown(open) ? { unknown: open } : {}) }];
}

function declaredPort(block: Block): readonly DeclaredPort[] {
  const port = whole(block, 'port');
  if (typeof port !== 'number') return [];
  const protocol = knownText(block, 'protocol')?.toLowerCase() === 'udp' ? 'udp' : 'tcp';
  return [{ ports: { from: port, to: port }, protocol, origin: originOf(block, 'port', block.origin) }];
}

function isAmong(one: DeclaredPort, exposed: readonly DeclaredPort[]): boolean {
  return exposed.some(({ ports, protocol }) => ports.from === one.ports.from && protocol === one.protocol);
}

function containerOf(
  block: Block,
  environment: readonly VariableFact[],
  ports: readonly DeclaredPort[],
): ContainerFact {
  const image = get(block, 'image');
  return {
    name: knownText(block, 'name') ?? 'container',
    role: 'main',
    origin: block.origin,
    image: {
      reference: image === undefined ? null : image.kind === 'unknown' ? image : (textOf(image) ?? null),
      origin: image?.origin ?? block.origin,
    },
    environment,
    configs: [],
    ports,
    checks: [],
    mounts: [],
    capabilities: [],
  };
}

/** Whoever calls comes by the ingress of its environment, over HTTPS, or at a port of TCP. */
function app(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const ingress = firstBlock(body, 'ingress');
  const external = setting(ingress, ['external_enabled'], false, ingress?.origin ?? origin);
  const environment = context.one(resource, 'container_app_environment_id', ['azurerm_container_app_environment']);
  const within = setting(environment?.body, ['internal_load_balancer_enabled'], false, origin);
  const open = within.on === true ? false : external.on;
  const allowed = knownBlocks(ingress, 'ip_security_restriction').filter(
    (rule) => knownText(rule, 'action')?.toLowerCase() !== 'deny',
  );
  const list =
    allowed.length === 0
      ? undefined
      : accessList(
          resource,
          allowed.flatMap((rule) => texts(rule, 'ip_address_range')),
          context,
        );
  const written = knownBlocks(firstBlock(body, 'template'), 'container');
  const [main, ...beside] = written.map((block) => {
    const variables = knownBlocks(block, 'env').flatMap((entry) => {
      const [name, value] = [knownText(entry, 'name'), get(entry, 'value')];
      return name !== undefined && value ? variableOf(name, value, entry.origin) : [];
    });
    return containerOf(block, variables, []);
  });
  const provides = ingress ? providedBy(ingress) : [];
  return {
    guards: list ? [list] : [],
    needs: written.flatMap((block) => needsIn(get(block, 'env'), resource, context)),
    workloads: [
      workloadFact(resource, {
        kind: 'container-service',
        labels: new Map(list ? [mark(list.id, context)] : []),
        publicAddresses: ingress ? publicAddress(open, external.origin) : [],
        ...(main ? { containers: [{ ...main, provides }, ...beside] } : { provides }),
      }),
    ],
  };
}

function providedBy(ingress: Block): NonNullable<ContainerFact['provides']> {
  const { origin } = ingress;
  const port = whole(ingress, 'exposed_port') ?? whole(ingress, 'target_port');
  const protocol = 'tcp';
  if (knownText(ingress, 'transport')?.toLowerCase() === 'tcp')
    return typeof port === 'number' ? [{ service: null, ports: { from: port, to: port }, protocol, origin }] : [];
  const plain = setting(ingress, ['allow_insecure_connections'], false, origin);
  const web = (number: number) => ({ ports: { from: number, to: number }, protocol }) as const;
  return [
    { service: null, ...web(443), transport: 'tls', origin },
    ...(plain.on === true
      ? [{ service: 'HTTP', ...web(80), transport: 'plaintext' as const, origin: plain.origin }]
      : []),
  ];
}
