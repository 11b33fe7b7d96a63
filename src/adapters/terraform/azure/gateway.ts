/** Application gateways of Azure: what they listen at, for whom, and with which TLS. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort, TlsFact } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import type { Context } from '../context.ts';
import { type Facts, type Readers, workloadFact } from '../facts.ts';
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
import { oldestTls } from './setting.ts';

export const GATEWAY_READERS: Readers = { azurerm_application_gateway: applicationGateway };

/** What it leads to is named by addresses as a rule: the gateway itself is what is reached. */
function applicationGateway(gateway: Resource, context: Context): Facts {
  const { body } = gateway;
  const fronts = knownBlocks(body, 'frontend_ip_configuration');
  const [door] = fronts.flatMap((block) => get(block, 'public_ip_address_id') ?? []);
  const inside = new Set(
    fronts.flatMap((block) => (get(block, 'public_ip_address_id') ? [] : [knownText(block, 'name')])),
  );
  const standing = standingOf(
    knownBlocks(body, 'gateway_ip_configuration').map((block) => get(block, 'subnet_id')),
    context,
  );
  const marks = groupMarks([], standing.subnets, context);
  // Where it has an address of the internet, what listens at its other one is not for that.
  const listeners = knownBlocks(body, 'http_listener').filter(
    (block) => !door || !inside.has(knownText(block, 'frontend_ip_configuration_name')),
  );
  return {
    segments: standing.segments,
    workloads: [
      workloadFact(gateway, {
        kind: 'load-balancer',
        memberships: standing.memberships,
        labels: new Map([...standing.labels, ...marks.labels]),
        provides: listeners.flatMap((listener) => providedBy(listener, gateway)),
        publicAddresses: door ? [{ address: null, origin: door.origin }] : [],
      }),
    ],
  };
}

function providedBy(listener: Block, { body, origin }: Resource): readonly ProvidedPort[] {
  const named = (name: string, attribute: string) =>
    knownBlocks(body, name).find((block) => knownText(block, 'name') === knownText(listener, attribute));
  const front = named('frontend_port', 'frontend_port_name');
  const port = front && whole(front, 'port');
  const secure = knownText(listener, 'protocol')?.toLowerCase() === 'https';
  if (typeof port !== 'number' || (!secure && onlyRedirects(listener, body))) return [];
  const profile = named('ssl_profile', 'ssl_profile_name');
  const policy = firstBlock(profile, 'ssl_policy') ?? firstBlock(body, 'ssl_policy');
  return [
    {
      service: secure ? 'HTTPS' : 'HTTP',
      ports: { from: port, to: port },
      protocol: 'tcp',
      transport: secure ? 'tls' : 'plaintext',
      ...(secure ? { tls: tlsOf(policy, origin) } : {}),
      origin: originOf(listener, 'protocol', listener.origin),
    },
  ];
}

/** Whoever speaks plaintext is told to come back with TLS, and nothing else. */
function onlyRedirects(listener: Block, body: Block): boolean {
  const name = knownText(listener, 'name');
  const rules = knownBlocks(body, 'request_routing_rule').filter(
    (rule) => knownText(rule, 'http_listener_name') === name,
  );
  const secure = (redirect: Block | undefined) => {
    const target = knownText(redirect, 'target_listener_name');
    const to = knownBlocks(body, 'http_listener').find((each) => knownText(each, 'name') === target);
    return (
      knownText(to, 'protocol')?.toLowerCase() === 'https' ||
      (knownText(redirect, 'target_url') ?? '').toLowerCase().startsWith('https://')
    );
  };
  return (
    name !== undefined &&
    rules.length > 0 &&
    rules.every((rule) => {
      const wanted = knownText(rule, 'redirect_configuration_name');
      const redirects = knownBlocks(body, 'redirect_configuration');
      return wanted !== undefined && secure(redirects.find((each) => knownText(each, 'name') === wanted));
    })
  );
}

/** The sets of versions that have names; the newest ones start at TLS 1.2, and one of them holds unless another is named. */
const POLICIES: Readonly<Record<string, TlsFact['minimum']>> = {
  appgwsslpolicy20150501: 'TLSv1.0',
  appgwsslpolicy20170401: 'TLSv1.1',
};
const BROKEN = /RC4|3DES|_DES_|NULL|EXPORT/i;

function tlsOf(policy: Block | undefined, unwritten: Origin): TlsFact {
  const origin = policy?.origin ?? unwritten;
  const name = text(policy, 'policy_name');
  if (isUnknown(name)) return { minimum: name, origin: name.origin };
  if (name !== undefined)
    return { minimum: POLICIES[name.toLowerCase()] ?? 'TLSv1.2', origin: originOf(policy, 'policy_name', origin) };
  const broken = texts(policy, 'cipher_suites').find((item) => !isUnknown(item) && BROKEN.test(item.text));
  const oldest = oldestTls(policy, ['min_protocol_version'], origin);
  if (!broken || isUnknown(broken)) return oldest;
  return { ...oldest, brokenCipher: broken.text, origin: broken.origin };
}
