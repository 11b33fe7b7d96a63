/** Policies of classic load balancers: which versions of TLS and which ciphers a listener that has one agrees to. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { TLS_VERSIONS, type TlsFact, type TlsVersion } from '../../../graph/fragment.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { type Block, knownBlocks, knownText, originOf } from '../resource.ts';
import { https } from './endpoint.ts';
import { oldestOf, TLS_POLICIES } from './tls-policy.ts';

export const BALANCER_POLICY_READERS: Readers = { aws_load_balancer_policy: policy };

/** Attributes of such a policy that stand for a version. */
const PROTOCOLS: Readonly<Record<string, TlsVersion>> = {
  'Protocol-SSLv3': 'SSLv3',
  'Protocol-TLSv1': 'TLSv1.0',
  'Protocol-TLSv1.1': 'TLSv1.1',
  'Protocol-TLSv1.2': 'TLSv1.2',
};

/** Ciphers that are known to be broken: RC4, DES in one step or three, none at all, MD5, keys cut for export, no identity. */
const BROKEN = /(^|[-_])(RC4|ARCFOUR|DES|3DES|CBC3|NULL|MD5|EXP|EXPORT|ADH|AECDH|anon)([-_]|$)/;

function policy(resource: Resource): Facts {
  if (knownText(resource.body, 'policy_type_name') !== 'SSLNegotiationPolicyType') return NOTHING;
  const tls = tlsOf(resource);
  return {
    workloads: [workloadFact(resource, { kind: 'load-balancer', provides: [https(resource.origin, { tls })] })],
  };
}

function tlsOf({ body, origin }: Resource): TlsFact {
  const set = knownBlocks(body, 'policy_attribute');
  const on = set.filter((block) => knownText(block, 'value')?.toLowerCase() === 'true');
  const broken = on.find((block) => BROKEN.test(knownText(block, 'name') ?? ''));
  const versions = [...on.flatMap(versionOf), ...set.flatMap(referenceOf)];
  const oldest = TLS_VERSIONS.map((version) => versions.find((one) => one.minimum === version)).find((one) => one);
  if (!broken) return oldest ?? { origin };
  const name = knownText(broken, 'name') as string;
  return { ...oldest, brokenCipher: name, origin: originOf(broken, 'name', broken.origin) };
}

interface Agreed {
  readonly minimum: TlsVersion;
  readonly origin: TlsFact['origin'];
}

function versionOf(block: Block): readonly Agreed[] {
  const minimum = PROTOCOLS[knownText(block, 'name') ?? ''];
  return minimum ? [{ minimum, origin: originOf(block, 'name', block.origin) }] : [];
}

/** A policy may take over one of those that AWS writes. */
function referenceOf(block: Block): readonly Agreed[] {
  if (knownText(block, 'name') !== 'Reference-Security-Policy') return [];
  const minimum = oldestOf(TLS_POLICIES.balancer, knownText(block, 'value') ?? '');
  return minimum ? [{ minimum, origin: originOf(block, 'value', block.origin) }] : [];
}
