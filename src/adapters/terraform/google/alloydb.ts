/**
 * AlloyDB: an instance has an address inside of its cluster's network, and one of the internet where that is asked for, at
 * which it lets in the networks that it is told of.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GatewayFact, GuardFact, ProvidedPort } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { accessList } from '../access-list.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, segmentKey, workloadFact } from '../facts.ts';
import { mark, marked } from '../guard.ts';
import { privateLink } from '../private-link.ts';
import { blocks, firstBlock, get, isUnknown, originOf, text, texts, truth } from '../resource.ts';
import { memberMark } from './firewall.ts';
import { type Network, networkOf, surroundings } from './network.ts';

const CLUSTER = 'google_alloydb_cluster';
const PORTS = { from: 5432, to: 5432 };

export const ALLOYDB_READERS: Readers = {
  google_alloydb_instance: instance,
  [CLUSTER]: () => NOTHING,
};

function instance(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const outside = firstBlock(body, 'network_config');
  const open = truth(outside, 'enable_public_ip', false);
  const place = originOf(outside, 'enable_public_ip', origin);
  const cluster = context.one(resource, 'cluster', [CLUSTER]);
  const inside = cluster && standing(cluster, context);
  const list = open === false ? undefined : listed(resource, inside, context);
  return {
    ...(inside && cluster ? surroundings(inside.network, cluster, inside.place) : {}),
    ...(list ? { guards: [list] } : {}),
    gateways: attachment(resource),
    workloads: [
      workloadFact(resource, {
        kind: 'database',
        labels: new Map(list ? [mark(list.id, context)] : []),
        memberships: inside
          ? [{ segment: segmentKey('virtual-network', inside.network.name), origin: inside.place }]
          : [],
        unreached: { because: 'it has no public address', origin: place },
        publicAddresses:
          open === false ? [] : [{ address: null, origin: place, ...(isUnknown(open) ? { unknown: open } : {}) }],
        provides: [provided(resource)],
      }),
    ],
  };
}

/** The network of a cluster; none where it is reached by private links alone. */
function standing({ body, provider, origin }: Resource, context: Context): Inside | undefined {
  const value = get(firstBlock(body, 'network_config'), 'network') ?? get(body, 'network');
  return value && { network: networkOf(value, { body, provider }, context), place: value.origin ?? origin };
}

interface Inside {
  readonly network: Network;
  readonly place: Origin;
}

/** Who is let in at the public address; whoever is in the network comes by the other one, which asks nobody. */
function listed(resource: Resource, inside: Inside | undefined, context: Context): GuardFact {
  const allowed = blocks(firstBlock(resource.body, 'network_config'), 'authorized_external_networks');
  const list = accessList(
    resource,
    allowed.flatMap((block) => (isUnknown(block) ? [block] : texts(block, 'cidr_range'))),
    context,
  );
  if (!inside) return list;
  const { network, place } = inside;
  const selector = marked(memberMark(network.name, context)[0], context, place);
  return {
    ...list,
    grants: [
      ...list.grants,
      {
        id: `${list.id}/inside`,
        direction: 'ingress',
        peers: [{ kind: 'workloads', selector, origin: place }],
        ports: [],
        verdict: 'allow',
        implicit: true,
        origin: place,
      },
    ],
  };
}

/** It takes TLS alone unless it is told otherwise; through connectors, which the platform asks who they are, both sides show one. */
function provided({ body, origin }: Resource): ProvidedPort {
  const asked = firstBlock(body, 'client_connection_config');
  const plain = { service: 'postgresql', ports: PORTS, protocol: 'tcp', origin } as const;
  const connectors = truth(asked, 'require_connectors', false);
  if (connectors === true) {
    const place = originOf(asked, 'require_connectors', origin);
    return {
      ...plain,
      ...({ transport: 'mtls', transportOrigin: place } as const),
      ...({ authentication: 'iam', authenticationOrigin: place } as const),
    };
  }
  const ssl = firstBlock(asked, 'ssl_config');
  const mode = text(ssl, 'ssl_mode');
  if (isUnknown(mode) || isUnknown(connectors)) return plain;
  const transport = mode === 'ALLOW_UNENCRYPTED_AND_ENCRYPTED' ? 'plaintext' : 'tls';
  return { ...plain, transport, transportOrigin: originOf(ssl, 'ssl_mode', origin) };
}

/** The projects that may have an address for it in networks of their own. */
function attachment(resource: Resource): readonly GatewayFact[] {
  const { address, body, origin } = resource;
  const listed = texts(firstBlock(body, 'psc_instance_config'), 'allowed_consumer_projects');
  const target = { kind: 'workload', workload: address, ports: PORTS, origin } as const;
  return privateLink(resource, { listed }, [{ protocol: 'tcp', ports: PORTS, target, implicit: false, origin }]);
}
