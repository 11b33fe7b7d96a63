/** Servers to which others bring files (R69): over SSH, TLS or plaintext, at an address of the internet unless told otherwise. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort, PublicAddress } from '../../../graph/fragment.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, type Readers, workloadFact } from '../facts.ts';
import { firstBlock, get, isUnknown, knownText, originOf, texts } from '../resource.ts';
import { groupsOf } from './interface-groups.ts';
import { standingOf } from './vpc.ts';

export const TRANSFER_READERS: Readers = { aws_transfer_server: server };

const PROTOCOLS: Readonly<Record<string, Pick<ProvidedPort, 'service' | 'transport'> & { readonly port: number }>> = {
  SFTP: { service: 'sftp-server', port: 22, transport: 'tls' },
  FTPS: { service: 'ftps', port: 21, transport: 'tls' },
  FTP: { service: 'ftp', port: 21, transport: 'plaintext' },
  AS2: { service: 'as2', port: 5080, transport: 'plaintext' },
};

function server(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const details = firstBlock(body, 'endpoint_details');
  const provides = (
    get(body, 'protocols') === undefined ? [{ text: 'SFTP', origin }] : texts(body, 'protocols')
  ).flatMap((item): readonly ProvidedPort[] => {
    const protocol = isUnknown(item) ? undefined : PROTOCOLS[item.text];
    if (!protocol) return [];
    const { service, port, transport } = protocol;
    const place = { transportOrigin: item.origin, origin: item.origin };
    return [
      { service, ports: { from: port, to: port }, protocol: 'tcp', ...(transport ? { transport } : {}), ...place },
    ];
  });
  const inside = details && get(details, 'subnet_ids') !== undefined;
  const standing = inside
    ? standingOf(resource, get(details, 'subnet_ids'), get(details, 'vpc_id'), context)
    : undefined;
  const held = standing && groupsOf(resource, [[details, 'security_group_ids']], standing, context);
  return {
    segments: standing?.segments ?? [],
    guards: held?.guards ?? [],
    workloads: [
      workloadFact(resource, {
        kind: 'file-transfer',
        memberships: standing?.memberships ?? [],
        ranges: standing?.ranges ?? [],
        labels: new Map([...(standing?.labels ?? []), ...(held?.labels ?? [])]),
        traits: held?.traits ?? [],
        provides,
        publicAddresses: publicAddresses(resource),
      }),
    ],
  };
}

/** Public unless it stands in a network; there, where addresses are given to it. */
function publicAddresses({ body, origin }: Resource): readonly PublicAddress[] {
  const type = knownText(body, 'endpoint_type');
  const written = get(body, 'endpoint_type');
  if (isUnknown(written)) {
    return [{ address: null, origin: written.origin, unknown: unknown(written.because, written.origin) }];
  }
  if ((type ?? 'PUBLIC') === 'PUBLIC')
    return [{ address: null, origin: originOf(body, 'endpoint_type', origin), asked: true }];
  const given = get(firstBlock(body, 'endpoint_details'), 'address_allocation_ids');
  return type === 'VPC' && given ? [{ address: null, origin: given.origin, asked: true }] : [];
}
